"""An unattended screen is warned about, hidden, then erased; any key extends the time before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from espace_tui.idle import Idle, IdleLimits, IdleState, IdleWatch, boot_seconds

UNSEEN = {IdleState.HIDDEN, IdleState.ENDING, IdleState.OVER}
LIMITS = IdleLimits(hide=300, erase=600, warning=60)


def test_a_key_extends_a_hundred_times_in_a_row() -> None:
    idle = Idle(LIMITS, 0)
    for number in range(1, 101):
        now = number * 290
        assert idle.state(now) is IdleState.WARNED
        idle.touch(now)
        assert idle.state(now) is IdleState.ACTIVE


def test_what_is_hidden_is_not_shown_by_a_key() -> None:
    idle = Idle(LIMITS, 0)
    idle.touch(310)
    assert idle.state(310) is IdleState.HIDDEN
    idle.resume(320)
    assert idle.state(320) is IdleState.ACTIVE


def test_hidden_at_once_it_is_erased_after_the_same_time() -> None:
    idle = Idle(LIMITS, 0)
    idle.hide(10)
    idle.hide(500)
    assert [idle.state(now) for now in (10, 549, 550, 609, 610)] == [
        IdleState.HIDDEN,
        IdleState.HIDDEN,
        IdleState.ENDING,
        IdleState.ENDING,
        IdleState.OVER,
    ]
    idle.resume(610)
    assert idle.state(610) is IdleState.OVER


def test_a_lid_closed_finds_everything_erased() -> None:
    assert Idle(LIMITS, 0).state(7_200) is IdleState.OVER


def test_it_may_never_hide_by_itself() -> None:
    idle = Idle(IdleLimits(hide=0, erase=600), 0)
    assert (idle.state(1e9), idle.next_change(1e9)) == (IdleState.ACTIVE, None)
    idle.hide(1e9)
    assert idle.next_change(1e9) == 540


def test_longer_limits_warn_as_early() -> None:
    assert LIMITS.longer(3) == IdleLimits(900, 1800, 60)


class IdleMachine(RuleBasedStateMachine):
    """The states follow each other in order, at the instants that were announced."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.idle = Idle(LIMITS, 0)

    @rule(seconds=st.floats(0, 400))
    def wait(self, seconds: float) -> None:
        change = self.idle.next_change(self.now)
        before = self.idle.state(self.now)
        self.now += seconds
        after = self.idle.state(self.now)
        assert (after is before) == (change is None or seconds < change)

    @rule()
    def touch(self) -> None:
        was_hidden = self.idle.state(self.now) in UNSEEN
        self.idle.touch(self.now)
        if not was_hidden:
            assert self.idle.next_change(self.now) == pytest.approx(240)

    @rule()
    def hide(self) -> None:
        self.idle.hide(self.now)
        assert self.idle.state(self.now) in UNSEEN

    @rule()
    def resume(self) -> None:
        over = self.idle.state(self.now) is IdleState.OVER
        self.idle.resume(self.now)
        assert self.idle.state(self.now) is (IdleState.OVER if over else IdleState.ACTIVE)

    @invariant()
    def never_erased_within_the_time_it_says(self) -> None:
        if self.idle.state(self.now) is not IdleState.OVER:
            assert self.idle.erases_at(self.now) > self.now


TestIdle = IdleMachine.TestCase


def test_the_faces_read_it_on_the_clocks_of_the_computer() -> None:
    seconds = [boot_seconds()]
    watch = IdleWatch(LIMITS, lambda: seconds[0])
    assert [watch.state] == [IdleState.ACTIVE]
    assert watch.next_change == pytest.approx(240)
    assert (watch.erases_at - watch.hides_at).total_seconds() == pytest.approx(600, abs=1)
    seconds[0] += 250
    assert watch.state is IdleState.WARNED
    watch.touch()
    told: list[float | None] = []
    watch.on_limits = lambda: told.append(watch.next_change)
    watch.set_longer(3)
    assert told == [pytest.approx(840)]
    assert watch.next_change == pytest.approx(840)
    watch.hide()
    assert watch.next_change == pytest.approx(1740)
    assert watch.is_hidden
    watch.resume()
    watch.set_longer(1)
    assert watch.next_change == pytest.approx(240)


def test_a_clock_that_is_put_right_hides_nothing_and_is_shown() -> None:
    shown = [datetime(2026, 11, 27, 9, 0, tzinfo=UTC)]
    watch = IdleWatch(LIMITS, lambda: 0.0, lambda: shown[0])
    assert f"{watch.hides_at:%H:%M}" == "09:05"
    shown[0] += timedelta(hours=3)
    assert (watch.state, watch.next_change) == (IdleState.ACTIVE, 240)
    assert (f"{watch.hides_at:%H:%M}", f"{watch.erases_at:%H:%M}") == ("12:05", "12:15")


def test_nothing_is_hidden_before_somebody_sits_down() -> None:
    seconds = [boot_seconds()]
    watch = IdleWatch(IdleLimits(hide=0, erase=600), lambda: seconds[0])
    assert watch.next_change is None
    seconds[0] += 10_000
    assert watch.state is IdleState.ACTIVE
    watch.begin(LIMITS)
    assert watch.next_change == pytest.approx(240)
    watch.set_longer(3)
    assert watch.next_change == pytest.approx(840)
