"""``espace-tui help accessibility`` (« aide accessibilite »): what one reads before a face."""

from __future__ import annotations

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say
from espace_tui.cli.parser import Branch

TOPICS = ("accessibility", "accessibilite", "accessibilité")


def add(branch: Branch) -> None:
    """Add the command and its French name."""
    parser = branch.add("help", run, "aide")
    parser.add_argument(
        "topic",
        nargs="?",
        choices=TOPICS,
        metavar=parser.texts("cli.help.metavar"),
        help=parser.texts("cli.help.topic"),
    )


def run(call: Call) -> int:
    """Show a topic, or without one the usual help."""
    if call.options.topic is None:
        call.parser.print_help()
        return exits.DONE
    from espace_tui.linear.help import accessibility  # noqa: PLC0415 — only for this topic

    say(accessibility(call.texts))
    return exits.DONE
