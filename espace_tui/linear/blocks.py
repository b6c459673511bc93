"""What there is to read at a step, as lines: one function per kind of block; nothing is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from espace_tui.i18n import Text, Texts, TimeOfDay
from espace_tui.journey.form import (
    AllAnswers,
    Block,
    Bullets,
    Facts,
    MessageList,
    Numbers,
    Paragraph,
    SiteAddress,
)
from espace_tui.journey.wizard import Wizard
from espace_tui.linear.field_text import answer_row, spell_group
from espace_tui.linear.prompt import (
    Conversation,
    Destination,
    Navigate,
    Question,
    on_one_line,
    parse_enter,
)
from espace_tui.linear.speaker import Speaker, group_numbers

if TYPE_CHECKING:
    from espace_tui.model.grants import Message

LETTER_LINES = 12
"""Lines of a letter that are read without being asked for, and that are read together."""
LEFT_LINES = 4
"""Lines that are not worth being asked for."""
Part = list[str]
"""Lines that are read together, clean and wrapped."""


def _paragraph(conversation: Conversation, block: Paragraph) -> list[Part]:
    speaker = conversation.speaker
    words = group_numbers(speaker.texts(block.text))
    return [speaker.wrap(speaker.texts("linear.strong", words=words) if block.strong else words)]


def _bullets(conversation: Conversation, block: Bullets) -> list[Part]:
    speaker = conversation.speaker
    items = [f"- {group_numbers(speaker.texts(text))}" for text in block.texts]
    return [_wrap_rows(speaker, items)]


def _facts(conversation: Conversation, block: Facts) -> list[Part]:
    speaker = conversation.speaker
    return [_wrap_rows(speaker, [_fact_row(speaker, *row) for row in block.rows])]


def _all_answers(conversation: Conversation, _block: AllAnswers) -> list[Part]:
    speaker = conversation.speaker
    return [_wrap_rows(speaker, answer_rows(speaker, conversation.wizard))]


def _messages(conversation: Conversation, block: MessageList) -> list[Part]:
    """Return the newest first: an expected code is heard before what was already read."""
    speaker = conversation.speaker
    texts, count = speaker.texts, len(block.messages)
    parts: list[Part] = []
    to = ""
    for number, message in enumerate(reversed(block.messages), 1):
        day, time = message.sent_at, TimeOfDay(message.sent_at)
        new, to = message.to not in {"", to}, message.to  # for a person alone, said once
        heads = [
            on_one_line(
                texts("linear.letter.number", number=number, count=count),
                texts("linear.letter.date", day=day, time=time),
            ),
            *(
                texts(f"linear.letter.{head}", who=who)
                for head, who in _heads(speaker, message)
                if new or head != "to"
            ),
            *_subject(texts, message),
        ]
        head = _wrap_rows(speaker, heads)
        body = message.text if message.is_readable else texts("inbox.unreadable")
        paragraphs = [speaker.wrap(text) for text in body.strip().split("\n\n")]
        begun = _beginning(paragraphs) if block.brief and not conversation.reads_all else paragraphs
        first, *others = _joined(begun)
        parts += [head + first, *others]
        if begun != paragraphs:
            conversation.left_unread = True
            parts[-1] += speaker.wrap(texts("linear.letter.more"))
        elif number == count:
            parts[-1] += speaker.wrap(texts("linear.letter.end", number=number))
    return parts


def _beginning(paragraphs: list[Part]) -> list[Part]:
    """Return the paragraphs that a letter begins with; all of them if few lines would be left."""
    read = 0
    for at, paragraph in enumerate(paragraphs, 1):
        read += len(paragraph)
        if read >= LETTER_LINES and sum(map(len, paragraphs[at:])) > LEFT_LINES:
            return paragraphs[:at]
    return paragraphs


def _joined(paragraphs: list[Part]) -> list[Part]:
    """Return paragraphs a few together, without blank lines between them; a code with its name."""
    parts: list[Part] = [[]]
    for paragraph in paragraphs:
        if len(parts[-1]) >= LETTER_LINES and not parts[-1][-1].endswith(":"):
            parts.append([])
        parts[-1] += paragraph
    return parts


def _heads(speaker: Speaker, message: Message) -> Iterator[tuple[str, str]]:
    """Yield who sent a message and to whom: an SMS has only the number that it came to."""
    if message.channel.value == "sms":
        yield "sms", message.recipient
        return
    if message.sender:
        yield "from", message.sender
    if message.to:
        yield "to", speaker.unmask(message.to)


def _subject(texts: Texts, message: Message) -> list[str]:
    if message.channel.value == "sms":
        return []
    return [texts("linear.letter.subject", subject=message.subject)]


def _numbers(conversation: Conversation, block: Numbers) -> list[Part]:
    speaker = conversation.speaker
    return [_wrap_rows(speaker, [_fact_row(speaker, *_grouped(row)) for row in block.rows])]


def _grouped(row: tuple[Text, tuple[str, ...]]) -> tuple[Text, str]:
    return row[0], " ".join(row[1])


def _address(conversation: Conversation, block: SiteAddress) -> list[Part]:
    speaker = conversation.speaker
    letters = ", ".join(spell_group(block.shown, speaker.texts))
    return [
        speaker.wrap(block.shown),
        speaker.wrap(speaker.texts("linear.address", letters=letters)),
    ]


RENDERERS: Mapping[type, Callable[[Conversation, Any], list[Part]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    MessageList: _messages,
    AllAnswers: _all_answers,
    Numbers: _numbers,
    SiteAddress: _address,
}
"""How each kind of block is read; a test fails when one is missing."""


def _wrap_rows(speaker: Speaker, rows: list[str]) -> Part:
    return [line for row in rows for line in speaker.wrap(row, "  ")]


def _fact_row(speaker: Speaker, label: Text, value: Text | str) -> str:
    if isinstance(value, str):
        value = speaker.unmask(value) or speaker.texts("linear.masked")
    return group_numbers(speaker.texts("linear.fact", label=label, value=value))


def answer_rows(speaker: Speaker, wizard: Wizard) -> list[str]:
    """Return the answers of the numbered steps, and those of the current step if it has no number.

    Before the answers of a step comes what it shows without asking: the contacts, for the review.
    """
    rows = []
    if not wizard.step.early:
        answers = wizard.answers()
        for link in wizard.step_links():
            facts = wizard.facts(link.step) if link.reachable else ()
            rows += [_fact_row(speaker, *row) for row in facts]
            here = [each for each in answers if each.step == link.step]
            rows += [answer_row(speaker, each.field, each.clear) for each in here]
    view = wizard.view()
    if view.step_name not in {link.step for link in wizard.step_links()}:
        fields = [field for field in view.fields if field.review and view.typed.get(field.name)]
        rows += [answer_row(speaker, field, view.typed[field.name]) for field in fields]
    return rows


def _parts(conversation: Conversation, blocks: tuple[Block, ...]) -> list[Part]:
    """Return what is read together; what is said of a table belongs to it."""
    parts: list[Part] = []
    after_table = False
    for block in blocks:
        rendered = RENDERERS[type(block)](conversation, block)
        if after_table and isinstance(block, Paragraph):
            parts[-1] += rendered.pop(0)
        parts += rendered
        after_table = isinstance(block, Facts | AllAnswers)
    return parts


async def read_blocks(conversation: Conversation, blocks: tuple[Block, ...]) -> None:
    """Say the blocks of a step, page by page when they are long."""
    if not blocks:
        return
    speaker = conversation.speaker
    parts = _parts(conversation, blocks)
    *before, last = _pages(parts, speaker.page_lines)
    read, count = 0, len(before) + 1
    while read < len(before):
        prompt = speaker.texts("linear.prompt.page", number=read + 1, count=count)
        help_ = partial(speaker.say, "linear.help.page")
        question = Question(prompt, partial(_say_page, speaker, before[read]), help_)
        try:
            await conversation.ask(question, parse_enter)
        except Navigate as navigation:
            if navigation.destination is not Destination.BACK or not read:
                raise
            read -= 1
        else:
            read += 1
    _say_page(speaker, last)


def _say_page(speaker: Speaker, page: list[Part]) -> None:
    speaker.continue_block()
    for part in page:
        speaker.write_lines(part)
        speaker.begin_block()


def _pages(parts: list[Part], size: int) -> list[list[Part]]:
    """Share parts between pages of about `size` lines; what is a bit longer is one page.

    What announces something (« Votre code : ») stays with it.
    """
    if not size or _height(parts) <= size + size // 4:
        return [parts]
    pages: list[list[Part]] = [[]]
    for together in _kept_together(parts):
        if pages[-1] and _height([*pages[-1], *together]) > size:
            pages.append([])
        pages[-1] += together
    return pages


def _height(parts: list[Part]) -> int:
    return sum(len(part) + 1 for part in parts)


def _kept_together(parts: list[Part]) -> list[list[Part]]:
    kept: list[list[Part]] = []
    for part in parts:
        if kept and kept[-1][-1] and kept[-1][-1][-1].endswith(":"):
            kept[-1].append(part)
        else:
            kept.append([part])
    return kept
