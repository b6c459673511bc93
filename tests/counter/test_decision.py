"""What is decided is told nowhere: activating and opposing end in the same line, counted alike."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from espace_tui.counter.tally import Counts, Tally
from espace_tui.counter.visit import parse_line
from espace_tui.journey.wizard import Wizard
from tests.cli.shell import Shell
from tests.counter.test_counter import open_visit
from tests.walks.plain import make
from tests.walks.script import (
    CARD,
    CONTACTS,
    DECIDE,
    IDENTIFY,
    PASSWORD,
    Do,
    Expect,
    Fill,
    Move,
    Walk,
)
from tests.walks.worlds import embedded

GREET = (Do("begin_visit"), Do(), Fill("posture", "beside"), Do(), Fill("purpose", "here"), Do())
KNOWN = (*GREET, Do(), Do("begin"), *IDENTIFY, *CARD)
ACTIVATES = (
    *(*DECIDE, *CONTACTS, Expect("counter_hand_over"), Do("have_keyboard")),
    *(Fill("identifier", "zoe.anais"), Fill("password", PASSWORD), Fill("confirmation", PASSWORD)),
    *(Do(), Do("keyboard_back"), Do("validate"), Expect("done"), Do("to_parting")),
)
OPPOSES = (
    *(Fill("choice", "oppose"), Do(), Fill("opposing", "yes"), Do("oppose")),
    *(Expect("opposed"), Do("to_parting")),
)
PART = (Expect("counter_parting"), Fill("visit_end", "finished"), Do("goodbye"))


async def line_of(shell: Shell, decided: tuple[Move, ...]) -> bytes:
    """Return what the parent is told of a visit in which something was decided."""
    visit, told = open_visit(shell, can_activate=True)
    with TemporaryDirectory() as folder:
        async with embedded(Path(folder), Walk("decided", ())) as world:
            context, _ = visit.step_context(world.backend)
            wizard = Wizard(context, *visit.itineraries())
            await wizard.start()
            for move in (*KNOWN, *decided, *PART):
                if isinstance(move, Expect):
                    assert wizard.step_name == move.step_name
                else:
                    await make(wizard, move, world)
    visit.end(wizard, "done", "fr", "visual")
    return os.read(told, 1000)


def counts_of(path: Path, line: bytes) -> Counts:
    """Return what is counted of a visit."""
    tally = Tally(path)
    assert tally.add(parse_line(line), "2026-11")
    return tally.read()


async def test_nothing_tells_what_was_decided(shell: Shell) -> None:
    activated, opposed = await line_of(shell, ACTIVATES), await line_of(shell, OPPOSES)
    assert activated == opposed
    assert b"reached=activation" in activated
    counted = [
        counts_of(shell.home / name, line) for name, line in (("a", activated), ("o", opposed))
    ]
    assert counted[0] == counted[1]
