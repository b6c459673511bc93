"""The straight way, in front of FastAPI: a right request goes from its address to its route.

FastAPI takes a request through some thirty frames, most of which look for what no call of ours
has: two thirds of the time of a light request were theirs. Here the way to each route is made ready
once. A request that is not plainly right (no such address, a header missing, a wrong body) is not
judged: it takes FastAPI's way, which tells what is wrong. So nothing is said twice: a route is
declared to FastAPI, and the contract is FastAPI's, as every answer that is not the route's own.

    >>> find = Addresses()
    >>> find.add("GET", "/v1/codes/{id}", "a code")
    >>> find("GET", "/v1/codes/17")
    ('a code', {'id': '17'})
    >>> find("GET", "/v1/codes")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.routing import BaseRoute
from starlette.status import HTTP_200_OK, HTTP_204_NO_CONTENT
from starlette.types import Receive, Scope, Send

from espace_tui.service.problems import EXPECTED, answer_to
from espace_tui.service.reading import WRONG, Asked, Reading, checked, is_readable


class Straight:
    """The calls of an API, without its framework where it is not needed."""

    def __init__(self, api: FastAPI, routes: Iterable[BaseRoute]) -> None:
        self._api = api
        self._find = Addresses()
        for route in routes:
            if isinstance(route, APIRoute) and is_readable(route.dependant):
                for method in route.methods or ():
                    self._find.add(method, route.path, Way(route))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, of which `espace_tui.service.middleware` has read fields and body."""
        response = await self.answer(scope) if scope["type"] == "http" else None
        await (response or self._api)(scope, receive, send)

    async def answer(self, scope: Scope) -> Response | None:
        """Return the answer to a right request; None where FastAPI has to judge."""
        found = self._find(scope["method"], scope["path"])
        if not found:
            return None
        way: Way = found[0]
        scope["app"] = self._api
        added = Response(status_code=HTTP_204_NO_CONTENT)  # the one without headers of its own
        asked = Asked(Request(scope), added, found[1], scope["fields"], scope["body"])
        try:
            values = await way.reading.values(asked)
        except WRONG:
            return None
        scope["route"] = way.route
        try:
            answer = await way.route.endpoint(**values)
        except EXPECTED as error:
            return await answer_to(asked.request, error)
        return way.response(answer, added)


class Way:
    """How one route is given what it asks, and how its answer is written."""

    def __init__(self, route: APIRoute) -> None:
        self.route = route
        self.reading = Reading(route.dependant)
        self._field = route.response_field
        self._model = TypeAdapter(route.response_model)
        self._status = route.status_code or HTTP_200_OK

    def response(self, answer: object, added: Response) -> Response:
        """Return what FastAPI would send for an answer."""
        content = b""
        if self._field:
            content = self._model.dump_json(checked(self._field, answer), by_alias=True)
        response = Response(content, self._status, media_type="application/json")
        response.raw_headers += added.raw_headers
        return response


@dataclass(slots=True)
class Addresses:
    """What is at each address; a segment in braces stands for any, and is given by its name."""

    named: dict[str, Addresses] = field(default_factory=dict)
    other: Addresses | None = None
    at: dict[str, tuple[Any, tuple[str, ...]]] = field(default_factory=dict)

    def add(self, method: str, path: str, what: object) -> None:
        """Put something at an address."""
        here, names = self, []
        for part in path.split("/"):
            if part.startswith("{"):
                names.append(part.strip("{}"))
                here.other = below = here.other or Addresses()
            else:
                below = here.named.setdefault(part, Addresses())
            here = below
        here.at[method] = (what, tuple(names))

    def __call__(self, method: str, path: str) -> tuple[Any, dict[str, str]] | None:
        """Return what is at an address, and the ids in it."""
        ids: list[str] = []
        here = self
        for part in path.split("/"):
            below = here.named.get(part)
            if below is None:
                ids.append(part)
                below = here.other
                if below is None:
                    return None
            here = below
        found = here.at.get(method)
        return found and (found[0], dict(zip(found[1], ids, strict=True)))
