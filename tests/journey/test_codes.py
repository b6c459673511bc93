"""A code sent again replaces the last one: what was typed of that one is not in the way."""

from __future__ import annotations

from pathlib import Path

from tests.walks.plain import play
from tests.walks.script import TO_SPACE, Do, Expect, Fill, Move, Wait, Walk
from tests.walks.worlds import embedded

TO_CODE = TO_SPACE[: TO_SPACE.index(Expect("one_time_code")) + 1]
AGAIN = (
    Fill("one_time_code", "123456"),
    Do("resend"),
    Expect("one_time_code", alert="refused.send-later"),
)


async def _typed(folder: Path, *moves: Move) -> str:
    walk = Walk("a code sent again", (*TO_CODE, *moves))
    async with embedded(folder, walk) as world:
        wizard = await play(walk, world)
    return wizard.typed.get("one_time_code", "")


async def test_a_refused_sending_keeps_what_is_typed(tmp_path: Path) -> None:
    assert await _typed(tmp_path, *AGAIN) == "123456"


async def test_a_new_code_begins_on_an_empty_line(tmp_path: Path) -> None:
    assert await _typed(tmp_path, *AGAIN, Wait(31), Do("resend")) == ""
