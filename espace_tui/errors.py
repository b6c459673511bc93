"""The tree of expected failures.

Three families: the person can fix it (`InvalidValue`), the person cannot (`Refused`,
`Unreachable`), and a bug, which is everything else and ends in `espace_tui.local.crash`.
An error carries a code and values, never a sentence: words are looked up when shown,
under the text ids ``error.<code>`` (`InvalidValue`), ``refused.<code>`` (`Refused`) and
``unreachable.<code>`` (`Unreachable`). No value typed by the person is in ``str(error)``.

    >>> InvalidValue("nir.length", found=14, expected=15)
    InvalidValue('nir.length')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from typing_extensions import override


class ExpectedError(Exception):
    """A failure that belongs to the product: it has a text in both languages."""

    code: str

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class InvalidValue(ExpectedError):
    """What was typed is not a value of its kind; `values` fill the text (they stay off `str`)."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.values = values

    @override
    def __repr__(self) -> str:
        return f"InvalidValue({self.code!r})"


class FieldProblem(NamedTuple):
    """One wrong field of a step: which, the error code, and what fills its text (off the repr)."""

    field: str
    code: str
    values: Mapping[str, object] = MappingProxyType({})

    @override
    def __repr__(self) -> str:
        return f"FieldProblem({self.field!r}, {self.code!r})"


class InvalidAnswers(ExpectedError):
    """The answers of a step hold one problem or more, in the order of its fields."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        super().__init__("invalid-answers")
        self.problems = tuple(problems)


class Refused(ExpectedError):
    """The service said no.

    `code` is one of the closed catalogue: ``refused`` (one text for wrong, unknown, used,
    expired, locked), ``step-not-pending``, ``flow-expired``, ``stale-revision``,
    ``too-many-attempts``, ``busy``, ``session-expired``, ``send-later``, or the code of a
    field's error (then `field` names the field). `wait` is in seconds.
    """

    def __init__(
        self,
        code: str = "refused",
        field: str | None = None,
        wait: int | None = None,
        attempts_left: int | None = None,
    ) -> None:
        super().__init__(code)
        self.field = field
        self.wait = wait
        self.attempts_left = attempts_left


class Unreachable(ExpectedError):
    """The service could not be asked, or nobody knows what it answered: trying again is safe.

    `code`: ``network``, ``timeout``, ``busy``, ``certificate``, ``store-locked``,
    ``store-read-only``, ``store-full``, ``store-corrupt``, ``store-newer``, ``store-loose``,
    ``store-not-a-folder``, ``store-not-a-file``, ``store-name-too-long``, ``store-link-loop``,
    ``store-failing``, ``too-many-files``, ``no-home``, ``no-temporary-folder``, ``other-keys``,
    ``database`` (to its operator, with why).
    """

    def __init__(self, code: str = "network", **values: object) -> None:
        super().__init__(code)
        self.values = values


class InvalidSettings(ExpectedError):
    """A setting cannot be read: where it stands, its key, and what would be right.

    Text id ``settings.<code>``; `values` hold ``place``, ``key``, ``found``, ``nearest``.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.values = values
