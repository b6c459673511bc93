"""The signals that end a program that does nothing about them, and that can be handled.

All of them end the assistant alike: the terminal as it was found, nothing left behind, and the exit
code that tells which it was. Those that say a fault of the program itself (a bad address …) keep
their own ending.
"""

from __future__ import annotations

import signal

_NAMES = (
    *("SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2"),
    *("SIGXCPU", "SIGIO", "SIGPOLL", "SIGPWR", "SIGSTKFLT", "SIGABRT", "SIGTRAP", "SIGSYS"),
    *("SIGBREAK", "SIGEMT", "SIGLOST"),
)
_NAMED = {int(signal.Signals[n]) for n in _NAMES if n in signal.Signals.__members__}
_REAL_TIME = (
    range(signal.SIGRTMIN, signal.SIGRTMAX + 1) if hasattr(signal, "SIGRTMIN") else range(0)
)
ENDING_SIGNALS = tuple(sorted(_NAMED.union(_REAL_TIME)))
"""Those that this system has, each once; those of real time have numbers only."""
