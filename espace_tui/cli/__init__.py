"""The command line: the composition root, where words become settings, a backend and a face.

`main` is the outermost frame: it hardens the process, keeps the words of a crash safe, and turns
whatever happened into an exit code. One module per command; each imports what it needs when it
runs, so that the first screen waits for nothing else.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NoReturn

from espace_tui import garbage
from espace_tui.cli import exit_codes
from espace_tui.cli.command_tree import parse
from espace_tui.cli.context import CommandContext, errors_as_json, write_error
from espace_tui.cli.language import resolve_language
from espace_tui.cli.process import hardening, streams
from espace_tui.cli.process.service_variables import serves
from espace_tui.errors import InvalidSettings, Refused, Unreachable
from espace_tui.i18n import Texts
from espace_tui.local import crash
from espace_tui.local.settings import load, load_bare


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    texts = Texts()
    try:
        streams.prepare()
        hardening.harden_process(os.environ)
        crash.install_hooks(texts)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = crash.run_guarded(partial(run, sys.argv[1:], os.environ, texts), texts)
    except KeyboardInterrupt:
        code = exit_codes.INTERRUPTED
    except SystemExit as left:  # argparse's way, and that of a signal
        code = int(left.code or exit_codes.DONE)
    except BrokenPipeError:  # nobody reads us any more, or there is no room to write
        code = exit_codes.FAILED
    finally:
        is_written = streams.flush()
    sys.exit(code if is_written else code or exit_codes.FAILED)


def run(arguments: Sequence[str], environment: Mapping[str, str], texts: Texts) -> int:
    """Do what the arguments ask; return the exit code."""
    texts.language = resolve_language(arguments, environment)
    is_operator = False
    with errors_as_json(arguments):
        try:
            parser, options = parse(texts, arguments)
            is_operator = getattr(options, "command_cli", "") in OPERATORS_COMMANDS
            if is_operator:  # work that may be long, and shows no screen
                garbage.look_for_it()
            read = load_bare if serves(options, environment) else load
            settings = read(environment, options.settings)
            return int(options.run(CommandContext(options, settings, environment, texts, parser)))
        except (InvalidSettings, Refused, Unreachable) as error:
            return _report_error(error, texts, is_operator=is_operator)
        except OSError as error:
            if error.errno not in {errno.EMFILE, errno.ENFILE}:
                raise
            return _report_error(Unreachable("too-many-files"), texts, is_operator=is_operator)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in OF_THE_SERVICE:
                raise
            missing = InvalidSettings("missing-extra", name=error.name)
            return _report_error(missing, texts, is_operator=is_operator)


OPERATORS_COMMANDS = ("admin", "service")
OF_THE_SERVICE = frozenset(
    {"aiosmtplib", "fastapi", "prometheus_client", "psycopg", "psycopg_pool"}
    | {"starlette", "structlog", "uvicorn", "websockets"}
)
"""What only the extra « service » installs."""


def _report_error(
    error: InvalidSettings | Refused | Unreachable, texts: Texts, *, is_operator: bool
) -> int:
    """Say what went wrong; return its exit code."""
    if isinstance(error, InvalidSettings):
        write_error(texts, f"settings.{error.code}", error.values)
        return exit_codes.USAGE
    if isinstance(error, Unreachable):
        write_error(texts, _unreachable(error, texts, is_operator=is_operator), error.values)
        return exit_codes.UNREACHABLE
    family = "error" if error.field else "refused"
    write_error(texts, f"{family}.{error.code}", {"wait": error.wait, "left": error.attempts_left})
    return exit_codes.FAILED


def _unreachable(error: Unreachable, texts: Texts, *, is_operator: bool) -> str:
    """Return the text of what is not reached: an operator is told which file, or why."""
    told = f"operator.unreachable.{error.code}"
    if is_operator:
        for text_id, needed in ((f"{told}.file", "path"), (f"{told}.why", "reason"), (told, "")):
            if texts.has(text_id) and (not needed or error.values.get(needed)):
                return text_id
    return f"unreachable.{error.code}"
