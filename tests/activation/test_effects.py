"""What takes effect, when, and what does not: activating, opposing, changing one's mind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from espace_tui.model.policy import APP_2025, GUIDE_2022, Policy
from espace_tui.model.values import Channel, Choice, SpaceStatus, Stage
from tests.activation.world import PASSWORD, World, opened, refusal
from tests.people import CHRISTIAN, DOMINIQUE


async def test_nothing_takes_effect_before_the_last_step(world: World) -> None:
    flow = await world.reach()
    assert (await world.rules.administration.status())["active"] == 0
    done = await world.rules.activation.complete(flow, "christian.exemple", PASSWORD)
    assert done.stage is Stage.DONE
    assert (await world.rules.administration.status())["active"] == 1
    assert await world.kinds() == ["invitation", "activated"]


async def test_the_last_step_made_again_has_the_same_answer_and_one_effect(world: World) -> None:
    flow = await world.reach()
    complete = world.rules.activation.complete
    first = await complete(flow, "christian.exemple", PASSWORD)
    assert first.decided_at == world.clock.now()
    world.clock.move(minutes=1)
    assert await complete(flow, "christian.exemple", PASSWORD) == first
    other = await refusal(complete(flow, "christian.exemple", "Another-1-Password"))
    assert other.code == "stale-revision"
    assert (await refusal(complete(flow, "someone.else", PASSWORD))).code == "stale-revision"
    assert len(await world.letters()) == 2


async def test_every_step_made_again_has_the_same_answer(world: World) -> None:
    steps = world.rules.activation
    start = await steps.identify(await world.invite(), CHRISTIAN.nir)
    card = await steps.verify_card(start, CHRISTIAN.kind, CHRISTIAN.serial)
    assert await steps.verify_card(start, CHRISTIAN.kind, CHRISTIAN.serial) == card
    other = await refusal(steps.verify_card(start, CHRISTIAN.kind, "00000000000"))
    assert other.code == "stale-revision"
    decided = await steps.decide(card, Choice.ACTIVATE, "2022-01")
    assert await steps.decide(card, Choice.ACTIVATE, "2022-01") == decided
    confirmed = await steps.confirm_contacts(decided)
    assert await steps.confirm_contacts(decided) == confirmed
    request = await steps.change_contact(confirmed, Channel.SMS, "+33698765432")
    code = await world.code()
    proved = await steps.prove_contact(confirmed, request, code)
    assert await steps.prove_contact(confirmed, request, code) == proved


async def test_an_earlier_step_may_be_answered_again_without_losing_the_later_ones(
    world: World,
) -> None:
    steps = world.rules.activation
    flow = await world.reach()
    flow = await steps.verify_card(flow, CHRISTIAN.kind, CHRISTIAN.serial)
    assert flow.stage is Stage.CREDENTIALS
    flow = await steps.decide(flow, Choice.ACTIVATE, "2022-01")
    assert flow.stage is Stage.CREDENTIALS
    assert (await steps.complete(flow, "christian", PASSWORD)).stage is Stage.DONE


async def test_activating_needs_the_present_terms(world: World) -> None:
    steps = world.rules.activation
    flow = await steps.identify(await world.invite(), CHRISTIAN.nir)
    flow = await steps.verify_card(flow, CHRISTIAN.kind, CHRISTIAN.serial)
    for terms in (None, "1999-01"):
        refused = await refusal(steps.decide(flow, Choice.ACTIVATE, terms))
        assert (refused.code, refused.field) == ("terms.missing", "terms")


async def test_the_terms_accepted_are_kept(world: World) -> None:
    await world.activate()
    assert await world.rows("SELECT terms FROM person") == [{"terms": "2022-01"}]


async def test_opposing_takes_effect_at_once_and_for_good(world: World) -> None:
    steps = world.rules.activation
    code = await world.invite()
    flow = await world.reach(code=code)
    opposed = await steps.decide(flow, Choice.OPPOSE)
    assert (opposed.stage, opposed.decided_at) == (Stage.OPPOSED, world.clock.now())
    assert await steps.decide(flow, Choice.OPPOSE) == opposed
    assert (await refusal(steps.complete(opposed, "christian", PASSWORD))).code
    assert (await refusal(steps.decide(opposed, Choice.OPPOSE))).code == "step-not-pending"
    assert (await refusal(steps.identify(code, CHRISTIAN.nir))).code == "refused"
    assert (await world.letters())[-1].kind == "opposed"
    world.clock.move(days=100)
    assert await world.rules.administration.open_due() == 0
    assert (await world.rules.administration.status())["opposed"] == 1


async def test_who_opposed_may_change_their_mind(world: World) -> None:
    flow = await world.reach()
    await world.rules.activation.decide(flow, Choice.OPPOSE)
    await world.rules.recovery.request_code(
        CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, Channel.SMS
    )
    flow = await world.reach(code=await world.code())
    done = await world.rules.activation.complete(flow, "christian", PASSWORD)
    assert done.stage is Stage.DONE
    assert (await world.rules.administration.status())["active"] == 1


async def test_who_closed_may_activate_again_with_a_new_code(world: World) -> None:
    await world.activate()
    await world.rules.space.close(await world.sign_in())
    await world.rules.recovery.request_code(
        CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, Channel.SMS
    )
    flow = await world.reach(code=await world.code())
    await world.rules.activation.complete(flow, "christian.again", PASSWORD)
    world.clock.move(minutes=1)
    space = await world.sign_in("christian.again")
    assert (await world.rules.space.profile(space)).status is SpaceStatus.ACTIVE
    assert (await refusal(world.ask_to_sign_in("christian.exemple"))).code == "refused"


async def test_opposing_after_closing_takes_the_credentials_away(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    await world.rules.space.close(space)
    await world.rules.recovery.request_code(
        CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, Channel.SMS
    )
    flow = await world.reach(code=await world.code())
    await world.rules.activation.decide(flow, Choice.OPPOSE)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"
    assert (await refusal(world.ask_to_sign_in())).code == "refused"


async def test_an_identifier_that_is_taken_undoes_the_whole_step(world: World) -> None:
    await world.activate(CHRISTIAN, "the.same")
    flow = await world.reach(DOMINIQUE)
    steps = world.rules.activation
    found = await steps.availability(flow, "the.same")
    assert not found.free
    assert len(found.suggestions) == 3
    refused = await refusal(steps.complete(flow, "the.same", PASSWORD))
    assert (refused.code, refused.field) == ("identifier.taken", "identifier")
    for name in found.suggestions:
        assert (await steps.availability(flow, name)).free
    assert (await steps.complete(flow, found.suggestions[0], PASSWORD)).stage is Stage.DONE


async def test_suggestions_keep_the_rules(world: World) -> None:
    longest = "x" * 99
    await world.activate(CHRISTIAN, longest)
    found = await world.rules.activation.availability(await world.reach(DOMINIQUE), longest)
    assert not found.free
    assert all(len(name) <= 100 for name in found.suggestions)


async def test_a_code_that_was_used_elsewhere_undoes_the_whole_step(world: World) -> None:
    flow = await world.reach()
    await world.rows("UPDATE invitation SET used_at = 1 RETURNING id")
    refused = await refusal(world.rules.activation.complete(flow, "christian", PASSWORD))
    assert refused.code == "flow-expired"
    assert (await world.rules.administration.status())["active"] == 0


@pytest.mark.parametrize(
    ("identifier", "password", "field"),
    [
        ("court", PASSWORD, "identifier"),
        ("christian@exemple.fr", PASSWORD, "identifier"),
        ("christian.exemple", "court", "password"),
        ("christian.exemple", "sans majuscule 7", "password"),
        ("christian.exemple", "Aa1!" + "x" * 200, "password"),
        ("christian.exemple", "Aa!255081416802538", "password"),
        ("christian.exemple", "Christian.Exemple7", "password"),
    ],
)
async def test_the_rules_of_the_credentials_hold_at_the_service_too(
    tmp_path: Path, identifier: str, password: str, field: str
) -> None:
    async with opened(tmp_path / "data", policy=APP_2025) as world:
        flow = await world.reach()
        refused = await refusal(world.rules.activation.complete(flow, identifier, password))
        assert refused.field == field
        assert (await world.rules.administration.status())["active"] == 0


@pytest.mark.parametrize(
    "password",
    [
        "Zebre.Bleu7",  # the identifier
        "Christian7!christian",
        "Exemple-exemple-7",
        "Tamanoir7!",  # the address
        "Aa!612345646",
        "Aa!255081416802538",
    ],
)
@pytest.mark.parametrize("policy", [GUIDE_2022, APP_2025])
async def test_no_password_is_made_of_what_is_known_of_the_person(
    tmp_path: Path, policy: Policy, password: str
) -> None:
    person = replace(CHRISTIAN, email="tamanoir@exemple.fr")
    async with opened(tmp_path / "data", policy=policy) as world:
        complete = world.rules.activation.complete
        refused = await refusal(complete(await world.reach(person), "zebre.bleu", password))
        assert (refused.code, refused.field) == ("password.personal", "password")


async def test_a_policy_may_require_an_address(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", policy=APP_2025) as world:
        refused = await refusal(world.reach(replace(CHRISTIAN, email=None)))
        assert refused.code == "email-missing"
