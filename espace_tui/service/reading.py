"""What a route is given of a request, prepared once from what FastAPI knows of its signature.

FastAPI reads a signature into a `Dependant`: the ids, headers and body it asks, and the same for
what it depends on. It goes through that tree, and all that it might have held, at each request;
here it is gone through once. The values are checked by FastAPI's own fields, in the same way.

Nothing is said here of what is wrong: `values` raises, and FastAPI is asked to judge.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant

WRONG = (KeyError, ValueError, RecursionError)
"""What `values` raises of a request that is not plainly right."""

_JSON = b"application/json"
_UNREAD = (
    "query_params",
    "cookie_params",
    "http_connection_param_name",
    "background_tasks_param_name",
    "security_scopes_param_name",
)


class Field(Protocol):
    """What FastAPI checks a value with."""

    def validate(
        self, value: object, values: dict[str, Any], *, loc: tuple[str, ...]
    ) -> tuple[Any, list[Any]]:
        """Return the value as it is declared, and what is wrong with it."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A request whose body is there; `response` gets the headers a route adds to its answer."""

    request: Request
    response: Response
    ids: Mapping[str, str]
    headers: Mapping[bytes, bytes]
    body: bytes


class Reading:
    """Makes the arguments of a function out of a request."""

    def __init__(self, known: Dependant) -> None:
        self._call: Callable[..., Any] = known.call or dict
        self._inner = [(str(each.name), Reading(each)) for each in known.dependencies]
        self._ids = [(field.name, field.alias, field) for field in known.path_params]
        self._headers = [(f.name, f.alias.lower().encode(), f) for f in known.header_params]
        self._body = [(field.name, field) for field in known.body_params]
        self._request = known.request_param_name
        self._response = known.response_param_name

    async def values(self, asked: Asked) -> dict[str, Any]:
        """Return the arguments; raise one of `WRONG`."""
        values = {name: await each.made(asked) for name, each in self._inner}
        for name, key, field in self._ids:
            values[name] = checked(field, asked.ids[key])
        for name, header, field in self._headers:
            values[name] = checked(field, asked.headers[header].decode("latin-1"))
        for name, field in self._body:
            values[name] = checked(field, _content(asked))
        if self._request:
            values[self._request] = asked.request
        if self._response:
            values[self._response] = asked.response
        return values

    async def made(self, asked: Asked) -> object:
        """Return what the function makes of them."""
        return await self._call(**await self.values(asked))


def is_readable(known: Dependant) -> bool:
    """Tell whether a signature asks for nothing but what a `Reading` gives."""
    more = any(getattr(known, each) for each in _UNREAD)
    inner = all(map(is_readable, known.dependencies))
    return inspect.iscoroutinefunction(known.call) and inner and not more


def checked(field: Field, value: object) -> object:
    """Return a value as a field has it; raise ValueError for one it refuses."""
    found, wrong = field.validate(value, {}, loc=())
    if wrong:
        raise ValueError
    return found


def _content(asked: Asked) -> object:
    if asked.headers[b"content-type"] != _JSON:
        raise ValueError
    return json.loads(asked.body)
