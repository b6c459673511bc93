"""The route of each call of the port, and the headers it needs.

What grants a right (the token of a flow, a code request, a space, a reset) travels in a header of
its own, never in an address: what is in an address ends up in logs. The ids in addresses
grant nothing by themselves. The revision of a flow is its entity tag.

Every `POST` carries an ``Idempotency-Key`` of the caller's choice: the same key with the same
request has one effect and one answer for a day; with another request it is refused.

    >>> Route.CARD.at(flow_id="f1")
    '/v1/flows/f1/card'
"""

from __future__ import annotations

from enum import StrEnum

from espace_tui.model.values import GRANT_PATTERN


class Route(StrEnum):
    """The addresses; all of them take `POST`, but `POLICY` and `SPACE`, which take `GET`."""

    POLICY = "/v1/policy"
    FLOWS = "/v1/flows"
    CARD = "/v1/flows/{flow_id}/card"
    DECISION = "/v1/flows/{flow_id}/decision"
    CONTACT_CHANGES = "/v1/flows/{flow_id}/contact-changes"
    CONTACT_PROOF = "/v1/flows/{flow_id}/contact-changes/{request_id}"
    CONTACTS = "/v1/flows/{flow_id}/contacts"
    AVAILABILITY = "/v1/flows/{flow_id}/availability"
    COMPLETION = "/v1/flows/{flow_id}/completion"
    SIGN_INS = "/v1/sign-ins"
    SIGN_IN_PROOF = "/v1/sign-ins/{request_id}"
    CODES = "/v1/codes/{request_id}"
    SIGN_OUT = "/v1/space/sign-out"
    NEW_CODES = "/v1/recovery/codes"
    IDENTIFIERS = "/v1/recovery/identifiers"
    RESETS = "/v1/recovery/resets"
    RESET_PROOF = "/v1/recovery/resets/{request_id}"
    PASSWORD = "/v1/recovery/password"
    SPACE = "/v1/space"
    CLOSING = "/v1/space/closing"
    REOPENING = "/v1/space/reopening"

    def at(self, **ids: str) -> str:
        """Return the address with its ids filled in."""
        return self.format(**ids)


class Header(StrEnum):
    """The headers that carry rights, revisions and the caller's key."""

    FLOW_TOKEN = "Flow-Token"
    CODE_TOKEN = "Code-Token"
    SPACE_TOKEN = "Space-Token"
    RESET_TOKEN = "Reset-Token"
    REVISION = "If-Match"
    KEY = "Idempotency-Key"


TOKEN_PATTERN = GRANT_PATTERN
KEY_PATTERN = r"^[A-Za-z0-9_-]{16,64}$"
TAG_PATTERN = r'^"[0-9]{1,9}"$'
MAX_BODY = 16 * 1024


def tag(revision: int) -> str:
    """Return the entity tag of a revision."""
    return f'"{revision}"'
