"""What a call shows for its right: ids from the address, tokens and revision from headers.

The rules look up everything else by themselves; what they do not need is left blank.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Header, Path
from pydantic import SecretStr

from espace_tui.session import Channel, CodeRequest, Flow, Purpose, Reset, Space, Stage
from espace_tui.wire import routes

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_Id = Annotated[str, Path(pattern=routes.ID_PATTERN)]


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


ShownFlow = Annotated[Flow, Depends(_flow)]
ShownRequest = Annotated[CodeRequest, Depends(_request)]
ShownSpace = Annotated[Space, Depends(_space)]
ShownReset = Annotated[Reset, Depends(_reset)]
