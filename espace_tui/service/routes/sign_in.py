"""Two-step sign-in, and the one-time codes of every purpose."""

from __future__ import annotations

from fastapi import APIRouter, status

from espace_tui.model.grants import CodeRequest, Space
from espace_tui.service.routes.dependencies import CodeRequestDep, IdempotentDep, SpaceDep
from espace_tui.wire import bodies
from espace_tui.wire.routes import Route

router = APIRouter(tags=["sign-in"])


@router.post(Route.SIGN_INS)
async def sign_in(act: IdempotentDep, body: bodies.Opening) -> CodeRequest:
    """Check the credentials and send a one-time code."""
    identifier, password = body.identifier.get_secret_value(), body.password.get_secret_value()
    return await act(
        CodeRequest, lambda rules: rules.sign_in.open(identifier, password, body.channel)
    )


@router.post(Route.CODES)
async def send_code(
    act: IdempotentDep, request: CodeRequestDep, body: bodies.Sending
) -> CodeRequest:
    """Send another one-time code for a request, by the same or the other channel."""
    asked = request.model_copy(update={"purpose": body.purpose})
    return await act(CodeRequest, lambda rules: rules.sign_in.send_code(asked, body.channel))


@router.post(Route.SIGN_IN_PROOF)
async def verify_sign_in(act: IdempotentDep, request: CodeRequestDep, body: bodies.Proof) -> Space:
    """Open the space with the one-time code received."""
    code = body.code.get_secret_value()
    return await act(Space, lambda rules: rules.sign_in.verify(request, code))


@router.post(Route.SIGN_OUT, status_code=status.HTTP_204_NO_CONTENT)
async def sign_out(act: IdempotentDep, space: SpaceDep) -> None:
    """End the session everywhere, at once."""
    await act(type(None), lambda rules: rules.sign_in.sign_out(space))
