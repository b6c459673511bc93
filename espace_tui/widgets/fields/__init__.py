"""The kinds of field: a text, one of several choices, a box to tick; each is a `FieldRow`.

Each kind is imported when a step first asks for it: use `fields.TextRow`. So is the drawing of
what one needs to begin, which only large screens have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_names

LAZY: Mapping[str, str] = {
    "CheckboxRow": "checkbox_row",
    "Needs": "needs",
    "RadioRow": "radio_row",
    "TextRow": "text_row",
}
if TYPE_CHECKING:
    from espace_tui.widgets.fields.checkbox_row import CheckboxRow as CheckboxRow
    from espace_tui.widgets.fields.needs import Needs as Needs
    from espace_tui.widgets.fields.radio_row import RadioRow as RadioRow
    from espace_tui.widgets.fields.text_row import TextRow as TextRow
else:
    __getattr__ = lazy_names(__name__, LAZY)
