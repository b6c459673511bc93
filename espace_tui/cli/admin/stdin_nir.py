"""A NIR is never an argument, which other users of a machine can read: it comes from the input."""

from __future__ import annotations

import sys

from espace_tui.cli.admin import lazy
from espace_tui.cli.context import CommandContext
from espace_tui.errors import InvalidSettings, InvalidValue


def read_nir(context: CommandContext) -> str:
    """Return the NIR of the standard input, unseen on a terminal; raises `InvalidSettings`."""
    if sys.stdin.isatty():
        text = lazy.getpass.getpass(context.texts("operator.unlock.nir"))
    else:
        text = sys.stdin.readline(1000)
    try:
        return lazy.nir.parse(text)
    except InvalidValue as error:
        reason = context.texts(f"operator.reason.{error.code}", **error.values)
        raise InvalidSettings("not-a-nir", reason=reason) from None
