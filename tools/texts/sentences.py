"""How long the sentences are that people read, in words.

A sentence ends with a full stop, « ? », « ! » or « … » before a space, or with the line; a colon or
a semicolon does not end one. A word is what stands between spaces or apostrophes and holds a letter
or a digit (« l’espace » is two); a number written in groups is one, and so is a placeholder.

>>> words("Tapez les 15 chiffres : 2 55 08 14 168 025 38, où la clé est {key}.")
11
>>> list(sentences("Un instant… C’est fait, M. {name}. Merci"))
['Un instant…', 'C’est fait, M. {name}.', 'Merci']
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from babel.messages.pofile import read_po

EASY, EVERY = "easy.po", "*.po"
LIMITS: Mapping[str, int] = {EASY: 12, EVERY: 20}
"""The most words of a sentence: in the easy texts, and in every text."""
_ENDS = re.compile(r"(?<=[^ ][.?!…])(?<!\bM\.)(?<!\bEx\.)[»”\u00a0]*[ \u202f]+(?=[^\s])|\n")
_PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s|%s|%\.0[rs]")
_GROUPED = re.compile(r"(?<=[\d])[ \u00a0\u202f](?=\d)")
_BETWEEN_WORDS = re.compile(r"[\s’'–—]+")
_TELLS = re.compile(r"[^\W_]")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; the lines of a list are sentences of their own."""
    yield from (part.strip() for part in _ENDS.split(text) if part.strip())


def words(sentence: str) -> int:
    """Return the number of words of a sentence."""
    plain = _GROUPED.sub("", _PLACEHOLDER.sub("x", sentence))
    return sum(bool(_TELLS.search(word)) for word in _BETWEEN_WORDS.split(plain))


DATA = ("guide/official/*.toml", "counter/handouts/*.toml")
"""What people read that is no catalogue, under the package: the tables ``fr`` and ``en``."""


def _said(locale: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield the file, the id and the sentences of every text of every language."""
    for pattern in DATA:
        for path in sorted(locale.parent.parent.glob(pattern)):
            for text_id, text in _texts(tomllib.loads(path.read_text("utf-8")), path.stem):
                if {"fr", "en"}.intersection(text_id.split(".")):
                    yield path, text_id, text
    for path in sorted(locale.glob("*/*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=path.parent.name):
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                text_id = message.id if isinstance(message.id, str) else message.id[0]
                if text_id:
                    yield from ((path, text_id, str(form)) for form in forms)


def _texts(value: object, text_id: str) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of every text of a data file."""
    match value:
        case dict():
            for name, part in value.items():
                yield from _texts(part, f"{text_id}.{name}")
        case list():
            for number, part in enumerate(value):
                yield from _texts(part, f"{text_id}.{number}")
        case str():
            yield text_id, value
        case _:
            pass


def _limit(path: Path, text_id: str) -> int:
    easy = path.name == EASY or "easy" in text_id.split(".")
    return LIMITS[EASY if easy else EVERY]


def _over(locale: Path) -> Iterator[tuple[str, str]]:
    """Yield the id of each text with a sentence that is too long, and what is to be said of it."""
    for path, text_id, text in _said(locale):
        for sentence in sentences(text):
            count = words(sentence)
            limit = _limit(path, text_id)
            if count > limit:
                place = f"{path.parent.name}/{path.name}: {text_id}"
                yield text_id, f"{place}: {count} words, {limit} at most: {sentence}"


def too_long(locale: Path, exceptions: AbstractSet[str]) -> list[str]:
    """Return a complaint for each sentence over its limit whose text is no exception."""
    return [complaint for text_id, complaint in _over(locale) if text_id not in exceptions]


def unused(locale: Path, exceptions: AbstractSet[str]) -> list[str]:
    """Return a complaint for each exception that no text needs any more."""
    needed = {text_id for text_id, _ in _over(locale)}
    return [f"{text_id}: no longer an exception, take it off" for text_id in exceptions - needed]
