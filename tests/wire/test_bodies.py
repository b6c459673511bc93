"""What a body may hold: one form of each value, and none that a library would guess."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from espace_tui.wire.bodies import LostIdentifier
from tests.people import ZOE

NIR = ZOE.nir


@pytest.mark.parametrize(
    "day",
    [
        446601600,
        "446601600",
        "1984-05-17T00:00:00",
        "1984-05-17 ",
        "17/05/1984",
        "1984-5-17",
        "1984-02-30",
        "\uff11984-05-17",
        None,
    ],
    ids=repr,
)
def test_a_day_is_written_in_one_way(day: object) -> None:
    good = LostIdentifier.model_validate({"birth_date": "1984-05-17", "nir": NIR, "channel": "sms"})
    assert good.birth_date.isoformat() == "1984-05-17"
    with pytest.raises(ValidationError) as caught:
        LostIdentifier.model_validate({"birth_date": day, "nir": NIR, "channel": "sms"})
    assert [error["loc"] for error in caught.value.errors()] == [("birth_date",)]
