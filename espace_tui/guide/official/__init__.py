"""The official site's journey as dated data: its screens, what they ask, what each refusal means.

The site is right where it differs, and the age of the data is always told. `load` reads the file of
this release, or a newer one of the user's; `Official` is what was read and checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_names

LAZY: Mapping[str, str] = {
    "Journey": "model",
    "Official": "model",
    "Screen": "model",
    "SiteOutcome": "model",
    "load": "loading",
    "read": "loading",
}
if TYPE_CHECKING:
    from espace_tui.guide.official.loading import load as load
    from espace_tui.guide.official.loading import read as read
    from espace_tui.guide.official.model import Journey as Journey
    from espace_tui.guide.official.model import Official as Official
    from espace_tui.guide.official.model import Screen as Screen
    from espace_tui.guide.official.model import SiteOutcome as SiteOutcome
else:
    __getattr__ = lazy_names(__name__, LAZY)
