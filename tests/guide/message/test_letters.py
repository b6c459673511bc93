"""Every invented message gives the result and the findings of the table, and no other."""

from __future__ import annotations

from datetime import date

import pytest

from espace_tui.guide.message import sentences
from espace_tui.guide.message.inspection import inspect
from espace_tui.guide.message.letter import SEVERITIES, Finding, Letter, Severity, Verdict
from espace_tui.guide.message.process import read_letter
from espace_tui.guide.message.signs.authentication import BELIEVED
from espace_tui.i18n import LANGUAGES, Texts
from tests.guide.message.forgeries import RED_TEAM
from tests.guide.message.frauds import FRAUDS
from tests.guide.message.genuine import GENUINE
from tests.guide.message.letters import CODE, KNOWN, Case, gmail, mail
from tests.guide.message.wordings import ASKING, DOUBTFUL

CASES = GENUINE + FRAUDS + RED_TEAM
NAMES = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_message_gives_what_the_table_says(case: Case) -> None:
    letter = inspect(case.data, BELIEVED, is_paste=case.is_paste)
    assert sorted({finding.code for finding in letter.findings}) == sorted(case.codes.split())
    assert letter.verdict == case.verdict


def test_the_corpus_is_large_enough_and_its_names_are_different() -> None:
    assert len(CASES) >= 60
    assert len(set(NAMES)) == len(NAMES)


def test_a_genuine_shape_is_never_red() -> None:
    assert {case.verdict for case in GENUINE} == {"nothing-unusual", "unproved"}


def test_every_code_is_met_by_the_corpus_or_by_a_test_of_its_own() -> None:
    met = {code for case in CASES for code in case.codes.split()}
    elsewhere = {"link.outside", "incomplete", "deadline", "deadline.passed", "reply.differs"}
    elsewhere |= {*ASKING, *DOUBTFUL}
    assert met | elsewhere == set(SEVERITIES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_finding_is_a_whole_sentence_and_never_says_authentic(
    case: Case, language: str
) -> None:
    letter, texts = inspect(case.data, BELIEVED), Texts(language)
    said = [texts(sentences.weighed(finding)) for finding in letter.findings]
    said += [texts(sentences.title(letter.verdict)), *map(texts, sentences.advice(letter.verdict))]
    for sentence in said:
        assert "…" not in sentence
        assert "authenti" not in sentence.lower()
        assert not sentence.startswith("finding.")


@pytest.mark.parametrize("name", ["gmail, original", "carte Vitale 2026", "right to left"])
def test_the_reader_process_says_the_same(name: str) -> None:
    data = next(case.data for case in CASES if case.name == name)
    assert read_letter(data) == inspect(data, BELIEVED)


def test_what_is_read_of_a_message_is_told() -> None:
    letter = inspect(gmail(), BELIEVED)
    assert (letter.sender, letter.sender_name) == (KNOWN, "L'Assurance Maladie")
    assert letter.recipient == "camille@exemple.fr"
    assert letter.subject.startswith("Avec Mon espace")
    assert letter.sent_on == date(2026, 11, 22)
    assert letter.code == CODE
    assert letter.hosts == ("statsndm.info.ameli.fr",)


def test_a_code_and_a_text_stay_off_the_repr() -> None:
    assert CODE not in repr(inspect(mail(), BELIEVED))


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 11, 26), "deadline"),
        (date(2027, 1, 3), "deadline"),
        (date(2027, 1, 4), "deadline.passed"),
        (date(2026, 11, 21), None),
    ],
)
def test_six_weeks_are_counted_from_the_date_of_the_message(today: date, code: str | None) -> None:
    dated = inspect(gmail(), BELIEVED).dated(today)
    found = {each.code: dict(each.values) for each in dated.findings if "deadline" in each.code}
    assert found == ({code: {"date": "2027-01-03"}} if code else {})


def test_without_a_code_or_a_date_no_deadline_is_told() -> None:
    today = date(2026, 11, 26)
    assert Letter(sent_on=today).dated(today).findings == ()
    assert Letter(code=CODE).dated(today).findings == ()


def test_nothing_found_proves_nothing() -> None:
    assert Letter().verdict == Verdict.UNPROVED
    assert Letter(findings=(Finding("sender.known"),)).verdict == Verdict.UNPROVED


def test_red_comes_first() -> None:
    data = next(case.data for case in CASES if case.name == "in English")
    weights = [finding.severity for finding in inspect(data, BELIEVED).findings]
    assert weights == sorted(weights, key=list(Severity).index)
    assert weights[0] == Severity.RED
