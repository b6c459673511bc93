"""Where one is and was: back leads to the step before, and nothing of it is lost."""

from __future__ import annotations

from espace_tui.journey.history import History


def test_a_move_is_one_to_another_step() -> None:
    history = History("a")
    assert history.previous == ""
    assert not history.move_to("a")
    assert history.move_to("b")
    assert (history.step_name, history.previous) == ("b", "a")


def test_whoever_begins_anew_does_not_go_back() -> None:
    history = History("a")
    history.move_to("b")
    history.move_to("a", anew=True)
    assert history.previous == ""


def test_one_does_not_come_back_to_a_step_that_is_passed_by() -> None:
    history = History("a", passing=frozenset({"p"}))
    history.move_to("p")
    assert history.previous == "a"
    history.move_to("b")
    assert history.previous == "a"


def test_going_back_undoes_the_move() -> None:
    history = History("a")
    for step in ("b", "c", "b"):
        history.move_to(step)
    history.back()
    assert (history.step_name, history.previous) == ("b", "a")


def test_a_step_that_is_come_to_again_forgets_what_followed_it() -> None:
    history = History("a")
    for step in ("b", "c", "d"):
        history.move_to(step)
    history.truncate_to("b")
    assert history.previous == "a"
    history.truncate_to("nowhere")
    assert history.previous == "a"


def test_what_is_typed_stays_with_its_step() -> None:
    history = History("a")
    history.draft("a")["code"] = "x"
    history.move_to("b")
    assert history.draft("a") == {"code": "x"}
    assert history.draft("b") == {}
