"""The rights a person holds: whatever changes who may act for them ends them all together.

Opposing, activating, choosing a new password and closing call `end_rights`. The order matters: a
code that is being used at this very moment is waited for, then the session it opened is found.
"""

from __future__ import annotations

from espace_tui.activation.stores.port import Transaction

_END = (
    "DELETE FROM code_request WHERE person = :person AND purpose <> 'reset'",
    "UPDATE code_request SET person = NULL, code_tag = '' WHERE person = :person",
    "DELETE FROM recovery_key WHERE person = :person",
    "DELETE FROM reset WHERE person = :person AND used_at IS NULL",
)
"""A stranger can ask for a reset: theirs becomes that of nobody, so that they see no change."""
_END_SESSIONS = "DELETE FROM session WHERE person = :person AND token_digest <> :kept"


async def end_rights(tx: Transaction, person: str, *, kept: str = "") -> None:
    """End sessions, half-done sign-ins, one-time codes, proofs of contacts and resets of a person.

    `kept` is the digest of the session that asks, if it goes on.
    """
    for statement in _END:
        await tx.run(statement, person=person)
    await tx.run(_END_SESSIONS, person=person, kept=kept)
