"""A kiosk that is really served, and a visitor in front of it: a real Chromium, keys and eyes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from espace_tui.i18n import Texts
from tests.cli.shell import coverage_variables
from tests.counter.counter_terminal import child_of
from tests.guide.site.browser import Tab

HOUSE = Path(__file__).parents[2]
PATIENCE = 20.0
LOOKS = (Path(__file__).parent / "looks.js").read_text("utf-8")
READ = r"document.body.innerText.replace(/[\u00a0\u202f]/g, ' ')"
TAB, ENTER, F9 = ("Tab", 9, ""), ("Enter", 13, "\r"), ("F9", 120, "")


@dataclass(frozen=True)
class Kiosk:
    """A server that runs: where it is, its process, its home."""

    address: str
    process: subprocess.Popen[bytes]
    home: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def person(self) -> int:
        """The process of the one person who is served."""
        return child_of(self.pid)

    def wait_until_nobody(self, within: float = 2.0) -> float:
        """Wait until nobody's process is there; return how long that took."""
        begun = time.monotonic()
        while Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
            assert time.monotonic() - begun < within, "somebody's process is still there"
            time.sleep(0.02)
        return time.monotonic() - begun

    def token(self) -> str:
        """The token of a page that was just given out."""
        page = urlopen(f"{self.address}/", timeout=PATIENCE).read().decode()
        return str(re.findall(r'name="token" content="(\w+)"', page)[0])


def free_port() -> int:
    with taken_port() as port:
        return port


@contextmanager
def taken_port() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@contextmanager
def serving(home: Path, *words: str, **variables: str) -> Iterator[Kiosk]:
    """Serve a kiosk until the end of the block."""
    port = str(free_port())
    command = ("-m", "espace_tui", "kiosk", "--port", port, *words)
    with running(home, port, command, variables) as kiosk:
        yield kiosk


@contextmanager
def impatient(home: Path) -> Iterator[Kiosk]:
    """Serve a kiosk that hides and erases within seconds."""
    port = str(free_port())
    with running(home, port, (str(HOUSE / "tests/kiosk/impatient.py"), "serve", port), {}) as kiosk:
        yield kiosk


@contextmanager
def running(
    home: Path, port: str, command: tuple[str, ...], variables: Mapping[str, str]
) -> Iterator[Kiosk]:
    """Run a command that serves on a port until the end of the block."""
    home.mkdir(exist_ok=True)
    environment = {
        "HOME": str(home),
        "TMPDIR": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HOUSE),
        **coverage_variables(),
        **variables,
    }
    started = [sys.executable, *command]
    with subprocess.Popen(started, env=environment, stderr=subprocess.DEVNULL) as process:
        kiosk = Kiosk(f"http://localhost:{port}", process, home)
        try:
            wait_until_served(kiosk)
            yield kiosk
        finally:
            process.terminate()


def wait_until_served(kiosk: Kiosk) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"{kiosk.address}/alive", timeout=PATIENCE).close()
        except OSError:
            assert kiosk.process.poll() is None, "the kiosk does not start"
            assert time.monotonic() < deadline, "the kiosk does not answer"
            time.sleep(0.05)
        else:
            return


class Visitor:
    """Somebody in front of the page, who has a keyboard only."""

    def __init__(self, tab: Tab, kiosk: Kiosk) -> None:
        self.tab = tab
        self.kiosk = kiosk

    def arrive(self, width: int = 1280, height: int = 800, scheme: str = "light") -> None:
        """Find the page on a screen of a size, on a light or a dark computer."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.tab.call("Emulation.setDeviceMetricsOverride", **size)
        colours = [{"name": "prefers-color-scheme", "value": scheme}]
        self.tab.call("Emulation.setEmulatedMedia", features=colours)
        self.tab.open(f"{self.kiosk.address}/")

    def begin(self, language: str = "fr") -> None:
        """Begin, by the button of a language."""
        for _ in range(1 if language == "fr" else 2):
            self.press(TAB)
        assert self.focused("dataset.begin") == language
        self.press(ENTER)
        self.wait_for_question()

    def press(self, key: tuple[str, int, str]) -> None:
        name, number, text = key
        values = {"key": name, "code": name, "windowsVirtualKeyCode": number}
        self.tab.call("Input.dispatchKeyEvent", type="keyDown", text=text, **values)
        self.tab.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def type(self, text: str) -> None:
        self.tab.call("Input.insertText", text=text)

    def answer(self, text: str) -> None:
        """Type an answer in the place of what stands in the field, and send it."""
        if text:
            self.tab.evaluate("document.activeElement.select()")
            self.type(text)
        self.press(ENTER)
        self.wait_for_question()

    def wait_for_question(self) -> None:
        self.tab.until("typeof question !== 'undefined' && question !== null")

    def wait_for(self, words: str) -> None:
        """Wait until these words can be read."""
        self.tab.until(f"{READ}.includes({words!r})")

    def focused(self, what: str) -> object:
        """What is known of the element that has the focus."""
        return self.tab.evaluate(f"document.activeElement.{what}")

    def look(self, language: str) -> None:
        """See that the page is as it must be, wherever one is."""
        assert self.tab.evaluate(LOOKS) == []
        assert self.tab.evaluate("document.documentElement.lang") == language
        assert self.tab.evaluate("document.title") == Texts(language)("kiosk.heading")
        assert self.tab.evaluate("location.href") == f"{self.kiosk.address}/"

    @property
    def label(self) -> str:
        """The name of the field that is asked."""
        return str(self.tab.evaluate("document.querySelector('#label')?.innerText ?? ''"))

    @property
    def words(self) -> str:
        """All that can be read, with plain spaces."""
        return str(self.tab.evaluate(READ))

    def read_code(self) -> str:
        """The last provisional code that can be read."""
        return str(re.findall(r"^\w{12}$", self.words, re.MULTILINE)[-1])
