"""What may be answered instead of what was asked: RFC 9457, a closed catalogue.

A problem says its code; words are only there for whoever reads the raw answer. ``refused`` is one
text for everything that may be wrong with what was typed: unknown, wrong, used, expired, locked.

    >>> Code("too-many-attempts").status
    429
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from espace_tui.errors import ExpectedError, Refused, Unreachable
from espace_tui.model.values import FrozenModel, ShortText

MEDIA_TYPE = "application/problem+json"


class Code(StrEnum):
    """The codes of the catalogue; the last of them should never be seen."""

    BAD_REQUEST = "bad-request"
    REFUSED = "refused"
    SESSION_EXPIRED = "session-expired"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    STEP_NOT_PENDING = "step-not-pending"
    FLOW_EXPIRED = "flow-expired"
    STALE_REVISION = "stale-revision"
    TOO_LARGE = "too-large"
    NOT_JSON = "not-json"
    INVALID_FIELDS = "invalid-fields"
    KEY_REUSED = "key-reused"
    TOO_MANY_ATTEMPTS = "too-many-attempts"
    SEND_LATER = "send-later"
    FAILURE = "failure"
    BUSY = "busy"

    @property
    def status(self) -> int:
        """The HTTP status of this problem."""
        return _STATUS[self]

    @property
    def type(self) -> str:
        """The URI that names this problem."""
        return f"urn:espace-tui:problem:{self}"


_STATUS = {
    Code.BAD_REQUEST: 400,
    Code.REFUSED: 401,
    Code.SESSION_EXPIRED: 401,
    Code.NOT_FOUND: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.STEP_NOT_PENDING: 409,
    Code.FLOW_EXPIRED: 410,
    Code.STALE_REVISION: 412,
    Code.TOO_LARGE: 413,
    Code.NOT_JSON: 415,
    Code.INVALID_FIELDS: 422,
    Code.KEY_REUSED: 422,
    Code.TOO_MANY_ATTEMPTS: 429,
    Code.SEND_LATER: 429,
    Code.FAILURE: 500,
    Code.BUSY: 503,
}
_MISUNDERSTOOD = {400, 404, 405, 413, 415}


Body = TypeVar("Body", bound=FrozenModel)
ERROR_CODE = r"^[a-z0-9_-]{0,64}(\.[a-z0-9_-]{1,64}){0,3}$"
_LONGEST_WAIT = 366 * 86_400
_UNKNOWN = "extra_forbidden"
_KINDS = {
    "missing": "missing",
    "too_short": "length",
    "too_long": "length",
    "string_too_short": "length",
    "string_too_long": "length",
    _UNKNOWN: "unknown",
}


class WrongField(FrozenModel):
    """One field, and the code of its error (never what was in it)."""

    field: ShortText
    code: Annotated[str, Field(pattern=ERROR_CODE)]


def wrong_fields(errors: Iterable[Mapping[str, Any]]) -> tuple[WrongField, ...]:
    """Return the wrong fields of a body or of headers, from what pydantic says of them."""
    return tuple(dict.fromkeys(_wrong_field(error["type"], error["loc"]) for error in errors))


def _wrong_field(kind: str, place: tuple[int | str, ...]) -> WrongField:
    name = str(place[0] if kind == _UNKNOWN else place[-1])
    code = f"{name.lower().replace('_', '-')}.{_KINDS.get(kind, 'format')}"
    return WrongField(field=name, code=code)


def sent(model: type[Body], **values: object) -> Body:
    """Return the body of a request; a value that cannot even be sent is refused by its field."""
    try:
        return model(**values)
    except ValidationError as error:
        wrong = wrong_fields(error.errors(include_input=False, include_context=False))[0]
        raise Refused(wrong.code, wrong.field) from None


def checked_refusal(error: Refused) -> Refused:
    """Return a refusal as the catalogue allows it, from whoever raised another one."""
    try:
        wrong = WrongField(field=error.field or "", code=error.code)
        said = _Told(wait=error.wait, attempts_left=error.attempts_left)
    except ValidationError:
        return Refused()
    return Refused(wrong.code, wrong.field or None, said.wait, said.attempts_left)


class _Told(FrozenModel):
    """How long to wait, in seconds, and how many attempts are left."""

    wait: Annotated[int, Field(ge=0, le=_LONGEST_WAIT)] | None = None
    attempts_left: Annotated[int, Field(ge=0, le=1000)] | None = None


class Problem(FrozenModel, extra="ignore"):
    """The body of a problem; `wait` is in seconds, as in ``Retry-After``."""

    type: ShortText
    title: ShortText
    status: int = Field(ge=400, le=599)
    code: Code
    errors: Annotated[tuple[WrongField, ...], Field(max_length=64)] = ()
    wait: Annotated[int, Field(ge=0, le=_LONGEST_WAIT)] | None = None
    attempts_left: Annotated[int, Field(ge=0, le=1000)] | None = None

    def raised(self) -> ExpectedError:
        """Return what a backend raises for this problem."""
        if self.errors:
            return Refused(self.errors[0].code, self.errors[0].field)
        if self.code in {Code.BUSY, Code.FAILURE}:
            return Unreachable("busy")
        if self.status in _MISUNDERSTOOD or self.code is Code.KEY_REUSED:
            return Unreachable("network")
        return Refused(self.code.value, wait=self.wait, attempts_left=self.attempts_left)
