"""One-time codes: six random digits, ten minutes, once, for one request and one purpose.

What is stored is a keyed HMAC of (request, purpose, code). A request for an unknown person is the
same row with a code that nobody has. Sending again replaces the code of the request, and keeps its
count of failures, which is the person's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from espace_tui.activation.audit import Event
from espace_tui.activation.context import MINUTE, ServiceContext, to_datetime
from espace_tui.activation.crypto.keys import digest, new_id, new_token, random_digits
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import attempts, rate_limit, recovery_key
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.person import PERSON, Identity, mask, read_person
from espace_tui.activation.records.recovery_key import ResetProof
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel, Purpose

_LETTERS = {
    Purpose.SIGN_IN: MessageKind.SIGN_IN_CODE,
    Purpose.CONTACT: MessageKind.CONTACT_CODE,
    Purpose.RESET: MessageKind.RESET_CODE,
}
_AUTHENTICATORS = {
    Purpose.SIGN_IN: Authenticator.SIGN_IN_CODE,
    Purpose.CONTACT: Authenticator.CONTACT_CODE,
    Purpose.RESET: Authenticator.RESET_CODE,
}
_INSERT = """
INSERT INTO code_request
    (id, token_digest, purpose, person, subject, flow, sealed, code_tag, expires_at, ends_at)
VALUES (:id, :token, :purpose, :person, :subject, :flow, :sealed, :code, :expires_at, :ends_at)
"""
_FIND = f"""
SELECT r.id, r.subject, r.flow, r.sealed, r.code_tag, r.expires_at, r.ends_at,
    r.used_at, r.purpose, {PERSON}
