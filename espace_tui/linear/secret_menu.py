"""The menu that an empty line opens at a secret's prompt, where no command is read."""

from __future__ import annotations

from espace_tui.form import Deed
from espace_tui.linear.asking import obey
from espace_tui.linear.commands import Order
from espace_tui.linear.menu import Option, choose
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.recall import unshown
from espace_tui.linear.stops import numbered
from espace_tui.linear.talk import Talk

TYPE, KEEP = "type", "keep"
OFFERED = ("show", "back", "help", "all", "steps", "clear", "actions", "visual", "quit")


async def secret_menu(talk: Talk, question: Question, *, kept: bool) -> bool:
    """Do what the person chooses; tell whether the kept answer stays."""
    fills = {a.name: a for a in talk.wizard.view().actions if a.deed is Deed.FILL}
    offered = [TYPE, *([KEEP] if kept else []), *fills, *_possible(talk)]
    labels = [_label(talk, each, is_action=each in fills) for each in offered]
    name = offered[await choose(talk, [Option(label) for label in labels], default=0)]
    if name in fills:
        raise Turn(Way.ACT, name)
    if name in OFFERED and await obey(talk, question, Order(name)):
        question.say()
    return name == KEEP


def _possible(talk: Talk) -> list[str]:
    """Return the commands that would do something here."""
    idle = {"show": not unshown(talk), "visual": not talk.console.full_screen}
    idle |= {"clear": not any(talk.wizard.typed.values()), "steps": not numbered(talk)}
    return [name for name in OFFERED if not idle.get(name)]


def _label(talk: Talk, name: str, *, is_action: bool) -> str:
    if is_action:
        return talk.texts(f"action.{name}")
    if name in OFFERED:
        return talk.texts(f"linear.command.{name}.about")
    return talk.texts(f"linear.secret.{name}")
