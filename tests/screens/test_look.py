"""Where the drawings of the product put things: tables, panels, marks, what is said on leaving."""

from __future__ import annotations

import pytest

from espace_tui.i18n import LANGUAGES
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.fields.card_picture import CardObject
from espace_tui.widgets.fields.needs import Needs
from espace_tui.widgets.text import HangingText, Label
from tests.app.harness import cells, open_app, strips
from tests.app.scenes import TO_CARD, TO_CONTACTS, TO_CREDENTIALS, TO_DECISION
from tests.people import ZOE
from tests.walks.full_screen import Hands
from tests.walks.script import (
    ACTIVATE,
    IDENTIFIER,
    PASSWORD,
    TO_IDENTIFICATION,
    TO_REVIEW,
    Do,
    Fill,
    Move,
)

SMALL, USUAL, LARGE = (40, 12), (80, 24), (120, 40)
WRONG_CARD = (*TO_CARD, Fill("kind", "photo"), Fill("serial", "0041725093"), Do())


def line_with(hands: Hands, words: str) -> str:
    return next(line for line in cells(hands.app).split("\n") if words in line)


async def test_what_to_note_stands_in_columns_with_the_key_that_shows_it() -> None:
    async with open_app(ACTIVATE, size=LARGE) as hands:
        assert "Bienvenue, Zoé-Anaïs." in hands.words()
        named = {"Identifiant": "zoe.anais", "Mot de passe": "••••••••", "Activé le": "23"}
        begins = {line_with(hands, name).index(value) for name, value in named.items()}
        assert len(begins) == 1
        assert "Afficher (F3)" in line_with(hands, "Mot de passe").replace("\xa0", " ")
        assert "3422, 8 h 30 à 17 h 30" in cells(hands.app).replace("\xa0", " ")
        await hands.press("f3")
        assert PASSWORD in line_with(hands, "Mot de passe")
        assert "Masquer (F3)" in line_with(hands, "Mot de passe").replace("\xa0", " ")
        await hands.press("f3")
        assert PASSWORD not in cells(hands.app)


async def test_the_message_beside_says_until_when_its_code_is_good() -> None:
    async with open_app(size=LARGE) as hands:
        ahead = line_with(hands, "le code et mon numéro")
        assert "│  le code et mon numéro" in ahead  # the path goes on from one step to the next
        assert "│  rien n’a d’effet avant" not in cells(hands.app)
    async with open_app(TO_IDENTIFICATION, size=LARGE) as hands:
        assert "jusqu’au 4 janvier 2027." in line_with(hands, "jusqu’au").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("size", "drawings"),
    [(LARGE, {"1": ["card-photo"], "2": ["card-plain"]}), (USUAL, {"1": ["card-small"], "2": []})],
)
async def test_the_drawing_beside_is_that_of_the_card_that_was_chosen(
    size: tuple[int, int], drawings: dict[str, list[str]]
) -> None:
    async with open_app(TO_CARD, size=size) as hands:

        def drawn() -> list[str]:
            return [
                each.drawing
                for each in hands.app.step_screen.query(CardObject).results(CardObject)
                if each.region
            ]

        assert drawn() == []
        for key, names in drawings.items():
            await hands.press(key)
            await hands.calm()
            assert drawn() == names


async def test_an_error_says_the_cause_only_and_its_frame_has_its_colour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")  # with few colours, two of them are alike
    async with open_app(WRONG_CARD, size=LARGE) as hands:
        assert "Il manque un chiffre" in hands.words()
        assert "Format attendu" not in hands.words()
        assert hands.words().count("Exemple") == 1
        error = hands.app.theme_variables["error"].lower()
        frames = {
            style.color.name
            for strip in strips(hands.app)
            for text, style, _ in strip
            if set(text) & set("┏┗┃") and style and style.color
        }
        assert frames == {error}


@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
async def test_beside_an_error_stand_what_is_expected_and_an_example(
    size: tuple[int, int],
) -> None:
    async with open_app(WRONG_CARD, size=size) as hands:
        labels = hands.app.step_screen.rows["serial"].query(Label).results(Label)
        texts = [each.content for each in labels if each.region]
        read = " ".join(text.plain for text in texts if isinstance(text, HangingText))
        read = read.replace("\xa0", " ").casefold()
        for words in ("il manque un chiffre", "11 chiffres", "exemple : 1234567890 1"):
            assert words in read


async def test_at_the_smallest_size_a_long_error_is_read_from_its_beginning() -> None:
    short = (*TO_CARD, Fill("kind", "photo"), Fill("serial", "00417250"), Do())
    async with open_app(short, size=SMALL) as hands:
        painted = cells(hands.app)
        assert "▌ Erreur" in painted
        assert "8025000002 ┃ 00417250 " in painted


