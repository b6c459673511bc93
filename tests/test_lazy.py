"""Every name that is imported late is there when it is used, and type checkers know it too."""

from __future__ import annotations

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import espace_tui
from espace_tui.lazy import lazy_modules, lazy_names

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
LAZY = [
    found.name
    for found in pkgutil.walk_packages(espace_tui.__path__, "espace_tui.")
    if found.name.endswith(".lazy") and found.name != "espace_tui.lazy"
]


def declared(module: str) -> set[tuple[str, str]]:
    """What a module declares to type checkers: each name, and where it comes from."""
    source = Path(str(import_module(module).__file__)).read_text("utf-8")
    return {
        (alias.name, (getattr(node, "module", "") or "").removeprefix(f"{module}."))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
        if alias.asname == alias.name
    }


def test_the_tables_are_found() -> None:
    assert {"espace_tui.screens.dialogs", "espace_tui.widgets.fields"} <= {*PACKAGES}
    assert {"espace_tui.cli.lazy", "espace_tui.cli.service.lazy"} <= {*LAZY}


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
    if "__getattr__" in vars(import_module(package)):
        assert declared(package) == {*import_module(package).LAZY.items()}


@pytest.mark.parametrize("lazy", LAZY)
def test_a_table_of_modules_imports_each_and_says_the_same_to_type_checkers(lazy: str) -> None:
    table = import_module(lazy).LAZY_MODULES
    for name, module in table.items():
        assert lazy_modules(lazy, table)(name).__name__ == module
    assert {f"{package}.{name}".lstrip("."): name for name, package in declared(lazy)} == {
        module: name for name, module in table.items()
    }


def test_a_module_is_imported_by_its_first_use_only() -> None:
    lazy = import_module("espace_tui.cli.lazy")
    vars(lazy).pop("shtab", None)
    assert "shtab" not in vars(lazy)
    assert lazy.shtab is vars(lazy)["shtab"]
    with pytest.raises(AttributeError, match="nothing"):
        _ = lazy.nothing
