"""One NIR, one person; one identifier, one owner: also while two generations of keys are in use.

A tag depends on the key: two processes with different present keys would not meet in a unique
column. So whoever is about to add one holds a name that the others hold too, and only then looks.
What is first made with a new key marks the store with it, and a process that was forgotten and does
not know that key adds nothing.
"""

from __future__ import annotations

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Unreachable

PEOPLE = "people"
_MARK = "SELECT value FROM mark WHERE name = 'keys'"
_RENEW = "UPDATE mark SET value = :tag WHERE name = 'keys'"


async def lock_names(context: ServiceContext, tx: Transaction, *names: str) -> None:
    """Wait for whoever holds one of these names, then hold them until the transaction ends.

    Raises `Unreachable("other-keys")` when the store uses a key that this process does not know.
    """
    await tx.lock(*names)
    mark = await tx.one(_MARK)
    if mark is None:
        return
    if not context.keys.matches(mark["value"], "mark"):
        raise Unreachable("other-keys")
    if context.keys.is_newer_than(mark["value"].partition(".")[0]):
        await tx.run(_RENEW, tag=context.keys.tag("mark"))
