"""The connection of one person, in their own process: JSON frames, time, and the end.

A thread of its own reads: whatever the conversation does meanwhile, a page that is closed, a line
that is cut or a parent that is gone ends the process at once, and a screen that nobody touches is
warned about, hidden, then erased. Frames are few, small and of a closed list; any other closes the
connection with its reason. One answer is taken for each question, so nothing can be queued.
"""

from __future__ import annotations

import json
import os
import queue
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from websockets.exceptions import InvalidState
from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from espace_tui.i18n import Texts, TimeOfDay
from espace_tui.idle import IdleState, IdleWatch
from espace_tui.kiosk import FOLDER
from espace_tui.local.own_folder import remove_own_folder

MAX_FRAME = 20_000
"""Bytes of a frame at most."""
_BURST, _EACH_SECOND = 200, 40
"""How many frames may come at once, and how many a second after that."""
_DRAIN = 0.5
"""Seconds for which what comes after the end is read and forgotten."""
_SHAPES: Mapping[str, Mapping[str, type]] = {
    "answer": {"answer": str, "to": int},
    **{name: {name: bool} for name in ("touch", "hide", "resume", "cancel")},
}
"""The frames of a page: the names and kinds of all that they hold."""


class RefusedFrameError(ValueError):
    """A frame that no page sends."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds between two questions whether the page is there, and until it is held to be gone."""

    ask: float = 5.0
    lost: float = 15.0


def end_process() -> NoReturn:
    """End this process at once, and its folder: a parent that was killed would leave it."""
    remove_own_folder(FOLDER)
    os._exit(0)


