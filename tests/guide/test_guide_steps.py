"""What the steps of the guide say depends on who one is, what one wants, and what one has."""

from __future__ import annotations

import re

import pytest

from espace_tui.i18n import LANGUAGES, Bilingual, Text, Texts
from espace_tui.journey.form import Bullets, Paragraph, StepState
from espace_tui.journey.guide_answers import Goal, GuideAnswers, Reach
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.session import Session
from tests.i18n.test_easy import EASY, HARD
from tests.journey.steps.situations import SITE, state_of
from tests.walks import plain
from tests.walks.guide_catalogue import GUIDE_WALKS, NIR, TO_THE_SITE, begin
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Do, Expect, Fill, Walk
from tools.texts.sentences import LIMITS, sentences, words

GUIDE = guide_itinerary(SITE)
FRENCH = Texts("fr")
HARD_WORDS = {each: re.compile(rf"\b(?:{found})", re.IGNORECASE) for each, found in HARD.items()}


def told(**answers: object) -> StepState:
    return state_of(Session(guide=GuideAnswers().with_(**answers)))


def said(step_name: str, state: StepState) -> list[str]:
    """Return what a step says, in French."""
    blocks = GUIDE.load(step_name).blocks(state)
    texts = [each.text for each in blocks if isinstance(each, Paragraph)]
    texts += [text for each in blocks if isinstance(each, Bullets) for text in each.texts]
    return [FRENCH(text) for text in texts]


def offered(step_name: str, state: StepState) -> list[str]:
    return [action.name for action in GUIDE.load(step_name).actions(state)]


def test_two_screens_of_one_heading_have_titles_of_their_own() -> None:
    titles = {
        name: FRENCH(GUIDE.load(f"screen_{name}").title(told(goal=Goal.ACTIVATE)))
        for name in SITE.official.journeys["activate-adult"].screens
    }
    assert titles["identity"] == "Écran 3 sur 9\u00a0: Mon identité (date et numéros)"
    assert titles["card"] == "Écran 2 sur 9\u00a0: Mon identité (modèle de carte)"
    assert len(set(titles.values())) == len(titles)


def test_a_screen_that_others_follow_is_the_first_of_them() -> None:
    def title(goal: Goal) -> str:
        return FRENCH(GUIDE.load("screen_sign-in").title(told(goal=goal)))

    assert title(Goal.CLOSE) == "Écran 1 sur 3\u00a0: Connexion"
    assert title(Goal.SIGN_IN) == title(Goal.ACTIVATE) == "Écran «\u00a0Connexion\u00a0»"


def test_a_letter_has_a_code_that_is_needed() -> None:
    letter, mobile = told(reach=Reach.LETTER), told(reach=Reach.MOBILE)
    assert "Gardez la lettre" in said("guide_message", letter)[1]
    assert "presque jamais utile" in said("guide_message", mobile)[1]
    assert "code de la lettre" in said("screen_channel", letter)[0]
    assert "votre caisse d’abord" in said("screen_channel", mobile)[0]
    assert "ne quittez plus la page" in said("screen_code", letter)[0]


def test_what_was_prepared_is_offered_where_it_is_asked_for() -> None:
    state = told(goal=Goal.ACTIVATE)
    prepared = {"read_guide_identifier", "read_guide_password"}
    assert prepared <= set(offered("screen_credentials", state))
    assert not prepared & set(offered("screen_sign-in", state))
    assert "read_guide_identifier" not in offered("screen_forgotten-identity", state)
    assert "read_guide_password" in offered("screen_forgotten-code", state)
    assert "read_guide_ready" in offered("screen_identity", state)


@pytest.mark.parametrize(
    ("goal", "has", "lacks", "dated"),
    [
        (Goal.ACTIVATE, "aide-mémoire", "Gardez", True),
        (Goal.SIGN_IN, "Quand vous avez fini", "aide-mémoire", False),
        (Goal.FORGOTTEN, "aide-mémoire", "Gardez", False),
        (Goal.OPPOSE, "Gardez", "connecter une fois", True),
        (Goal.CLOSE, "Gardez", "connecter une fois", False),
    ],
)
def test_the_end_fits_what_was_done(goal: Goal, has: str, lacks: str, *, dated: bool) -> None:
    state = told(goal=goal, may_save=True)
    text = " ".join(said("guide_end", state))
    assert has in text
    assert lacks not in text
    assert ("to_calendar" in offered("guide_end", state)) is dated


