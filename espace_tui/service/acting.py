"""How a route acts: under its caller's key, once, with the rules at hand.

A route that writes asks for an `Act` and calls it with the model of its answer and what it asks
the rules. It cannot forget the key: without an `Act` it has no rules.

Dependencies are coroutines although they wait for nothing: FastAPI gives a thread to a plain
function, which costs as much as the rest of a call.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from espace_tui.service.house import House, Parts
from espace_tui.service.once import Keyed
from espace_tui.session import Flow
from espace_tui.wire import routes

T = TypeVar("T", bound=BaseModel | None)
_RIGHTS = tuple(name.lower().encode() for name in routes.Header if name is not routes.Header.KEY)
_Key = Annotated[
    str,
    Header(
        alias=routes.Header.KEY,
        pattern=routes.KEY_PATTERN,
        description="A fresh random key for each act; the same when the act is tried again.",
    ),
]


async def house(request: Request) -> House:
    """Return what this process serves."""
    return cast("House", request.app.state.house)


AtHand = Annotated[House, Depends(house)]


class Act:
    """One keyed request."""

    def __init__(self, request: Request, response: Response, key: str, house: House) -> None:
        self._request = request
        self._response = response
        self._key = key
        self._house = house

    async def __call__(self, model: type[T], work: Callable[[Parts], Awaitable[T]]) -> T:
        """Return the answer of the rules, done now or kept from before."""
        house = self._house
        answer = await house.once.answer(self._keyed(), model, lambda: work(house.parts))
        if isinstance(answer, Flow):
            self._response.headers["ETag"] = routes.tag(answer.revision)
        return answer

    def _keyed(self) -> Keyed:
        scope = self._request.scope
        rights = (scope["fields"].get(name, b"").decode("latin-1") for name in _RIGHTS)
        body = scope["body"].decode("utf-8", "surrogateescape")
        return Keyed(self._key, (scope["method"], scope["path"], *rights, body))


async def acting(request: Request, response: Response, key: _Key, house: AtHand) -> Act:
    """Return how this request acts."""
    return Act(request, response, key, house)


Acting = Annotated[Act, Depends(acting)]
