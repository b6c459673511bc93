"""The official site's journey as dated data: its screens, what they ask, what each refusal means.

The site is right where it differs, and the age of the data is always told. `load` reads the file of
this release, or a newer one of the user's; `Official` is what was read and checked.
"""

from __future__ import annotations

from espace_tui.guide.official.loading import load
from espace_tui.guide.official.model import Journey, Official, Screen, SiteOutcome

__all__ = ["Journey", "Official", "Screen", "SiteOutcome", "load"]
