"""Tries mutants: each in a copy of the tree, in a fork of a process that has imported the rest.

A child writes nothing but the changed module in its copy. One that runs for much longer than the
tests do unchanged is stopped: a loop without end is noticed by whoever waits for the tests.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from tools.mutants.operators import Mutant

_LEFT_OUT = ("__pycache__", ".git", ".venv", ".hypothesis", "*_cache", "node_modules", "dist")
_OWN = ("espace_tui", "tests", "tools", "conftest", "__main__", "__mp_main__")
_SLACK = 20.0
"""Seconds that a run may always take."""
_CONTEXT = get_context("fork")
_OPTIONS = (
    *("-x", "-q", "--hypothesis-seed=0"),
    *("-m", "not soak and not no_cover"),  # what measures time notices no slip
    *("-p", "no:cacheprovider", "-p", "no:xdist"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # of what is imported before the fork
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package: what is changed, and what should notice."""

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int = 0
    """How many mutants are drawn; 0: all."""

    def files(self, root: Path) -> list[Path]:
        """Return the modules of the part, sorted."""
        found = {
            path
            for source in self.sources
            for path in (
                [root / source] if source.endswith(".py") else (root / source).rglob("*.py")
            )
        }
        return sorted(found)

    def asked(self, root: Path, path: str) -> list[str]:
        """Return what pytest is asked to run, what knows the changed module best first."""
        stem = Path(path).stem
        tests = [
            file.relative_to(root).as_posix()
            for test in self.tests
            for file in ([root / test] if test.endswith(".py") else _tests_in(root / test))
        ]
        own = [test for test in tests if Path(test).stem == f"test_{stem}"]
        return [*own, path, *(test for test in tests if test not in own)]


def _tests_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("test_*.py"))


class Copies:
    """As many copies of the tree as there are trials at once."""

    def __init__(self, root: Path, count: int) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="mutants-"))
        self.free = [self._folder / str(number) for number in range(count)]
        for copy in self.free:
            shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT), symlinks=True)

    def close(self) -> None:
        """Remove them."""
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def copies(root: Path, count: int) -> Iterator[Copies]:
    """Give copies of the tree, and remove them."""
    made = Copies(root, count)
    try:
        yield made
    finally:
        made.close()


@dataclass(slots=True)
class _Running:
    process: BaseProcess
    mutant: Mutant
    copy: Path
    original: bytes
    until: float


def unchanged(part: Part, made: Copies) -> float:
    """Run the tests of a part on the tree as it is, as a mutant is tried; return the seconds.

    What they import of other projects is imported here first, for the forks that follow.
    """
    copy, asked = made.free[0], [*part.tests, *part.sources]
    reads, writes = _CONTEXT.Pipe(duplex=False)
    collecting = _CONTEXT.Process(target=_run, args=(copy, ["--collect-only", *asked], writes))
    collecting.start()
    writes.close()
    with suppress(EOFError), warnings.catch_warnings(action="ignore"):
        for name in reads.recv():
            with suppress(ImportError):
                importlib.import_module(name)
    collecting.join()
    started = time.monotonic()
    running = _CONTEXT.Process(target=_run, args=(copy, asked, None))
    running.start()
    running.join()
    if running.exitcode != 0:
        sys.exit(f"{part.name}: fails without any change: python -m pytest {' '.join(asked)}")
    return time.monotonic() - started


def survivors(
    part: Part, mutants: Sequence[Mutant], made: Copies, seconds: float
) -> Iterator[tuple[Mutant, bool]]:
    """Try mutants, as many at once as there are copies; return each with whether it survived."""
    waiting, running = iter(mutants), list[_Running]()
    while True:
        while made.free and (mutant := next(waiting, None)):
            running.append(_start(part, mutant, made.free.pop(), 3 * seconds + _SLACK))
        if not running:
            return
        wait([one.process.sentinel for one in running], timeout=1)
        for one in [one for one in running if _is_over(one)]:
            running.remove(one)
            (one.copy / one.mutant.path).write_bytes(one.original)
            made.free.append(one.copy)
            yield one.mutant, one.process.exitcode == 0


def _start(part: Part, mutant: Mutant, copy: Path, limit: float) -> _Running:
    module = copy / mutant.path
    original = module.read_bytes()
    module.write_text(mutant.code, "utf-8")
    for stale in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        stale.unlink()  # of the same second and size, it would be run instead
    process = _CONTEXT.Process(target=_run, args=(copy, part.asked(copy, mutant.path), None))
    process.start()
    return _Running(process, mutant, copy, original, time.monotonic() + limit)


def _is_over(one: _Running) -> bool:
    if one.process.is_alive() and time.monotonic() > one.until:
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid or 0, signal.SIGKILL)
        one.process.join()
    return not one.process.is_alive()


def _run(copy: Path, asked: Iterable[str], modules: Connection | None) -> None:
    """Run tests in a copy of the tree and end with whether one failed; in a child only."""
    os.setsid()
    os.chdir(copy)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.environ["PYTHONPATH"] = str(copy)  # for what a test starts
    sys.path[0] = str(copy)
    sys.dont_write_bytecode = modules is None
    if modules is None:
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    pytest = importlib.import_module("pytest")
    failed = pytest.main([*_OPTIONS, *asked]) != 0
    if modules is not None:
        modules.send([name for name in sys.modules if name.partition(".")[0] not in _OWN])
    os._exit(failed)  # neither threads nor handlers of the tests hold it up
