"""The exit codes, as `espace-tui --help` tells them."""

from __future__ import annotations

DONE = 0
FAILED = 1
USAGE = 2
UNREACHABLE = 3
INTERRUPTED = 130
SIGNALLED = 128
"""Added to the number of the signal that ended the assistant."""
