"""For the operator's machines: is the process alive, can it serve."""

from __future__ import annotations

from fastapi import APIRouter

from espace_tui.service.routes.dependencies import StateDep

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Answer as long as the process can answer."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(state: StateDep) -> dict[str, str]:
    """Answer once the store answers; a problem otherwise."""
    await state.ready()
    return {"status": "ok"}
