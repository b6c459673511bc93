"""Tries mutants: each in a copy of the tree, in a fork of a process that has imported the rest.

A child writes nothing but the changed module in its copy. It is stopped when a test runs for much
longer than it does unchanged: a loop without end is noticed by whoever waits for the tests.
"""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tools.mutants.meeting import Meeting, Only, Watch
from tools.mutants.operators import Mutant

_LEFT_OUT = ("__pycache__", ".git", ".venv", ".hypothesis", "*_cache", "node_modules", "dist")
_OWN = ("espace_tui", "tests", "tools", "conftest", "__main__", "__mp_main__")
_LIKELY = 3
"""How many tests are run before the files of the others are even imported."""
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
    killer: Connection


def unchanged(part: Part, made: Copies) -> Meeting:
    """Run the tests of a part on the tree as it is; return which of them meet which lines.

    What they import of other projects is imported here first, for the forks that follow.
    """
    copy, asked = made.free[0], [*part.tests, *part.sources]
    lists = [_told(_list_modules, each, asked) for each in made.free]  # each compiles its own
    with warnings.catch_warnings(action="ignore"):
        for name in dict.fromkeys(
            name for each in lists if isinstance(each, list) for name in each
        ):
            with suppress(ImportError):
                importlib.import_module(name)
    gc.freeze()  # what is shared with the forks stays so
    meeting = _told(_watch, copy, asked, part.files(copy))
    if not isinstance(meeting, Meeting):
        sys.exit(f"{part.name}: fails without any change: python -m pytest {' '.join(asked)}")
    return meeting


def _told(run: Callable[..., None], *given: object) -> object:
    """Return what a child tells; None if it ends without a word."""
    reads, writes = _CONTEXT.Pipe(duplex=False)
    child = _CONTEXT.Process(target=run, args=(*given, writes))
    child.start()
    writes.close()
    told = None
    with suppress(EOFError):
        told = reads.recv()
    child.join()
    return told


def _list_modules(copy: Path, asked: Sequence[str], writes: Connection) -> None:
    _settle(copy, writes_bytecode=True)
    _pytest(["--collect-only", *asked])
    writes.send([name for name in sys.modules if name.partition(".")[0] not in _OWN])
    os._exit(0)


def _watch(copy: Path, asked: Sequence[str], files: Sequence[Path], writes: Connection) -> None:
    _settle(copy)
    watch = Watch(copy, files)
    watch.start()
    passed = _pytest(asked, watch)
    watch.stop()
    if passed:
        writes.send(watch.meeting)
    os._exit(0)


def survivors(
    mutants: Sequence[Mutant], made: Copies, meeting: Meeting
) -> Iterator[tuple[Mutant, bool]]:
    """Try mutants, as many at once as there are copies; return each with whether it survived.

    What failed last is tried first: it is likely to fail again on the next slip of a module.
    """
    waiting, running = iter(mutants), list[_Running]()
    killers = list[str]()
    while True:
        while made.free and (mutant := next(waiting, None)):
            copy = made.free.pop()
            source = (copy / mutant.path).read_text("utf-8")
            tests = meeting.tests_of(mutant.path, source, mutant.line)
            again = {test: tests[test] for test in killers if test in tests}
            running.append(_start(mutant, copy, again | tests))
        if not running:
            return
        wait([one.process.sentinel for one in running], timeout=1)
        for one in [one for one in running if not one.process.is_alive()]:
            running.remove(one)
            with suppress(ProcessLookupError):
                os.killpg(one.process.pid or 0, signal.SIGKILL)  # what it started
            (one.copy / one.mutant.path).write_bytes(one.original)
            made.free.append(one.copy)
            with suppress(EOFError):
                killer = one.killer.recv()
                killers = [killer, *(each for each in killers if each != killer)]
            one.killer.close()
            yield one.mutant, one.process.exitcode == 0


def _start(mutant: Mutant, copy: Path, tests: dict[str, float]) -> _Running:
    module = copy / mutant.path
    original = module.read_bytes()
    module.write_text(mutant.code, "utf-8")
    for stale in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        stale.unlink()  # of the same second and size, it would be run instead
    reads, writes = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_try, args=(copy, tests, writes))
    process.start()
    writes.close()
    return _Running(process, mutant, copy, original, reads)


def _try(copy: Path, tests: dict[str, float], killer: Connection) -> None:
    """Run tests, the likeliest apart; end with whether one failed, and tell which."""
    _settle(copy)
    timed = list(tests.items())
    for some in (dict(timed[:_LIKELY]), dict(timed[_LIKELY:])):
        only = Only(some)
        if some and not _pytest({*(test.partition("::")[0] for test in some)}, only):
            if only.failed:
                killer.send(only.failed)
            os._exit(1)
    os._exit(0)  # neither threads nor handlers of the tests hold it up


def _settle(copy: Path, *, writes_bytecode: bool = False) -> None:
    """Make a child work in a copy of the tree, without a word."""
    os.setsid()
    os.chdir(copy)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.environ["PYTHONPATH"] = str(copy)  # for what a test starts
    sys.path[0] = str(copy)
    sys.dont_write_bytecode = not writes_bytecode
    if not writes_bytecode:
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def _pytest(asked: Iterable[str], *plugins: object) -> bool:
    return pytest.main([*_OPTIONS, *asked], plugins=plugins) == 0
