"""Who acts for somebody else, and why: options of the commands that the audit trail remembers."""

from __future__ import annotations

import os
import pwd
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from espace_tui.cli.admin import lazy
from espace_tui.cli.context import CommandContext
from espace_tui.cli.parser import Parser
from espace_tui.errors import InvalidSettings

if TYPE_CHECKING:
    from espace_tui.activation.data_requests.mandate import Mandate

_SPAN = re.compile(r"([0-9]{1,5})(m|h|d|j)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "j": "days"}


def add_options(parser: Parser) -> None:
    """Add the options of who acts and why."""
    for name in ("operator", "reason"):
        parser.add_argument(
            f"--{name}",
            required=name == "reason",
            metavar=parser.texts(f"operator.metavar.{name}"),
            help=parser.texts(f"operator.option.{name}"),
        )


def read_mandate(context: CommandContext) -> Mandate:
    """Return who acts and why; raises `InvalidSettings`."""
    operator = context.options.operator or _user(context)
    return lazy.mandate.Mandate.read(operator, context.options.reason)


def add_since(parser: Parser, *, required: bool = False) -> None:
    """Add the option of an instant in the past."""
    parser.add_argument(
        "--since",
        required=required,
        metavar=parser.texts("operator.metavar.since"),
        help=parser.texts("operator.option.since"),
    )


def read_since(context: CommandContext) -> int:
    """Return the instant, in seconds since 1970: 0 if none is given; raises `InvalidSettings`."""
    text = context.options.since
    if not text:
        return 0
    now = datetime.now().astimezone()
    if span := _SPAN.fullmatch(text):
        return int((now - timedelta(**{_UNITS[span[2]]: int(span[1])})).timestamp())
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidSettings("not-an-instant", key="--since") from None
    if instant.astimezone() > now:
        raise InvalidSettings("instant-to-come", key="--since")
    return int(instant.timestamp())


def _user(context: CommandContext) -> str:
    """Return the name of who runs this: behind sudo, who asked for it."""
    name = context.environment.get("SUDO_USER", "")
    if name:
        return name
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
