"""What a message asks for is found however it is written, and what it denies is no request."""

from __future__ import annotations

import pytest

from espace_tui.guide.message.questions import QUESTIONS, ReportedAnswer, judge_answers
from espace_tui.guide.message.signs.words import signs


@pytest.mark.parametrize(
    "text",
    [
        "L’Assurance Maladie ne vous demandera jamais votre carte bancaire.",
        "Nous ne demandons pas votre mot de passe.",
        "Ne communiquez jamais vos coordonnées bancaires.",
        "La carte Vitale est gratuite et n’expire pas.",
        "We never ask for your password or your bank card.",
        "Votre relevé de paiements est disponible.",
        "Munissez-vous de votre carte Vitale.",
        "Vous choisirez un identifiant et un mot de passe.",
        "Activez Mon espace santé avec votre carte Vitale.",
    ],
)
def test_what_is_denied_or_harmless_is_no_sign(text: str) -> None:
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Régularisez : payez 1,95 €.", "asks.bank"),
        ("Effectuez dès maintenant le paiement.", "asks.bank"),
        ("Merci de renseigner votre IBAN", "asks.bank"),
        ("CARTE\u00a0BANCAIRE", "asks.bank"),
        ("c a r t e : votre c\u00adarte bancaire", "asks.bank"),
        ("Saisissez\nvotre mot\nde passe", "asks.secret"),
        ("Votre Carte Vitale arrive à EXPIRATION", "card.renewal"),
        ("Commandez la carte Vitale biométrique", "card.renewal"),
        ("ｃａｒｔｅ ｖｉｔａｌｅ ２０２６", "card.renewal"),
        ("sous 48H", "hurry"),
        ("Votre compte sera suspendu", "hurry"),
        ("Vous pouvez bénéficier d’un remboursement", "refund"),
    ],
)
def test_what_is_asked_is_found(text: str, code: str) -> None:
    assert code in signs(text)


def test_a_warning_does_not_hide_a_request_in_another_sentence() -> None:
    text = "Nous ne demandons jamais votre mot de passe. Payez 2 € de frais de port."
    assert signs(text) == ["asks.bank"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_answered_yes_has_its_finding(name: str) -> None:
    letter = judge_answers({name: ReportedAnswer.YES})
    assert {each.code for each in letter.findings} == {"sender.none", QUESTIONS[name]}
    assert letter.verdict == ("unproved" if name == "hurry" else "fraud")


def test_no_answers_are_never_better_than_to_be_checked() -> None:
    for answer in (ReportedAnswer.NO, ReportedAnswer.UNKNOWN):
        assert judge_answers(dict.fromkeys(QUESTIONS, answer)).verdict == "unproved"
