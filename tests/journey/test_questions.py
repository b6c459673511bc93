"""In the easy mode a step asks one question a screen; steps and answers know nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, cast

import pytest
from typing_extensions import override

from espace_tui.backends.port import Backend
from espace_tui.errors import FieldProblem, InvalidAnswers, Refused
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Field, Step, StepState
from espace_tui.journey.itineraries import Itinerary
from espace_tui.journey.session import Session
from espace_tui.journey.view import View
from espace_tui.journey.wizard import Wizard
from espace_tui.model.policy import APP_2025
from espace_tui.validators import Advice
from tests.app.scenes import TO_CARD, TO_CONTACTS, TO_CREDENTIALS
from tests.people import ZOE
from tests.walks.plain import play, resolve
from tests.walks.script import IDENTIFIER, TO_IDENTIFICATION, Do, Fill, Walk, provisional_code
from tests.walks.worlds import FirstRun, PocketKeyring, embedded


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


class TwoQuestions(Step[None]):
    """A first step that asks two things, and has something to say of each."""

    name: ClassVar[str] = "first"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return Field("one", str), Field("two", str)

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        raise InvalidAnswers([FieldProblem("one", "nir.missing"), FieldProblem("two", "nir.key")])


ASKING = Itinerary(
    "asking",
    "first",
    "first".__eq__,
    own_policy=lambda: APP_2025,
)


async def asking(step: TwoQuestions, *, one_by_one: bool = True) -> Wizard:
    """Return a wizard at a step, where nothing was before."""
    context = StepContext(cast("Backend", None), FirstRun(), PocketKeyring())
    wizard = Wizard(context, ASKING._replace(own_step=lambda _: step))
    assert wizard.focus == ""
    await wizard.start()
    wizard.ask_one_by_one(one_by_one=one_by_one)
    return wizard


async def test_one_goes_back_to_a_question_where_there_is_no_step_before() -> None:
    wizard = await asking(TwoQuestions())
    assert not wizard.view().can_go_back
    await wizard.submit()
    assert [field.name for field in wizard.view().fields] == ["two"]
    assert wizard.view().can_go_back
    assert await wizard.back()
    assert [field.name for field in wizard.view().fields] == ["one"]
    assert not await wizard.back()


async def test_what_is_wrong_is_said_with_the_question_that_it_is_about() -> None:
    wizard = await asking(TwoQuestions())
    await wizard.submit()
    assert not await wizard.submit()
    assert [each.code for each in wizard.view().problems] == ["nir.missing"]
    assert await wizard.submit()
    assert [each.code for each in wizard.view().problems] == []


class Advised(TwoQuestions):
    """One that has something to say of both answers."""

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        said = (Advice(Text("advice.identifier.taken")),)
        return tuple(one._replace(advise=lambda _: said) for one in super().fields(state))


async def test_the_first_that_deserves_a_second_look_is_looked_at() -> None:
    wizard = await asking(Advised(), one_by_one=False)
    assert not await wizard.submit()
    assert [each.field for each in wizard.view().advice] == ["one", "two"]
    assert wizard.focus == "one"


class Refusing(TwoQuestions):
    """One that the service refuses, for an answer or as a whole."""

    def __init__(self, field: str) -> None:
        self.field = field

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (*super().fields(state), Field("channel", str))

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        raise Refused("identifier.taken", field=self.field)


async def refused(field: str, channel: str) -> View:
    """Return what is drawn once a step was refused for a field."""
    wizard = await asking(Refusing(field), one_by_one=False)
    wizard.set_text("channel", channel)
    assert not await wizard.submit()
    return wizard.view()


async def test_a_refusal_is_said_with_the_answer_that_it_is_about() -> None:
    view = await refused("two", "email")
    assert [each.field for each in view.problems] == ["two"]
    assert view.alert is None


@pytest.mark.parametrize("channel", ["email", ""])
async def test_a_refusal_of_something_else_is_said_with_the_whole(channel: str) -> None:
    view = await refused("elsewhere", channel)
    assert view.problems == ()
    assert view.alert
    assert view.alert.values["contact"] == Text(f"contact.{channel}")


async def test_an_address_that_is_to_be_proved_is_there_until_it_is(tmp_path: Path) -> None:
    moves = (*TO_CONTACTS, Do("change_email"), Fill("email", "zoe@exemple.fr"))
    walk = Walk("to another address", moves)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        assert await wizard.back()
        assert await wizard.submit()
        assert wizard.draft("change_email") == {"email": "zoe@exemple.fr"}
        await wizard.start("change_email")
        assert await wizard.submit()
        assert wizard.step_name == "one_time_code"
        assert wizard.draft("change_email") == {"email": "zoe@exemple.fr"}


async def test_a_question_is_looked_at_again_with_what_is_said_of_it_alone() -> None:
    wizard = await asking(Advised())
    for name in ("one", "two"):
        assert not await wizard.submit()
        assert [each.field for each in wizard.view().advice] == [name]
        await wizard.submit()


async def test_whoever_comes_back_from_reading_is_where_they_were(tmp_path: Path) -> None:
    walk = Walk("to the identification", TO_IDENTIFICATION)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        wizard.focus = "nir"
        assert await wizard.submit("messages")
        assert await wizard.back()
        assert (wizard.step_name, wizard.focus) == ("identification", "nir")


async def test_whoever_comes_back_from_answering_begins_at_the_beginning(tmp_path: Path) -> None:
    walk = Walk("to the card", TO_CARD)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        assert await wizard.back()
        assert (wizard.step_name, wizard.focus) == ("identification", "")


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
