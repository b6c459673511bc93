"""What is said of a field: its format, its help, its answer, and what that is worth so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind
from espace_tui.linear.prompt import Option
from espace_tui.linear.speaker import Conversation, replace_mask

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


def spell_group(group: str, translate: Callable[..., str]) -> Iterator[str]:
    """Yield each character as it is read: capitals and signs are named."""
    for each in group:
        if each in SIGNS:
            yield translate(SIGNS[each])
        elif each.isupper():
            yield translate("linear.spell.capital", letter=each)
        else:
            yield each


def spell_out(groups: Iterable[str], translate: Callable[..., str]) -> Iterator[str]:
    """Yield one line per group."""
    parts = [group for group in groups if group]
    for number, group in enumerate(parts, 1):
        read = ", ".join(spell_group(group, translate))
        yield translate("linear.spell.group", number=number, count=len(parts), characters=read)


HOW_TO_ANSWER = {FieldKind.CHOICE: "linear.help.choice", FieldKind.CHECKBOX: "linear.help.yes-no"}
"""How the kinds are answered whose format is told by no field."""


def say_format(talk: Conversation, each: Field) -> None:
    """Say what is expected, before it is typed."""
    if talk.speech.short:
        return
    _say_expectations(talk, each)
    if talk.speech.full:
        _say_part(talk, each, "help")


def say_help(talk: Conversation, each: Field) -> None:
    """Say all there is to help with a field."""
    talk.begin_block()
    talk.write(talk.texts(each.text_for("label")))
    _say_part(talk, each, "help")
    _say_expectations(talk, each)
    if each.kind in HOW_TO_ANSWER:
        talk.say(HOW_TO_ANSWER[each.kind])


def _say_expectations(talk: Conversation, each: Field) -> None:
    """Say the format; where there are rules, they say it better than the hint."""
    if not each.ticks(""):
        _say_part(talk, each, "hint")
    _say_part(talk, each, "example")
    _say_prefix(talk, each)
    _say_rules(talk, each)
    _say_picture(talk, each)


def _say_part(talk: Conversation, each: Field, part: str) -> None:
    if words := talk.text_if_any(each.text_for(part)):
        talk.write(words)


def _say_prefix(talk: Conversation, each: Field) -> None:
    if each.prefix:
        talk.say("linear.prefix", prefix=each.prefix)


def _say_rules(talk: Conversation, each: Field) -> None:
    if rules := each.ticks(""):
        talk.say("linear.rules")
        for tick in rules:
            talk.write(f"- {talk.texts(tick.rule)}", "  ")


def _say_picture(talk: Conversation, each: Field) -> None:
    if each.picture:
        talk.say(f"picture.{each.picture}.words")


def choice_options(talk: Conversation, each: Field) -> list[Option]:
    """Return the choices of a field, in words."""
    stem = f"choice.{each.text_prefix}"
    return [
        Option(talk.texts(f"{stem}.{value}"), talk.text_if_any(Text(f"{stem}.{value}.about")))
        for value in each.choices
    ]


def answer_text(talk: Conversation, field: Field, text: str) -> str:
    """Return an answer in words, masked as everywhere; nothing of a secret is left."""
    if field.kind is FieldKind.SECRET:
        return talk.texts("linear.masked") if text else ""
    if field.kind is FieldKind.CHECKBOX:
        return talk.texts("linear.yes" if text else "linear.no")
    if field.kind is FieldKind.CHOICE:
        return talk.texts(f"choice.{field.text_prefix}.{text}") if text else ""
    return replace_mask(field.mask(text), talk.texts("linear.masked"))


def answer_row(talk: Conversation, field: Field, text: str) -> str:
    """Return one answer with the name of its field."""
    label = talk.texts(field.text_for("label"))
    shown = answer_text(talk, field, text) or talk.texts("linear.no-answer")
    return talk.texts("linear.fact", label=label.rstrip(" ?\u00a0\u202f"), value=shown)


def say_feedback(talk: Conversation, field: Field, text: str) -> None:
    """Say what an answer is worth so far: how many characters, which rules are met."""
    for words in _feedback(talk, field, text) if text else ():
        talk.say(words)


def _feedback(talk: Conversation, field: Field, text: str) -> Iterator[Text]:
    if field.length:
        found = len("".join(field.groups(text)))
        if found != field.length or not talk.speech.short:
            yield Text("linear.counter", {"length": field.length}, found)
    if ticks := field.ticks(text):
        missing = [talk.texts(tick.rule) for tick in ticks if not tick.met]
        met = len(ticks) - len(missing)
        if missing:
            values = {"all": len(ticks), "missing": talk.enumeration(missing)}
            yield Text("linear.rules.missing", values, met)
        elif not talk.speech.short:
            yield Text("linear.rules.met")
