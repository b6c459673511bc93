"""The keyring is offered to who lets it be used, and to no one else."""

from __future__ import annotations

from typing import cast

import pytest
from typing_extensions import override

from espace_tui.backends.port import Backend
from espace_tui.errors import Unreachable
from espace_tui.i18n import Texts
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Bullets, StepState
from espace_tui.journey.session import CredentialsAnswers, Session
from tests.journey.steps.situations import NOW, state_of
from tests.walks.worlds import FirstRun, PocketKeyring

CREDENTIALS = CredentialsAnswers(identifier="zoe.anais", password="Fleur7-Colline")
DONE = Session(done_at=NOW, credentials=CREDENTIALS)


@pytest.mark.parametrize(
    ("step_name", "session", "action"),
    [("done", DONE, "keep_credentials"), ("sign_in", Session(), "recall_credentials")],
)
@pytest.mark.parametrize("keyring", [True, False])
def test_it_is_offered_only_where_it_may_be_used(
    step_name: str, session: Session, action: str, *, keyring: bool
) -> None:
    kept = frozenset({"keyring"} if keyring else ())
    offered = steps.load(step_name).actions(state_of(session, consents=kept))
    assert (action in {each.name for each in offered}) is keyring


class BrokenKeyring(PocketKeyring):
    """A keyring that is not there, or does not answer."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    @override
    async def name(self) -> str:
        raise Unreachable(self._code)


@pytest.mark.parametrize("step_name", ["done", "sign_in"])
@pytest.mark.parametrize(
    ("keyring", "found"),
    [
        (PocketKeyring(), True),
        (BrokenKeyring("keyring-absent"), False),
        (BrokenKeyring("keyring-locked"), True),
    ],
)
async def test_it_is_looked_for_before_it_is_offered(
    step_name: str, keyring: PocketKeyring, *, found: bool
) -> None:
    preferences = FirstRun()
    preferences.choose(frozenset({"keyring"}))
    context = StepContext(cast("Backend", None), preferences, keyring)
    session = await steps.load(step_name).enter(context, DONE)
    actions = steps.load(step_name).actions(state_of(session, consents=preferences.allowed))
    offered = {"keep_credentials", "recall_credentials"} & {each.name for each in actions}
    assert bool(offered) is found


async def test_nobody_looks_for_a_keyring_that_may_not_be_used() -> None:
    context = StepContext(cast("Backend", None), FirstRun(), cast("PocketKeyring", None))
    assert not (await steps.load("sign_in").enter(context, Session())).has_keyring


def test_what_is_done_says_where_the_password_is() -> None:
    assert "ne les a pas gardés" in _said(state_of(DONE))
    assert "peut les retenir" in _said(state_of(DONE))
    assert "peut les retenir" not in _said(state_of(DONE, consents=frozenset()))
    assert "ne les a pas gardés" not in _said(state_of(DONE.with_(credentials=None)))


def _said(state: StepState) -> str:
    blocks = steps.load("done").blocks(state)
    texts = [text for block in blocks if isinstance(block, Bullets) for text in block.texts]
    return " ".join(map(Texts("fr"), texts))


async def test_what_was_kept_is_put_in_its_fields() -> None:
    keyring = PocketKeyring()
    await keyring.save("zoe.anais", "Fleur7-Colline")
    context = StepContext(cast("Backend", None), FirstRun(), keyring)
    filled = await steps.load("sign_in").fill("recall_credentials", context, Session())
    assert filled == {"identifier": "zoe.anais", "password": "Fleur7-Colline"}


async def test_what_was_not_kept_is_told() -> None:
    context = StepContext(cast("Backend", None), FirstRun(), PocketKeyring())
    with pytest.raises(Unreachable) as refusal:
        await steps.load("sign_in").fill("recall_credentials", context, Session())
    assert refusal.value.code == "keyring-empty"


def test_it_is_offered_beside_the_first_thing_that_it_answers() -> None:
    state = state_of(Session())
    recall = next(a for a in steps.load("sign_in").actions(state) if a.name == "recall_credentials")
    assert recall.field == steps.load("sign_in").fields(state)[0].name
