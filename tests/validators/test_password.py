"""Promises about a password: the same keys give the same one, and no guess is accepted."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.validators import password, spelled
from espace_tui.validators.password import SPECIAL, PasswordRules
from tests.validators.cases import PERSONAL, refusals

RULES_2025 = PasswordRules(min=9, no_personal=True, no_dictionary=True)
REFUSALS = {case.code for case in refusals() if case.code.startswith("password.")}
TYPED = st.text(st.characters(exclude_categories=()), max_size=200)
RULES = st.builds(
    PasswordRules,
    min=st.integers(8, 64),
    max=st.integers(64, 128),
    no_personal=st.booleans(),
    no_dictionary=st.booleans(),
    blocklist=st.booleans(),
    special=st.sampled_from([SPECIAL, "!$%&#^", "_", ""]),
)


def refusal(text: str, rules: PasswordRules) -> str:
    """Return the code that refuses a password, or nothing."""
    try:
        password.parse(text, rules, personal=PERSONAL)
    except InvalidValue as error:
        return error.code
    return ""


@pytest.mark.parametrize("sign", SPECIAL)
def test_every_special_character_counts(sign: str) -> None:
    value = password.parse(f"Kx7{sign}mQwz")
    assert password.parse(value) == value


@pytest.mark.parametrize(
    "text",
    [
        "Nuage-Vert-7-Tortues",
        "mot Très long, avec 2 espaces",
        "Ünïcödé-7-ÿZ",
        "Пароль-aA1-длинный",
        "vent " * 25 + "A1!",
        "Kx7!😀😀😀😀",
        "Camille-aime-le-ski-7",
    ],
)
def test_what_meets_the_rules_is_accepted_whatever_else_it_holds(text: str) -> None:
    assert password.parse(text, personal=PERSONAL) == unicodedata.normalize("NFKC", text)


@given(TYPED)
def test_the_same_keys_give_the_same_password_when_set_and_when_checked(text: str) -> None:
    kept = password.canonical(text)
    kept.encode()
    assert password.canonical(kept) == kept
    try:
        value = password.parse(text)
    except InvalidValue:
        return
    assert value == kept
    assert password.parse(value) == value


@pytest.mark.parametrize(
    ("typed", "same"),
    [("e\u0301", "é"), ("ﬁ", "fi"), ("Ａ", "A"), ("abc\r\n", "abc"), ("\ud83d\ude00", "😀")],
)
def test_keyboards_that_write_otherwise_give_the_same_password(typed: str, same: str) -> None:
    assert password.canonical(typed) == password.canonical(same)


def test_a_longer_one_is_never_cut_to_a_shorter_one() -> None:
    """Four characters make one at most: what is read always stays longer than what can be set."""
    longest = "\u03b1\u0313\u0300\u0345" * 1000
    assert len(password.canonical(longest)) > 128


@given(TYPED, RULES)
def test_what_is_accepted_meets_every_rule_that_was_ticked(text: str, rules: PasswordRules) -> None:
    ticked = all(tick.met for tick in password.ticks(text, rules, personal=PERSONAL))
    assert refusal(text, rules) in (
        {"", "password.too-long", "password.characters"} if ticked else REFUSALS
    )


@given(RULES, st.integers(1, 8))
def test_a_proposed_password_always_meets_the_rules(rules: PasswordRules, words: int) -> None:
    proposed = password.propose(rules, words=words)
    assert password.parse(proposed, rules) == proposed
    assert not set(proposed) & set("0Oo1lI5S2Z8B")
    assert "".join(password.groups(proposed)) == proposed


def test_proposed_passwords_are_drawn_at_random() -> None:
    assert len({password.propose() for _ in range(200)}) == 200
    assert {len(group) for group in password.groups(password.propose())} == {4, 5}


@given(TYPED)
def test_pieces_lose_nothing(text: str) -> None:
    assert "".join(password.groups(text)) == text


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("abcdefgh", ["upper", "digit", "special"]),
        ("ABC", ["length", "lower", "digit", "special"]),
        ("1234567!", ["lower", "upper"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_missing_is_said_at_once(text: str, missing: list[str], language: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        password.parse(text)
    said = Texts(language)(Text("error.password.rules", caught.value.values))
    for name in missing:
        assert Texts(language)(f"rule.password.{name}", min=8) in said


@pytest.mark.parametrize(
    "text",
    [
        "Password1!",
        "P@$$w0rd!",
        "!!Azerty12",
        "MotDePasse2026!",
        "Motdepasse-motdepasse-1",
        "Printemps-2026!",
        "Qwerty.1234",
        "Aa123456!",
        "Je-t-aime-7",
        "Doudou!doudou1",
    ],
)
def test_a_well_known_password_is_refused_however_it_is_dressed(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"password\.common"):
        password.parse(text)
    assert password.parse(text, PasswordRules(blocklist=False)) == text


@pytest.mark.parametrize(
    "text", ["CAMILLE_martin_1", "Màrtin.camille!1984", "Durand.durand7", "Zx!025321284058"]
)
def test_what_is_made_of_the_person_s_words_is_refused_by_every_rule_set(text: str) -> None:
    for rules in (PasswordRules(), RULES_2025):
        with pytest.raises(InvalidValue, match=r"password\.personal"):
            password.parse(text, rules, personal=PERSONAL)


def test_the_domain_of_an_address_is_not_personal() -> None:
    assert password.parse("Exemple-Kx7-Zwt", RULES_2025, personal=("x@exemple.fr",))


def test_the_rules_are_ticked_as_they_are_met() -> None:
    names = "length lower upper digit special common personal dictionary".split()  # noqa: SIM905 — words
    ticks = password.ticks("chevaux7", RULES_2025)
    assert [tick.rule.id.rpartition(".")[2] for tick in ticks] == names
    assert [tick.met for tick in ticks] == [False, True, False, True, False, False, True, False]
    assert not any(tick.met for tick in password.ticks("", RULES_2025))
    assert len(password.ticks("", PasswordRules(blocklist=False))) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_said(language: str) -> None:
    said = [Texts(language)(tick.rule) for tick in password.ticks("", RULES_2025)]
    assert not [text for text in said if "rule." in text or "{" in text]


def test_the_list_is_clean() -> None:
    """Entries are folded, each once, so that every one of them can match."""
    lines = password._blocklist()  # noqa: SLF001 — the file is read nowhere else
    assert len(lines) > 500
    assert [line for line in lines if password.fold(line) != line or " " in line] == []


def test_a_paste_loses_only_its_line_end() -> None:
    assert password.normalize(" a b \r\n") == " a b "


def test_the_bounds_are_open() -> None:
    longest = "Zx7!" + "q" * 124
    assert password.parse(longest) == longest
    assert password.parse("Kx7!mQwz") == "Kx7!mQwz"
    with pytest.raises(InvalidValue, match=r"^password\.too-long$") as caught:
        password.parse(longest + "q")
    assert caught.value.values == {"found": 129, "max": 128}


def test_a_password_is_read_whole_or_refused() -> None:
    rules = PasswordRules(max=5_000, blocklist=False)
    whole = "Zx7!" + "q" * 1_020
    assert password.parse(whole, rules) == whole
    with pytest.raises(InvalidValue, match=r"^password\.too-long$"):
        password.parse(whole + "q", rules)


@pytest.mark.parametrize("word", ["espace", "sante", "monespacesante", "ameli", "vitale"])
def test_the_name_of_the_service_is_no_password(word: str) -> None:
    rules = PasswordRules(blocklist=False, no_personal=True)
    with pytest.raises(InvalidValue, match="personal"):
        password.parse(f"{word.capitalize()}-17!z", rules)


def test_a_short_name_is_nobody_s_and_four_other_letters_are_enough() -> None:
    assert password.parse("Zoe-Kx7-Qwmt", RULES_2025, personal=("Zoé",))
    assert password.parse("Camille-Kxqz7", personal=("camille",))
    with pytest.raises(InvalidValue, match="personal"):
        password.parse("Camille-Kxq77", personal=("camille",))
    with pytest.raises(InvalidValue, match="personal"):
        password.parse("Camille-Kx000", personal=("camille",))


def test_of_a_number_six_digits_count() -> None:
    number = ("123456 7",)
    for others in ("56712", "34567"):
        assert password.parse(f"Kx!-{others}", personal=number)
    for part in ("123456", "234567"):
        with pytest.raises(InvalidValue, match="personal"):
            password.parse(f"Kx!-{part}", personal=number)


@pytest.mark.parametrize(
    "text",
    ["P@ssword!1", "P4ssword!", "S3cret-!!", "Passw0rd!", "Pa$sword1!", "Pa5sword!", "S0le1l!!"],
)
def test_a_letter_written_as_a_sign_hides_nothing(text: str) -> None:
    with pytest.raises(InvalidValue, match="common"):
        password.parse(text)


def test_listed_words_of_five_letters_are_found_within() -> None:
    words = sorted(w for w in password._blocklist() if w.isalpha())  # noqa: SLF001 — read nowhere else
    five = next(word for word in words if len(word) == 5)
    with pytest.raises(InvalidValue, match="dictionary"):
        password.parse(f"Xq7.{five}.Zkw", RULES_2025)
    assert "love" in words
    assert password.parse("Xq7.love.Zkw", RULES_2025)


@pytest.mark.parametrize(
    "text", ["ZYXWV7!z", "ZYXWV7!a", "zyxwv7!Z", "zyxwv7!A", "Zyxwvu!0", "Zyxwvu!9"]
)
def test_the_first_and_the_last_of_a_class_count(text: str) -> None:
    assert password.parse(text) == text


def test_what_is_lacking_is_counted() -> None:
    with pytest.raises(InvalidValue) as caught:
        password.parse("Zx7!")
    assert caught.value.values == {"found": 4, "min": 8, "max": 128}
    rule = Text("rule.password.length", {"min": 8, "max": 128})
    assert password.ticks("")[0].rule == rule


def test_what_is_taken_for_a_letter_or_a_sign_is_named_alone() -> None:
    with pytest.raises(InvalidValue) as caught:
        password.parse("éà-ÉÇ1234")
    assert caught.value.values["lower"] == spelled("éà")
    assert caught.value.values["upper"] == spelled("ÉÇ")
    with pytest.raises(InvalidValue) as caught:
        password.parse("Zx7€¥abcd")
    assert caught.value.values["special"] == spelled("€¥")
    with pytest.raises(InvalidValue) as caught:
        password.parse("Zyxwvut0X")
    assert "special" not in caught.value.values


def test_a_figure_within_a_word_is_no_sign_between_its_letters() -> None:
    assert password.parse("Pass.0word!") == "Pass.0word!"


@pytest.mark.parametrize("text", ["Zzz-12x4!", "Zxzx-12y4!", "Zzzzz7kq!"])
def test_what_is_repeated_less_or_beside_something_else_is_no_repetition(text: str) -> None:
    assert password.parse(text) == text


def test_every_letter_and_figure_of_a_proposal_is_drawn_and_no_other() -> None:
    words = [w for _ in range(300) for w in password.propose().split("-")]
    assert all(re.fullmatch("[A-Za-z][aeu][a-z][34679]", word) for word in words)
    assert {word[0].lower() for word in words} == set("cdfhjkmnprtx")
    assert {word[2] for word in words} == set("cdfhjkmnprtx")
    assert {word[3] for word in words} == set("34679")


def test_a_proposed_password_is_four_words_with_capitals_here_and_there() -> None:
    proposed = [password.groups(password.propose()) for _ in range(60)]
    assert {len(each) for each in proposed} == {4}
    assert all(each[0][0].isupper() for each in proposed)
    assert {each[1][0].isupper() for each in proposed} == {True, False}
    assert password.propose(PasswordRules(special="!$%"))[4] == "!"
    assert "-" in password.propose(PasswordRules(special=""))
    assert "-" in password.propose(PasswordRules(special="$-"))


def test_a_paste_loses_no_letter() -> None:
    assert password.normalize("XabcX") == "XabcX"
