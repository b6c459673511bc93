"""What a route asks FastAPI for: what was granted, the service's state, a call that has one effect.

A route that writes asks for an `IdempotentCall`, and calls it with the model of its answer and what
it asks of the rules. It cannot forget the key: this is its only access to the rules.

Dependencies are coroutines although they wait for nothing: FastAPI runs a plain function in a
thread, which costs as much as the rest of a call.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Header, Path, Request, Response
from pydantic import BaseModel, SecretStr

from espace_tui.model.grants import CodeRequest, Flow, Reset, Space
from espace_tui.model.values import ID_PATTERN, Channel, Purpose, Stage
from espace_tui.service.idempotency import IdempotentRequest
from espace_tui.service.state import Services, ServiceState
from espace_tui.wire import routes

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_Id = Annotated[str, Path(pattern=ID_PATTERN)]


def _token(name: routes.Header, what: str) -> object:
    return Header(alias=name, pattern=routes.TOKEN_PATTERN, description=f"The token of {what}.")


_FlowToken = Annotated[str, _token(routes.Header.FLOW_TOKEN, "the flow")]
_CodeToken = Annotated[str, _token(routes.Header.CODE_TOKEN, "the code request")]
_SpaceToken = Annotated[str, _token(routes.Header.SPACE_TOKEN, "the space")]
_ResetToken = Annotated[str, _token(routes.Header.RESET_TOKEN, "the reset")]
_Revision = Annotated[
    str,
    Header(
        alias=routes.Header.REVISION,
        pattern=routes.TAG_PATTERN,
        description="The present revision of the flow, as its `ETag` says.",
    ),
]


async def _flow(flow_id: _Id, token: _FlowToken, revision: _Revision) -> Flow:
    return Flow(
        id=flow_id,
        token=SecretStr(token),
        revision=int(revision.strip('"')),
        stage=Stage.CARD,
        first_name="",
        expires_at=_NEVER,
    )


async def _request(request_id: _Id, token: _CodeToken) -> CodeRequest:
    return CodeRequest(
        id=request_id,
        token=SecretStr(token),
        purpose=Purpose.SIGN_IN,
        channel=Channel.EMAIL,
        destination="",
        resend_at=_NEVER,
        expires_at=_NEVER,
    )


async def _space(token: _SpaceToken) -> Space:
    return Space(token=SecretStr(token), expires_at=_NEVER)


async def _reset(token: _ResetToken) -> Reset:
    return Reset(token=SecretStr(token), expires_at=_NEVER)


FlowDep = Annotated[Flow, Depends(_flow)]
CodeRequestDep = Annotated[CodeRequest, Depends(_request)]
SpaceDep = Annotated[Space, Depends(_space)]
ResetDep = Annotated[Reset, Depends(_reset)]


T = TypeVar("T", bound=BaseModel | None)
_GRANT_HEADERS = tuple(
    name.lower().encode() for name in routes.Header if name is not routes.Header.KEY
)
_Key = Annotated[
    str,
    Header(
        alias=routes.Header.KEY,
        pattern=routes.KEY_PATTERN,
        description="A fresh random key for each act; the same when the act is tried again.",
    ),
]


async def service_state(request: Request) -> ServiceState:
    """Return what this process serves."""
    return cast("ServiceState", request.app.state.service)


StateDep = Annotated[ServiceState, Depends(service_state)]


class IdempotentCall:
    """One request under its caller's key: done once, answered each time."""

    def __init__(self, request: Request, response: Response, key: str, state: ServiceState) -> None:
        self._request = request
        self._response = response
        self._key = key
        self._state = state

    async def __call__(self, model: type[T], work: Callable[[Services], Awaitable[T]]) -> T:
        """Return the answer of the rules, given now or recorded before."""
        state, caller = self._state, self._request.scope["caller"]
        answer = await state.idempotency.answer(
            self._idempotent_request(),
            model,
            lambda guard: work(state.services.guarded(guard, caller)),
        )
        if isinstance(answer, Flow):
            self._response.headers["ETag"] = routes.tag(answer.revision)
        return answer

    def _idempotent_request(self) -> IdempotentRequest:
        scope = self._request.scope
        rights = (scope["fields"].get(name, b"").decode("latin-1") for name in _GRANT_HEADERS)
        body = scope["body"].decode("utf-8", "surrogateescape")
        return IdempotentRequest(self._key, (scope["method"], scope["path"], *rights, body))


async def idempotent_call(
    request: Request, response: Response, key: _Key, state: StateDep
) -> IdempotentCall:
    """Return the call of this request."""
    return IdempotentCall(request, response, key, state)


IdempotentDep = Annotated[IdempotentCall, Depends(idempotent_call)]
