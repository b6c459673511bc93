"""The page of a one-time code says where it went, or why it does not say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from espace_tui.journey.form import Facts, Paragraph
from espace_tui.journey.session import Session
from espace_tui.journey.steps.space.one_time_code import STEP
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel, Purpose
from tests.journey.steps.situations import state_of

SOON = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("purpose", "destination", "said"),
    [
        (Purpose.SIGN_IN, "ch•••••@exemple.fr", [("fact.sent.email", "fact.valid_until")]),
        (Purpose.RESET, "", [("fact.sent.email", "fact.valid_until")]),
        (Purpose.SIGN_IN, "", ["one_time_code.disguised", ("fact.valid_until",)]),
    ],
)
def test_it_says_where_the_code_went(
    purpose: Purpose, destination: str, said: list[object]
) -> None:
    request = CodeRequest.model_validate(
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
    blocks = STEP.blocks(state_of(Session(code_request=request)))
    told = [
        tuple(row[0].id for row in block.rows) if isinstance(block, Facts) else block.text.id
        for block in blocks
        if isinstance(block, Facts | Paragraph)
    ]
    assert told == [*said, "one_time_code.look.email"]
