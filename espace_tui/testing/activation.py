"""What `port.Activation` promises of the steps, once somebody is identified."""

from __future__ import annotations

from espace_tui.errors import Refused
from espace_tui.model.values import Channel, Choice, Purpose, Stage
from espace_tui.testing.contract_test import OpensHarness, contract_test
from espace_tui.testing.harness import (
    ANOTHER,
    OTHER_PASSWORD,
    PASSWORD,
    SOMEONE,
    Harness,
    activated,
    asked,
    confirmed,
    decided,
    identified,
    look,
    moved,
    refusal,
    wrong,
)

NEW_EMAIL = "nouvelle@exemple.fr"


class StepsContract(OpensHarness[Harness]):
    """In order, each once, and nothing takes effect before it is confirmed."""

    @contract_test
    async def test_steps_go_in_order(self, harness: Harness) -> None:
        """None can be skipped."""
        steps = harness.backend.activation
        flow = await identified(harness)
        terms = (await harness.backend.policy()).terms
        early = {
            (await refusal(steps.decide(flow, Choice.ACTIVATE, terms))).code,
            (await refusal(steps.decide(flow, Choice.OPPOSE))).code,
            (await refusal(steps.confirm_contacts(flow))).code,
            (await refusal(steps.change_contact(flow, Channel.EMAIL, NEW_EMAIL))).code,
            (await refusal(steps.availability(flow, SOMEONE.identifier))).code,
            (await refusal(steps.complete(flow, SOMEONE.identifier, PASSWORD))).code,
        }
        assert early == {"step-not-pending"}

    @contract_test
    async def test_the_card_must_be_theirs(self, harness: Harness) -> None:
        """Its number and its kind."""
        steps = harness.backend.activation
        flow = await identified(harness)
        stolen = await refusal(steps.verify_card(flow, ANOTHER.kind, ANOTHER.serial))
        assert look(stolen) == look(Refused())
        flow = await steps.verify_card(flow, SOMEONE.kind, SOMEONE.serial)
        assert flow.stage is Stage.DECISION

    @contract_test
    async def test_a_step_done_makes_the_one_before_it_stale(self, harness: Harness) -> None:
        """The very same call made again has one effect and the same answer."""
        steps = harness.backend.activation
        first = await identified(harness)
        second = await steps.verify_card(first, SOMEONE.kind, SOMEONE.serial)
        assert second.revision > first.revision
        assert await steps.verify_card(first, SOMEONE.kind, SOMEONE.serial) == second
        assert (await refusal(steps.decide(first, Choice.OPPOSE))).code == "stale-revision"

    @contract_test
    async def test_an_earlier_step_may_be_answered_again(self, harness: Harness) -> None:
        """What came after stays done."""
        steps = harness.backend.activation
        flow = await decided(harness)
        flow = await steps.verify_card(flow, SOMEONE.kind, SOMEONE.serial)
        assert flow.stage is Stage.CONTACTS

    @contract_test
    async def test_activating_needs_the_terms(self, harness: Harness) -> None:
        """Nothing is accepted in somebody's place."""
        steps = harness.backend.activation
        flow = await identified(harness)
        flow = await steps.verify_card(flow, SOMEONE.kind, SOMEONE.serial)
        await refusal(steps.decide(flow, Choice.ACTIVATE))
        terms = (await harness.backend.policy()).terms
        assert (await steps.decide(flow, Choice.ACTIVATE, terms)).stage is Stage.CONTACTS

    @contract_test
    async def test_opposing_takes_effect_at_once(self, harness: Harness) -> None:
        """It ends the activation; its receipt has a date."""
        steps = harness.backend.activation
        flow = await identified(harness)
        flow = await steps.verify_card(flow, SOMEONE.kind, SOMEONE.serial)
        opposed = await steps.decide(flow, Choice.OPPOSE)
        assert opposed.stage is Stage.OPPOSED
        assert opposed.decided_at is not None
        assert await steps.decide(flow, Choice.OPPOSE) == opposed
        await refusal(steps.confirm_contacts(opposed))


class ContactsContract(OpensHarness[Harness]):
    """Masked, and changed only once proved."""

    @contract_test
    async def test_contacts_are_shown_masked(self, harness: Harness) -> None:
        """Enough to recognise them, not to learn them."""
        contacts = (await decided(harness)).contacts
        assert contacts is not None
        assert contacts.email
        assert contacts.mobile
        assert contacts.email != SOMEONE.email
        assert str(SOMEONE.mobile)[4:10] not in contacts.mobile.replace(" ", "")

    @contract_test
    async def test_a_new_contact_is_proved_by_a_code(self, harness: Harness) -> None:
        """A wrong one changes nothing."""
        steps = harness.backend.activation
        flow = await decided(harness)
        request = await steps.change_contact(flow, Channel.EMAIL, NEW_EMAIL)
        assert (request.purpose, request.channel) == (Purpose.CONTACT, Channel.EMAIL)
        code = await harness.code(moved(NEW_EMAIL))
        bad = await refusal(steps.prove_contact(flow, request, wrong(code)))
        assert look(bad) == look(Refused())
        proved = await steps.prove_contact(flow, request, code)
        assert proved.stage is Stage.CONTACTS
        assert proved.contacts != flow.contacts
        assert (await steps.confirm_contacts(proved)).stage is Stage.CREDENTIALS


class CredentialsContract(OpensHarness[Harness]):
    """An identifier of one's own and a password that is not weak."""

    @contract_test
    async def test_an_identifier_is_free_until_it_is_taken(self, harness: Harness) -> None:
        """Others that are free are suggested."""
        await activated(harness)
        steps = harness.backend.activation
        flow = await confirmed(harness, ANOTHER)
        assert (await steps.availability(flow, ANOTHER.identifier)).free
        taken = await steps.availability(flow, SOMEONE.identifier)
        assert not taken.free
        for each in taken.suggestions:
            assert (await steps.availability(flow, each)).free

    @contract_test
    async def test_an_identifier_belongs_to_one_person(self, harness: Harness) -> None:
        """The refusal names the field; the activation goes on."""
        await activated(harness)
        steps = harness.backend.activation
        flow = await confirmed(harness, ANOTHER)
        taken = await refusal(steps.complete(flow, SOMEONE.identifier, PASSWORD))
        assert (taken.code, taken.field) == ("identifier.taken", "identifier")
        assert (await steps.complete(flow, ANOTHER.identifier, PASSWORD)).stage is Stage.DONE

    @contract_test
    async def test_a_weak_password_is_refused_by_its_field(self, harness: Harness) -> None:
        """Whatever the face let through."""
        flow = await confirmed(harness)
        steps = harness.backend.activation
        weak = await refusal(steps.complete(flow, SOMEONE.identifier, "short"))
        assert weak.field == "password"

    @contract_test
    async def test_completing_takes_effect_once(self, harness: Harness) -> None:
        """Made again, it gives the same answer; another one comes too late."""
        steps = harness.backend.activation
        flow = await confirmed(harness)
        done = await steps.complete(flow, SOMEONE.identifier, PASSWORD)
        assert done.stage is Stage.DONE
        assert done.decided_at is not None
        assert await steps.complete(flow, SOMEONE.identifier, PASSWORD) == done
        await refusal(steps.complete(flow, "camille.autre", OTHER_PASSWORD))
        assert (await asked(harness)).purpose is Purpose.SIGN_IN
