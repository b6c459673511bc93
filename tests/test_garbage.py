"""Garbage is looked for once somebody has something to read, line by line and in long work too."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from espace_tui import garbage
from tests.app.harness import open_app
from tests.walks.script import TO_MESSAGE

SEARCHES = "print(gc.get_threshold()[0] < 100_000, gc.get_freeze_count() > 5_000)"
WHEN = {
    "put off": "",
    "a visit waits": "gc.set_threshold(700); prepared.prepare()",
    "asked": "Terminal().read_line('?')",
    "operating": "run(['admin', 'status'], {'HOME': sys.argv[1]}, Texts())",
}


@pytest.mark.parametrize("when", WHEN)
def test_it_is_put_off_until_there_is_something_to_wait_for(when: str, tmp_path: Path) -> None:
    code = f"""
import gc, sys
from espace_tui import garbage
garbage.put_off()
from espace_tui.cli import run
from espace_tui.cli.commands.visits import prepared
from espace_tui.i18n import Texts
from espace_tui.linear import Terminal
{WHEN[when]}
{SEARCHES}
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    told = subprocess.run(command, input="\n", capture_output=True, text=True, check=True).stdout
    assert told.split()[-2:] == [str(when in {"asked", "operating"})] * 2


@pytest.fixture
def in_use() -> Iterator[None]:
    """As in the product once its first screen is read."""
    usual = gc.get_threshold()
    garbage.put_off()
    garbage.look_for_it()
    yield
    gc.set_threshold(*usual)


def whole_searches() -> int:
    return int(gc.get_stats()[2]["collections"])


@pytest.mark.usefixtures("in_use")
async def test_all_of_it_is_looked_for_while_a_step_is_read() -> None:
    async with open_app(TO_MESSAGE) as hands:
        before = whole_searches()
        await hands.press("f10")
        await hands.settle()
        assert hands.app.wizard.step_name == "prerequisites"
        assert whole_searches() == before  # nor before it is painted
        await hands.until(lambda: whole_searches() > before)


@pytest.mark.usefixtures("in_use")
def test_it_is_looked_for_at_once_where_that_is_ours_to_decide() -> None:
    before = whole_searches()
    garbage.look_for_it_now()
    assert whole_searches() == before + 1


def test_whoever_embeds_the_app_looks_for_it_as_they_like() -> None:
    before = whole_searches()
    garbage.look_for_it_now()
    assert whole_searches() == before
