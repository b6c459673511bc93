"""The cases of a training: invented people with the difficulties that real ones have, as data.

`load_cases` reads those of this release, `read_case` a trainer's own file, checked the same way.
How a case is played is an itinerary of the wizard (`espace_tui.journey.itineraries.exercise`).
"""

from __future__ import annotations

from espace_tui.counter.training.loading import load_cases, read_case

__all__ = ["load_cases", "read_case"]
