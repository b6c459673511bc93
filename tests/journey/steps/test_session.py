"""A right that is not held sends the person where they can get it again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from espace_tui.errors import Refused
from espace_tui.journey.session import Session
from tests.journey.steps.situations import flow, request


@pytest.mark.parametrize(
    ("require", "code"),
    [
        (Session.require_flow, "flow-expired"),
        (Session.require_space, "session-expired"),
        (Session.require_code, "session-expired"),
    ],
)
def test_a_right_that_is_not_held_is_refused(
    require: Callable[[Session], object], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        require(Session())
    assert refusal.value.code == code


def test_a_right_that_is_held_is_given() -> None:
    session = Session(flow=flow(), code_request=request())
    assert session.require_flow() is session.flow
    assert session.require_code() is session.code_request
