"""The journey from the invitation to the credentials."""

from __future__ import annotations

from fastapi import APIRouter

from espace_tui.model.grants import Availability, CodeRequest, Flow
from espace_tui.service.routes.dependencies import CodeRequestDep, FlowDep, IdempotentDep
from espace_tui.wire import bodies
from espace_tui.wire.routes import Route

router = APIRouter(tags=["activation"])


@router.post(Route.FLOWS)
async def identify(act: IdempotentDep, body: bodies.Identification) -> Flow:
    """Open the pending activation of a provisional code, or resume it at its stage."""
    code, nir = body.code.get_secret_value(), body.nir.get_secret_value()
    return await act(Flow, lambda rules: rules.activation.identify(code, nir))


@router.post(Route.CARD)
async def verify_card(act: IdempotentDep, flow: FlowDep, body: bodies.Card) -> Flow:
    """Check the serial number of the Vitale card."""
    serial = body.serial.get_secret_value()
    return await act(Flow, lambda rules: rules.activation.verify_card(flow, body.kind, serial))


@router.post(Route.DECISION)
async def decide(act: IdempotentDep, flow: FlowDep, body: bodies.Decision) -> Flow:
    """Record the decision; opposing takes effect at once, activating waits for `complete`."""
    return await act(Flow, lambda rules: rules.activation.decide(flow, body.choice, body.terms))


@router.post(Route.CONTACT_CHANGES)
async def change_contact(act: IdempotentDep, flow: FlowDep, body: bodies.Contact) -> CodeRequest:
    """Send a one-time code to a new address or number, to prove it."""
    value = body.value.get_secret_value()
    return await act(
        CodeRequest, lambda rules: rules.activation.change_contact(flow, body.channel, value)
    )


@router.post(Route.CONTACT_PROOF)
async def prove_contact(
    act: IdempotentDep, flow: FlowDep, request: CodeRequestDep, body: bodies.Proof
) -> Flow:
    """Replace the contact by the one just proved."""
    code = body.code.get_secret_value()
    return await act(Flow, lambda rules: rules.activation.prove_contact(flow, request, code))


@router.post(Route.CONTACTS)
async def confirm_contacts(act: IdempotentDep, flow: FlowDep) -> Flow:
    """Confirm the contacts without a change."""
    return await act(Flow, lambda rules: rules.activation.confirm_contacts(flow))


@router.post(Route.AVAILABILITY)
async def availability(act: IdempotentDep, flow: FlowDep, body: bodies.Wanted) -> Availability:
    """Tell whether an identifier is free; it is asked in a body, never in an address."""
    wanted = body.identifier.get_secret_value()
    return await act(Availability, lambda rules: rules.activation.availability(flow, wanted))


@router.post(Route.COMPLETION)
async def complete(act: IdempotentDep, flow: FlowDep, body: bodies.Credentials) -> Flow:
    """Activate the space: code used, credentials stored, in one transaction."""
    identifier, password = body.identifier.get_secret_value(), body.password.get_secret_value()
    return await act(Flow, lambda rules: rules.activation.complete(flow, identifier, password))
