"""The walks of the guide on the wizard alone: the faces show the same steps in the others."""

from __future__ import annotations

from tests.walks.guide_catalogue import NO_NUMBERS, OVER, TO_THE_SITE, begin
from tests.walks.script import Do, Expect, Fill, Walk

REFUSALS = (
    *("already-exists", "franceconnect", "no-card", "deceased", "site-down", "session-expired"),
    *("not-identified", "no-contact", "cannot-activate", "not-mine", "wait", "code-expired"),
    *("identifier-taken", "password-refused"),
)
TOLD_WALKS = (
    Walk(
        "each refusal of the site",
        (
            *TO_THE_SITE,
            *(
                move
                for outcome in REFUSALS
                for move in (
                    *(Do("site_refuses"), Fill("outcome", outcome), Do()),
                    *(Expect("guide_meaning"), Do("back_to_screen"), Expect("screen_home")),
                )
            ),
        ),
    ),
    Walk(
        "signing in, to the end",
        (*begin(goal="sign-in", reach=""), Do("site_is_open"), Do("site_done"), *OVER),
    ),
    Walk(
        "a screen of another journey",
        (
            *(*begin(goal="close", reach=""), Do("site_is_open"), Do("other_screen")),
            *(Fill("letters", "co"), Do(), Expect("guide_which", problems=("heading.missing",))),
            *(Fill("letters", "activation"), Fill("heading", "terms"), Do()),
            Expect("screen_terms"),
        ),
    ),
    Walk(
        "an erased profile, activated again",
        (
            *(*begin(goal="sign-in", reach=""), Do("site_is_open"), Do("site_refuses")),
            *(Fill("outcome", "closed-with-erasure"), Do(), Do("follow_advice"), Do("screen_done")),
        ),
    ),
    Walk(
        "opposing, then rather activating",
        (
            *(*begin(goal="oppose", reach="email"), Do(), *NO_NUMBERS, Do("site_is_open")),
            *(Do("screen_done"), Do("screen_done"), Do("rather_activate"), Do("screen_done")),
        ),
    ),
    Walk(
        "activating, then rather opposing",
        (
            *(*TO_THE_SITE, *[Do("screen_done")] * 5, Expect("guide_neutral")),
            *(Do("rather_oppose"), Do("screen_done"), Do("screen_done"), Do("go_on_opposing")),
            *(Do("site_done"), *OVER),
        ),
    ),
    Walk(
        "closing, to the end",
        (
            *(*begin(goal="close", reach=""), Do("site_is_open")),
            *(Do("screen_done"), Do("screen_done"), Do("site_done"), *OVER),
        ),
    ),
    Walk(
        "a password that was lost, to the end",
        (
            *(*begin(who="other", goal="forgotten", reach=""), *NO_NUMBERS, Do()),
            *(Do("site_is_open"), Do("screen_done"), Do("screen_done"), Do("site_done"), *OVER),
        ),
    ),
)
