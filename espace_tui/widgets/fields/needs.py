"""What one needs to begin, drawn: the message with its code, and the card."""

from __future__ import annotations

from espace_tui.widgets.fields.card_picture import CardObject
from espace_tui.widgets.flow import Row, Stack
from espace_tui.widgets.panel import BoxedCode
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

CODE = "Kd7m P3xR w9Tf"
"""The code that stands for any, as in the hints."""


class Needs(Stack):
    """The drawings say nothing that the words under them do not."""

    DEFAULT_CSS = """
    Needs {
        height: auto; margin-bottom: 1;
        & > Label { text-style: bold; margin-bottom: 1; }
        Row, Stack { height: auto; }
        Stack { width: 32; }
        .letter {
            width: 29; background: $letter; color: $foreground; padding: 0 2;
            border-top: inner $letter-edge; border-bottom: inner $letter-edge;
        }
    }
    """

    def __init__(self, ui: UiText) -> None:
        letter = Stack(Label(ui.translate("needs.letter")), BoxedCode(CODE), classes="letter")
        code = Stack(letter, Label(ui.translate("needs.code")))
        card = Stack(CardObject("card-mine"), Label(ui.translate("needs.card")))
        super().__init__(Label(ui.translate("needs")), Row(code, card), classes="drawn")
