"""The blank sheet that a person takes home: large letters, one idea a line, nothing personal.

Nothing can be put on it but what a pen writes: no name, no number, no code. `sheets` holds the
lines in every language, `page` makes a page to print (HTML) or a text for a Braille embosser.
"""

from __future__ import annotations

from espace_tui.counter.handouts.page import as_page, as_text
from espace_tui.counter.handouts.sheets import EASY, LANGUAGES, Sheet, load_sheet

__all__ = ["EASY", "LANGUAGES", "Sheet", "as_page", "as_text", "load_sheet"]
