"""What the kiosk answers over HTTP: the page, its script and its style; nothing comes from anybody.

Every answer is kept out of caches, frames and other origins, and may load nothing from elsewhere.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from espace_tui.kiosk import page
from espace_tui.kiosk.origins import Origins
from espace_tui.kiosk.tokens import OneUseTokens

_FOLDER = Path(__file__).parent
_FILES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), clipboard-read=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def build_site(tokens: OneUseTokens, origins: Origins) -> ASGIApp:
    """Return the application; each page that is given out takes a token along."""

    async def show(_request: Request, ended: str) -> Response:
        return HTMLResponse(page.render(tokens.issue(), ended))

    async def give(_request: Request, name: str) -> Response:
        return Response((_FOLDER / name).read_bytes(), media_type=_FILES[name])

    async def tell_alive(_request: Request) -> Response:
        return PlainTextResponse("")

    routes = [
        *(Route(f"/{word}", partial(show, ended=word)) for word in ("", *page.ENDS)),
        *(Route(f"/{name}", partial(give, name=name)) for name in _FILES),
        Route("/favicon.ico", partial(give, name="icon.svg")),
        Route("/alive", tell_alive),
    ]
    return GuardedSite(Starlette(routes=routes), origins)


class GuardedSite:
    """Answers its own hosts only, with the headers that every answer has."""

    def __init__(self, site: ASGIApp, origins: Origins) -> None:
        self._site = site
        self._hosts = origins.hosts
        self._headers = {
            "Content-Security-Policy": _POLICY.format(sockets=origins.sockets),
            **HEADERS,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        known = len(named) == 1 and named[0] in self._hosts
        site = self._site if known else PlainTextResponse("not our host\n", 421)
        await site(scope, receive, send_guarded)
