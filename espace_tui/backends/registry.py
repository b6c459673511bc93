"""The backends that are installed: entry points of the group ``espace_tui.backends``.

An entry point is a factory, ``open_backend(options) -> Backend``: `options` are strings, given as
``--backend-option key=value`` or in the settings, plus ``data_dir`` and ``language``. The built-in
backends are registered the same way (in pyproject.toml). Opening is quick and touches nothing; the
first call may raise `Unreachable`. A factory raises `InvalidSettings` for an option it cannot use.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from espace_tui.backends import lazy
from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidSettings, Unreachable
from espace_tui.i18n.spelling import nearest

GROUP = "espace_tui.backends"
_OURS = GROUP.partition(".")[0]
_log = logging.getLogger(__name__)
Factory = Callable[[Mapping[str, str]], Backend]


def installed() -> dict[str, EntryPoint]:
    """Return the entry point of each installed backend, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def open_backend(name: str, options: Mapping[str, str]) -> Backend:
    """Open a backend by its name; raises `InvalidSettings` naming the nearest known one."""
    points = installed()
    if name not in points:
        raise InvalidSettings("unknown-backend", found=name, nearest=nearest(name, points))
    point = points[name]
    if point.module.partition(".")[0] == _OURS:
        return cast("Factory", point.load())(options)
    return _open_foreign(point, options)


def _open_foreign(point: EntryPoint, options: Mapping[str, str]) -> Backend:
    """Open a backend that is not ours: it is held to the port."""
    try:
        return lazy.checked.CheckedBackend(point.load()(options), point.name)
    except (InvalidSettings, Unreachable):
        raise
    except Exception as error:
        _log.warning("backend %s: not opened: %s", point.name, type(error).__name__)
        raise Unreachable("unexpected-answer") from error
