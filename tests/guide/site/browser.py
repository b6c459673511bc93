"""A real Chromium without a window, driven over its own protocol: a page is read as it is drawn."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome")
FOUND = next(filter(None, map(shutil.which, NAMES)), None)
MISSING = "no Chromium on this computer: apt-get install chromium"
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)
SECONDS = 30.0


class Tab:
    """One tab: what is read in it, and what is typed and pressed."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.events: list[dict[str, Any]] = []
        """What the browser told of by itself, once a domain is enabled."""

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Call the browser, and return its answer."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            answer: dict[str, Any] = json.loads(self._socket.recv(timeout=SECONDS))
            if answer.get("id") == self._number:
                return answer
            self.events.append(answer)

    def evaluate(self, script: str) -> object:
        """Return what a script says of the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return answer.get("result", {}).get("result", {}).get("value")

    def until(self, script: str) -> None:
        """Wait until the page is so."""
        end = time.monotonic() + SECONDS
        while not self.evaluate(script):
            assert time.monotonic() < end, script
            time.sleep(0.01)

    def open(self, address: str) -> None:
        """Go to an address."""
        self.call("Page.navigate", url=address)
        self.until(
            f"location.href.startswith({address!r}) && document.readyState == 'complete'".replace(
                "startswith", "startsWith"
            )
        )

    @property
    def heading(self) -> str:
        """What a person reads at the top of the page."""
        return str(self.evaluate("document.querySelector('h1').innerText"))

    @property
    def alert(self) -> str:
        """What the site refuses with."""
        return str(self.evaluate("document.querySelector('[role=alert]')?.innerText ?? ''"))

    def go_on(self, typed: str = "1") -> None:
        """Fill every field in and go on, as a person would."""
        self.evaluate("window.left = true")
        self.evaluate(
            f"document.querySelectorAll('input').forEach(each => each.value = {typed!r});"
            "document.querySelector('button').click()"
        )
        self.until("!window.left && document.readyState == 'complete'")


@contextmanager
def browsing(folder: Path) -> Iterator[Tab]:
    """Start Chromium on a profile of its own; give its first tab."""
    assert FOUND
    command = [FOUND, *QUIET, f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with connect(_address(folder, process), max_size=None) as socket:
                yield Tab(socket)
        finally:
            process.kill()


def _address(folder: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the address of the first tab, once the browser has said its port."""
    end, said = time.monotonic() + SECONDS, folder / "DevToolsActivePort"
    while not (said.exists() and said.read_text().count("\n")):
        assert process.poll() is None
        assert time.monotonic() < end, "Chromium does not start"
    port = said.read_text().split()[0]
    while True:
        with urlopen(Request(f"http://127.0.0.1:{port}/json/list"), timeout=SECONDS) as answer:
            tabs = [each for each in json.load(answer) if each["type"] == "page"]
        if tabs:
            return str(tabs[0]["webSocketDebuggerUrl"])
        assert time.monotonic() < end, "Chromium has no tab"
