"""What there is to draw is made once, and never stale; what is typed stays where it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.i18n import Texts
from espace_tui.journey.form import Action
from espace_tui.journey.wizard import Wizard
from tests.walks.plain import play
from tests.walks.script import (
    ACTIVATE,
    CONNECT,
    IDENTIFY,
    TO_IDENTIFICATION,
    TO_REVIEW,
    Do,
    Expect,
    Jump,
    Walk,
)
from tests.walks.worlds import embedded

TO_CARD = (*TO_IDENTIFICATION, *IDENTIFY, Expect("card"))


async def test_the_view_is_the_same_until_something_changes(tmp_path: Path) -> None:
    walk = Walk("to the card", TO_CARD)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.set_text("kind", "photo")
        before, links, answers = wizard.view(), wizard.step_links(), wizard.answers()
        assert repr(before) == "View(card)"
        assert not before.may_part
        assert before._replace(actions=(Action("to_parting"),)).may_part
        wizard.set_text("kind", "photo")
        assert wizard.view() is before
        assert wizard.step_links() is links
        assert wizard.answers() is answers
        wizard.set_text("kind", "plain")
        assert wizard.view().typed["kind"] == "plain"
        assert before.typed["kind"] == "photo"


@pytest.mark.parametrize("change", ["submit", "back", "clear", "start"])
async def test_no_view_is_stale_after_a_change(change: str, tmp_path: Path) -> None:
    walk = Walk("to the card", TO_CARD)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.set_text("serial", "12")
        before = wizard.view()
        if change == "submit":
            assert not await wizard.submit()
            assert {problem.field for problem in wizard.view().problems} == {"kind", "serial"}
        elif change == "back":
            assert await wizard.back()
            assert wizard.view().step_name == "identification"
        elif change == "clear":
            wizard.clear_fields()
            assert dict(wizard.view().typed) == {}
        else:
            assert await wizard.start("message")
            assert wizard.view().step_name == "message"
        assert wizard.view() is not before


async def test_what_is_typed_on_a_step_stays_there_when_one_leaves_it(tmp_path: Path) -> None:
    walk = Walk("to the review", TO_REVIEW)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        serial = wizard.draft("card")["serial"]
        assert await wizard.jump("card")
        assert wizard.typed["serial"] == serial
        wizard.set_text("serial", "12")
        assert await wizard.back()
        assert wizard.draft("card")["serial"] == "12"
        assert [a.clear for a in wizard.answers() if a.field.name == "serial"] == ["12"]


async def test_a_part_of_a_step_stays_in_it(tmp_path: Path) -> None:
    def place(wizard: Wizard) -> tuple[int, str]:
        view = wizard.view()
        assert view.next_title is None
        return view.number, Texts("fr")(view.title)

    walk = Walk("a changed e-mail", (*TO_REVIEW, Jump("contacts"), Do("change_email")))
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        assert place(wizard) == (4, "Mes coordonnées › e-mail")
        wizard.set_text("email", "nouvelle@exemple.fr")
        await wizard.submit()
        assert place(wizard) == (4, "Mes coordonnées › code à usage unique")
        shown = [str(value) for _, value in wizard.facts("one_time_code")]
        assert "nouvelle@exemple.fr" in shown, "it was just typed: a slip must be seen"


async def test_the_code_of_a_sign_in_is_part_of_no_step(tmp_path: Path) -> None:
    walk = Walk("to the code", (*ACTIVATE, Do("sign_in"), *CONNECT[:-4]))
    async with embedded(tmp_path, walk) as world:
        view = (await play(walk, world)).view()
        assert (view.step_name, view.number) == ("one_time_code", 0)
        assert view.title.id == "step.one_time_code.title"
