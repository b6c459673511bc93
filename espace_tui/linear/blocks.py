"""What there is to read, as lines: one function per kind of block; nothing is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from espace_tui.i18n import Text, TimeOfDay
from espace_tui.journey.form import AllAnswers, Block, Bullets, Facts, MessageList, Paragraph
from espace_tui.linear.field_text import answer_row
from espace_tui.linear.prompt import Destination, Navigate, Question, ask
from espace_tui.linear.speaker import Conversation, replace_mask

Part = list[str]
"""Lines that are read together, clean and wrapped."""


def _paragraph(talk: Conversation, block: Paragraph) -> list[Part]:
    words = talk.texts(block.text)
    return [talk.wrap(talk.texts("linear.strong", words=words) if block.strong else words)]


def _bullets(talk: Conversation, block: Bullets) -> list[Part]:
    return [[line for text in block.texts for line in talk.wrap(f"- {talk.texts(text)}", "  ")]]


def _facts(talk: Conversation, block: Facts) -> list[Part]:
    rows = [_fact_row(talk, label, value) for label, value in block.rows]
    return [[line for row in rows for line in talk.wrap(row, "  ")]]


def _fact_row(talk: Conversation, label: Text, value: Text | str) -> str:
    return talk.texts("linear.fact", label=talk.texts(label), value=_value(talk, value))


def _value(talk: Conversation, value: Text | str) -> str:
    if isinstance(value, Text):
        return talk.texts(value)
    return replace_mask(value, talk.texts("linear.masked")) or talk.texts("linear.masked")


def _letters(talk: Conversation, block: MessageList) -> list[Part]:
    """Return the newest first: the code that is awaited is heard before what was read already."""
    count, parts = len(block.messages), []
    for number, message in enumerate(reversed(block.messages), 1):
        day, time = message.sent_at, TimeOfDay(message.sent_at)
        heads = (
            talk.texts("linear.letter.number", number=number, count=count),
            *([talk.texts("linear.letter.from", who=message.sender)] if message.sender else ()),
            talk.texts(
                "linear.letter.to", who=replace_mask(message.to, talk.texts("linear.masked"))
            ),
            talk.texts("linear.letter.date", day=day, time=time),
            talk.texts("linear.letter.subject", subject=message.subject),
        )
        parts.append([line for head in heads for line in talk.wrap(head, "  ")])
        parts += [talk.wrap(text) for text in message.text.strip().split("\n\n")]
        parts.append(talk.wrap(talk.texts("linear.letter.end", number=number)))
    return parts


def _all_answers(talk: Conversation, _block: AllAnswers) -> list[Part]:
    return [[line for row in answer_rows(talk) for line in talk.wrap(row, "  ")]]


def answer_rows(talk: Conversation) -> list[str]:
    """Return the answers of the numbered steps, and those of the present one if it is not.

    Before those of a step comes what it knows without asking: the contacts, for the review.
    """
    wizard, view = talk.wizard, talk.wizard.view()
    rows = []
    for stop in () if wizard.step.early else wizard.step_links():
        facts = wizard.facts(stop.step) if stop.reachable else ()
        rows += [_fact_row(talk, label, value) for label, value in facts]
        told = [each for each in wizard.answers() if each.step == stop.step]
        rows += [answer_row(talk, each.field, each.clear) for each in told]
    if not view.number:
        here = [f for f in view.fields if f.review and view.typed.get(f.name)]
        rows += [answer_row(talk, field, view.typed[field.name]) for field in here]
    return rows


RENDERERS: Mapping[type, Callable[[Conversation, Any], list[Part]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    MessageList: _letters,
    AllAnswers: _all_answers,
}
"""How each block is read; a test fails when one is missing."""


async def read_blocks(talk: Conversation, blocks: tuple[Block, ...]) -> None:
    """Say the blocks of a step, page by page when they are long."""
    parts = [part for block in blocks for part in RENDERERS[type(block)](talk, block)]
    *before, last = _pages(parts, talk.console.page_lines)
    read, count = 0, len(before) + 1
    while read < len(before):
        prompt = partial(talk.texts, "linear.prompt.page", number=read + 1, count=count)
        help_ = partial(talk.say, "linear.help.page")
        try:
            await ask(talk, Question(prompt, partial(_say_page, talk, before[read]), help_))
        except Navigate as turn:
            if turn.destination is not Destination.BACK or not read:
                raise
            read -= 1
        else:
            read += 1
    _say_page(talk, last)


def _say_page(talk: Conversation, page: list[Part]) -> None:
    for part in page:
        talk.begin_block()
        for line in part:
            talk.write(line)
    talk.begin_block()


def _pages(parts: list[Part], size: int) -> list[list[Part]]:
    """Share the parts between pages of about `size` lines; what is a bit longer is one page."""
    pages: list[list[Part]] = [[]]
    if size and sum(len(part) + 1 for part in parts) > size + size // 4:
        for part in parts:
            if pages[-1] and sum(len(each) + 1 for each in (*pages[-1], part)) > size:
                pages.append([])
            pages[-1].append(part)
        return pages
    return [parts]
