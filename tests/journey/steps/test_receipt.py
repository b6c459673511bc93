"""A receipt tells what was done and when: no secret, nobody's name; nothing is ever replaced."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from espace_tui.errors import Unreachable
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Facts
from espace_tui.journey.wizard import Wizard
from espace_tui.local.receipts import ReceiptFile, refuse_taken
from tests.people import ZOE
from tests.walks.plain import play
from tests.walks.script import (
    ACTIVATE,
    CARD,
    IDENTIFIER,
    IDENTIFY,
    PASSWORD,
    TO_IDENTIFICATION,
    TO_REVIEW,
    Do,
    Fill,
    Move,
    Walk,
)
from tests.walks.worlds import embedded

TO_OPPOSITION = (
    *TO_IDENTIFICATION,
    *IDENTIFY,
    *CARD,
    Fill("choice", "oppose"),
    Do(),
    Fill("opposing", "yes"),
)
SECRETS = (IDENTIFIER, PASSWORD, ZOE.nir, ZOE.serial, ZOE.last_name, ZOE.first_name)


async def after(
    folder: Path, moves: tuple[Move, ...], last: str, *, named: Path | None = None
) -> Wizard:
    """Return a wizard that did something where receipts are files."""
    walk = Walk("receipt", moves)
    async with embedded(folder, walk) as place:
        wizard = await play(walk, place)
        receipts = ReceiptFile(Texts("fr"), folder, named)
        wizard.context = wizard.context._replace(receipts=receipts)
        await wizard.submit(last)
        return wizard


def receipts_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.txt"))


def facts_of(wizard: Wizard) -> tuple[tuple[Text, Text | str], ...]:
    return next(block.rows for block in wizard.view().blocks if isinstance(block, Facts))


def offered(wizard: Wizard) -> bool:
    return "save_receipt" in {action.name for action in wizard.view().actions}


@pytest.mark.parametrize(
    ("moves", "last", "told"),
    [(TO_REVIEW, "validate", "Activation"), (TO_OPPOSITION, "oppose", "Opposition")],
)
async def test_what_was_done_is_saved_where_one_asks(
    moves: tuple[Move, ...], last: str, told: str, tmp_path: Path
) -> None:
    wizard = await after(tmp_path, moves, last)
    here = wizard.step_name
    assert offered(wizard)
    assert receipts_in(tmp_path) == []
    assert await wizard.submit("save_receipt")
    (path,) = receipts_in(tmp_path)
    assert wizard.step_name == here
    assert str(path) in facts_of(wizard)[-1]
    assert wizard.view().notice is not None
    assert not offered(wizard), "once is enough"
    text = path.read_text("utf-8")
    assert f"{told} " in text
    assert "démonstration" in text
    assert [secret for secret in SECRETS if secret in text] == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_whoever_asked_beforehand_has_it_at_once(tmp_path: Path) -> None:
    named = tmp_path / "mine"
    wizard = await after(tmp_path, TO_REVIEW, "validate", named=named)
    assert "Activation" in named.read_text("utf-8")
    assert not offered(wizard)


async def test_what_is_there_is_not_replaced_and_one_is_told(tmp_path: Path) -> None:
    named = tmp_path / "mine"
    named.write_text("precious")
    wizard = await after(tmp_path, TO_REVIEW, "validate", named=named)
    assert wizard.step_name == "done"
    assert wizard.view().notice == Text("notice.receipt_failed")
    assert not await wizard.submit("save_receipt")
    alert = wizard.view().alert
    assert alert is not None
    assert str(named) in Texts("fr")(alert)
    assert named.read_text() == "precious"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_name_that_is_taken_is_left_to_who_has_it(language: str, tmp_path: Path) -> None:
    receipts = ReceiptFile(Texts(language), tmp_path)
    first, second = await receipts.save(()), await receipts.save(())
    assert first != second
    assert Path(second).stem == f"{Path(first).stem}-2"


async def test_what_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as told:
        await ReceiptFile(Texts("fr"), tmp_path, tmp_path / "no" / "folder").save(())
    assert told.value.code == "receipt-unwritable"
    assert "no/folder" in Texts("fr")(f"unreachable.{told.value.code}", **told.value.values)


def test_a_name_that_cannot_do_is_refused_before_anything_is_typed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "nowhere")
    for path, code in (
        (tmp_path, "receipt-exists"),
        (tmp_path / "loop", "receipt-exists"),
        (tmp_path / "no" / "folder", "receipt-no-folder"),
    ):
        with pytest.raises(Unreachable) as told:
            refuse_taken(path)
        assert told.value.code == code
    refuse_taken(tmp_path / "free")


async def test_nothing_is_offered_where_nothing_may_be_written(tmp_path: Path) -> None:
    """At a counter, the computer is nobody's own."""
    walk = Walk("receipt", ACTIVATE[:-2])
    async with embedded(tmp_path, walk) as place:
        wizard = await play(walk, place)
        wizard.context = wizard.context._replace(receipts=None)
        await wizard.submit("validate")
        assert wizard.step_name == "done"
        assert not offered(wizard)
