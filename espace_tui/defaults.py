"""How a field treats what is typed where its kind of value says nothing better."""

from __future__ import annotations

from typing import Any

from espace_tui.validators import Advice, Tick


def one_line(text: str) -> str:
    """Return a pasted text on one line: the tidying of a field that has no better one."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Return an answer as it may be shown: the masking of a field that hides nothing."""
    return text


def hidden(text: str) -> str:
    """Return dots in the place of an answer, always as many: not even its length shows."""
    return "••••••••" if text else ""


def no_ticks(_text: str) -> tuple[Tick, ...]:
    """Return no rule to tick."""
    return ()


def no_advice(_value: Any) -> tuple[Advice, ...]:  # noqa: ANN401 — a value of any kind
    """Return nothing to look at again."""
    return ()


def ungrouped(text: str) -> tuple[str, ...]:
    """Return a text in groups of four, to be read aloud or magnified."""
    return tuple(text[i : i + 4] for i in range(0, len(text), 4))
