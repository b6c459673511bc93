"""In the easy mode a step asks one question a screen; steps and answers know nothing of it."""

from __future__ import annotations

from pathlib import Path

from tests.people import ZOE
from tests.walks.plain import play, resolve
from tests.walks.script import TO_IDENTIFICATION, Walk, provisional_code
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
