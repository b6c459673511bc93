"""The service's log: one JSON object a line, on standard error, from a closed list of events.

Uvicorn's own access log is off: it would write addresses and clients. Libraries are logged
from a warning on, whatever the level: an HTTP client logs the whole address it calls, which for a
gateway may hold a number, a code and a secret. It goes through the same renderer, without
tracebacks.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from espace_tui.i18n.unseen import escape_unseen

OURS = ("espace_tui", "uvicorn")
_SHARED: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _without_traceback(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    for name in ("exc_info", "stack_info", "exception"):
        event.pop(name, None)
    return event


def _to_json(event: EventDict, *, default: Callable[[object], object]) -> str:
    return escape_unseen(json.dumps(event, default=default, ensure_ascii=False))


def configure_logs(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every log of this process to one stream, as JSON."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=(
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_traceback,
                structlog.processors.JSONRenderer(_to_json),
            ),
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for ours in OURS:
        logging.getLogger(ours).setLevel(level)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # What is not said costs nothing.
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
