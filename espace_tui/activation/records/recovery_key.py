"""The recovery key: what still proves a forgotten password when strangers used up its codes.

Six digits must be counted, and what is counted for a person a stranger can use up, as they can the
five messages of an hour. So when the codes of a reset are nearly used up, the message that goes
holds a key: 16 digits (53 bits), which nobody guesses and which need no count. It is the person's,
not the request's: whoever caused the message, its owner may use it, once, with a request of their
own. The last message of an hour is left for it, so that one is always alive and known to its owner.

Kept as a keyed HMAC. Known or unknown, as many statements are waited for.
"""

from __future__ import annotations

from enum import Enum, auto

from espace_tui.activation.context import HOUR, ServiceContext
from espace_tui.activation.crypto.keys import random_digits
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.stores.port import Transaction

LENGTH = 16
GROUP = 4

_LOOK = """
SELECT
    (SELECT failures FROM failure WHERE subject = :person AND authenticator = :authenticator)
        AS failures,
    (SELECT t4 FROM sending WHERE subject = :sends) AS fourth,
    (SELECT expires_at FROM recovery_key WHERE person = :person) AS expires_at
"""
_REPLACE = """
INSERT INTO recovery_key (person, code_tag, expires_at) VALUES (:person, :code, :expires_at)
ON CONFLICT (person) DO UPDATE SET code_tag = :code, expires_at = :expires_at
"""
_FIND = "SELECT code_tag FROM recovery_key WHERE person = :person AND expires_at > :now"
_USE = "DELETE FROM recovery_key WHERE person = :person AND code_tag = :code"


class ResetProof(Enum):
    """What the message of a forgotten password holds; NOTHING: that of an hour ago still serves."""

    CODE = auto()
    KEY = auto()
    NOTHING = auto()


async def decide(context: ServiceContext, tx: Transaction, person: str, sends: str) -> ResetProof:
    """Decide what a message to a person may hold; `sends` is what they are counted under."""
    limits, now = context.limits, context.now()
    [found] = await tx.all(
        _LOOK, person=person, authenticator=Authenticator.RESET_CODE.value, sends=sends
    )
    failures, fourth, expires_at = found.values()
    is_calm = (failures or 0) < limits.free_failures
    if is_calm and not now - HOUR < (fourth or 0) <= now:
        return ResetProof.CODE
    renewed_at = (expires_at or 0) - (limits.recovery_key_life - HOUR)
    return ResetProof.NOTHING if now < renewed_at <= now + HOUR else ResetProof.KEY


async def replace(context: ServiceContext, tx: Transaction, person: str) -> str:
    """Give a person another key; return it in groups, as it is read and typed."""
    key = random_digits(LENGTH)
    expires_at = context.now() + context.limits.recovery_key_life
    tag = context.keys.tag("recovery-key", person, key)
    await tx.run(_REPLACE, person=person, code=tag, expires_at=expires_at)
    return " ".join(key[at : at + GROUP] for at in range(0, LENGTH, GROUP))


async def find(context: ServiceContext, tx: Transaction, person: str, key: str) -> str | None:
    """Return the tag of a person's key, for `use`; None if it is not this one."""
    found = await tx.one(_FIND, person=person, now=context.now())
    kept = found["code_tag"] if found else ""
    return kept if context.keys.matches(kept, "recovery-key", person, key) else None


async def use(tx: Transaction, person: str, tag: str) -> bool:
    """Use up the key of a person; False if somebody just did."""
    return await tx.changes(_USE, person=person, code=tag)
