"""One-time codes: six random digits, ten minutes, once, for one request and one purpose.

What is kept is a keyed HMAC of (request, purpose, code). A request made for someone unknown is the
same row with a code nobody has. Sending again replaces the code of the request, and keeps its
count of failures, which is the person's.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, replace

from espace_tui.activation.audit import Event
from espace_tui.activation.context import Means, moment
from espace_tui.activation.crypto.keys import digest, new_id, new_token
from espace_tui.activation.mail.delivery import LetterKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import attempts, rate_limit
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.person import PERSON, Identity, mask, read_person
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel, Purpose

_LETTERS = {
    Purpose.SIGN_IN: LetterKind.SIGN_IN_CODE,
    Purpose.CONTACT: LetterKind.CONTACT_CODE,
    Purpose.RESET: LetterKind.RESET_CODE,
}
_AUTHENTICATORS = {
    Purpose.SIGN_IN: Authenticator.SIGN_IN_CODE,
    Purpose.CONTACT: Authenticator.CONTACT_CODE,
    Purpose.RESET: Authenticator.RESET_CODE,
}
_INSERT = """
INSERT INTO code_request
    (id, token_digest, purpose, person, subject, flow, sealed, code_tag, expires_at)
VALUES (:id, :token, :purpose, :person, :subject, :flow, :sealed, :code, :expires_at)
"""
_FIND = f"""
SELECT r.id, r.subject, r.flow, r.sealed, r.code_tag, r.expires_at, r.used_at,
    r.purpose, {PERSON}
FROM code_request r LEFT JOIN person p ON p.id = r.person
WHERE r.id = :id AND r.token_digest = :token AND r.purpose = :purpose
"""  # noqa: S608 — constant
_RENEW = """
UPDATE code_request SET code_tag = :code, sealed = :sealed, expires_at = :expires_at
WHERE id = :id AND used_at IS NULL
"""
_USE = """
UPDATE code_request SET used_at = :now, code_tag = '', sealed = ''
WHERE id = :id AND used_at IS NULL AND expires_at > :now AND code_tag = :code
"""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a one-time code is asked for: who (None: unknown), what it proves, where it goes.

    `subject` is whom failures are counted for, `turn` what sends are counted for. `target` is a new
    contact to prove.
    """

    purpose: Purpose
    channel: Channel
    subject: str
    turn: str
    person: str | None = None
    identity: Identity | None = field(default=None, repr=False)
    flow: str = ""
    target: str = field(default="", repr=False)

    @property
    def destination(self) -> str:
        """The address or number the code goes to; empty when there is none."""
        return self.target or (self.identity and self.identity.contact(self.channel)) or ""

    @property
    def is_blind(self) -> bool:
        """Whether who asks proved nothing yet, and may not learn that the person is known."""
        return self.purpose is Purpose.RESET


@dataclass(frozen=True, slots=True)
class Proof:
    """What a right code proved."""

    person: str
    flow: str
    channel: Channel
    target: str = field(repr=False)