class PageConnection:
    """The one connection of a process; `on_cancel` is what « do not wait » does."""

    def __init__(
        self,
        link: socket.socket,
        watch: IdleWatch,
        texts: Texts,
        *,
        patience: Patience | None = None,
        leave: Callable[[], object] = end_process,
    ) -> None:
        self._link = link
        self._watch = watch
        self._texts = texts
        self._patience = patience or Patience()
        self._leave = leave
        self._protocol = ServerProtocol(state=OPEN, max_size=MAX_FRAME)
        self._writing = threading.RLock()
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._asked = 0
        self._is_awaited = False
        self._is_warned = self._is_hidden = False
        self._heard = self._pinged = time.monotonic()
        self._allowance, self._counted = float(_BURST), self._heard
        self.on_cancel: Callable[[], object] | None = None
        self.while_read: Callable[[], object] = bool
        """What is done aside while the first question is read, once."""
        link.settimeout(None)  # it came from a loop that does not wait
        seconds = struct.pack("ll", max(1, round(self._patience.lost)), 0)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)

    # --- for the conversation

    def start(self, parent: int) -> threading.Thread:
        """Begin to read, until the other end of `parent`, a pipe, is closed; return who does."""
        reading = threading.Thread(target=self._read, args=(parent,), name="kiosk", daemon=True)
        reading.start()
        return reading

    def send(self, **frame: object) -> None:
        """Send a frame to the page."""
        with self._writing:
            try:
                self._protocol.send_text(json.dumps(frame, ensure_ascii=False).encode())
                self._flush()
            except (InvalidState, OSError):
                self._leave()

    def ask(self, **frame: object) -> str:
        """Send a question, and wait for its answer."""
        self._asked += 1
        self._is_awaited = True
        self.send(ask=self._asked, **frame)
        if self._asked == 1:
            threading.Thread(target=self.while_read, name="preload", daemon=True).start()
        return self._answers.get()

    def close(self, word: str) -> None:
        """Tell the page how it ended, and close."""
        with self._writing:
            self.send(end=word)
            self._protocol.send_close(CloseCode.NORMAL_CLOSURE, word)
            self._flush_or_leave()

    # --- reading

    def _read(self, parent: int) -> None:
        watched: list[socket.socket | int] = [self._link, parent]
        while True:
            ready = select.select(watched, [], [], self._seconds())[0]
            if parent in ready or not self._receive(is_ready=self._link in ready):
                if self._protocol.state is not OPEN:
                    self._drain()
                self._leave()
                return
            self._follow_time()

    def _receive(self, *, is_ready: bool) -> bool:
        """Read what came; return whether the page is still there."""
        if not is_ready:
            return time.monotonic() - self._heard < self._patience.lost
        try:
            data = self._link.recv(MAX_FRAME)
            self._heard = time.monotonic()
            return bool(data) and self._is_open_after(data)
        except OSError:
            return False

    def _drain(self) -> None:
        """Read what still comes, for a moment: unread, it would take the reason away with it."""
        with suppress(OSError):
            self._link.shutdown(socket.SHUT_WR)
            end = time.monotonic() + _DRAIN
            while select.select([self._link], [], [], max(0.0, end - time.monotonic()))[0]:
                if not self._link.recv(MAX_FRAME):
                    return

    def _is_open_after(self, data: bytes) -> bool:
        """Obey the frames that came; return whether the page may send others."""
        with self._writing:
            self._protocol.receive_data(data)
            try:
                for event in self._protocol.events_received():
                    self._obey(event)
            except RefusedFrameError as error:
                self._protocol.fail(CloseCode.POLICY_VIOLATION, str(error))
            self._flush()
            return self._protocol.state is OPEN

    def _obey(self, event: object) -> None:
        if not isinstance(event, Frame) or event.opcode in {Opcode.PING, Opcode.PONG, Opcode.CLOSE}:
            return
        self._count()
        if event.opcode is not Opcode.TEXT or not event.fin:
            raise RefusedFrameError("not a text in one frame")
        frame = _parsed(event.data)
        if "answer" in frame:
            self._take(str(frame["answer"]), frame["to"])
        elif "cancel" in frame:
            if self.on_cancel is not None:
                self.on_cancel()
        elif "hide" in frame:
            self._watch.hide()
        elif "resume" in frame and self._is_hidden:
            self._watch.resume()
            self._show()
        self._touch()

    def _take(self, answer: str, asked: object) -> None:
        """Take the answer to the question that waits for one; any other comes too late."""
        if self._is_awaited and asked == self._asked and not self._is_hidden:
            self._is_awaited = False
            self._answers.put(answer)

    def _count(self) -> None:
        now = time.monotonic()
        self._allowance = min(_BURST, self._allowance + (now - self._counted) * _EACH_SECOND) - 1
        self._counted = now
        if self._allowance < 0:
            raise RefusedFrameError("too many frames")

    # --- time

    def _seconds(self) -> float:
        """Return how long nothing has to be done."""
        due = min(self._pinged + self._patience.ask, self._heard + self._patience.lost)
        ask, change = due - time.monotonic(), self._watch.next_change
        return max(0.0, min(ask, ask if change is None else change))

    def _follow_time(self) -> None:
        now = time.monotonic()
        if now - self._pinged >= self._patience.ask:
            self._pinged = now
            with self._writing:
                self._protocol.send_ping(b"")
                self._flush_or_leave()
        state = self._watch.state
        if state is IdleState.OVER:
            self.close("erased")
            self._leave()
        elif self._watch.is_hidden and not self._is_hidden:
            self._hide()
        elif state is IdleState.WARNED and not self._is_warned:
            self._is_warned = True
            time_of = TimeOfDay(self._watch.hides_at)
            self.send(warn=self._texts("idle.warning", time=time_of))

    def _touch(self) -> None:
        self._watch.touch()
        self._is_warned = self._watch.state is not IdleState.ACTIVE

    def _hide(self) -> None:
        self._is_hidden = True
        time_of = TimeOfDay(self._watch.erases_at)
        self.send(hide=self._texts("idle.hidden", time=time_of))

    def _show(self) -> None:
        self._is_hidden = False
        self.send(show=True)

    # --- writing

    def _flush_or_leave(self) -> None:
        try:
            self._flush()
        except OSError:
            self._leave()

    def _flush(self) -> None:
        self._link.sendall(b"".join(self._protocol.data_to_send()))


def _parsed(data: bytes | bytearray | memoryview) -> dict[str, object]:
    """Return what a frame says, of one of the shapes."""
    try:
        frame = json.loads(bytes(data))
    except (ValueError, RecursionError):
        raise RefusedFrameError("not JSON") from None
    if isinstance(frame, dict):
        shape = next((_SHAPES[name] for name in _SHAPES if name in frame), {})
        if frame and {name: type(value) for name, value in frame.items()} == shape:
            return frame
    raise RefusedFrameError("not a frame of the page")
