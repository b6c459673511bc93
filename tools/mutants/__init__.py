"""What the tests of a part would let through: `make mutants` (mutation testing).

A *mutant* is the package with one small change: a number plus one, ``<`` for ``<=``, a digit of a
pattern. The tests of its part should *kill* it, that is fail. One that *survives* is a promise
that no test holds, unless the change changes nothing: then ``survivors.toml`` names it and says
why. The parts, their sources and their tests are in pyproject.toml, ``[tool.mutants]``.

The changes are cosmic-ray's, and a few of our own (`operators`). Each is made in a copy of the
tree and tried in a fork of a process that has already imported everything but this project
(`trial`), on the tests that meet it (`meeting`): a run takes minutes rather than hours.

    make mutants                                    every part
    make mutants ARGS='validators'                  one part
    make mutants ARGS='validators --file nir.py'    one module, for whoever writes its tests

With `--again FILE`, only what survived in a former output is tried: what new tests kill of it.
"""
