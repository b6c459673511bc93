"""What was received is taken into the fields: nobody copies a code by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.journey.fields import card_fields, nir_field
from espace_tui.journey.session import Session
from espace_tui.journey.steps.received import find_values, take_actions
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Message
from espace_tui.model.values import Channel
from tests.app.scenes import TO_CARD
from tests.journey.steps.situations import NOW, state_of
from tests.people import ZOE
from tests.walks.plain import play
from tests.walks.script import TO_IDENTIFICATION, Move, Walk
from tests.walks.worlds import embedded

NOTE = f"Votre carte : numéro de série 8025000002 {ZOE.serial}, NIR {ZOE.nir}."


class Delivered:
    """An inbox that holds what a test puts in it."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    async def messages(self) -> tuple[Message, ...]:
        return tuple(map(message, self.texts))


def message(text: str) -> Message:
    return Message(to="zoe", channel=Channel.EMAIL, subject="Essai", sent_at=NOW, text=text)


async def at(folder: Path, moves: tuple[Move, ...], *texts: str) -> Wizard:
    walk = Walk("received", moves)
    async with embedded(folder, walk) as place:
        wizard = await play(walk, place)
        if texts:
            place.backend.inbox = Delivered(*texts)
            name = wizard.step_name
            await wizard.back()
            while wizard.step_name != name:
                await wizard.submit()
        return wizard


async def test_the_code_of_the_message_fills_its_field(tmp_path: Path) -> None:
    wizard = await at(tmp_path, TO_IDENTIFICATION)
    await wizard.submit("take_code")
    code = next(field for field in wizard.view().fields if field.name == "code")
    assert code.parse(wizard.typed["code"])
    assert wizard.typed["code"].count(" ") == 2


async def test_the_newest_code_goes_before_the_others(tmp_path: Path) -> None:
    first, second = "Code provisoire : Kd7mP3xRw9Tf", "Code provisoire : Ab3cD4eFg5Hj"
    wizard = await at(tmp_path, TO_IDENTIFICATION, first, second)
    await wizard.submit("take_code")
    assert wizard.typed["code"].replace(" ", "") == "Ab3cD4eFg5Hj"


async def test_what_is_typed_does_not_have_the_messages_read_again(tmp_path: Path) -> None:
    wizard = await at(tmp_path, TO_IDENTIFICATION)
    before = wizard.view()
    wizard.set_text("nir", "2")
    assert (wizard.view() is before, wizard.view().received is before.received) == (False, True)


async def test_the_number_of_the_card_is_taken_with_its_kind(tmp_path: Path) -> None:
    wizard = await at(tmp_path, TO_CARD, NOTE)
    await wizard.submit("take_number")
    assert wizard.typed["kind"] == "photo"
    assert wizard.typed["serial"].replace(" ", "").endswith(ZOE.serial)


@pytest.mark.parametrize("text", ["", "Bonjour.", "code : 12"])
async def test_nothing_is_offered_where_nothing_was_found(text: str, tmp_path: Path) -> None:
    wizard = await at(tmp_path, TO_CARD, text)
    assert [one.name for one in wizard.view().received if one.fills] == []


async def test_what_fills_a_field_shows_in_no_repr(tmp_path: Path) -> None:
    wizard = await at(tmp_path, TO_IDENTIFICATION)
    value = dict(next(one.fills for one in wizard.view().received if one.fills))["code"]
    assert value not in repr(wizard.view())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Votre NIR est le {ZOE.nir}.", {"nir": ZOE.nir}),
        ("Numéro de série : 4172509386", {"serial": "4172509386"}),
        ("Dossier : 4172509386", {}),
        ("Numéro de série : 4172509386\nDossier : 3141592653", {"serial": "4172509386"}),
    ],
)
def test_a_number_is_taken_into_the_field_that_it_is_named_for(
    text: str, found: dict[str, str]
) -> None:
    fields = (nir_field(), *card_fields(state_of(typed={"kind": "plain"})))
    taken = find_values(fields, (message(text),))
    assert {name: value.replace(" ", "") for name, value in taken.items()} == found
    named = {action.name for action in take_actions(fields, Session(inbox=(message(text),)))}
    assert named == ({"take_number"} if found else set())
