"""What the service thinks of an answer before it is sent, such as whether an identifier is free."""

from __future__ import annotations

from espace_tui.errors import InvalidValue, Refused, Unreachable
from espace_tui.form import Field
from espace_tui.linear.problems import second_look
from espace_tui.linear.talk import Talk
from espace_tui.linear.waiting import patiently
from espace_tui.validators import Advice


async def probe(talk: Talk, each: Field, text: str) -> str | None:
    """Say what the service tells of an answer; return the one to keep, or None to type it again."""
    if not (each.probe and text):
        return text
    found = await patiently(talk, _advice(talk, each, text)) or ()
    if any(advice.suggestion for advice in found):
        return await second_look(talk, each, found)
    for advice in found:
        talk.line(advice.text)
    return text


async def _advice(talk: Talk, each: Field, text: str) -> tuple[Advice, ...]:
    """Ask the service; what it cannot tell now is told when the step is submitted."""
    wizard = talk.wizard
    try:
        each.parse(text)
        return await wizard.step.probe(wizard.desk, wizard.session, each.name, text)
    except (InvalidValue, Refused, Unreachable):
        return ()
