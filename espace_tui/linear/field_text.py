"""What is said of a field: its format, its help, its answer, and what the answer is worth so far.

An answer can also be spelled out, group by group and character by character.

>>> list(spell_group("aB-0", lambda text, **values: " ".join((text, *values.values()))))
['a', 'linear.spell.capital B', 'linear.spell.hyphen', '0']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from espace_tui.errors import FieldProblem, InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind
from espace_tui.linear.prompt import on_one_line
from espace_tui.linear.speaker import NBSP, Speaker, group_numbers

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
HOW_TO_ANSWER = {FieldKind.CHOICE: "linear.help.choice", FieldKind.CHECKBOX: "linear.help.yes-no"}
"""How to answer the kinds of field whose format is said nowhere else."""
SIGNS = {
    ".": "linear.spell.dot",
    "-": "linear.spell.hyphen",
    "_": "linear.spell.underscore",
    "@": "linear.spell.at",
    "+": "linear.spell.plus",
    " ": "linear.spell.space",
    "'": "linear.spell.apostrophe",
    ",": "linear.spell.comma",
    "/": "linear.spell.slash",
}


def format_sentences(speaker: Speaker, field: Field) -> list[str]:
    """Return what is expected, before it is typed."""
    if speaker.short:
        return []
    return _expectations(speaker, field) + (_part(speaker, field, "help") if speaker.full else [])


def say_together(speaker: Speaker, sentences: Iterable[str]) -> None:
    """Say sentences on one line; in easy texts, one idea a line."""
    said = [words for words in sentences if words]
    if said and not speaker.texts.easy:
        said = [on_one_line(*said)]
    _write(speaker, said)


def say_help(speaker: Speaker, field: Field) -> None:
    """Say all there is to help with a field; the prompt that comes back names it, if it can."""
    speaker.begin_block()
    if field.kind is not FieldKind.TEXT:
        speaker.say(field.text_for("label"))
    _write(speaker, _part(speaker, field, "help") + _expectations(speaker, field))
    if field.kind in HOW_TO_ANSWER:
        speaker.say(HOW_TO_ANSWER[field.kind])


def _expectations(speaker: Speaker, field: Field) -> list[str]:
    """Return the format; where there are rules, they say it better than the hint."""
    rules = [speaker.texts(tick.rule) for tick in field.ticks("")]
    repeats = field.kind is FieldKind.SECRET and not field.review  # its label says so
    hint = [] if rules or repeats else _part(speaker, field, "hint")
    words = [*hint, *_part(speaker, field, "example")]
    if field.prefix and field.prefix not in "".join(hint):
        words.append(speaker.texts("linear.prefix", prefix=field.prefix))
    if rules and not speaker.texts.easy:
        words.append(speaker.texts("linear.rules", rules=speaker.join_items(rules)))
    elif rules:  # one idea a line
        words += [speaker.texts("linear.rules.one-by-one"), *(f"- {rule}" for rule in rules)]
    if field.picture:
        words.append(speaker.texts(f"picture.{field.picture}.words"))
    return words


def _part(speaker: Speaker, field: Field, part: str) -> list[str]:
    words = speaker.text_if_any(field.text_for(part))
    return [words] if words else []


def _write(speaker: Speaker, paragraphs: Iterable[str]) -> None:
    for words in paragraphs:
        speaker.write(words, "  " if words.startswith("- ") else "")


def say_feedback(speaker: Speaker, field: Field, text: str) -> None:
    """Say what an answer is worth so far: how many characters, which rules are met."""
    if said := [speaker.texts(each) for each in _feedback(speaker, field, text) if text]:
        speaker.write(" ".join(said))


def _feedback(speaker: Speaker, field: Field, text: str) -> Iterator[Text]:
    if field.kind is FieldKind.SECRET:
        yield Text("linear.received", count=len(text))
    found = len("".join(field.groups(text))) if field.length else 0
    if field.length and found != (length := field.length_for(found)):
        yield Text("linear.counter", {"length": length}, found)
    if ticks := field.ticks(text):
        missing = [speaker.texts(tick.rule) for tick in ticks if not tick.met]
        if missing:
            values = {"all": len(ticks), "missing": speaker.join_items(missing)}
            yield Text("linear.rules.missing", values, len(ticks) - len(missing))
        elif not (speaker.short or field.probe):
            yield Text("linear.rules.met")


def problem_in_words(speaker: Speaker, problem: FieldProblem) -> str:
    """Return what is wrong with an answer; briefly for who wants few words."""
    words = speaker.texts(f"error.{problem.code}", **problem.values)
    if speaker.short:
        first, *rest = _SENTENCE_END.split(words)
        words = " ".join((first, *(s for s in rest if str(problem.values.get("suggestion")) in s)))
    return words


def echo_answer(speaker: Speaker, field: Field, text: str) -> str:
    """Return an answer that was just typed, to be checked: in groups, unless it is masked."""
    if speaker.covers:
        return answer_text(speaker, field, text)
    return f",{NBSP}".join(field.groups(text))


def answer_text(speaker: Speaker, field: Field, text: str) -> str:
    """Return an answer in words, masked as everywhere; nothing of a secret is left."""
    if field.kind is FieldKind.SECRET:
        return speaker.texts("linear.masked") if text else ""
    if field.kind is FieldKind.CHECKBOX:
        ticked = speaker.text_if_any(field.text_for("yes")) or speaker.texts("linear.yes")
        return ticked if text else speaker.texts("linear.no")
    if field.kind is FieldKind.CHOICE:
        return speaker.texts(field.choice_text(text)) if text else ""
    return speaker.unmask(field.masked(text) if speaker.masks else field.mask(text))


def answer_row(speaker: Speaker, field: Field, text: str) -> str:
    """Return an answer with the name of its field."""
    short = speaker.text_if_any(field.text_for("review"))
    label = (short or speaker.texts(field.text_for("label"))).rstrip(" ?\u00a0\u202f")
    value = answer_text(speaker, field, text) or speaker.texts("linear.no-answer")
    return group_numbers(speaker.texts("linear.fact", label=label, value=value))


def spell(groups: Iterable[str], translate: Callable[..., str]) -> Iterator[str]:
    """Yield one line per group, each character by its name."""
    parts = [group for group in groups if group]
    for number, group in enumerate(parts, 1):
        characters = ", ".join(spell_group(group, translate))
        yield translate(
            "linear.spell.group", number=number, count=len(parts), characters=characters
        )


def spell_group(group: str, translate: Callable[..., str]) -> Iterator[str]:
    """Yield each character as it is read aloud: capitals and signs are named."""
    for character in group:
        if character in SIGNS:
            yield translate(SIGNS[character])
        elif character.isupper():
            yield translate("linear.spell.capital", letter=character)
        else:
            yield character


def passing(field: Field) -> int | None:
    """Return which choice says the same as no answer at all, where none is needed."""
    try:
        nothing = field.parse("")
    except InvalidValue:
        return None
    return next((n for n, each in enumerate(field.choices) if field.parse(each) == nothing), None)
