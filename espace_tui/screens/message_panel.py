"""« Votre message », beside the fields that ask for what is in it, with a button to take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.widget import Widget

from espace_tui.i18n import TimeOfDay
from espace_tui.journey.form import Action, Field
from espace_tui.journey.view import View
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.panel import BoxedCode, Panel
from espace_tui.widgets.text import Label, styled
from espace_tui.widgets.ui_text import UiText

if TYPE_CHECKING:
    from espace_tui.model.grants import Message


def message_panel(
    view: View, ui: UiText, inbox: tuple[Message, ...], code_days: int = 0
) -> Iterable[Widget]:
    """Return the panel of what was received for this step; none where there is nothing.

    `code_days` is how long a provisional code may be used, where the step asks for one.
    """
    takes = view.received
    if takes and inbox:
        newest = inbox[-1]
        inside = [*_head(newest, ui)]
        for action in takes:
            inside += _taken(action, view.fields, ui)
            if code_days and any(name == "code" for name, _ in action.fills):
                last = newest.sent_at + timedelta(days=code_days)
                inside.insert(-1, Label(ui.translate("panel.message.until", day=last)))
        yield Panel(ui.translate("panel.message"), *inside)


def _head(message: Message, ui: UiText) -> Iterator[Widget]:
    at = TimeOfDay(message.sent_at)
    sent = ui.translate("letter.at", day=message.sent_at, time=at)
    sender = message.sender.partition("<")[0].strip() or message.sender
    lines = [
        ui.translate(f"letter.{name}", what=what)
        for name, what in (("from", sender), ("sent", sent))
        if what
    ]
    yield Label("\n".join(lines), "muted")


def _taken(action: Action, fields: tuple[Field, ...], ui: UiText) -> Iterator[Widget]:
    labels = {field.name: ui.texts(field.text_for("label")) for field in fields}
    for name, value in action.fills:
        if name in labels and name != "kind":
            yield Label(styled((labels[name], "bold")), "last")
            yield BoxedCode(value)
    label = ui.texts(f"action.{action.name}")
    yield TextButton(label, ("screen", "submit", (action.name,)))
