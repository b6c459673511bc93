"""What is said of a field: its format, its help, its answer, and what that is worth so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from espace_tui.i18n import Text
from espace_tui.journey.form import Field, Kind
from espace_tui.linear.prompt import Option
from espace_tui.linear.speaker import Talk, unveiled

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


def characters(group: str, say: Callable[..., str]) -> Iterator[str]:
    """Yield each character as it is read: capitals and signs are named."""
    for each in group:
        if each in SIGNS:
            yield say(SIGNS[each])
        elif each.isupper():
            yield say("linear.spell.capital", letter=each)
        else:
            yield each


def spelled(groups: Iterable[str], say: Callable[..., str]) -> Iterator[str]:
    """Yield one line per group."""
    parts = [group for group in groups if group]
    for number, group in enumerate(parts, 1):
        read = ", ".join(characters(group, say))
        yield say("linear.spell.group", number=number, count=len(parts), characters=read)


HOW = {Kind.CHOICE: "linear.help.choice", Kind.TICK: "linear.help.yes-no"}
"""How the kinds are answered whose format is told by no field."""


def say_format(talk: Talk, each: Field) -> None:
    """Say what is expected, before it is typed."""
    if talk.manner.short:
        return
    _say_expected(talk, each)
    if talk.manner.full:
        _say_part(talk, each, "help")


def say_help(talk: Talk, each: Field) -> None:
    """Say all there is to help with a field."""
    talk.gap()
    talk.words(talk.texts(each.say("label")))
    _say_part(talk, each, "help")
    _say_expected(talk, each)
    if each.kind in HOW:
        talk.line(HOW[each.kind])


def _say_expected(talk: Talk, each: Field) -> None:
    """Say the format; where there are rules, they say it better than the hint."""
    if not each.ticks(""):
        _say_part(talk, each, "hint")
    _say_part(talk, each, "example")
    _say_prefix(talk, each)
    _say_rules(talk, each)
    _say_picture(talk, each)


def _say_part(talk: Talk, each: Field, part: str) -> None:
    if words := talk.optional(each.say(part)):
        talk.words(words)


def _say_prefix(talk: Talk, each: Field) -> None:
    if each.prefix:
        talk.line("linear.prefix", prefix=each.prefix)


def _say_rules(talk: Talk, each: Field) -> None:
    if rules := each.ticks(""):
        talk.line("linear.rules")
        for tick in rules:
            talk.words(f"- {talk.texts(tick.rule)}", "  ")


def _say_picture(talk: Talk, each: Field) -> None:
    if each.picture:
        talk.line(f"picture.{each.picture}.words")


def choice_options(talk: Talk, each: Field) -> list[Option]:
    """Return the choices of a field, in words."""
    stem = f"choice.{each.text}"
    return [
        Option(talk.texts(f"{stem}.{value}"), talk.optional(Text(f"{stem}.{value}.about")))
        for value in each.choices
    ]


def said_answer(talk: Talk, each: Field, text: str) -> str:
    """Return an answer in words, masked as everywhere; nothing of a secret is left."""
    if each.kind is Kind.SECRET:
        return talk.texts("linear.masked") if text else ""
    if each.kind is Kind.TICK:
        return talk.texts("linear.yes" if text else "linear.no")
    if each.kind is Kind.CHOICE:
        return talk.texts(f"choice.{each.text}.{text}") if text else ""
    return unveiled(each.mask(text), talk.texts("linear.masked"))


def answer_row(talk: Talk, each: Field, text: str) -> str:
    """Return one answer with the name of its field."""
    label = talk.texts(each.say("label"))
    shown = said_answer(talk, each, text) or talk.texts("linear.no-answer")
    return talk.texts("linear.fact", label=label.rstrip(" ?\u00a0\u202f"), value=shown)


def say_worth(talk: Talk, each: Field, text: str) -> None:
    """Say what an answer is worth so far: how many characters, which rules are met."""
    for words in _worth(talk, each, text) if text else ():
        talk.line(words)


def _worth(talk: Talk, each: Field, text: str) -> Iterator[Text]:
    if each.length:
        found = len("".join(each.groups(text)))
        if found != each.length or not talk.manner.short:
            yield Text("linear.counter", {"length": each.length}, found)
    if ticks := each.ticks(text):
        missing = [talk.texts(tick.rule) for tick in ticks if not tick.met]
        met = len(ticks) - len(missing)
        if missing:
            values = {"all": len(ticks), "missing": talk.several(missing)}
            yield Text("linear.rules.missing", values, met)
        elif not talk.manner.short:
            yield Text("linear.rules.met")
