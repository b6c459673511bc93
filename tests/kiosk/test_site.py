"""What the kiosk answers over HTTP, what its settings refuse, and what its parent never loads."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient
from uvicorn.server import ServerState

from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.kiosk.origins import own_origins
from espace_tui.kiosk.page import ENDS
from espace_tui.kiosk.server import PageProtocol
from espace_tui.kiosk.site import build_site
from espace_tui.kiosk.tokens import MOST, OneUseTokens
from espace_tui.widgets.themes import TOKENS
from tests.cli.shell import Shell
from tests.kiosk.visitor import taken_port

STYLE = (Path(__file__).parents[2] / "espace_tui/kiosk/page.css").read_text("utf-8")
PLACES = (
    "/",
    *(f"/{end}" for end in ENDS),
    "/page.js",
    "/page.css",
    "/icon.svg",
    "/favicon.ico",
    "/alive",
    "/x",
)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Someone's shell; their home is empty."""
    return Shell(tmp_path, capsys)


def client(named: str = "", host: str = "http://127.0.0.1:8765") -> TestClient:
    return TestClient(build_site(OneUseTokens(), own_origins(8765, named)), base_url=host)


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_is_kept_out_of_caches_frames_and_other_origins(place: str) -> None:
    answer = client().get(place)
    assert answer.status_code == (404 if place == "/x" else 200)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    named = re.findall(r"(?:wss?|https?)://\S+?(?=[ ;])", policy)
    assert sorted(named) == ["ws://127.0.0.1:8765", "ws://localhost:8765"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["http://evil.example:8765", "http://0.0.0.0:8765"])
def test_another_host_is_told_nothing(host: str) -> None:
    answer = client(host=host).get("/")
    assert (answer.status_code, "token" in answer.text) == (421, False)


def test_behind_a_named_origin_there_is_no_other() -> None:
    named = "https://borne.example"
    page = client(named, host=named).get("/")
    assert page.status_code == 200
    assert "wss://borne.example" in page.headers["content-security-policy"]
    assert client(named).get("/").status_code == 421


@pytest.mark.parametrize("end", ENDS)
def test_each_end_is_told_in_both_languages_and_nothing_is_in_the_page(end: str) -> None:
    page = client().get(f"/{end}").text
    assert all(Texts(each)(f"kiosk.{end}") in page for each in LANGUAGES)
    assert re.findall(r"(?:src|href)=\"([^\"]+)\"", page) == [
        "/icon.svg",
        "/page.css",
        "/page.js",
        "#answer",
    ]


def test_a_token_is_of_256_bits_and_serves_once() -> None:
    tokens = OneUseTokens()
    first, *others = [tokens.issue() for _ in range(MOST + 1)]
    assert {len(each) for each in others} == {64}
    assert not tokens.use(first)  # so many pages came since
    assert tokens.use(others[0])
    assert not tokens.use(others[0])
    assert not tokens.use("é")


@pytest.mark.parametrize(("column", "theme"), [*enumerate(("light", "dark", "contrast", "yellow"))])
def test_the_colours_are_those_of_the_product(column: int, theme: str) -> None:
    blocks = re.findall(r"([^{}]*)\{([^{}]*--background[^{}]*)\}", STYLE)
    own = [text for selector, text in blocks if f'"{theme}"' in selector]
    if theme == "light":
        own = [text for selector, text in blocks if selector.strip().endswith(":root")]
    if theme == "dark":
        own += [text for selector, text in blocks if ":not([data-theme])" in selector]
    assert len(own) == (2 if theme == "dark" else 1)
    for text in own:
        found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", text))
        assert len(found) == 10
        assert {name: TOKENS[name][column] for name in found} == found


def test_everything_grows_with_the_text() -> None:
    assert re.findall(r"\d(?:px|pt)\b", STYLE) == []
    assert re.findall(r"url\(|@import|@font-face", STYLE) == []


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("ESPACE_KIOSK_ORIGIN", "http://borne.example", "une adresse comme https://"),
        ("ESPACE_KIOSK_ORIGIN", "https://borne.example/page", "une adresse comme https://"),
        ("ESPACE_KIOSK_ORIGIN", "https://*", "une adresse comme https://"),
        ("ESPACE_KIOSK_PORT", "80", "entre 1024 et 65535"),
        ("ESPACE_KIOSK_PORT", "8765x", "entre 1024 et 65535"),
        ("ESPACE_KIOSK_PEOPLE", "0", "entre 1 et 100"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    variable: str, value: str, said: str, shell: Shell
) -> None:
    result = shell.call("kiosk", **{variable: value})
    assert (result.code, variable in result.err, said in result.err) == (2, True, True)


def test_a_port_that_is_taken_is_told(shell: Shell) -> None:
    with taken_port() as port:
        result = shell.call("kiosk", "--port", str(port))
    assert (result.code, f"127.0.0.1:{port}" in result.err) == (2, True)


def test_the_parent_loads_nothing_that_could_hold_an_answer() -> None:
    code = (
        "import sys, espace_tui.kiosk.__main__; print([name for name in sys.modules"
        " if name.split('.')[0] in {'textual', 'pydantic'} or name.startswith(('espace_tui.cli',"
        " 'espace_tui.validators', 'espace_tui.backends', 'espace_tui.journey'))])"
    )
    asked = [sys.executable, "-c", code]
    assert subprocess.run(asked, capture_output=True, check=True, text=True).stdout == "[]\n"


class HurriedProtocol(PageProtocol):
    """One that waits for a moment only."""

    head_seconds = 0.1


async def test_half_a_head_is_closed_in_time_and_a_whole_one_is_answered() -> None:
    assert PageProtocol.head_seconds == 10
    config = uvicorn.Config(build_site(OneUseTokens(), own_origins(8765, "")), log_config=None)
    config.load()
    state, loop = ServerState(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: HurriedProtocol(config, state, {}), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        half, whole = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        head = b"GET /alive HTTP/1.1\r\nHost: localhost:8765\r\n"
        half[1].write(head)
        whole[1].write(head + b"\r\n")
        async with asyncio.timeout(5):
            assert await half[0].read() == b""
            assert (await whole[0].readline()).startswith(b"HTTP/1.1 200")
        for _, writer in (half, whole):
            writer.close()
            await writer.wait_closed()
