"""The documents lead somewhere: every relative link, picture and test they name exists."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from espace_tui.cli import run
from espace_tui.i18n import Texts
from tools.screenshots import FILM, SCENES, film
from tools.texts.sentences import LIMITS, sentences, words

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMED = re.compile(r"`((?:tests|bench)/[\w/.-]+\.\w+)(?:::(\w+))?`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_is_named_exists(path: Path) -> None:
    named = NAMED.findall(path.read_text("utf-8"))
    assert [f"{place}::{test}" for place, test in named if not is_there(ROOT / place, test)] == []


@pytest.mark.parametrize("name", ["accessibility", "security"])
def test_what_is_claimed_names_tests(name: str) -> None:
    """The pattern above still reads the pages that it is for."""
    assert len(NAMED.findall((ROOT / "docs" / f"{name}.md").read_text("utf-8"))) > 40


def is_there(path: Path, test: str) -> bool:
    return path.exists() and (not test or f"def {test}(" in path.read_text("utf-8"))


# --- the two READMEs

READMES = {"en": ROOT / "README.md", "fr": ROOT / "README.fr.md"}
COMMAND = re.compile(r"^(?:\| `)?(espace-tui(?: [^`#|\n]*)?)", re.MULTILINE)
TARGET = re.compile(r"\bmake ([a-z-]+)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(docs/screenshots/([^)]+)\)")


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return READMES[request.param].read_text("utf-8")


def test_the_first_line_says_what_it_is_and_that_it_is_a_demonstration() -> None:
    first = {language: path.read_text("utf-8").split("\n")[0] for language, path in READMES.items()}
    assert "a demonstration" in first["en"]
    assert "une démonstration" in first["fr"]
    assert all("Mon espace santé" in line for line in first.values())


def test_every_command_is_one_and_has_its_page_of_help(
    readme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = {line.strip() for line in COMMAND.findall(readme)}
    assert len(commands) > 8
    for command in commands:
        given = [word for word in command.split()[1:] if word != "-"]
        with pytest.raises(SystemExit) as left:
            run([*given, "--help"], {}, Texts())
        assert left.value.code == 0, command
        assert "--help" in capsys.readouterr().out


def test_every_target_that_is_named_exists(readme: str) -> None:
    known = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(TARGET.findall(readme)) <= set(known)


def test_every_picture_is_drawn_by_make_screenshots_and_has_its_words(readme: str) -> None:
    scenes = (*SCENES, *FILM)
    drawn = {scene.file(language) for scene in scenes for language in scene.languages}
    pictures = PICTURE.findall(readme)
    assert len(pictures) == 5
    assert {name for _, name in pictures} <= drawn
    assert all(words for words, _ in pictures)


def test_both_say_the_same_commands_and_pictures() -> None:
    english, french = (path.read_text("utf-8") for path in READMES.values())
    bare = [re.sub(r"-en(?=\.svg)", "", name) for _, name in PICTURE.findall(english)]
    assert bare == [name for _, name in PICTURE.findall(french)]
    french = french.replace("aide accessibilite", "help accessibility")
    assert [c.strip() for c in COMMAND.findall(english)] == [
        c.strip() for c in COMMAND.findall(french)
    ]


@pytest.mark.parametrize("language", READMES)
def test_a_readme_has_no_long_sentence(language: str) -> None:
    text = re.sub(r"```.*?```", "", READMES[language].read_text("utf-8"), flags=re.DOTALL)
    lines = [line for line in text.split("\n") if not line.startswith(("#", "|", "!"))]
    text = re.sub(r"\]\([^)]*\)|[*`[]", " ", "\n".join(lines))
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\n|\n- ", text))
    said = (each for part in paragraphs for each in sentences(part))
    assert [each for each in said if words(each) > LIMITS["*.po"]] == []


def test_the_film_shows_each_picture_in_its_turn_and_the_first_where_nothing_moves() -> None:
    drawn = film([f'<svg viewBox="0 0 8 9">{number}</svg>' for number in range(3)])
    frames = ET.fromstring(drawn).findall("{*}g")
    assert [frame.get("style") for frame in frames] == [
        "animation-delay: 0s",
        "animation-delay: 3s",
        "animation-delay: 6s",
    ]
    assert "turn 9s infinite" in drawn
    assert "33.333%" in drawn
    assert drawn.index(".frame:first-of-type") < drawn.index("prefers-reduced-motion")
