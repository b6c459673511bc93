"""What the proofs of the HTTP backend ask for: a service to talk to."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from espace_tui.model.grants import Flow
from espace_tui.model.values import Stage
from tests.service.places import port, town

__all__ = ["flow", "port", "town"]


@pytest.fixture
def flow() -> Flow:
    """A flow as a service grants it."""
    return Flow(
        id="f",
        token=SecretStr("t"),
        revision=1,
        stage=Stage.CREDENTIALS,
        first_name="A",
        expires_at=datetime(2027, 1, 1, tzinfo=UTC),
    )
