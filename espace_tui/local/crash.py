"""The page and the log of a crash: never what was typed (S1).

Neither local variables nor an exception's message, which may quote a value: the exception's type,
the lines of our own code it went through, and a reference made of these, so that the same bug has
the same reference everywhere. Python, threads, asyncio and Textual (`app.crash`) all end here.

    >>> Crash.of(ValueError("2 55 08 14 168 025 38")).kind
    'ValueError'
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from espace_tui import __version__
from espace_tui.i18n import Texts
from espace_tui.local import lazy

if TYPE_CHECKING:
    import asyncio

FAILED = 1
_PACKAGE = Path(__file__).parent.parent
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_log = logging.getLogger(__name__)


class Crash(NamedTuple):
    """What may be shown of an exception: its type and lines of our own code, innermost last."""

    kind: str
    locations: tuple[str, ...]

    @classmethod
    def of(cls, error: BaseException) -> Crash:
        """Return the crash of an exception and of its causes, the first cause first."""
        chain = list(_chain(error))
        frames = [frame for link in reversed(chain) for frame in _own_frames(link.__traceback__)]
        return cls(" < ".join(type(link).__name__ for link in chain), tuple(dict.fromkeys(frames)))

    @property
    def reference(self) -> str:
        """A short name of the bug, the same on every computer with this version."""
        facts = "\n".join((__version__, self.kind, *self.locations))
        digest = lazy.hashlib.sha256(facts.encode()).digest()
        letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:8])
        return f"{letters[:4]}-{letters[4:]}"

    def page(self, texts: Texts) -> str:
        """Return what the person reads."""
        system = f"Python {sys.version.split()[0]}, {sys.platform}"
        return texts(
            "crash.page",
            reference=self.reference,
            kind=self.kind,
            places="\n".join(f"  {place}" for place in self.locations) or "  —",
            version=f"espace-tui {__version__}, {system}",
        )


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while error not in seen:
        seen.append(error)
        yield error
        error = _cause(error) or error


def _cause(error: BaseException) -> BaseException | None:
    if isinstance(error, BaseExceptionGroup):
        return error.exceptions[0]
    aside = getattr(error, "error", None)  # where Textual's WorkerFailed holds the true one
    if isinstance(aside, BaseException):
        return aside
    hidden = error.__suppress_context__
    return error.__cause__ or (None if hidden else error.__context__)


def _own_frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        if path.is_relative_to(_PACKAGE):
            yield f"{path.relative_to(_PACKAGE.parent)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def report(error: BaseException, texts: Texts) -> None:
    """Show the page of a crash on the standard error, and log its reference."""
    crash = Crash.of(error)
    log_crash(crash)
    with suppress(OSError):
        sys.stderr.write("\n" + crash.page(texts) + "\n")


def log_crash(crash: Crash) -> None:
    """Write a crash to the diagnostic log, if there is one."""
    _log.error("crash %s %s\n%s", crash.reference, crash.kind, "\n".join(crash.locations))


def run_guarded(run: Callable[[], int], texts: Texts) -> int:
    """Run the outermost function; return its exit code, or that of a crash."""
    try:
        return run()
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 — the outermost frame
        report(error, texts)
        return FAILED


def install_hooks(texts: Texts) -> None:
    """Take every hook by which an exception of this process would be shown."""
    faulthandler.disable()
    logging.raiseExceptions = False
    logging.lastResort = None
    sys.excepthook = lambda _kind, error, _trace: report(error, texts)
    sys.unraisablehook = lambda found: _log_quietly(found.exc_value)
    threading.excepthook = lambda found: _log_quietly(found.exc_value)


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Log what a task raised and nobody awaited, instead of printing it."""
    loop.set_exception_handler(_from_loop)


def _from_loop(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    _log_quietly(context.get("exception"))


def _log_quietly(error: BaseException | None) -> None:
    """Log an exception that nobody waits for: nothing is printed over the screen."""
    if error is not None:
        log_crash(Crash.of(error))
