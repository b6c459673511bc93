"""In the easy mode a step asks one question a screen; steps and answers know nothing of it."""

from __future__ import annotations

from pathlib import Path

from tests.app.scenes import TO_CREDENTIALS
from tests.people import ZOE
from tests.walks.plain import play, resolve
from tests.walks.script import IDENTIFIER, TO_IDENTIFICATION, Walk, provisional_code
from tests.walks.worlds import embedded


async def test_one_question_follows_another_and_one_goes_back_to_it(tmp_path: Path) -> None:
    walk = Walk("to the identification", TO_IDENTIFICATION)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.ask_one_by_one(one_by_one=True)
        assert [field.name for field in wizard.view().fields] == ["code"]
        wizard.set_text("code", resolve(provisional_code, world.collect()))
        assert await wizard.submit()
        assert wizard.step_name == "identification"
        assert [field.name for field in wizard.view().fields] == ["nir"]
        assert await wizard.back()
        assert [field.name for field in wizard.view().fields] == ["code"]
        assert wizard.typed["code"]
        assert await wizard.submit()
        wizard.set_text("nir", ZOE.nir)
        assert await wizard.submit()
        assert wizard.step_name == "card"


async def test_what_was_received_is_offered_where_it_is_asked(tmp_path: Path) -> None:
    walk = Walk("to the identification", TO_IDENTIFICATION)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.ask_one_by_one(one_by_one=True)
        assert [each.name for each in wizard.view().received] == ["take_code"]
        assert await wizard.submit("take_code")
        assert await wizard.submit()
        assert [field.name for field in wizard.view().fields] == ["nir"]
        assert wizard.view().received == ()


async def test_a_password_is_proposed_where_it_is_asked(tmp_path: Path) -> None:
    walk = Walk("to the credentials", TO_CREDENTIALS)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.ask_one_by_one(one_by_one=True)
        offered = {}
        for name in ("identifier", "password", "confirmation"):
            view = wizard.view()
            assert [field.name for field in view.fields] == [name]
            offered[name] = [action.name for action in view.actions]
            wizard.set_text(name, IDENTIFIER if name == "identifier" else "Kv7-rTm2")
            assert await wizard.submit()
        assert offered["identifier"] == offered["confirmation"] == ["continue"]
        assert offered["password"] == ["continue", "propose_password"]


async def test_one_goes_on_until_the_last_question_and_then_does_what_the_step_does(
    tmp_path: Path,
) -> None:
    walk = Walk("to the beginning", ())
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.ask_one_by_one(one_by_one=True)
        await wizard.start("forgotten_identifier")
        questions = []
        for _ in range(20):
            view = wizard.view()
            questions.append((view.fields[0].name, view.actions[0].name))
            if view.actions[0].name != "continue":
                break
            field = view.fields[0]
            answers = {"birth_date": "14/08/1955", "nir": ZOE.nir, "kind": "photo"}
            wizard.set_text(field.name, answers.get(field.name, (*field.choices, "00417250938")[0]))
            assert await wizard.submit()
        assert [main for _, main in questions] == ["continue"] * (len(questions) - 1) + [
            "send_identifier"
        ]
        assert len(questions) > 2
