"""What deserves a second look is asked about once, where it is, and never refused."""

from __future__ import annotations

from pathlib import Path

from tests.walks.plain import play
from tests.walks.script import TO_REVIEW, Do, Expect, Fill, Jump, Walk
from tests.walks.worlds import embedded

ASKED = (
    *TO_REVIEW,
    Jump("contacts"),
    Do("change_email"),
    Fill("email", "zoe@gmial.com"),
    Do("send_code"),
)
NOTICED = Expect("change_email", advice=("advice.email.domain",))


async def test_a_mistyped_address_is_asked_about_where_it_is(tmp_path: Path) -> None:
    walk = Walk("a mistyped address", (*ASKED, NOTICED))
    async with embedded(tmp_path, walk) as world:
        assert (await play(walk, world)).focus == "email"


async def test_going_on_with_it_is_enough(tmp_path: Path) -> None:
    walk = Walk("an unusual address", (*ASKED, NOTICED, Do("send_code"), Expect("one_time_code")))
    async with embedded(tmp_path, walk) as world:
        await play(walk, world)
