"""What a person may have kept on this computer: credentials in its keyring, a receipt in a file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from espace_tui.errors import Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind

if TYPE_CHECKING:
    from espace_tui.journey.context import StepContext
    from espace_tui.journey.form import StepState
    from espace_tui.journey.session import Session

SAVE_RECEIPT = "save_receipt"


async def look_for_keyring(context: StepContext, session: Session) -> Session:
    """Note whether there is a keyring: looked for only where the person lets it be used."""
    if not context.preferences.allows("keyring"):
        return session.with_(has_keyring=False)
    try:
        await context.keyring.name()
    except Unreachable as error:
        return session.with_(has_keyring=error.code != "keyring-absent")
    return session.with_(has_keyring=True)


def may_use_keyring(state: StepState) -> bool:
    """Tell whether the keyring may be offered: the person lets it be used, and there is one."""
    return "keyring" in (state.consents or ()) and state.session.has_keyring


async def prepare_receipt(context: StepContext, session: Session, act: str) -> Session:
    """Note whether a receipt can be saved; save it at once if that was asked beforehand."""
    receipts = context.receipts
    if receipts is None or session.receipt is not None:
        return session
    session = session.with_(receipt="")
    if receipts.at_once:
        with suppress(Unreachable):
            return await save_receipt(context, session, act)
        return session.with_(notice="receipt_failed")
    return session


async def save_receipt(context: StepContext, session: Session, act: str) -> Session:
    """Write what was done, and when; no secret, no number, nobody's name."""
    if context.receipts is None:
        return session
    lines = (Text(f"receipt.{act}", {"day": session.done_at}), Text("receipt.none"))
    path = await context.receipts.save(lines)
    return session.with_(receipt=path, notice="receipt_saved")


def receipt_action(session: Session, step_name: str) -> tuple[Action, ...]:
    """Return saving the receipt, where that can be done and was not."""
    if session.receipt != "":
        return ()
    return (Action(SAVE_RECEIPT, ActionKind.ACT, step_name),)


def receipt_row(session: Session) -> tuple[tuple[Text, Text | str], ...]:
    """Return where the receipt is, once it was saved."""
    return ((Text("fact.receipt"), session.receipt),) if session.receipt else ()
