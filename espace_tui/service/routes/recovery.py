"""Ways back in: each answers the same for known and unknown people."""

from __future__ import annotations

from fastapi import APIRouter, status

from espace_tui.model.grants import CodeRequest, Reset
from espace_tui.service.routes.dependencies import CodeRequestDep, IdempotentDep, ResetDep
from espace_tui.wire import bodies
from espace_tui.wire.routes import Route

router = APIRouter(tags=["recovery"])


@router.post(Route.NEW_CODES, status_code=status.HTTP_204_NO_CONTENT)
async def request_code(act: IdempotentDep, body: bodies.LostCode) -> None:
    """Send a new provisional code to the person's own contact, if all of it is theirs."""
    nir, serial = body.nir.get_secret_value(), body.serial.get_secret_value()
    await act(
        type(None),
        lambda rules: rules.recovery.request_code(
            body.birth_date, nir, body.kind, serial, body.channel
        ),
    )


@router.post(Route.IDENTIFIERS, status_code=status.HTTP_204_NO_CONTENT)
async def send_identifier(act: IdempotentDep, body: bodies.LostIdentifier) -> None:
    """Send the identifier to the person's own contact."""
    nir = body.nir.get_secret_value()
    await act(
        type(None),
        lambda rules: rules.recovery.send_identifier(body.birth_date, nir, body.channel),
    )


@router.post(Route.RESETS)
async def reset_password(act: IdempotentDep, body: bodies.LostPassword) -> CodeRequest:
    """Send a one-time code that allows a new password."""
    identifier, nir = body.identifier.get_secret_value(), body.nir.get_secret_value()
    return await act(
        CodeRequest, lambda rules: rules.recovery.reset_password(identifier, nir, body.channel)
    )


@router.post(Route.RESET_PROOF)
async def prove_reset(act: IdempotentDep, request: CodeRequestDep, body: bodies.Proof) -> Reset:
    """Change the one-time code into the right to choose a new password."""
    code = body.code.get_secret_value()
    return await act(Reset, lambda rules: rules.recovery.prove_reset(request, code))


@router.post(Route.PASSWORD, status_code=status.HTTP_204_NO_CONTENT)
async def set_password(act: IdempotentDep, reset: ResetDep, body: bodies.NewPassword) -> None:
    """Replace the password; every open session of the person ends."""
    password = body.password.get_secret_value()
    await act(type(None), lambda rules: rules.recovery.set_password(reset, password))
