"""Asking: a line is an answer or a command; whatever it is, nothing typed so far is lost."""

from __future__ import annotations

import asyncio

from espace_tui.linear.commands import Order, order_in
from espace_tui.linear.port import KilledError, UnreadableLineError
from espace_tui.linear.question import Question
from espace_tui.linear.talk import Talk


async def ask(talk: Talk, question: Question, *, again: bool = False) -> str:
    """Put a question until it is answered, and obey the commands that come instead.

    `again`: it was just said in full; only its last line is said.
    """
    if not again:
        question.say()
    while True:
        line = await _read(talk, question)
        if line is None:
            continue
        talk.gap()
        order = None if question.hidden else _order(talk, question, line)
        if order is None:
            return line
        if await obey(talk, question, order):
            question.say()


async def obey(talk: Talk, question: Question, order: Order) -> bool:
    """Obey a command; tell whether the whole question must be said again."""
    if order.name:
        return await talk.order(order.name)(talk, question, order.argument)
    if not order.near:
        talk.error("linear.command.unlike")
    elif len(order.near) == 1:
        talk.error("linear.command.unknown", nearest=order.near[0])
    else:
        talk.error(
            "linear.command.ambiguous", names=talk.several([f":{each}" for each in order.near])
        )
    talk.gap()
    return False


async def _read(talk: Talk, question: Question) -> str | None:
    *before, prompt = talk.wrapped(question.prompt())
    for each in before:
        talk.words(each)
    try:
        line = _line(talk, question, f"{prompt} ")
    except UnreadableLineError as error:
        talk.gap()
        talk.error(f"linear.line.{error.code}")
        talk.gap()
        return None
    except KeyboardInterrupt:
        await obey(talk, question, Order("interrupted"))
        return None
    except KilledError:
        await asyncio.sleep(1)  # the loop cancels us meanwhile
        return None
    return line


def _line(talk: Talk, question: Question, prompt: str) -> str:
    if question.hidden:
        line = talk.console.ask_secret(prompt)
    else:
        line = talk.console.ask(prompt, question.prefill)
    if any(ord(c) < ord(" ") or "\x7f" <= c <= "\x9f" for c in line if c != "\t"):
        raise UnreadableLineError("control")
    return line


def _order(talk: Talk, question: Question, line: str) -> Order | None:
    """Return the command of a line; it may follow the answer that was put on the line."""
    added = line.removeprefix(question.prefill)
    if order := order_in(added, talk.texts):
        known = order.name or added == line
        return order if known else None
    return None
