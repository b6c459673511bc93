"""What is used from inside Textual: all of it is in the decision page, and is still there."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widgets import Input

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs" / "decisions" / "0031-inside-textual.md"
NAMED = re.findall(r"^\| `([\w.]+)` \| \S", PAGE.read_text("utf-8"), re.MULTILINE)
OWNERS: dict[str, type] = {"App": App, "Screen": Screen, "LinuxDriver": LinuxDriver}
TAKEN: list[tuple[type, str, tuple[str, ...]]] = [
    (App, "_handle_exception", ("error",)),
    (App, "_fatal_error", ()),
    (App, "_print_error_renderables", ()),
    (App, "_check_bindings", ("key", "priority")),
    (App, "panic", ("renderables",)),
    (Screen, "_extend_compose", ("widgets",)),
    (Screen, "_pop_result_callback", ()),
    (Screen, "_compositor_refresh", ()),
    (Screen, "update_node_styles", ("animate",)),
    (Input, "replace", ("text", "start", "end")),
    (Input, "restricted", ()),
    (LinuxDriver, "run_input_thread", ()),
    (LinuxDriver, "process_message", ("message",)),
]


@pytest.mark.parametrize(("owner", "name", "takes"), TAKEN)
def test_textual_is_as_it_was(owner: type, name: str, takes: tuple[str, ...]) -> None:
    found = inspect.signature(getattr(owner, name)).parameters
    assert tuple(found)[1:] == takes


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_still_there(name: str) -> None:
    """A method of the class, an attribute that one of its classes sets, or a module."""
    owner, _, part = name.rpartition(".")
    if owner == "textual":
        assert import_module(name).__name__ == name
    else:
        sources = map(inspect.getsource, OWNERS[owner].__mro__[:-1])
        uses = re.compile(rf"def {part}\(|self\.{part}(:.*)? = ")
        assert any(uses.search(source) for source in sources)


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


OF_NAMED_TUPLES = {"_replace"}
"""Public, whatever it looks like."""


def faces() -> Iterator[ast.AST]:
    for folder in ("app", "screens", "widgets"):
        for path in (HOUSE / "espace_tui" / folder).rglob("*.py"):
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def ours() -> set[str]:
    """The private names that the faces define themselves, unless Textual has them too."""
    theirs = {name for owner in (*OWNERS.values(), Input) for name in dir(owner)}
    names = set()
    for node in faces():
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                names.add(name)
    return names - theirs


def test_nothing_else_is_used_from_inside_textual() -> None:
    used = set()
    for node in faces():
        match node:
            case ast.Attribute(attr=name) | ast.FunctionDef(name=name):
                used.add(name)
            case ast.AsyncFunctionDef(name=name):
                used.add(name)
            case ast.ImportFrom(module=str(module)) if module.startswith("textual"):
                used.update(module.split("."))
    named = {name.rpartition(".")[2] for name in NAMED}
    assert {name for name in used - ours() - OF_NAMED_TUPLES if private(name)} == named
