"""``espace-tui backends``: the backends that are installed, and which one is in use."""

from __future__ import annotations

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup


def add(group: CommandGroup) -> None:
    """Add the command."""
    group.add("backends", run)


def run(context: CommandContext) -> int:
    """List the backends, one a line."""
    rows = [
        {
            "name": name,
            "package": point.dist.name if point.dist else "",
            "version": point.dist.version if point.dist else "",
            "used": name == context.settings.backend,
        }
        for name, point in sorted(lazy.registry.installed().items())
    ]
    if context.options.json:
        write_json(rows)
        return exit_codes.DONE
    for row in rows:
        used = context.texts("cli.backends.used") if row["used"] else ""
        context.write("cli.backends.row", **(row | {"used": used}))
    return exit_codes.DONE
