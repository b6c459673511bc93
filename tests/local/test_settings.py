"""Settings: each place outdoes the one before, and a mistake says where it is."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.local.settings import FIELDS, Settings, load
from espace_tui.local.settings.keys import COUNTER_KEYS, DEFAULT_KEYS
from espace_tui.widgets.themes import THEME_NAMES
from espace_tui.widgets.ui_text import KEYS as SCREEN_KEYS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")


USUAL = {**DEFAULT_KEYS, **COUNTER_KEYS}


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


def write(home: Mapping[str, str], text: str) -> Path:
    path = Path(home["HOME"]) / ".config" / "espace-tui" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_each_place_outdoes_the_one_before(home: dict[str, str]) -> None:
    write(home, 'theme = "light"\nlanguage = "en"\n[backend_options]\nurl = "a"\nwait = 3')
    env = home | {"ESPACE_THEME": "contrast", "NO_COLOR": "1", "ESPACE_BACKEND_OPTIONS": "url=b"}
    assert load(home | {"NO_COLOR": "1"}, {}).theme == "light"
    assert load(env, {}).theme == "contrast"
    assert load(env, {"theme": "yellow"}).theme == "yellow"
    assert load(env, {"backend_options": {"x": "1"}}).backend_options == {
        "url": "b",
        "wait": "3",
        "x": "1",
    }
    assert load(env, {}).language == "en"


def test_nothing_set_is_french_on_the_full_screen(home: dict[str, str]) -> None:
    assert load(home, {}) == Settings(Path(home["HOME"]) / ".local/share/espace-tui")
    assert load(home | {"XDG_DATA_HOME": "/d"}, {}).data_dir == Path("/d/espace-tui")
    assert load(home | {"ESPACE_DATA_DIR": "~/x"}, {}).data_dir == Path("~/x").expanduser()


def test_at_a_counter_the_mouse_is_off_unless_it_is_set(home: dict[str, str]) -> None:
    counter = home | {"ESPACE_COUNTER": "1"}
    assert [load(env, {}).mouse for env in (home, counter, counter | {"ESPACE_MOUSE": "1"})] == [
        True,
        False,
        True,
    ]


def test_the_purposes_of_a_counter_are_words_of_one_list_in_its_order(
    home: dict[str, str],
) -> None:
    found = load(home | {"ESPACE_COUNTER_SCREENS": "message official message"}, {})
    assert found.counter_screens == ("official", "message")


@pytest.mark.parametrize(
    ("variables", "linear"),
    [
        ({"ESPACE_LINEAR": "1"}, True),
        ({"ESPACE_LINEAR": "please"}, True),
        ({"ESPACE_LINEAR": "0"}, False),
        ({"ESPACE_LINEAR": "No"}, False),
        ({"ESPACE_LINEAR": "false"}, False),
        ({"ESPACE_LINEAR": ""}, False),
        ({"ACCESSIBLE": "1"}, True),
        ({"ACCESSIBLE": "0"}, False),
        ({"ACCESSIBLE": ""}, False),
        ({"ACCESSIBLE": "1", "ESPACE_LINEAR": "0"}, False),
    ],
)
def test_the_linear_face_is_asked_for_in_words(
    variables: dict[str, str], *, linear: bool, home: dict[str, str]
) -> None:
    assert load(home | variables, {}).linear is linear


@pytest.mark.parametrize(
    ("text", "code", "key", "nearest"),
    [
        ('langage = "fr"', "unknown-key", "langage", "language"),
        ('theme = "drak"', "not-one-of", "theme", "dark"),
        ("theme = 3", "not-one-of", "theme", None),
        ('mouse = "maybe"', "not-a-switch", "mouse", None),
        ('backend = ""', "not-a-text", "backend", None),
        ("data_dir = 7", "not-a-text", "data_dir", None),
        ("backend_options = 7", "not-a-table", "backend_options", None),
        ("[backend_options]\nx = [1]", "not-a-text", "backend_options.x", None),
        ('[keys]\nhlep = "f1"', "unknown-key", "keys.hlep", "keys.help"),
        ('[keys]\nhelp = "alt+h"', "not-a-key", "keys.help", None),
        ('[keys]\nhelp = "ctrl+c"', "taken-key", "keys.help", None),
        ('[keys]\nhelp = "F2"', "same-key", "keys.answers", None),
        ("counter_hide = 60", "not-seconds", "counter_hide", None),
        ("counter_wipe = 0", "not-seconds", "counter_wipe", None),
        ('counter_mask = "focus"', "not-one-of", "counter_mask", "unfocused"),
        ('counter_screens = ["ofical"]', "not-one-of", "counter_screens", "official"),
        ("counter_screens = []", "not-names", "counter_screens", None),
        ("counter_screens = 3", "not-names", "counter_screens", None),
        ('counter_place = "\\u001b[2J"', "not-one-line", "counter_place", None),
        (f'counter_place = "{"x" * 61}"', "not-one-line", "counter_place", None),
    ],
)
def test_a_mistake_says_where_it_is(
    text: str, code: str, key: str, nearest: str | None, home: dict[str, str]
) -> None:
    path = write(home, text)
    with pytest.raises(InvalidSettings) as told:
        load(home, {})
    assert (told.value.code, str(told.value.values["place"])) == (code, str(path))
    assert told.value.values["key"] == key
    assert nearest in {None, told.value.values.get("nearest")}
    for language in LANGUAGES:
        sentence = Texts(language)(f"settings.{code}", **told.value.values)
        assert str(path) in sentence
        assert key in sentence


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a = 1\nb = ", 2), (b"\n\n[", 3), (b"a = 1\n\xff", 2), (b'a = "', 1)],
)
def test_what_is_no_toml_says_its_line(content: bytes, line: int, home: dict[str, str]) -> None:
    path = write(home, "")
    path.write_bytes(content)
    with pytest.raises(InvalidSettings) as told:
        load(home, {})
    assert (told.value.code, told.value.values["line"]) == ("not-toml", line)


def test_a_file_that_cannot_be_read_is_told(home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")  # nobody ever writes there
    names = {
        "": "a-folder",
        "loop": "link-loop",
        "none": "absent",
        "x" * 300: "name-too-long",
        "pipe": "not-settings",
        "/dev/zero": "not-settings",
        "/proc/self/mem": "unreadable",
    }
    for name, code in names.items():
        with pytest.raises(InvalidSettings) as told:
            load(home | {"ESPACE_SETTINGS": str(tmp_path / name)}, {})
        assert told.value.code == code, name
        assert len(str(told.value.values["place"])) < 140
        assert str(told.value.values["place"])[-9:] in Texts("fr")(
            f"settings.{code}", **told.value.values
        )
    source, target = os.pipe()
    os.write(target, b'theme = "contrast"')
    os.close(target)
    assert load(home | {"ESPACE_SETTINGS": f"/dev/fd/{source}"}, {}).theme == "contrast"
    os.close(source)


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("ESPACE_THEM", "dark", "unknown-variable"),
        ("ESPACE_LANG", "en", "unknown-variable"),
        ("ESPACE_THEME", "drak", "not-one-of"),
        ("ESPACE_MOUSE", "maybe", "not-a-switch"),
        ("ESPACE_BACKEND_OPTIONS", "url", "not-a-pair"),
        ("ESPACE_BACKEND_OPTIONS", 'url="', "not-a-pair"),
        ("ESPACE_KEYS", "help=f2", "same-key"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    variable: str, value: str, code: str, home: dict[str, str]
) -> None:
    with pytest.raises(InvalidSettings) as told:
        load(home | {variable: value}, {})
    assert (told.value.code, told.value.values["place"]) == (code, variable)


def test_a_variable_of_another_program_is_none_of_ours(home: dict[str, str]) -> None:
    assert load(home | {"ESPACE_CLIENT_ID": "x", "ESPACE_DATABASE_URL": "y"}, {}) == load(home, {})


def test_keys_may_be_swapped(home: dict[str, str]) -> None:
    keys = load(home | {"ESPACE_KEYS": "help=f2 answers=f1"}, {}).keys
    assert keys == {**USUAL, "help": "f2", "answers": "f1"}


def test_the_settings_know_the_keys_and_themes_of_the_screen() -> None:
    assert {name: SCREEN_KEYS[name] for name in DEFAULT_KEYS} == dict(DEFAULT_KEYS)
    for theme in THEME_NAMES:
        assert FIELDS["theme"]("", "theme", theme) == theme


def rows(title: str) -> dict[str, list[str]]:
    """The rows of a table of the document, by their first cell."""
    section = DOCUMENT.split(f"## {title}\n")[1].split("\n## ")[0]
    cells = [re.split(r" *\| *", line.strip("| ")) for line in section.splitlines() if "|" in line]
    return {row[0].strip("`"): row[1:] for row in cells[2:]}


def test_the_document_tells_every_field() -> None:
    told = rows("Fields")
    assert list(told) == list(FIELDS)
    assert set(Settings._fields) == set(FIELDS)
    for name in FIELDS:
        assert f"`ESPACE_{name.upper()}`" in DOCUMENT


def test_the_document_tells_the_defaults_and_the_keys(home: dict[str, str]) -> None:
    usual = load(home, {})
    for name in ("backend", "verbosity", "mouse", "linear", "bell", "colour", "paste_anywhere"):
        assert rows("Fields")[name][1] == f"`{str(getattr(usual, name)).lower()}`"
    assert {name: row[0].strip("`") for name, row in rows("Keys").items()} == USUAL


def test_the_example_of_the_document_is_accepted(home: dict[str, str]) -> None:
    example = DOCUMENT.split("```toml\n")[1].split("```")[0]
    write(home, example)
    settings = load(home, {})
    assert (settings.theme, settings.keys["magnify"]) == ("contrast", "ctrl+g")
