"""A slow serial line between a terminal and a program: so many characters a second, both ways.

``python slow_line.py BAUD COMMAND…``: what is written passes one character at a time, so that every
sequence is cut everywhere.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import sys
import termios
import time
import tty

BITS = 10
"""Bits of one character on the line: eight, a start and a stop."""


def main(baud: int, command: list[str]) -> int:
    """Run a command behind the line; return its exit code."""
    pid, line = pty.fork()
    if not pid:
        os.execvp(command[0], command)
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
    fcntl.ioctl(line, termios.TIOCSWINSZ, size)
    modes = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        return _pass_on(pid, line, BITS / baud)
    finally:
        termios.tcsetattr(0, termios.TCSANOW, modes)


def _pass_on(pid: int, line: int, pause: float) -> int:
    while True:
        for source in select.select([0, line], [], [])[0]:
            try:
                character = os.read(source, 1)
            except OSError:
                return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            os.write(line if source == 0 else 1, character)
            time.sleep(pause)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
