"""Which tests meet which lines: the unchanged run, watched by coverage.py, a context for each test.

A mutant is tried against the tests that meet its statement. What runs when a module is imported
is read by tests that meet none of its lines (a name, a limit, a default): then all are tried.
"""

from __future__ import annotations

import ast
import importlib
import signal
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from coverage import Coverage

_STARTS = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn"}
"""What a test does (sys.audit) to start a process, where nobody watches: it may meet any line."""
_SLACK = 20
"""Seconds that a test may always take."""
_KEPT = {"cache", "cached_property", "lru_cache"}
"""Decorators of what runs once and is then read again by tests that do not meet its lines."""


@dataclass(slots=True)
class Meeting:
    """What an unchanged run told of the tests of a part."""

    seconds: dict[str, float] = field(default_factory=dict[str, float])
    """By test, how long it takes."""
    lines: dict[str, dict[int, list[str]]] = field(default_factory=dict[str, dict[int, list[str]]])
    """By module and line, the tests that meet it, the files of tests that meet it when imported,
    and "" for what meets it outside of any."""
    anywhere: set[str] = field(default_factory=set[str])
    """The tests that start a process."""

    def tests_of(self, path: str, source: str, line: int) -> dict[str, float]:
        """Return what to try on a change of a line, the likeliest to fail first, and how long."""
        lines = self.lines.get(path, {})
        of_module = {test for tests in lines.values() for test in tests}
        statement = _statement(source, line)
        met = {test for each in statement for test in lines.get(each, ())} | self.anywhere
        if not statement or "" in met:
            met = {*self.seconds}
        met = {test for test in self.seconds if {test, _file(test)} & met}
        own = (f"/test_{Path(path).stem}.py::", f"{path}::")

        def rank(test: str) -> tuple[bool, bool, float]:
            is_own = any(each in test for each in own)
            return not is_own, test not in of_module, self.seconds[test]

        return {test: self.seconds[test] for test in sorted(met, key=rank)}


def _file(test: str) -> str:
    return test.partition("::")[0]


def _statement(source: str, line: int) -> list[int]:
    """Return the lines of a statement of a function; none for what runs at import, or once."""
    owner: dict[int, ast.stmt] = {}
    inside: dict[int, bool] = {}
    for node, in_function in _statements(ast.parse(source), in_function=False):
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        for each in range(first, (node.end_lineno or node.lineno) + 1):
            owner[each], inside[each] = node, in_function
    if not inside.get(line):
        return []
    return [each for each, node in owner.items() if node is owner[line]]


def _statements(parent: ast.AST, *, in_function: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """Return each statement with whether a call runs it, what is inside after what is around."""
    if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef):
        names = {_name(each) for each in parent.decorator_list}
        in_function = not names & _KEPT
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.stmt):
            yield node, in_function
        yield from _statements(node, in_function=in_function)


def _name(decorator: ast.expr) -> str:
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    return decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")


class Watch:
    """A plugin of pytest that notes which lines of some sources each test meets."""

    def __init__(self, root: Path, files: Iterable[Path]) -> None:
        self._root, self._files = root, list(files)
        self._coverage = Coverage(
            data_file=None, config_file=False, include=[str(each) for each in self._files]
        )
        self.meeting = Meeting()
        self._running = ""

    def start(self) -> None:
        """Watch from now on; what the sources do when they are imported is of no test."""
        sys.addaudithook(self._audit)
        self._coverage.start()
        for path in self._files:
            name = path.relative_to(self._root).with_suffix("")
            importlib.import_module(".".join(name.parts).removesuffix(".__init__"))

    def stop(self) -> None:
        """Read what was met."""
        self._coverage.stop()
        data = self._coverage.get_data()
        for path in data.measured_files():
            module = Path(path).relative_to(self._root).as_posix()
            self.meeting.lines[module] = data.contexts_by_lineno(path)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Note what a file of tests meets when it is imported."""
        self._coverage.switch_context(_file(collector.nodeid))
        try:
            return (yield)
        finally:
            self._coverage.switch_context("")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note what a test meets, from its set-up to its end."""
        self._running = item.nodeid
        self._coverage.switch_context(item.nodeid)
        started = time.monotonic()
        try:
            return (yield)
        finally:
            self.meeting.seconds[item.nodeid] = time.monotonic() - started
            self._running = ""
            self._coverage.switch_context("")

    def _audit(self, event: str, _given: object) -> None:
        if self._running and event in _STARTS:
            self.meeting.anywhere.add(self._running)


class Only:
    """A plugin of pytest that runs some tests only, in their order, each for so long at most."""

    def __init__(self, seconds: Mapping[str, float]) -> None:
        self._seconds = seconds
        self._rank = {test: rank for rank, test in enumerate(seconds)}
        self.failed = ""
        """The first that failed."""
        signal.alarm(3 * _SLACK)  # the import of what they need may not end either

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        chosen = [item for item in items if item.nodeid in self._rank]
        items[:] = sorted(chosen, key=lambda item: self._rank[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Stop the process if a test takes too long."""
        signal.alarm(_SLACK + int(3 * self._seconds[nodeid]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what failed."""
        if report.failed:
            self.failed = self.failed or report.nodeid
