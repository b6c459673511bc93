"""What is told of a journey as a whole: its steps, why it was refused, whether to try again."""

from __future__ import annotations

import pytest

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.form import Field
from espace_tui.journey.overview import link_steps, new_advice, refusal_values
from espace_tui.journey.view import View
from espace_tui.validators import Advice


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


def test_an_answer_that_is_grouped_otherwise_is_not_looked_at_twice() -> None:
    field = Field("a", str, advise=lambda _: (Advice(Text("advice.identifier.taken")),))
    view = View(
        step_name="step",
        title=Text("title"),
        lead=Text("lead"),
        number=0,
        total=0,
        next_title=None,
        blocks=(),
        fields=(field,),
        actions=(),
        typed={"a": "12345678"},
        problems=(),
        advice=(),
        alert=None,
        retry=False,
        notice=None,
        can_go_back=False,
    )
    whole = view._replace(fields=(field._replace(groups=lambda text: (text,)),))
    seen: set[tuple[str, str, str]] = set()
    assert len([*new_advice(view, {"a": "12345678"}, seen)]) == 1
    assert [*new_advice(whole, {"a": "12345678"}, seen)] == []
