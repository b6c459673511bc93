"""The command line: the composition root, where words become settings, a backend and a face.

`main` is the outermost frame: it hardens the process, keeps the words of a crash safe, and turns
whatever happened into an exit code. One module per command; each imports what it needs when it
runs, so that the first screen waits for nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NoReturn

from espace_tui import crash
from espace_tui.cli import exits, harden, streams
from espace_tui.cli.call import Call, say_error
from espace_tui.cli.spoken import spoken_language
from espace_tui.cli.tree import understand
from espace_tui.errors import InvalidSettings, Refused, Unreachable
from espace_tui.i18n import Texts
from espace_tui.settings import load


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    harden.process(os.environ)
    texts = Texts()
    crash.install(texts)
    streams.prepare()
    try:
        code = crash.guarded(partial(run, sys.argv[1:], os.environ, texts), texts)
    except KeyboardInterrupt:
        code = exits.INTERRUPTED
    except SystemExit as left:  # argparse's way, and that of a signal
        code = int(left.code or exits.DONE)
    except BrokenPipeError:  # nobody reads us any more, or there is no room to write
        code = exits.FAILED
    finally:
        went = streams.let_go()
    sys.exit(code if went else code or exits.FAILED)


def run(arguments: Sequence[str], environment: Mapping[str, str], texts: Texts) -> int:
    """Do what the arguments ask; return the exit code."""
    texts.language = spoken_language(arguments, environment)
    try:
        parser, options = understand(texts, arguments)
        settings = load(environment, options.settings)
        return int(options.run(Call(options, settings, environment, texts, parser)))
    except (InvalidSettings, Refused, Unreachable) as error:
        return _told(error, texts)


def _told(error: InvalidSettings | Refused | Unreachable, texts: Texts) -> int:
    """Say what went wrong; return its exit code."""
    if isinstance(error, InvalidSettings):
        say_error(texts, f"settings.{error.code}", error.values)
        return exits.USAGE
    if isinstance(error, Unreachable):
        say_error(texts, f"unreachable.{error.code}", error.values)
        return exits.UNREACHABLE
    family = "error" if error.field else "refused"
    say_error(texts, f"{family}.{error.code}", {"wait": error.wait, "left": error.attempts_left})
    return exits.FAILED