def test_a_private_window_is_asked_for_where_the_computer_is_not_ones_own() -> None:
    assert any("privée" in each for each in said("guide_open", told(may_save=False)))
    assert not any("privée" in each for each in said("guide_open", told(may_save=True)))


@pytest.mark.parametrize("at_a_desk", [True, False])
@pytest.mark.parametrize("step", ["guide_open", "guide_end", "guide_caisse"])
async def test_nothing_is_opened_nor_written_where_that_may_not_be(
    step: str, *, at_a_desk: bool
) -> None:
    world = GuideWorld()
    world.desk.may_open = world.desk.may_save = False
    wizard = world.wizard()
    wizard.context = wizard.context._replace(guide=world.desk if at_a_desk else None)
    assert await wizard.start(step)
    offered = {action.name for action in wizard.view().actions}
    assert offered & {"open_browser", "to_calendar"} == set()


def test_the_last_screen_of_the_site_leads_to_no_next_one() -> None:
    state = told(goal=Goal.ACTIVATE)
    assert offered("screen_activated", state)[0] == "site_done"
    assert offered("screen_home", state)[0] == "screen_done"


@pytest.mark.parametrize("goal", [Goal.OPPOSE, Goal.CLOSE, Goal.FORGOTTEN])
def test_whoever_wants_something_else_is_not_led_on_by_the_activation(goal: Goal) -> None:
    state = told(goal=goal)
    assert "pas ce que vous vouliez" in said("screen_code", state)[0]
    step = GUIDE.load("screen_code")
    assert FRENCH(step.title(state)) == "Écran 5 sur 9\u00a0: Mon code provisoire"
    assert step.actions(state)[0].target == "guide_which"
    assert "pas ce que vous vouliez" not in said("screen_code", told(goal=Goal.ACTIVATE))[0]


@pytest.mark.parametrize(
    ("goal", "screen", "outcome", "step"),
    [
        (Goal.ACTIVATE, "code", "session-expired", "screen_home"),
        (Goal.ACTIVATE, "identity", "already-exists", "screen_sign-in"),
        (Goal.OPPOSE, "oppose-confirm", "session-expired", "screen_oppose-home"),
        (Goal.OPPOSE, "oppose-home", "already-open", "screen_sign-in"),
        (Goal.OPPOSE, "oppose-confirm", "not-identified", "screen_oppose-identity"),
        (Goal.OPPOSE, "oppose-identity", "wait", "back"),
        (Goal.FORGOTTEN, "forgotten-code", "code-expired", "screen_forgotten-identity"),
        (Goal.SIGN_IN, "sign-in", "credentials-refused", "screen_forgotten-home"),
        (Goal.SIGN_IN, "sign-in", "closed-with-erasure", "screen_home"),
        (Goal.SIGN_IN, "sign-in", "site-down", "back"),
    ],
)
def test_a_refusal_leads_within_what_one_wants(
    goal: Goal, screen: str, outcome: str, step: str
) -> None:
    state = told(goal=goal, screen=screen, outcome=outcome)
    (asked,) = GUIDE.load("guide_refusal").fields(state)
    assert outcome in asked.choices
    found = {each.name: each.target for each in GUIDE.load("guide_meaning").actions(state)}
    assert found.get("follow_advice", "back") == step


def test_only_what_one_may_see_is_offered_as_a_refusal() -> None:
    (asked,) = GUIDE.load("guide_refusal").fields(told(goal=Goal.SIGN_IN, screen="sign-in"))
    assert asked.choices[0] == "credentials-refused"
    assert "not-representative" not in asked.choices
    state = told(goal=Goal.SIGN_IN, screen="sign-in", outcome="wait")
    assert "read_guide_ready" not in offered("guide_meaning", state)


async def test_an_advice_that_leads_to_another_journey_is_followed_to_its_end() -> None:
    moves = (
        *begin(goal="sign-in", reach=""),
        Do("site_is_open"),
        Do("site_refuses"),
        Fill("outcome", "forgotten"),
        Do(),
        Do("follow_advice"),
        Expect("screen_forgotten-home"),
    )
    wizard = await plain.play(Walk("forgotten", moves), GuideWorld())
    assert FRENCH(wizard.view().title) == "Écran 1 sur 3\u00a0: Identifiant oublié"
    assert "notez" in " ".join(said("guide_end", state_of(wizard.session))).lower()


