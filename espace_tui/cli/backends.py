"""``espace-tui backends``: the backends that are installed, and which one is in use."""

from __future__ import annotations

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say_json
from espace_tui.cli.parser import Branch


def add(branch: Branch) -> None:
    """Add the command."""
    branch.add("backends", run).json()


def run(call: Call) -> int:
    """List the backends, one a line."""
    from espace_tui.backends.registry import installed  # noqa: PLC0415 — only for this command

    rows = [
        {
            "name": name,
            "package": point.dist.name if point.dist else "",
            "version": point.dist.version if point.dist else "",
            "used": name == call.settings.backend,
        }
        for name, point in sorted(installed().items())
    ]
    if call.options.json:
        say_json(rows)
        return exits.DONE
    for row in rows:
        used = call.texts("cli.backends.used") if row["used"] else ""
        call.say("cli.backends.row", **(row | {"used": used}))
    return exits.DONE
