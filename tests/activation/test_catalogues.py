"""What is stored, shown or promised as a plain value: written a second time, against a slip."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import asdict, fields, is_dataclass

import pytest

import espace_tui.activation
from espace_tui.activation.audit import Event
from espace_tui.activation.context import Limits
from espace_tui.activation.crypto import hasher, keys
from espace_tui.activation.mail import sender
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.invitation import ALPHABET, new_code

SHOWN = {
    "AuditLine": "id recorded_at event subject operator reason",
    "Batch": "people position line rejected",
    "CampaignProgress": "place line invited known rejected",
    "CodeCandidate": "subject counted blocked person invitation",
    "CodeOrder": "purpose channel subject cooldown person flow is_disguised",
    "Cost": "rounds kibibytes lanes",
    "CredentialOwner": "person",
    "DeadLetter": "id kind channel reason attempts written_at died_at recipient person is_useful",
    "DeliveryResult": "outcome reason",
    "Gateway": "url method body authority timeout",
    "Identity": "language",
    "InvitationResult": "person status again channel expires_at",
    "Invitee": "kind language",
    "LeasedMessage": "",
    "MailServer": "host port tls user sender authority timeout",
    "Mandate": "operator reason",
    "MessageDraft": "kind channel language written_at",
    "OutgoingMessage": "id kind channel language sent_at",
    "PendingFlow": "id invitation revision stage last_step terms expires_at ends_at person",
    "PersonRecord": "id status decided_at nir_tag card_tag identity",
    "PersonToTell": "person ended email mobile",
    "PreparedBatch": "batch known",
    "ProvedCode": "person flow channel",
    "RunningProcess": "kind name version present keys",
    "RotationStatus": "identities people passwords letters",
    "SignInClaim": "subject counted is_blocked owner",
    "Sweep": "table key end life more emptied values",
    "TrailFilter": "since pseudonyms",
}
"""The fields that a repr may show; the others hold what is personal or secret."""


def dataclasses() -> dict[str, type]:
    """Return every dataclass of the rules that holds a record, by its name."""
    modules = pkgutil.walk_packages(espace_tui.activation.__path__, "espace_tui.activation.")
    found = [
        value
        for module in modules
        for _, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if is_dataclass(value) and value.__module__ == module.name
    ]
    return {each.__name__: each for each in found}


RECORDS = dataclasses()


@pytest.mark.parametrize("name", SHOWN)
def test_a_record_shows_nothing_personal_and_cannot_be_changed(name: str) -> None:
    record = RECORDS[name]
    assert " ".join(field.name for field in fields(record) if field.repr) == SHOWN[name]
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined] # a dataclass
    assert "__slots__" in vars(record)


def test_every_record_is_in_the_catalogue() -> None:
    assert set(RECORDS) - {"Limits", "ServiceContext", "Timeouts"} == set(SHOWN)


def test_the_limits_are_those_of_the_guide() -> None:
    minute, hour = 60, 3600
    assert asdict(Limits()) == {
        "flow_idle": 30 * minute,
        "session_idle": 15 * minute,
        "session_life": 12 * hour,
        "reset_life": 10 * minute,
        "recovery_key_life": 70 * minute,
        "request_life": 15 * minute,
        "free_failures": 5,
        "long_wait_failures": 10,
        "max_failures": 100,
        "first_wait": 5,
        "window": hour,
        "failure_life": 30 * 24 * hour,
        "flow_life": 60 * 24 * hour,
        "dead_letter_life": 180 * 24 * hour,
        "campaign_life": 366 * 24 * hour,
        "audit_life": 3653 * 24 * hour,
        "codes_per_hour": 250_000,
        "held": 14 * 24 * hour,
        "openings_per_pass": 1000,
        "outbox_lease": 2 * minute,
        "outbox_attempts": 20,
        "outbox_first_wait": 30,
        "outbox_last_wait": hour,
    }


def test_a_hash_costs_what_is_promised() -> None:
    assert asdict(hasher.EMBEDDED) == {"rounds": 3, "kibibytes": 65_536, "lanes": 1}
    assert asdict(hasher.SERVICE) == {"rounds": 2, "kibibytes": 19_456, "lanes": 1}


def test_what_is_random_has_as_many_bits_as_promised() -> None:
    assert [len(new()) for new in (keys.new_token, keys.new_id, keys.new_ordered_id)] == [
        43,
        32,
        32,
    ]
    assert keys.new_ordered_id() < keys.new_ordered_id()


def test_a_provisional_code_is_never_a_mere_word_or_number_and_has_no_look_alikes() -> None:
    assert ALPHABET == "34679ACDEFGHJKLMNPQRTXYabcdefghjkmnpqrtxy"
    codes = [new_code(12) for _ in range(300)]
    assert not any(code.isalpha() or code.isdecimal() for code in codes)
    assert {len(code) for code in codes} == {12}


STORED = {
    Event: """
        activated card-refused card-verified closed code-refused code-sent contact-proved decided
        identification-refused identified identifier-asked invited opened opening-held opposed
        password-accepted password-changed password-refused person-closed person-erased
        person-exported person-shown provisional-code-asked reopened reset-asked reset-proved
        restored signed-in signed-out unlocked
    """,
    MessageKind: """
        activated already-active closed contact-changed contact-code identifier invitation opened
        opening-held opposed password-changed provisional-code reopened reset-code reset-key
        sign-in-code
    """,
    Authenticator: """
        card code-contact code-reset code-sign-in password provisional-code replay
    """,
    sender.Outcome: "dead later went",
}


@pytest.mark.parametrize("words", STORED)
def test_a_stored_word_does_not_change(words: type[Event]) -> None:
    assert sorted(word.value for word in words) == STORED[words].split()
    assert all(word.value == word.name.lower().replace("_", "-") for word in Event)


def test_the_reasons_of_dead_letters_do_not_change() -> None:
    assert (sender.TOO_LATE, sender.UNREADABLE) == ("too-late", "unreadable")