async def test_both_sides_are_told_whichever_was_chosen_and_either_can_be_turned_to() -> None:
    moves = (
        *begin(goal="oppose"),
        Do(),
        Fill("kind", "skip"),
        Do(),
        Do("site_is_open"),
        *[Do("screen_done")] * 2,
        Expect("guide_neutral"),
    )
    wizard = await plain.play(Walk("opposing", moves), GuideWorld())
    assert said("guide_neutral", state_of(wizard.session)) == said("guide_neutral", told())
    assert [each.name for each in wizard.view().actions[:2]] == [
        "go_on_opposing",
        "rather_activate",
    ]
    await wizard.submit("rather_activate")
    assert FRENCH(wizard.view().title) == "Écran 1 sur 9\u00a0: Activer"


def test_a_journey_that_begins_without_a_number_counts_to_its_last() -> None:
    title = GUIDE.load("screen_close-confirm").title(told(goal=Goal.CLOSE))
    assert FRENCH(title) == "Écran 3 sur 3\u00a0: Clôturer mon espace"


@pytest.mark.parametrize("easy", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_have_as_many_words(language: str, *, easy: bool) -> None:
    texts = Texts(language, easy=easy)
    activate, oppose = (texts(f"guide.neutral.{side}") for side in ("activate", "oppose"))
    sides = [each.partition(":")[2] for each in (activate, oppose)]
    assert words(sides[0]) == words(sides[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_official_file_are_short_and_shorter_in_easy_mode(language: str) -> None:
    screens, outcomes = SITE.official.screens.values(), SITE.official.outcomes.values()
    spoken = [
        getattr(each, key)
        for each in screens
        for key in ("recognise", "says", "says_child", "says_letter")
    ]
    spoken += [text for each in outcomes for text in (each.answer, each.says)]
    for text in filter(None, spoken):
        whole = Text("guide.words", {"words": Bilingual(text)})
        usual, easy = Texts(language)(whole), EASY[language](whole)
        assert all(words(each) <= LIMITS["*.po"] for each in sentences(usual)), usual
        for line in easy.split("\n"):
            assert len(list(sentences(line))) <= 1, line
            assert words(line) <= LIMITS["easy.po"], line
        assert not HARD_WORDS[language].search(easy), easy


async def test_an_advice_stands_while_its_number_is_only_grouped() -> None:
    numbers = (
        Do("have_time"), Do(), Expect("guide_numbers"), Fill("birth_date", "14/05/1955"),
        Fill("nir", "255081416802538"), Fill("kind", "skip"), Do(),
    )  # fmt: skip
    walk = Walk("another month", (*begin(), *numbers))
    wizard = await plain.play(walk, GuideWorld())
    assert [each.field for each in wizard.view().advice] == ["nir"]
    wizard.set_text("nir", NIR)
    assert [each.field for each in wizard.view().advice] == ["nir"]
    wizard.set_text("nir", NIR[:-1])
    assert wizard.view().advice == ()


async def test_the_end_says_nothing_that_only_the_site_knows() -> None:
    wizard = await plain.play(Walk("there", TO_THE_SITE), GuideWorld())
    assert "ce qui est fait" in " ".join(said("guide_over", state_of(wizard.session)))


async def test_passwords_are_shown_when_asked_and_hidden_again() -> None:
    wizard = GuideWorld().wizard()
    await wizard.start("guide_password")

    def proposed() -> int:
        rows = [block.texts for block in wizard.view().blocks if isinstance(block, Bullets)]
        return len([text for texts in rows for text in texts if text.id == "guide.proposal"])

    shown = [proposed()]
    for action in ("show_passwords", "other_passwords", "hide_passwords"):
        await wizard.submit(action)
        shown.append(proposed())
    assert shown == [0, 3, 3, 0]


async def test_a_judged_message_says_who_it_is_from_and_what_about() -> None:
    wizard = GuideWorld().wizard()
    await wizard.start("check_message")
    wizard.set_text("pasted_message", "De : Caisse <a@b.example>\nObjet : Bonjour\n\nUn texte.")
    assert await wizard.submit()
    told = [
        FRENCH(text)
        for block in wizard.view().blocks
        if isinstance(block, Bullets)
        for text in block.texts
    ]
    assert any("a@b.example" in each for each in told)
    assert any("Bonjour" in each for each in told)


async def test_whoever_begins_again_does_not_come_back_to_what_ended() -> None:
    wizard = await plain.play(Walk("over", GUIDE_WALKS[0].moves), GuideWorld())
    assert await wizard.submit("begin_again")
    assert (wizard.step_name, wizard.can_go_back) == ("guide_intro", False)
