"""The page of a one-time code says where it went, or why it does not say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidValue
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Facts, Paragraph
from espace_tui.journey.session import ContactAnswers, Session
from espace_tui.journey.steps.space.one_time_code import STEP
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel, Purpose
from tests.journey.steps.situations import state_of
from tests.walks.worlds import FirstRun, PocketKeyring

SOON = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("purpose", "destination", "said"),
    [
        (Purpose.SIGN_IN, "ch•••••@exemple.fr", [("fact.sent.email", "fact.valid_until")]),
        (Purpose.RESET, "", ["one_time_code.unsaid", ("fact.valid_until",)]),
        (Purpose.RESET, "ch•••••@exemple.fr", [("fact.sent.email", "fact.valid_until")]),
        (Purpose.SIGN_IN, "", ["one_time_code.disguised", ("fact.valid_until",)]),
    ],
)
def test_it_says_where_the_code_went(
    purpose: Purpose, destination: str, said: list[object]
) -> None:
    request = request_for(purpose, destination)
    blocks = STEP.blocks(state_of(Session(code_request=request)))
    told = [
        tuple(row[0].id for row in block.rows) if isinstance(block, Facts) else block.text.id
        for block in blocks
        if isinstance(block, Facts | Paragraph)
    ]
    long = ["one_time_code.long"] if purpose is Purpose.RESET else []
    assert told == [*said, "one_time_code.look.email", *long]


def test_an_address_that_was_just_typed_is_shown_whole() -> None:
    typed = ContactAnswers(channel=Channel.EMAIL, value="zoe.neuve@exemple.fr")
    request = request_for(Purpose.CONTACT, "zo•••••@exemple.fr")
    blocks = STEP.blocks(state_of(Session(code_request=request, new_contact=typed)))
    [facts] = [block for block in blocks if isinstance(block, Facts)]
    assert facts.rows[0][1] == "zoe.neuve@exemple.fr"


def request_for(purpose: Purpose, destination: str) -> CodeRequest:
    """Return a request that was sent by e-mail."""
    return CodeRequest.model_validate(
        {
            "id": "x",
            "token": "y",
            "purpose": purpose,
            "channel": Channel.EMAIL,
            "destination": destination,
            "resend_at": SOON,
            "expires_at": SOON,
        }
    )


def test_a_long_code_is_taken_for_a_forgotten_password_only() -> None:
    long = "0345 6789 0123 4567"
    [field] = STEP.fields(state_of(Session(code_request=request_for(Purpose.RESET, ""))))
    assert field.parse(long) == field.normalize(long) == "0345678901234567"
    assert field.groups(long) == ("0345", "6789", "0123", "4567")
    assert [field.length_for(found) for found in (0, 6, 7, 16)] == [6, 6, 16, 16]
    assert field.width == len(long) + 8
    [other] = STEP.fields(state_of(Session(code_request=request_for(Purpose.SIGN_IN, ""))))
    with pytest.raises(InvalidValue):
        other.parse(long)
    assert other.length_for(16) == 6


@pytest.mark.parametrize(
    ("purpose", "part"), [(Purpose.CONTACT, "contacts"), (Purpose.SIGN_IN, ""), (Purpose.RESET, "")]
)
def test_it_belongs_to_the_contacts_where_it_proves_one(purpose: Purpose, part: str) -> None:
    assert STEP.part_of(state_of(Session(code_request=request_for(purpose, "z•")))) == part


class Sending:
    """What sends a code again; it is its own part of a backend."""

    def __init__(self) -> None:
        self.sign_in = self
        self.channels: list[Channel] = []

    async def send_code(self, request: CodeRequest, channel: Channel) -> CodeRequest:
        self.channels.append(channel)
        return request


@pytest.mark.parametrize(
    ("action", "channel"),
    [("by_sms", Channel.SMS), ("by_email", Channel.EMAIL), ("resend", Channel.SMS)],
)
async def test_another_code_goes_where_it_is_asked_for(action: str, channel: Channel) -> None:
    backend = Sending()
    context = StepContext(cast("Backend", backend), FirstRun(), PocketKeyring())
    request = request_for(Purpose.SIGN_IN, "z•").model_copy(update={"channel": Channel.SMS})
    session = await STEP.act(action, context, Session(code_request=request))
    assert backend.channels == [channel]
    assert session.notice == "code_resent"


def test_an_act_that_was_not_confirmed_is_the_one_that_is_named() -> None:
    for name in ("closing", "reopening"):
        (field,) = steps.load(name).fields(state_of(Session()))
        with pytest.raises(InvalidValue, match=rf"{name}\.missing"):
            field.parse("")
