"""``espace-tui completion bash|zsh|fish``: what the shell needs to complete the commands."""

from __future__ import annotations

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say
from espace_tui.cli.parser import Branch

SHELLS = ("bash", "zsh", "fish")


def add(branch: Branch) -> None:
    """Add the command."""
    parser = branch.add("completion", run)
    parser.add_argument(
        "shell", choices=SHELLS, metavar="bash|zsh|fish", help=parser.texts("cli.completion.shell")
    )


def run(call: Call) -> int:
    """Write the completion script of a shell."""
    import shtab  # noqa: PLC0415 — only for this command

    say(shtab.complete(call.parser, shell=call.options.shell))
    return exits.DONE
