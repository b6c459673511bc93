"""What the process refuses before it knows anything personal.

No core dump, no debugger, no file that others can read; and nothing of Textual's that would write
keys, logs or pictures of the screen (S3, S4, S25). Textual reads its variables when it is imported:
all of them go, but those that only adapt it to a terminal.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import MutableMapping
from contextlib import suppress

if sys.platform != "win32":
    import resource
if sys.platform == "linux":
    import ctypes

HARMLESS = frozenset(
    {
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DIM_FACTOR",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
        "TEXTUAL_SPEEDUPS",
    }
)
TELLING = frozenset({"SSLKEYLOGFILE"})
"""What would have a library write secrets to a file."""
_PR_SET_DUMPABLE = 4


def harden_process(environment: MutableMapping[str, str]) -> None:
    """Harden this process, for as long as it lives."""
    unset_debug_variables(environment)
    os.umask(0o077)
    _disable_core_files()
    _forbid_debuggers()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def unset_debug_variables(environment: MutableMapping[str, str]) -> None:
    """Unset what would make Textual, rich or Python write more than the screen."""
    for name in tuple(environment):
        if (name.startswith("TEXTUAL") and name not in HARMLESS) or name in TELLING:
            del environment[name]


def _disable_core_files() -> None:
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _forbid_debuggers() -> None:
    """Let no debugger and no collector of core dumps look into this process (Linux).

    A limit of 0 does not stop a dump that is piped to a program.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
