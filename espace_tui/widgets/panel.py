"""What stands beside the column from 110 columns on: a frame with a title, over a few lines."""

from __future__ import annotations

from textual.widget import Widget

from espace_tui.widgets.flow import Stack
from espace_tui.widgets.text import Label, Words, styled


class Panel(Stack):
    """A frame with its title in the border; `key` marks what must be noted."""

    DEFAULT_CSS = """
    Panel {
        height: auto; border: round $edge; padding: 1 2; margin-bottom: 1;
        border-title-color: $accent; border-title-style: bold; border-subtitle-color: $muted;
        & > Label, & > HangingLabel { margin-bottom: 1; }
        & > .last { margin-bottom: 0; }
        & > .muted { color: $muted; }
        &.-key { border: round $accent; padding: 1 3; }
    }
    """

    def __init__(self, title: str, *inside: Widget, foot: str = "", key: bool = False) -> None:
        super().__init__(*inside, classes="-key" if key else "")
        self.border_title = title
        self.border_subtitle = foot


def numbered(number: int, title: str, about: str) -> tuple[Words, Words]:
    """Return a thing to do, with its number before it and what it is about under it."""
    return styled((f"{number}  ", "bold $accent")), styled(
        (title, "bold"), (f"\n{about}", "$muted")
    )


class BoxedCode(Label):
    """A code to be copied: in its own frame, bold, in groups."""

    DEFAULT_CSS = """
    BoxedCode {
        width: auto; height: auto; border: round $accent; padding: 0 1;
        color: $accent; text-style: bold;
    }
    """

    def __init__(self, groups: Words) -> None:
        super().__init__(groups)