@pytest.mark.parametrize("typed", ["zoe", "Élodie d'Été"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_so_it_is_under_a_title_of_two_lines(language: str, typed: str) -> None:
    wrong = (*TO_CREDENTIALS, Fill("identifier", typed), Do())
    async with open_app(wrong, size=SMALL, language=language) as hands:
        painted = cells(hands.app)
        assert "▌ Err" in painted
        assert f"┃ {typed} " in painted


async def test_an_example_begins_a_line_of_its_own_under_a_hint_of_several() -> None:
    async with open_app(TO_CREDENTIALS, language="en") as hands:
        await hands.press("f6")
        await hands.do(("screen", "choose", ("easy",)))
        await hands.settle()
        hint = line_with(hands, "8 signs or more.")
        assert line_with(hands, "Example: ").index("Example") == hint.index("8 signs")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_longest_error_is_read_from_its_beginning_too(language: str) -> None:
    wrong = (Fill("code", "Zz9Zz9Zz9Zz8"), Fill("nir", "284058832102530"), Do())
    async with open_app((*TO_IDENTIFICATION, *wrong), size=SMALL, language=language) as hands:
        painted = cells(hands.app)
        assert "▌ Err" in painted
        assert "┃ 284058832102530 " in painted


@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
async def test_the_links_of_the_review_end_at_the_edge_of_the_column(size: tuple[int, int]) -> None:
    async with open_app(TO_REVIEW, size=size) as hands:
        lines = [line.rstrip("▁█▇▂▃▄▅▆ ") for line in cells(hands.app).split("\n")]
        column = hands.app.screen.query_one("MainColumn").region
        ends = {len(line[: column.right].rstrip()) for line in lines if "Modifier" in line}
        assert ends == {column.right}


async def test_at_the_smallest_size_the_last_line_keeps_the_key_of_the_main_action() -> None:
    async with open_app(ACTIVATE, size=SMALL) as hands:
        last = cells(hands.app).split("\n")[-1]
        assert last.split() == ["Entrée", "Lire", "la", "suite", "F10", "Connexion", "F6"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "moves",
    [
        TO_IDENTIFICATION,
        (*TO_CARD, Fill("kind", "photo")),
        TO_DECISION,
        TO_CONTACTS,
        (*TO_CREDENTIALS, Fill("identifier", IDENTIFIER)),
        TO_REVIEW,
    ],
)
async def test_a_step_is_seen_whole_on_a_large_screen(
    moves: tuple[Move, ...], language: str
) -> None:
    async with open_app(moves, size=LARGE, language=language) as hands:
        assert hands.app.step_screen.body.max_scroll_y == 0


@pytest.mark.parametrize(("size", "beside"), [(USUAL, True), (SMALL, False)])
async def test_that_an_identifier_is_free_is_told_beside_it_where_there_is_room(
    *, size: tuple[int, int], beside: bool
) -> None:
    async with open_app((*TO_CREDENTIALS, Fill("identifier", IDENTIFIER)), size=size) as hands:
        row = hands.app.step_screen.rows["identifier"]
        await hands.press("tab")
        await hands.until(lambda: row.info.region.height)
        assert (row.info.region.bottom <= row.control.region.bottom) is beside
        assert (row.info.region.x >= row.control.region.right) is beside


async def test_the_words_of_a_group_stand_under_its_letters() -> None:
    async with open_app((*TO_IDENTIFICATION, Fill("code", "bq7YxDRd9C4x"))) as hands:
        await hands.press("f4")
        lines = cells(hands.app).split("\n")
        above, below = (
            next(at for at, line in enumerate(lines) if words in line)
            for words in ("bq7Y", "b minuscule · q minuscule · 7 · Y majuscule")
        )
        assert sum("█" in line for line in lines[above:below]) == 5
        assert "█" in lines[below - 1]


@pytest.mark.parametrize("size", [USUAL, (100, 30), LARGE])
async def test_a_number_that_is_whole_has_its_tick_beside_the_drawing_too(
    size: tuple[int, int],
) -> None:
    photo = (*TO_CARD, Fill("kind", "photo"), Fill("serial", ZOE.serial))
    async with open_app(photo, size=size) as hands:
        assert "11 sur 11 ✔" in cells(hands.app).replace("\xa0", " ")


async def test_what_one_needs_is_drawn_where_there_is_room() -> None:
    for size, there in ((LARGE, True), ((120, 24), False), (USUAL, False)):
        async with open_app(size=size) as hands:
            assert bool(hands.app.screen.query(Needs)) is there
            assert ("Il vous faut :" in cells(hands.app).replace("\xa0", " ")) is not there


def colours_of(hands: Hands, words: str) -> set[str]:
    return {
        style.color.name
        for strip in strips(hands.app)
        for text, style, _ in strip
        if words in text and style and style.color
    }


async def test_a_dialog_is_a_box_over_the_dimmed_page_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    under = "Mon espace santé"
    async with open_app(TO_IDENTIFICATION, size=LARGE) as hands:
        before = colours_of(hands, under)
        await hands.press("f1")
        box = hands.app.screen.query_one(".box").region
        assert (box.width, box.x) == (84, 18)
        assert box.height < 40
        assert under in cells(hands.app)
        assert before.isdisjoint(colours_of(hands, under)), "the page is dimmed"
    async with open_app(TO_IDENTIFICATION, size=USUAL) as hands:
        await hands.press("f1")
        assert hands.app.screen.query_one(".box").region.size == USUAL
        assert under not in cells(hands.app)


LEAVING = {
    "nothing": ((), "rien n’est perdu"),
    "begun": (TO_IDENTIFICATION, "seront perdues"),
    "done": (ACTIVATE, "Notez d’abord votre identifiant"),
}


@pytest.mark.parametrize(("moves", "said"), LEAVING.values(), ids=LEAVING)
async def test_leaving_says_what_is_lost_and_nothing_else(
    moves: tuple[Move, ...], said: str
) -> None:
    async with open_app(moves) as hands:
        await hands.press("ctrl+c")
        assert said in hands.words()
        assert ("perdues" in hands.words()) is (said == "seront perdues")
        first = next(iter(hands.app.screen.query(TextButton).results(TextButton)))
        assert "Rester" in first.label