class OneTimeCodes:
    """Sends and checks the one-time codes of every purpose."""

    def __init__(self, means: Means, outbox: Outbox) -> None:
        self._means = means
        self._outbox = outbox

    async def ask(self, tx: Transaction, errand: Errand) -> CodeRequest | Refused:
        """Make a request and send its code; `send-later` when it is too soon."""
        too_soon = await self._take_turn(tx, errand)
        if too_soon:
            return too_soon
        request, token = new_id(), new_token()
        code, code_tag = self._new_code(request, errand.purpose)
        expires_at = self._means.now() + self._means.policy.one_time_code_seconds
        await tx.run(
            _INSERT,
            id=request,
            token=digest(token),
            purpose=errand.purpose.value,
            person=errand.person,
            subject=errand.subject,
            flow=errand.flow,
            sealed=self._seal(request, errand),
            code=code_tag,
            expires_at=expires_at,
        )
        await self._post(tx, errand, code, expires_at)
        return self._granted(request, token, errand, expires_at)

    async def send_again(
        self, tx: Transaction, request: CodeRequest, channel: Channel
    ) -> CodeRequest | Refused:
        """Replace the code of a request by another, sent by the same or the other channel."""
        row = await self._find(tx, request, request.purpose)
        if row is None or row["used_at"] is not None:
            return Refused()
        before = self._errand(row)
        errand = replace(before, channel=channel)
        refused = self._unavailable(before, errand) or await self._take_turn(tx, errand)
        if refused:
            return refused
        code, code_tag = self._new_code(request.id, errand.purpose)
        expires_at = self._means.now() + self._means.policy.one_time_code_seconds
        sealed = self._seal(request.id, errand)
        await tx.run(_RENEW, id=request.id, code=code_tag, sealed=sealed, expires_at=expires_at)
        await self._post(tx, errand, code, expires_at)
        token = request.token.get_secret_value()
        return self._granted(request.id, token, errand, expires_at)

    async def prove(
        self, tx: Transaction, request: CodeRequest, purpose: Purpose, code: str
    ) -> Proof | Refused:
        """Check a code, once; whatever is wrong with it, the refusal is the same."""
        row = await self._find(tx, request, purpose)
        if row is None:
            return Refused()
        means, authenticator = self._means, _AUTHENTICATORS[purpose]
        blocked = await attempts.count(tx, means.limits, means.now(), row["subject"], authenticator)
        if blocked:
            return blocked
        right = means.keys.matches(row["code_tag"], "one-time-code", row["id"], purpose, code)
        used = right and await tx.changes(_USE, id=row["id"], code=row["code_tag"], now=means.now())
        if not used or row["person"] is None:
            await means.note(tx, Event.CODE_REFUSED, row["subject"])
            return Refused()
        await attempts.forgive(tx, row["subject"], authenticator)
        errand = self._errand(row)
        return Proof(row["person"], errand.flow, errand.channel, errand.target)

    async def _find(self, tx: Transaction, request: CodeRequest, purpose: Purpose) -> Row | None:
        token = digest(request.token.get_secret_value())
        return await tx.one(_FIND, id=request.id, token=token, purpose=purpose.value)

    def _unavailable(self, before: Errand, errand: Errand) -> Refused | None:
        moved = bool(errand.target) and errand.channel is not before.channel
        missing = not errand.is_blind and not errand.destination
        return Refused("channel.unavailable", field="channel") if moved or missing else None

    async def _take_turn(self, tx: Transaction, errand: Errand) -> Refused | None:
        turn = f"{errand.purpose}:{errand.turn}"
        too_soon = await rate_limit.take_turn(self._means, tx, turn)
        if too_soon or errand.is_blind:
            return too_soon
        return await rate_limit.take_way(self._means, tx, errand.subject, errand.destination)

    async def _post(self, tx: Transaction, errand: Errand, code: str, expires_at: int) -> None:
        to, means = errand.identity, self._means
        await means.note(tx, Event.CODE_SENT, errand.subject)
        may_go = not errand.is_blind or await rate_limit.may_go(
            means, tx, errand.turn, errand.person, errand.destination
        )
        if may_go and to:
            if errand.target:
                to = to.with_contact(errand.channel, errand.target)
            minutes = (expires_at - means.now()) // 60
            kind = _LETTERS[errand.purpose]
            await self._outbox.put(tx, to, kind, errand.channel, code=code, minutes=minutes)

    def _new_code(self, request: str, purpose: Purpose) -> tuple[str, str]:
        length = self._means.policy.one_time_code_length
        code = "".join(secrets.choice("0123456789") for _ in range(length))
        return code, self._means.keys.tag("one-time-code", request, purpose, code)

    def _seal(self, request: str, errand: Errand) -> str:
        kept = {"channel": errand.channel, "target": errand.target, "turn": errand.turn}
        return self._means.keys.seal(json.dumps(kept), request)

    def _errand(self, row: Row) -> Errand:
        kept = json.loads(self._means.keys.unseal(row["sealed"], row["id"]))
        known = row["person"] is not None
        return Errand(
            purpose=Purpose(row["purpose"]),
            channel=Channel(kept["channel"]),
            subject=row["subject"],
            turn=kept["turn"],
            person=row["person"],
            identity=read_person(self._means.keys, row).identity if known else None,
            flow=row["flow"],
            target=kept["target"],
        )

    def _granted(self, request: str, token: str, errand: Errand, expires_at: int) -> CodeRequest:
        now = self._means.now()
        return CodeRequest.model_validate(
            {
                "id": request,
                "token": token,
                "purpose": errand.purpose,
                "channel": errand.channel,
                "destination": self._shown(errand),
                "resend_at": moment(now + self._means.policy.resend_seconds),
                "expires_at": moment(expires_at),
                "other_channel": self._has_other(errand),
            }
        )

    def _shown(self, errand: Errand) -> str:
        return "" if errand.is_blind else mask(errand.channel, errand.destination)

    def _has_other(self, errand: Errand) -> bool:
        if errand.is_blind:
            return True
        if errand.purpose is Purpose.CONTACT or errand.identity is None:
            return False
        return bool(errand.identity.email and errand.identity.mobile)
