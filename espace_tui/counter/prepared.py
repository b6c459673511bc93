"""The process of a visit, prepared before anybody needs it: it began nothing and holds nothing.

Starting Python and importing a face takes longer than anything else between two people. So the
process of the next person is started while the one before is still served; it reads nothing but a
pipe, on which the parent says when it may begin, and ends by itself when the parent is gone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress

FOLDER = "espace-tui-visit-"
"""What the name of the folder of a visit begins with."""
_USUAL = f"{os.sep}tmp"


class PreparedVisit:
    """The process of one person, with a temporary folder and two pipes of its own."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """`command` is given two descriptors: where it says how it ended, where it may begin."""
        self._folder = _temporary_folder()
        self.said, saying = os.pipe()
        waiting, self._begin = os.pipe()
        try:
            self.process = subprocess.Popen(
                [*command, "--visit", str(saying), str(waiting)],
                env={**environment, **({"TMPDIR": self._folder} if self._folder else {})},
                pass_fds=(saying, waiting),
            )
        except OSError:
            self._tidy()
            raise
        finally:
            os.close(saying)
            os.close(waiting)

    def begin(self, words: Sequence[str]) -> None:
        """Let it begin, with what it has to say of the visit before."""
        with suppress(OSError):
            os.write(self._begin, " ".join(words).encode() + b"\n")

    def has_ended(self) -> bool:
        """Tell whether it has ended; one that was stopped is killed: nobody would resume it."""
        try:
            pid, status = os.waitpid(self.process.pid, os.WNOHANG | os.WUNTRACED)
        except ChildProcessError:
            return True
        if pid and os.WIFSTOPPED(status):
            self.process.kill()
            return False
        if pid:
            self.process.returncode = os.waitstatus_to_exitcode(status)
        return bool(pid)

    def discard(self) -> None:
        """End it if it has not, and leave nothing of it."""
        if not self.has_ended():
            self.process.kill()
            with suppress(ChildProcessError):
                os.waitpid(self.process.pid, 0)
            self.process.returncode = -signal.SIGKILL
        self._tidy()

    def _tidy(self) -> None:
        os.close(self.said)
        os.close(self._begin)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def _temporary_folder() -> str:
    """Return a new folder; nothing where a disk is full: a visit needs none to be served."""
    with suppress(OSError):  # its place is named: else Python would write a file to try it
        return tempfile.mkdtemp(prefix=FOLDER, dir=os.environ.get("TMPDIR", _USUAL))
    return ""
