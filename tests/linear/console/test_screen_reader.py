"""Through a real screen reader: every line is spoken, once, in order; nothing of a secret is."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.linear.console.screen_reader import (
    HEARD,
    HEARD_FULL_SCREEN,
    FenrirSession,
    ScreenReaderSession,
    hear_the_demonstration,
    hear_the_full_screen,
    needs_fenrir,
    needs_yasr,
    settle,
)
from tests.linear.console.terminal_session import PROGRAM
from tests.linear.console.test_terminal import SECRET, to_the_message

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

SPOKEN_OTHERWISE = "@<>_#\a"
"""Signs that yasr leaves to the speech program's settings, and the bell."""


def letters(text: str) -> str:
    """A text without its spaces and ends of line, nor what is not spoken as a letter."""
    return "".join(c for c in "".join(text.split()) if c not in SPOKEN_OTHERWISE)


@needs_yasr
def test_the_demonstration_is_spoken_once_and_in_order(tmp_path: Path) -> None:
    said, written, typed = hear_the_demonstration(tmp_path)
    spoken, shown = letters("".join(said)), letters(written)
    compared = SequenceMatcher(None, spoken, shown, autojunk=False).get_opcodes()
    twice = [spoken[i:j] for kind, i, j, _, _ in compared if kind in {"delete", "replace"}]
    unsaid = [shown[i:j] for kind, _, _, i, j in compared if kind in {"insert", "replace"}]
    assert twice == []
    echoed = {keys[0] for keys in typed}  # no key is said that is shown as it was typed
    assert [words for words in unsaid if words not in echoed] == []
    assert SECRET not in " ".join(said)
    assert "Mot de passe : " in said


@needs_yasr
def test_an_error_and_a_choice_are_spoken_once(tmp_path: Path) -> None:
    with ScreenReaderSession(tmp_path) as person:
        to_the_message(person)
        person.answer("Code provisoire : ", "abc")
        person.answer("sociale : ", "123")
        person.answer("Continuer (Entrée) : ", "")
        person.answer("Corriger 1-2 (Entrée : 1) : ", "2")
        person.expect("sociale : ")
        said = " ".join(" ".join(person.said).split())
    assert said.count("Erreur : 2 problèmes") == 1
    assert said.count("Choisi : Activer mon espace") == 1
    for part in ("nous en avons lu 3", "Nombre de chiffres lus", "Corriger 1-2"):
        assert said.count(part) <= 2


@needs_yasr
def test_a_key_is_not_spoken_twice(tmp_path: Path) -> None:
    with ScreenReaderSession(tmp_path) as person:
        to_the_message(person)
        person.answer("Code provisoire : ", "xyz")
        person.expect("3 caractères sur 12.")
        assert [words for words in person.said if words.strip() == "xyz"] == ["xyz"]


@needs_yasr
def test_a_screen_of_the_guide_is_spoken_by_its_title_then_what_to_type(tmp_path: Path) -> None:
    with ScreenReaderSession(tmp_path, (*PROGRAM, "guide", "--linear")) as person:
        person.answer("(Entrée : 1) : ", "1")
        person.answer("Choix 1-3 : ", "1")
        person.answer("Choix 1-5 : ", "4")
        person.answer("Le site est ouvert (Entrée) : ", "")
        person.expect("Le site refuse")
        person.expect("(Entrée : 1) : ")
        settle(person)
        said = person.said
    wanted = (
        "À côté du site officiel",
        "- Ce guide n’est pas officiel.",
        "Étape 3 sur 3 : Ouvrir le site",
        "monespacesante.fr",
        "Lettre par lettre :",
        "Écran « Connexion »",
        "Important : Identifiant, mot de passe",
        "Pour le reconnaître :",
        "1. C’est fait sur le site",
        "2. Je vois un autre écran",
        "3. Le site refuse",
    )
    places = [[at for at, each in enumerate(said) if each.startswith(words)] for words in wanted]
    assert [len(found) for found in places] == [1] * len(wanted), said
    assert places == sorted(places)


@needs_fenrir
def test_another_reader_speaks_each_thing_once_too(tmp_path: Path) -> None:
    with FenrirSession(tmp_path, (*PROGRAM, "login", "--linear")) as person:
        person.answer("1-3 : ", "9")
        person.expect("un numéro de 1 à 3")
        person.send("2\r")
        person.answer("Mon identifiant : ", "camille.exemple")
        person.expect("Mot de passe : ")
        person.send(SECRET + "\r")
        person.expect("13 caractères reçus")
        person.send(":quitter\r")
        person.expect("reprend où elle en était")
        said = person.said
    once = ("1. Tout accepter", "Choisi : Tout refuser", "Connexion", "Question 1 sur 3")
    for words in (*once, "Mot de passe :", "13 caractères reçus."):
        assert len([each for each in said if each.startswith(words)]) == 1, (words, said)
    assert sum("Erreur : " in each for each in said) == 1
    assert SECRET not in " ".join(said)


@needs_yasr
def test_tab_in_the_full_screen_speaks_no_more_than_two_rows(tmp_path: Path) -> None:
    """The full screen is not for a screen reader, but does not drown one either."""
    heard = hear_the_full_screen(tmp_path)
    assert [said for key, said in heard if key == "Tab" and len(said) > 2] == []
    assert any("Activer sur le site" in words for words in heard[2][1])  # where one is
    assert "F8" in heard[0][1][0]  # before the screen is drawn
    assert [words for _, said in heard for words in said if "default" in words] == []
    assert any("Mode ligne à ligne" in words for words in heard[-1][1])


def test_what_is_heard_is_kept_with_the_documents() -> None:
    keys = HEARD_FULL_SCREEN.read_text("utf-8")
    assert "[Tab]" in keys
    assert "C’est fait" in keys
    assert SECRET not in keys
    heard = HEARD.read_text("utf-8")
    assert "Mode ligne à ligne" in heard
    assert "Au revoir" in heard.splitlines()[-1]
    assert SECRET not in heard
