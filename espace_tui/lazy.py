"""Names of a package that are imported when they are first used (PEP 562).

A package with parts that the first screen does not need declares them once, in one table from each
name to the module that defines it, and says the same to type checkers::

    LAZY = {"HelpDialog": "help", "MenuDialog": "menu"}
    if TYPE_CHECKING:
        from package.help import HelpDialog as HelpDialog
        from package.menu import MenuDialog as MenuDialog
    else:
        __getattr__ = lazy_names(__name__, LAZY)

A test imports every entry of every such table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package: `modules` has, for each name, the part that has it."""

    def load(name: str) -> Any:  # noqa: ANN401 — whatever the package offers
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return load
