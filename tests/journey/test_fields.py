"""What the fields that steps share ask, hide and take: the words, the bounds, the masks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey import fields, form
from espace_tui.journey.form import Field, FieldKind, StepState
from espace_tui.journey.guide_answers import GuideAnswers
from espace_tui.journey.history import StepDraft
from espace_tui.journey.session import DecisionAnswers, IdentificationAnswers, Session
from espace_tui.journey.view import Answer
from espace_tui.model.policy import APP_2025, GUIDE_2022, Policy
from espace_tui.model.values import Choice
from espace_tui.validators import card_serial
from tests.people import ZOE


def state(
    typed: Mapping[str, str] | None = None,
    policy: Policy = GUIDE_2022,
    session: Session | None = None,
    *,
    anywhere: bool = False,
) -> StepState:
    return StepState(session or Session(), policy, typed or {}, paste_anywhere=anywhere)


def refusal(field: Field, text: str) -> str:
    """The code of what is wrong with an answer."""
    with pytest.raises(InvalidValue) as caught:
        field.parse(text)
    return caught.value.code


def test_what_a_serial_number_asks_is_said_with_the_rules_in_force() -> None:
    _, serial = fields.card_fields(state({"kind": "photo"}))
    assert serial.values == {"prefix": "8025000002", "length": 11, "whole": 21, "min": 8, "max": 13}


@pytest.mark.parametrize(
    ("kind", "length", "prefix", "picture", "text"),
    [
        ("photo", 11, "8025000002", "card-photo", "serial_photo"),
        ("plain", 0, "", "card-plain", "serial_plain"),
        ("", 0, "", "", "serial"),
        ("gold", 0, "", "", "serial"),
    ],
)
def test_a_serial_number_depends_on_the_kind_of_card(
    kind: str, length: int, prefix: str, picture: str, text: str
) -> None:
    _, serial = fields.card_fields(state({"kind": kind}))
    assert (serial.length, serial.prefix, serial.picture) == (length, prefix, picture)
    assert serial.text_prefix == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("00417250938", "••••••••• 38"), ("38", "38"), ("1", "1"), ("", "")],
)
def test_the_last_two_characters_of_a_number_are_shown(typed: str, shown: str) -> None:
    mask = fields.group_mask(lambda text: tuple(filter(None, (text[:9], text[9:]))), 2)
    assert mask(typed) == shown


def test_a_number_masked_keeps_its_groups() -> None:
    assert fields.group_mask(lambda _: ("123", "4", "56"), 3)("123456") == "••• 4 56"
    assert fields.nir_field().mask(ZOE.nir) == "• •• •• •• ••• ••• " + ZOE.nir[-2:]


@pytest.mark.parametrize(("policy", "accepted"), [(GUIDE_2022, True), (APP_2025, False)])
def test_a_plus_in_an_address_is_taken_where_the_rules_allow_it(
    policy: Policy, *, accepted: bool
) -> None:
    field = fields.email_field(state(policy=policy))
    if accepted:
        assert str(field.parse("zoe+sante@exemple.fr")) == "zoe+sante@exemple.fr"
    else:
        assert refusal(field, "zoe+sante@exemple.fr").startswith("email.")


def test_a_field_that_may_be_left_empty_has_then_no_value() -> None:
    field = fields.optional(fields.birth_date_field(), "0")
    assert [field.parse(text) for text in ("", " ", "0")] == [None, None, None]
    assert refusal(field, "X")
    assert refusal(fields.optional(fields.birth_date_field()), "X")
    assert field.advise(None) == ()


def test_a_compulsory_box_is_true_or_refused() -> None:
    parse = fields.confirmation_parser("terms.missing")
    assert parse("yes") is True
    with pytest.raises(InvalidValue, match=r"terms\.missing"):
        parse("")


def test_nothing_is_told_of_what_is_missing_to_sign_in_but_that() -> None:
    identifier, secret = fields.sign_in_fields()
    assert refusal(identifier, " ") == "my-identifier.missing"
    assert refusal(secret, "") == "my-password.missing"
    assert identifier.parse(" zoe.anais ") == "zoe.anais"


@pytest.mark.parametrize(
    ("typed", "personal"),
    [
        ({"identifier": "tournesol.bleu"}, "Tournesol.bleu-7"),
        ({"nir": ZOE.nir}, f"Aa-{ZOE.nir}"),
    ],
)
def test_a_new_password_holds_nothing_of_the_person(
    typed: Mapping[str, str], personal: str
) -> None:
    unmet = {
        tick.rule.id
        for tick in fields.new_password_fields(state(typed, APP_2025))[0].ticks(personal)
        if not tick.met
    }
    assert "rule.password.personal" in unmet
    met = fields.new_password_fields(state({}, APP_2025))[0].ticks(personal)
    assert {tick.rule.id for tick in met if not tick.met}.isdisjoint({"rule.password.personal"})


def test_the_nir_of_an_earlier_step_is_known() -> None:
    session = Session(identification=IdentificationAnswers(code="Kd7mP3xRw9Tf", nir=ZOE.nir))
    _, serial = fields.card_fields(state({"kind": "plain"}, session=session))
    assert refusal(serial, ZOE.nir[:13]) == refusal(
        fields.card_fields(state({"kind": "plain", "nir": ZOE.nir}))[1], ZOE.nir[:13]
    )
    assert card_serial.parse(ZOE.nir[:13], card_serial.CardKind.PLAIN)


@pytest.mark.parametrize(
    ("allowed", "anywhere", "paste"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
def test_a_paste_in_the_confirmation_is_let_through_by_the_rules_or_a_setting(
    *, allowed: bool, anywhere: bool, paste: bool
) -> None:
    policy = GUIDE_2022.model_copy(update={"confirmation_paste": allowed})
    _, second = fields.new_password_fields(state(policy=policy, anywhere=anywhere))
    assert second.paste is paste


def test_a_password_that_is_repeated_before_it_is_chosen_is_another_one() -> None:
    _, second = fields.new_password_fields(state())
    assert refusal(second, "X") == "confirmation.different"
    assert refusal(second, "") == "confirmation.missing"


@pytest.mark.parametrize(
    ("field", "width"),
    [
        (Field("a", str), 32),
        (Field("a", str, columns=10), 18),
        (Field("a", str, length=11), 21),
        (Field("a", str, length=6, longer=12), 22),
        (fields.email_field(state()), 48),
        (fields.mobile_field(), 26),
        (fields.birth_date_field(), 18),
    ],
)
def test_a_field_is_as_wide_as_what_it_holds_and_eight_cells_more(field: Field, width: int) -> None:
    assert field.width == width


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        (Field("a", str), "Anaïs", "•••ïs"),
        (Field("a", str), "ab", "••••••••"),
        (Field("a", str), "", ""),
        (Field("a", str, FieldKind.SECRET), "Kv7-rTm2", "••••••••"),
        (Field("a", str, many_lines=True), "Bonjour,\nvoici", "••••••••"),
        (Field("a", str, FieldKind.CHOICE), "photo", "photo"),
        (Field("a", str, FieldKind.CHECKBOX), "yes", "yes"),
        (Field("a", str, mask=form.mask_all), "Anaïs", "••••••••"),
    ],
)
def test_an_answer_is_masked_as_its_field_wants(field: Field, text: str, shown: str) -> None:
    assert field.masked(text) == shown


def test_a_text_is_read_aloud_in_fours() -> None:
    assert form.groups_of_four("Kd7mP3xRw9T") == ("Kd7m", "P3xR", "w9T")


def test_a_choice_is_said_in_its_own_words_or_in_those_of_the_catalogue() -> None:
    field = fields.custom_choice_field("title", {"a": Text("site.title.a")}, "other")
    assert field.choice_text("a").id == "site.title.a"
    assert field.choice_text("other").id == "choice.title.other"
    assert (field.parse("a"), refusal(field, "b")) == ("a", "title.missing")


def test_a_paste_is_let_through_by_those_only_who_asked_for_it() -> None:
    assert StepState(Session(), GUIDE_2022, {}).paste_anywhere is False


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (Field("nir", str, values={"a": ZOE.nir}), "Field('nir')"),
        (form.Action("take_code", fills=(("code", "Kd7mP3xRw9Tf"),)), "Action('take_code')"),
        (form.Facts(((Text("email"), "zoe@exemple.fr"),)), "Facts()"),
        (form.MessageList(()), "MessageList()"),
        (form.Numbers(((Text("nir"), (ZOE.nir,)),)), "Numbers()"),
        (StepState(Session(), GUIDE_2022, {"password": "Kv7-rTm2"}), "StepState()"),
        (StepDraft(nir=ZOE.nir), "Typed(1)"),
        (Answer("card", Field("serial", str), "38", "00417250938"), "Answer('card', 'serial')"),
    ],
)
def test_nothing_of_a_person_is_in_what_an_error_would_show(made: object, told: str) -> None:
    assert repr(made) == told


def test_what_was_not_said_of_what_is_drawn() -> None:
    assert form.MessageList(()).brief is False
    assert form.Action("continue")[2:] == ("", "", False, False, False, False, (), "")
    assert form.one_line(" 2 55\n08 ") == "2 55 08"


def test_nothing_is_agreed_to_nor_known_before_it_is_said() -> None:
    assert DecisionAnswers(choice=Choice.OPPOSE).terms is False
    assert Session().nobody_invited is False


def test_whoever_has_said_nothing_to_the_guide_has_allowed_nothing() -> None:
    said = GuideAnswers()
    assert {said.may_open, said.may_save, said.may_hide, said.rules_shown} == {False}
    assert (said.screen, said.heading, said.outcome, said.saved_as) == ("", "", "", "")
