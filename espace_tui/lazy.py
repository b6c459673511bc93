"""What is imported when it is first used (PEP 562), so that the first screen does not wait for it.

A package with parts that the first screen does not need declares them once, in one table from each
name to the module that defines it, and says the same to type checkers::

    LAZY = {"HelpDialog": "help", "MenuDialog": "menu"}
    if TYPE_CHECKING:
        from package.help import HelpDialog as HelpDialog
        from package.menu import MenuDialog as MenuDialog
    else:
        __getattr__ = lazy_names(__name__, LAZY)

What comes from elsewhere is declared in a module called ``lazy``, by whole modules, and used as
``lazy.registry.open_backend(…)``::

    LAZY_MODULES = {"registry": "espace_tui.backends.registry"}
    if TYPE_CHECKING:
        from espace_tui.backends import registry as registry
    else:
        __getattr__ = lazy_modules(__name__, LAZY_MODULES)

A test imports every entry of every such table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package: `modules` has, for each name, the part that has it."""

    def load(name: str) -> Any:  # noqa: ANN401 — whatever the package offers
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, found)  # from now on it is found without us
        return found

    return load


def lazy_modules(package: str, modules: Mapping[str, str]) -> Callable[[str], ModuleType]:
    """Return the `__getattr__` of a ``lazy`` module: `modules` has the full name of each one."""

    def load(name: str) -> ModuleType:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(modules[name])
        setattr(sys.modules[package], name, module)  # from now on it is found without us
        return module

    return load
