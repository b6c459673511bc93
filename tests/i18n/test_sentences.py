"""The counter of words counts as its page says, and every exception has a reason to be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.texts.catalogues import LOCALE
from tools.texts.exceptions import LONG_SENTENCES
from tools.texts.sentences import sentences, too_long, unused, words

TWENTY = " ".join(["mot"] * 20)
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("", 0),
        ("Tapez le code.", 3),
        ("L’adresse de l’Assurance Maladie n’a pas changé.", 10),
        ("The person’s number", 4),
        ("assurance-maladie@info.ameli.fr", 1),
        ("Exemple\u00a0: 2\u00a055\u00a008\u00a014\u00a0168\u00a0025\u00a038.", 2),
        ("de 8\u00a0h\u00a030 à 17\u00a0h\u00a030", 8),
        ("Attendez {wait}, puis réessayez.", 4),
        ("ce choix n’existe pas ; possibles : %(choices)s", 7),
        ("« ! » ou ( . - _ ) — …", 1),
    ],
)
def test_words_are_counted(sentence: str, count: int) -> None:
    assert words(sentence) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un. Deux\u202f? Trois\u202f! Quatre… Cinq", 5),
        ("monespacesante.fr et ameli.fr, à 8.30", 1),
        ("Code\u00a0: 034567\u00a0; gardez-le.", 1),
        ("« Vrai\u202f? » Oui.", 2),
        ("Une ligne\n- un point\n- un autre\n\nUne fin", 4),
        ("", 0),
    ],
)
def test_sentences_are_told_apart(text: str, found: int) -> None:
    assert len(list(sentences(text))) == found


def catalogue(folder: Path, name: str, **texts: str) -> Path:
    """Write a catalogue; return the folder of the languages."""
    said = "\n".join(f'msgid "{text}"\nmsgstr "{words}"\n' for text, words in texts.items())
    (folder / "fr").mkdir(exist_ok=True)
    (folder / "fr" / name).write_text(HEAD + said, "utf-8")
    return folder


def test_a_sentence_over_the_limit_is_told_unless_it_is_an_exception(tmp_path: Path) -> None:
    locale = catalogue(tmp_path, "steps.po", short=f"{TWENTY}. {TWENTY}.", long=f"{TWENTY} trop.")
    (complaint,) = too_long(locale, frozenset())
    assert complaint.startswith("fr/steps.po: long: 21 words, 20 at most: mot")
    assert too_long(locale, {"long"}) == []
    assert unused(locale, frozenset({"long", "short"})) == [
        "short: no longer an exception, take it off"
    ]


def test_an_easy_text_is_shorter_still(tmp_path: Path) -> None:
    twelve = " ".join(["mot"] * 12)
    locale = catalogue(tmp_path, "easy.po", twelve=f"{twelve}.", thirteen=f"{twelve} trop.")
    assert [each.split(":")[1] for each in too_long(locale, frozenset())] == [" thirteen"]


def test_what_people_read_in_a_data_file_counts_too(tmp_path: Path) -> None:
    (tmp_path / "i18n" / "locale").mkdir(parents=True)
    sheets = tmp_path / "counter" / "handouts"
    sheets.mkdir(parents=True)
    words = " ".join(["mot"] * 13)
    (sheets / "sheets.toml").write_text(
        f'[fr]\nlines = ["{words}", "{words} {words}"]\n[fr.easy]\nnote = "{words}"\n', "utf-8"
    )
    told = too_long(tmp_path / "i18n" / "locale", frozenset())
    assert [each.split(": ")[1] for each in told] == ["sheets.fr.lines.1", "sheets.fr.easy.note"]


def test_no_sentence_that_people_read_is_too_long() -> None:
    assert too_long(LOCALE, LONG_SENTENCES) == []
    assert unused(LOCALE, LONG_SENTENCES) == []
