"""The console of the process: a terminal, dumb or not, or a pipe on either side.

With a keyboard and a screen, answers are edited on the line. With a keyboard alone, with
``TERM=dumb`` or inside Emacs, whoever has the line edits and shows it, and nothing is put on it:
only the echo of a secret is turned off. Without a keyboard, answers are the lines of the standard
input, secrets included. Output is only ever appended, each line at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from typing import Self

from espace_tui import garbage
from espace_tui.i18n import Texts
from espace_tui.idle import IdleWatch
from espace_tui.linear.command_names import parse_command
from espace_tui.linear.console.keys import INTERRUPT, without_replies
from espace_tui.linear.console.line_editor import COMMAND, Keyboard, LineBuffer, width
from espace_tui.linear.console.port import KilledError, LineMask
from espace_tui.linear.console.reader import MAX_LINE, LineReader
from espace_tui.linear.console.tty import SignalHandlers, TtyModes
from espace_tui.linear.console.unattended import AttendedCall, UnattendedTerminal
from espace_tui.linear.console.writer import Writer
from espace_tui.local.ending_signals import ENDING_SIGNALS

_DUMB = frozenset({"", "dumb", "unknown"})


def edits_lines() -> bool:
    """Tell whether this kind of terminal lets us write on the line that is being typed."""
    return not os.environ.get("INSIDE_EMACS") and os.environ.get("TERM") not in {"dumb", "unknown"}


class Terminal:
    """The process's own standard input and output."""

    def __init__(self, watch: IdleWatch | None = None, texts: Texts | None = None) -> None:
        """`watch`, with the words to say, tells for how long nobody touched the keyboard."""
        closed = sys.stdin is None
        source = os.open(os.devnull, os.O_RDONLY) if closed else sys.stdin.fileno()
        encoding = "utf-8" if closed else sys.stdin.encoding
        self._writer = Writer()
        self._modes = TtyModes(source) if os.isatty(source) else None
        self._signals = SignalHandlers(self._handlers())
        watched = watch and texts and UnattendedTerminal(watch, texts, self._writer.write)
        self._unattended = watched or None
        self._reader = LineReader(source, encoding, self._wait_for_input)
        edits = self._modes and self._writer.is_terminal and edits_lines()
        keyboard = partial(Keyboard, source, encoding, self._wait_for_input, self.hide)
        self._keyboard = keyboard(partial(hides, texts or Texts())) if edits else None
        self._source_number = source
        self._prompt: str | None = None
        self._line: LineBuffer | None = None
        self._cancel: Callable[[], object] | None = None
        self._interrupted = False
        self._typed_ahead = False
        self._line_ended = False
        """Whether the terminal itself showed the end of the line that was answered."""

    @property
    def prefills(self) -> bool:
        """Whether answers are edited on the line."""
        return self._keyboard is not None

    @property
    def interactive(self) -> bool:
        """Whether the input is a terminal."""
        return self._modes is not None

    @property
    def page_lines(self) -> int:
        """How many lines fit, where somebody can turn the pages."""
        turned = self._modes and self._writer.is_terminal and not os.environ.get("INSIDE_EMACS")
        return max(self._writer.size[1] - 3, 9) if turned else 0

    @property
    def columns(self) -> int:
        """How wide the screen is now."""
        return self._writer.size[0]

    @property
    def full_screen(self) -> bool:
        """Whether this terminal can do more than append lines."""
        return self.prefills and os.environ.get("TERM", "dumb") not in _DUMB

    # --- the time of the conversation

    def __enter__(self) -> Self:
        """Take the terminal over; what is typed ahead is not echoed, it might be a secret."""
        self._writer.flush_stdout()
        with suppress(ValueError):  # not in the main thread: signals are not ours
            self._signals.install()
        self._disable_echo()
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the terminal as it was found."""
        if self._modes:
            self._modes.restore()
        with suppress(ValueError):
            self._signals.restore()

    def _disable_echo(self) -> None:
        if self._modes:
            self._modes.disable_echo(by_key=self.prefills)

    def _handlers(self) -> dict[int, Callable[[], object]]:
        handlers: dict[int, Callable[[], object]] = {signal.SIGINT: self._interrupt}
        if self._modes:
            handlers |= {signal.SIGTSTP: self._modes.stop_process, signal.SIGCONT: self._resume}
        return handlers | {number: partial(self._terminate, number) for number in ENDING_SIGNALS}

    def _interrupt(self) -> None:
        """Cancel what is waited for, or raise at a prompt; between the two, at the next prompt."""
        if self._cancel:
            cancel, self._cancel = self._cancel, None
            cancel()
        elif self._prompt is None and not self._interrupted:
            self._interrupted = True
        else:
            raise KeyboardInterrupt

    def _wait_for_input(self, source: int) -> None:
        garbage.look_for_it()
        if self._unattended:
            wait = self._signals.wait_for_input
            self._unattended.wait(source, wait, partial(self._redraw, covered=True))
        else:
            self._signals.wait_for_input(source)

    def _resume(self) -> None:
        """Go on after Ctrl+Z or any other stop: the shell had the terminal meanwhile."""
        if self._modes:
            self._modes.take_again()
        self._redraw()

    def _redraw(self, *, covered: bool = False) -> None:
        """Show the prompt again, and what stands on its line."""
        if self._prompt is not None:
            self._writer.write(f"\n{self._prompt}")
            if self._line:
                self._line.redraw(covered=covered)

    def _terminate(self, number: int) -> None:
        if self._modes:
            self._modes.restore()
        self._signals.forward(number)
        if self._prompt is not None:
            raise KilledError

    # --- writing and reading

    def write_line(self, line: str) -> None:
        """Write one line."""
        self._writer.write(f"{line}\n")

    def bell(self) -> None:
        """Ring the terminal's bell; a pipe has none."""
        if self._writer.is_terminal:
            self._writer.write("\a")

    def clear(self) -> None:
        """Erase what was said, at a counter."""
        if self._unattended:
            self._unattended.clear()

    def hide(self) -> None:
        """Hide what was said at once: nothing is read before somebody resumes."""
        if self._unattended:
            self._unattended.watch.hide()

    def when_resumed(self, say: Callable[[], object]) -> None:
        """Say what is asked again, once it is."""
        if self._unattended:
            self._unattended.say_again = say

    def read_line(self, prompt: str, prefill: str = "", mask: LineMask | None = None) -> str:
        """Read a line, edited where there are a keyboard and a screen."""
        with self._at_prompt(prompt, echoes=True):
            if self._keyboard:
                covered = mask is not None and mask.typed
                self._line = LineBuffer(self._writer.write, prefill, covered=covered)
                line = self._keyboard.read_line(self._line)
                if mask and not line.startswith(COMMAND):
                    self._write_over(prompt, line, mask.mask(line))
                return line
            line = self._whole_line()
            self._line_ended = self._modes is not None and self._writer.is_terminal
            return line

    def _write_over(self, prompt: str, line: str, masked: str) -> None:
        """Write a masked answer in the place of the one that was typed."""
        self._line = None
        rows = max(width(prompt + line) - 1, 0) // self.columns
        up = f"\x1b[{rows}A" if rows else ""
        self._writer.write(f"\r{up}\x1b[J{prompt}{masked}")

    def read_secret(self, prompt: str) -> str:
        """Read a line without any echo."""
        with self._at_prompt(prompt):
            if self._keyboard:
                return self._keyboard.read_line(LineBuffer(_show_nothing))
            return self._whole_line()

    def _whole_line(self) -> str:
        """Read a line that was edited elsewhere; its end at a terminal is Ctrl+D.

        A Ctrl+C that came as a character asks to leave, as it does everywhere.
        """
        if not self._modes:
            return self._reader.read_line()
        try:
            line = without_replies(self._reader.read_line(), keep_edits=True)
        except EOFError:
            raise KeyboardInterrupt from None
        if INTERRUPT in line:  # where another key is the terminal's own
            raise KeyboardInterrupt
        return line

    @contextmanager
    def _at_prompt(self, prompt: str, *, echoes: bool = False) -> Iterator[None]:
        """Be at a prompt: Ctrl+C and Ctrl+Z know what to do, and the answer ends its line."""
        self._prompt = prompt
        self._line_ended = False
        # Before the prompt is written: what comes once it can be answered was not typed ahead.
        self._typed_ahead = self._modes is not None and self._source.ready()
        if echoes and self._modes and not self._keyboard:
            self._modes.enable_echo()  # before the prompt: whoever answers at once is shown too
        self._writer.write(prompt)
        try:
            if self._interrupted:  # between two prompts
                self._interrupted = False
                raise KeyboardInterrupt
            yield
        finally:
            self._prompt, self._line = None, None
            if not self._line_ended:
                self._writer.write("\n")
            self._disable_echo()

    @property
    def _source(self) -> Keyboard | LineReader:
        return self._keyboard or self._reader

    def rest_of_paste(self, accepts: Callable[[str], bool], limit: int = 0) -> str:
        """Return what came at once with the last line, if it is wanted."""
        if not self._modes or self._typed_ahead:
            return ""
        text = self._source.pending_text().strip()
        if not text or len(text) > (limit or MAX_LINE) or not accepts(text):
            return ""
        self._source.discard_pending()
        return text

    @contextmanager
    def cancellable(self, cancel: Callable[[], object]) -> Iterator[None]:
        """Call `cancel` on Ctrl+C, once; meanwhile a counter may be hidden, and erased."""
        self._cancel = cancel
        try:
            with self._attended(cancel):
                yield
        finally:
            self._cancel = None

    def _attended(self, cancel: Callable[[], object]) -> AbstractContextManager[object]:
        """Return what heeds the keyboard and the time of a counter while a call is waited for."""
        unattended, keyboard, source = self._unattended, self._keyboard, self._source_number
        if not (unattended and keyboard):
            return nullcontext()
        wait = self._signals.wait_for_input
        follow = partial(unattended.follow, source, wait, self._redraw)
        return AttendedCall(unattended.watch, source, keyboard.read_ahead, follow, cancel)


def hides(texts: Texts, line: str) -> bool:
    """Tell whether a line that is typed ahead asks to hide."""
    command = parse_command(line, texts)
    return command is not None and command.name == "hide"


def _show_nothing(_text: str) -> None:
    """Show nothing of a secret."""
