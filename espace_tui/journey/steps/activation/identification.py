"""Étape « Je m'identifie »: the provisional code and the NIR.

Who has just asked for a new code by their papers is not asked for the NIR and the card again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import group_mask, nir_field
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Field,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.session import IdentificationAnswers, IdentityAnswers, Session
from espace_tui.journey.steps.received import take_actions, with_inbox
from espace_tui.model.grants import Flow
from espace_tui.validators import provisional_code


class IdentificationStep(Step[IdentificationAnswers]):
    """Opens the pending activation, or resumes it where it stopped."""

    name: ClassVar[str] = "identification"

    @override
    def done(self, session: Session) -> bool:
        return session.flow is not None

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        length = state.policy.code_length
        code = Field(
            "code",
            partial(provisional_code.parse, length=length),
            normalize=provisional_code.normalize,
            groups=provisional_code.groups,
            mask=group_mask(provisional_code.groups, 2),
            length=length,
            magnify=True,
            printed=True,
            values={"length": length},
        )
        return (code,) if state.session.identity else (code, nir_field())

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (
            Paragraph(
                Text("identification.code" if state.session.identity else "identification.both")
            ),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            CONTINUE,
            Action("need_code", ActionKind.GO, "identity", quiet=True),
            Action("messages", ActionKind.GO, "messages", quiet=True),
        )

    @override
    def received(self, state: StepState) -> tuple[Action, ...]:
        return take_actions(self.fields(state), state.session)

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return await with_inbox(context, session)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> IdentificationAnswers:
        nir = session.identity.nir if session.identity else values["nir"]
        return IdentificationAnswers(code=values["code"], nir=nir)

    @override
    async def submit(
        self, context: StepContext, answers: IdentificationAnswers, session: Session
    ) -> Session:
        code, nir = answers.code.get_secret_value(), answers.nir.get_secret_value()
        flow = await context.backend.activation.identify(code, nir)
        identity = session.identity
        if identity and flow.stage == "card":
            flow, identity = await _card(context, flow, identity)
        return session.with_(identification=answers, flow=flow, identity=identity, decision=None)


async def _card(
    context: StepContext, flow: Flow, identity: IdentityAnswers
) -> tuple[Flow, IdentityAnswers | None]:
    """Verify the card already described; if it is not the right one, it is asked for again."""
    serial = identity.serial.get_secret_value()
    try:
        flow = await context.backend.activation.verify_card(flow, identity.kind, serial)
    except Refused:
        return flow, None
    return flow, identity


STEP = IdentificationStep()
