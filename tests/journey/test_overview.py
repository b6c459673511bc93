"""What is told of a journey as a whole: its steps, why it was refused, whether to try again."""

from __future__ import annotations

import pytest

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.overview import link_steps, refusal_values


@pytest.mark.parametrize(
    ("furthest", "reachable"),
    [("a", [True, False, False]), ("b", [True, True, False]), ("", [False, False, False])],
)
def test_one_can_jump_to_the_steps_up_to_the_furthest(furthest: str, reachable: list[bool]) -> None:
    links = link_steps(("a", "b", "c"), furthest, "b")
    assert [link.reachable for link in links] == reachable
    assert [link.number for link in links] == [1, 2, 3]
    assert [link.current for link in links] == [False, True, False]


def test_a_refusal_says_how_long_how_often_and_by_which_way() -> None:
    values = refusal_values(Refused("send-later", wait=90, attempts_left=2), "email")
    assert values == {
        "wait": Text("wait.minutes", count=2),
        "left": 2,
        "contact": Text("contact.email"),
    }
