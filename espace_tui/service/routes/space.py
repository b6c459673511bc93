"""What the service publishes, and what a signed-in person can do."""

from __future__ import annotations

from fastapi import APIRouter

from espace_tui.model.grants import Profile
from espace_tui.model.policy import Policy
from espace_tui.service.routes.dependencies import IdempotentDep, SpaceDep, StateDep
from espace_tui.wire.routes import Route

router = APIRouter(tags=["space"])


@router.get(Route.POLICY)
async def policy(state: StateDep) -> Policy:
    """Return the rules to follow: what is asked, in which order, what is accepted."""
    return state.policy


@router.get(Route.SPACE)
async def profile(state: StateDep, space: SpaceDep) -> Profile:
    """Return the status of the space and the masked contacts."""
    return await state.services.space.profile(space)


@router.post(Route.CLOSING)
async def close(act: IdempotentDep, space: SpaceDep) -> Profile:
    """Close the space; its data are archived, and one may change one's mind."""
    return await act(Profile, lambda rules: rules.space.close(space))


@router.post(Route.REOPENING)
async def reopen(act: IdempotentDep, space: SpaceDep) -> Profile:
    """Reopen a closed space."""
    return await act(Profile, lambda rules: rules.space.reopen(space))