FROM code_request r LEFT JOIN person p ON p.id = r.person
WHERE r.id = :id AND r.token_digest = :token AND r.purpose = :purpose
"""  # noqa: S608 — constant
_RENEW = """
UPDATE code_request SET code_tag = :code, sealed = :sealed, expires_at = :expires_at
WHERE id = :id AND used_at IS NULL AND ends_at >= :expires_at
"""
_USE = """
UPDATE code_request SET used_at = :now, code_tag = '', sealed = ''
WHERE id = :id AND used_at IS NULL AND expires_at > :now AND code_tag = :code
"""


@dataclass(frozen=True, slots=True)
class CodeOrder:
    """What a one-time code is asked for: who (None: unknown), what it proves, where it goes.

    `subject` is whom failures are counted for, `cooldown` what sends are counted for. `target` is
    a new contact to prove.
    """

    purpose: Purpose
    channel: Channel
    subject: str
    cooldown: str
    person: str | None = None
    identity: Identity | None = field(default=None, repr=False)
    flow: str = ""
    target: str = field(default="", repr=False)
    is_disguised: bool = False
    """Whether a sign-in looks the same for a right and a wrong password: too many were wrong."""

    @property
    def destination(self) -> str:
        """The address or number the code goes to; empty when there is none."""
        return self.target or (self.identity and self.identity.contact(self.channel)) or ""

    @property
    def is_blind(self) -> bool:
        """Whether the caller has proved nothing, and may not learn that the person is known."""
        return self.is_disguised or self.purpose is Purpose.RESET


@dataclass(frozen=True, slots=True)
class ProvedCode:
    """What a right code proved."""

    person: str
    flow: str
    channel: Channel
    target: str = field(repr=False)


class OneTimeCodes:
    """Sends and checks the one-time codes of every purpose."""

    def __init__(self, context: ServiceContext, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    async def send(self, tx: Transaction, order: CodeOrder) -> CodeRequest | Refused:
        """Make a request and send its code; `send-later` when it is too soon."""
        request, token, now = new_id(), new_token(), self._context.now()
        if order.is_blind:  # what others ask for and guess is none of this caller's
            order = replace(order, subject=request, cooldown=request)
        too_soon = await self._take_turn(tx, order)
        if too_soon:
            return too_soon
        code, code_tag = self._new_code(request, order.purpose)
        ends_at = now + self._context.limits.request_life
        expires_at = self._expiry(ends_at)
        await tx.run(
            _INSERT,
            id=request,
            token=digest(token),
            purpose=order.purpose.value,
            person=order.person,
            subject=order.subject,
            flow=order.flow,
            sealed=self._seal(request, order),
            code=code_tag,
            expires_at=expires_at,
            ends_at=ends_at,
        )
        await self._post(tx, order, code, expires_at)
        return self._granted(request, token, order, expires_at)

    async def send_again(
        self, tx: Transaction, request: CodeRequest, channel: Channel
    ) -> CodeRequest | Refused:
        """Replace the code of a request by another, sent by the same or the other channel."""
        row = await self._find(tx, request, request.purpose)
        last_send = self._context.now() + MINUTE
        if row is None or row["used_at"] is not None or row["ends_at"] < last_send:
            return Refused()
        before = self._errand(row)
        errand = replace(before, channel=channel)
        refused = self._unavailable(before, errand) or await self._take_turn(tx, errand)
        if refused:
            return refused
        code, code_tag = self._new_code(request.id, errand.purpose)
        expires_at = self._expiry(row["ends_at"])
        sealed = self._seal(request.id, errand)
        await tx.run(_RENEW, id=request.id, code=code_tag, sealed=sealed, expires_at=expires_at)
        await self._post(tx, errand, code, expires_at)
        token = request.token.get_secret_value()
        return self._granted(request.id, token, errand, expires_at)

    async def prove(
        self, tx: Transaction, request: CodeRequest, purpose: Purpose, code: str
    ) -> ProvedCode | Refused:
        """Check a code, once; whatever is wrong with it, the refusal is the same."""
        row = await self._find(tx, request, purpose)
        if row is None:
            return Refused()
        is_key = purpose is Purpose.RESET and len(code) == recovery_key.LENGTH
        prove = self._prove_by_key if is_key else self._prove_by_code
        return await prove(tx, row, code)

    async def _prove_by_code(self, tx: Transaction, row: Row, code: str) -> ProvedCode | Refused:
        purpose = Purpose(row["purpose"])
        context, authenticator = self._context, _AUTHENTICATORS[purpose]
        blocked = await self._count(tx, row, authenticator)
        if blocked:
            return blocked
        right = context.keys.matches(row["code_tag"], "one-time-code", row["id"], purpose, code)
        used = right and await tx.changes(
            _USE, id=row["id"], code=row["code_tag"], now=context.now()
        )
        if not used or row["person"] is None:
            await context.note(tx, Event.CODE_REFUSED, row["person"] or row["subject"])
            return Refused()
        await self._forgive(tx, row, authenticator)
        return self._proved(row)

    async def _prove_by_key(self, tx: Transaction, row: Row, key: str) -> ProvedCode | Refused:
        """Check a recovery key. A right one is taken whatever was guessed before."""
        context, now, person = self._context, self._context.now(), row["person"] or row["id"]
        blocked = await attempts.count(
            tx, context.limits, now, row["subject"], Authenticator.RESET_CODE
        )
        tag = await recovery_key.find(context, tx, person, key)
        if (
            tag is None
            or not await tx.changes(_USE, id=row["id"], code=row["code_tag"], now=now)
            or not await recovery_key.use(tx, person, tag)
        ):
            await context.note(tx, Event.CODE_REFUSED, person)
            return blocked or Refused()
        return self._proved(row)

    def _proved(self, row: Row) -> ProvedCode:
        errand = self._errand(row)
        return ProvedCode(row["person"], errand.flow, errand.channel, errand.target)

    async def _count(
        self, tx: Transaction, row: Row, authenticator: Authenticator
    ) -> Refused | None:
        """Count an attempt. That of a disguised request shows its own count only.

        The person's own count then turns a guess away without a word, as it would be for nobody.
        """
        context, now = self._context, self._context.now()
        own = await attempts.count(tx, context.limits, now, row["subject"], authenticator)
        if own or row["subject"] != row["id"]:
            return own
        owner = row["person"] or f"{row['id']}:nobody"
        silent = await attempts.count(tx, context.limits, now, owner, authenticator)
        return Refused() if silent else None

    async def _forgive(self, tx: Transaction, row: Row, authenticator: Authenticator) -> None:
        is_blind = row["purpose"] == Purpose.RESET  # what strangers failed stays counted
        forget = attempts.take_back if is_blind else attempts.forgive
        await forget(tx, row["subject"], authenticator)
        await forget(tx, row["person"], authenticator)

    def _expiry(self, ends_at: int) -> int:
        return min(ends_at, self._context.now() + self._context.policy.one_time_code_seconds)

    async def _find(self, tx: Transaction, request: CodeRequest, purpose: Purpose) -> Row | None:
        token = digest(request.token.get_secret_value())
        return await tx.one(_FIND, id=request.id, token=token, purpose=purpose.value)

    def _unavailable(self, before: CodeOrder, errand: CodeOrder) -> Refused | None:
        moved = bool(errand.target) and errand.channel is not before.channel
        missing = not errand.is_blind and not errand.destination
        return Refused("channel.unavailable", field="channel") if moved or missing else None

    async def _take_turn(self, tx: Transaction, errand: CodeOrder) -> Refused | None:
        turn = f"{errand.purpose}:{errand.cooldown}"
        too_soon = await rate_limit.take_cooldown(self._context, tx, turn)
        if too_soon or errand.is_blind:
            return too_soon
        return await rate_limit.take_quota(self._context, tx, errand.subject, errand.destination)

    async def _post(self, tx: Transaction, errand: CodeOrder, code: str, expires_at: int) -> None:
        to, context = errand.identity, self._context
        await context.note(tx, Event.CODE_SENT, errand.person or errand.subject)
        if errand.purpose is Purpose.RESET:
            await self._post_reset(tx, errand, code, expires_at)
        elif await self._may_go(tx, errand) and to:
            if errand.target:
                to = to.with_contact(errand.channel, errand.target)
            minutes = (expires_at - context.now()) // 60
            kind = _LETTERS[errand.purpose]
            await self._outbox.enqueue(
                tx, to, kind, errand.channel, person=errand.person, code=code, minutes=minutes
            )

    async def _may_go(self, tx: Transaction, errand: CodeOrder) -> bool:
        context, to = self._context, errand.destination
        if not errand.is_blind:
            return True
        if errand.person and to:
            return await rate_limit.take_quota(context, tx, errand.person, to) is None
        return await rate_limit.take_for_nobody(context, tx, f"{errand.purpose}:{errand.cooldown}")

    async def _post_reset(
        self, tx: Transaction, errand: CodeOrder, code: str, expires_at: int
    ) -> None:
        """Send a code or a recovery key, or nothing; as many statements are waited for."""
        context, to, purpose = self._context, errand.destination, errand.purpose.value
        person = errand.person if to else None
        whose = person or errand.subject
        sends = rate_limit.quota_subject(context.keys, whose, to, purpose)
        proof = await recovery_key.decide(context, tx, whose, sends)
        if person is None or errand.identity is None or proof is ResetProof.NOTHING:
            await rate_limit.take_for_nobody(context, tx, purpose)
            return
        if await rate_limit.take_quota(context, tx, person, to, purpose):
            return
        kind, ends_at = MessageKind.RESET_CODE, expires_at
        if proof is ResetProof.KEY:
            code = await recovery_key.replace(context, tx, person)
            kind, ends_at = MessageKind.RESET_KEY, context.now() + context.limits.recovery_key_life
        minutes = (ends_at - context.now()) // 60
        await self._outbox.enqueue(
            tx, errand.identity, kind, errand.channel, person=person, code=code, minutes=minutes
        )

    def _new_code(self, request: str, purpose: Purpose) -> tuple[str, str]:
        code = random_digits(self._context.policy.one_time_code_length)
        return code, self._context.keys.tag("one-time-code", request, purpose, code)

    def _seal(self, request: str, errand: CodeOrder) -> str:
        kept = {
            "channel": errand.channel,
            "target": errand.target,
            "turn": errand.cooldown,
            "disguised": errand.is_disguised,
        }
        return self._context.keys.seal(json.dumps(kept), request)

    def _errand(self, row: Row) -> CodeOrder:
        kept = json.loads(self._context.keys.unseal(row["sealed"], row["id"]))
        known = row["person"] is not None
        return CodeOrder(
            purpose=Purpose(row["purpose"]),
            channel=Channel(kept["channel"]),
            subject=row["subject"],
            cooldown=kept["turn"],
            person=row["person"],
            identity=read_person(self._context.keys, row).identity if known else None,
            flow=row["flow"],
            target=kept["target"],
            is_disguised=kept.get("disguised", False),
        )

    def _granted(self, request: str, token: str, errand: CodeOrder, expires_at: int) -> CodeRequest:
        now = self._context.now()
        return CodeRequest.model_validate(
            {
                "id": request,
                "token": token,
                "purpose": errand.purpose,
                "channel": errand.channel,
                "destination": self._shown(errand),
                "resend_at": to_datetime(now + self._context.policy.resend_seconds),
                "expires_at": to_datetime(expires_at),
                "other_channel": self._has_other(errand),
            }
        )

    def _shown(self, errand: CodeOrder) -> str:
        return "" if errand.is_blind else mask(errand.channel, errand.destination)

    def _has_other(self, errand: CodeOrder) -> bool:
        if errand.is_blind:
            return True
        if errand.purpose is Purpose.CONTACT or errand.identity is None:
            return False
        return bool(errand.identity.email and errand.identity.mobile)
