"""Every name that is imported late is there when it is used, and type checkers know it too."""

from __future__ import annotations

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import espace_tui
from espace_tui.lazy import lazy_names

PACKAGES = [
    found.name
    for found in pkgutil.walk_packages(espace_tui.__path__, "espace_tui.")
    if found.ispkg and hasattr(import_module(found.name), "LAZY")
]
ENTRIES = [
    (package, name, module)
    for package in PACKAGES
    for name, module in import_module(package).LAZY.items()
]


def test_the_tables_are_found() -> None:
    assert {"espace_tui.screens.dialogs", "espace_tui.widgets.fields"} <= {*PACKAGES}


@pytest.mark.parametrize(("package", "name", "module"), ENTRIES)
def test_every_entry_is_defined_where_the_table_says(package: str, name: str, module: str) -> None:
    found = lazy_names(package, {name: module})(name)
    assert found.__name__ == name
    assert found.__module__ == f"{package}.{module}"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_that_is_not_in_the_table_is_no_attribute(package: str) -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        lazy_names(package, {})("Nothing")


@pytest.mark.parametrize("package", PACKAGES)
def test_type_checkers_know_the_same_names(package: str) -> None:
    """A package without a `__getattr__` offers its names in its own way: it declares none."""
    source = Path(str(import_module(package).__file__)).read_text("utf-8")
    if "__getattr__ = " in source:
        declared = {
            (alias.name, (node.module or "").removeprefix(f"{package}."))
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.asname == alias.name
        }
        assert declared == {*import_module(package).LAZY.items()}
