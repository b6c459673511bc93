"""One module per kind of value: `parse(text, …) -> value`, or one coded problem.

Every module has the same face:

- ``parse(text, …)`` returns the clean value or raises `InvalidValue`, the most useful problem
  first: missing, length, characters, key. It forgives grouping, label and case.
- ``tidy(text)`` returns what a paste becomes in the field: the value found in a pasted sentence,
  or the text itself on one line. It loses nothing that could be the value.
- ``advise(value)`` (where it makes sense) returns what deserves a second look, never a refusal.
- ``ticks(text, …)`` (where it makes sense) tells, while typing, which rules are met.
- ``groups(text)`` (numbers) returns the value as it is printed, to be read aloud or magnified.

This package file knows none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from espace_tui.i18n import Text


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to look at again before going on; `suggestion` is what could replace the answer."""

    text: Text
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A rule of a field and whether what is typed so far meets it."""

    rule: Text
    met: bool
