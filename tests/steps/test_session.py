"""A right that is not held sends the person where they can get it again."""

from __future__ import annotations

import pytest

from espace_tui.errors import Refused
from espace_tui.journey.session import Session
from tests.steps.situations import flow, request


@pytest.mark.parametrize(
    ("right", "code"),
    [("held", "flow-expired"), ("entered", "session-expired"), ("awaited", "session-expired")],
)
def test_a_right_that_is_not_held_is_refused(right: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        getattr(Session(), right)
    assert refusal.value.code == code


def test_a_right_that_is_held_is_given() -> None:
    session = Session(flow=flow(), code_request=request())
    assert session.held is session.flow
    assert session.awaited is session.code_request
