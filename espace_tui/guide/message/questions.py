"""Six questions for what cannot be handed over: a text message, a call, a letter.

The answers give the same findings as a mail. Who sent such a message can never be checked, so that
the best result is « to be checked ».

    >>> judge_answers({"link": ReportedAnswer.YES}).verdict
    <Verdict.FRAUD: 'fraud'>
    >>> judge_answers(dict.fromkeys(QUESTIONS, ReportedAnswer.NO)).verdict
    <Verdict.UNPROVED: 'unproved'>
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from espace_tui.guide.message.letter import Finding, Letter, ordered


class ReportedAnswer(StrEnum):
    """What a person can say of a message that they have before them."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


QUESTIONS = {
    "bank_card": "asks.bank",
    "payment": "asks.bank",
    "secret": "asks.secret",
    "hurry": "hurry",
    "link": "link.outside",
    "card_renewal": "card.renewal",
}
"""The questions, in order (labels ``field.asks_<name>.label``), and what « yes » to each means."""


def judge_answers(answers: Mapping[str, ReportedAnswer]) -> Letter:
    """Return the findings of the answers, as those of a message without a sender."""
    signs = dict.fromkeys(
        code for name, code in QUESTIONS.items() if answers.get(name) == ReportedAnswer.YES
    )
    found = [Finding("sender.none"), *map(Finding, signs)]
    return Letter(findings=ordered(tuple(found)))
