"""Genuine messages are never red, in whatever layout and words; lures are always seen."""

from __future__ import annotations

import pytest

from espace_tui.guide.message.inspection import inspect
from espace_tui.guide.message.letter import Letter, Severity
from espace_tui.guide.message.signs.authentication import BELIEVED
from espace_tui.journey.session import Session
from espace_tui.journey.steps.reading.check_message import STEP as CHECK
from espace_tui.journey.steps.reading.check_message import normalize
from tests.guide.message.layouts import LAYOUTS, PASSED_ON, WHOLE_SOURCE, carried
from tests.guide.message.letters import CODE, KNOWN, attached, fraud, gmail, link, mail
from tests.guide.message.lures import DOMAINS, FILES, HIDDEN_TARGETS, NAMES, PROMISES
from tests.guide.message.wordings import ASKING, DOUBTFUL, HARMLESS
from tests.journey.steps.situations import state_of

(FIELD,) = CHECK.fields(state_of(Session()))


def pasted(text: str) -> Letter:
    """Judge a text as it is pasted in the field, in either face."""
    once = normalize(text)
    assert normalize(once) == once
    assert "\n" not in once
    return inspect(FIELD.parse(once).encode(), BELIEVED, is_paste=True)


def codes(letter: Letter) -> set[str]:
    return {finding.code for finding in letter.findings}


def reds(letter: Letter) -> set[str]:
    return {finding.code for finding in letter.findings if finding.severity is Severity.RED}


@pytest.mark.parametrize("start", ["", "\n\r\n", "\ufeff"])
def test_the_whole_source_of_a_genuine_mail_is_recognised(start: str) -> None:
    for source in (WHOLE_SOURCE, WHOLE_SOURCE.replace("\n", "\r\n")):
        letter = inspect((start + source).encode(), BELIEVED)
        assert (letter.verdict, letter.sender, letter.code) == ("nothing-unusual", KNOWN, CODE)


def test_a_source_that_is_pasted_is_decoded_and_nothing_in_it_is_believed() -> None:
    """Folded headers and coded parts come through a field of one line."""
    letter = pasted(WHOLE_SOURCE)
    assert (letter.verdict, letter.sender, letter.code) == ("unproved", KNOWN, CODE)
    assert letter.subject == "Avec Mon espace santé"
    assert letter.hosts == ("statsndm.info.ameli.fr",)
    as_html = LAYOUTS["html alone, base64"].decode().replace(KNOWN, "info@ameli.com")
    assert reds(pasted(as_html)) == {"sender.alike"}


@pytest.mark.parametrize("program", PASSED_ON)
def test_a_message_that_was_passed_on_is_judged_by_its_first_sender(program: str) -> None:
    text = PASSED_ON[program]
    letter = inspect(mail("Dominique <d@exemple.fr>", text, subject="TR"), BELIEVED)
    assert (letter.verdict, letter.sender) == ("unproved", KNOWN)
    assert letter.forwarded_by == "d@exemple.fr"
    assert pasted(text).sender == KNOWN
    false = text.replace(KNOWN, "x@ameli.com")
    assert reds(inspect(mail("d@exemple.fr", false), BELIEVED)) == {"sender.alike"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_layout_of_a_genuine_mail_is_red(name: str) -> None:
    letter = inspect(LAYOUTS[name], BELIEVED)
    assert (letter.verdict, letter.sender) == ("unproved", KNOWN)


def test_a_fraud_that_is_carried_in_another_mail_is_seen() -> None:
    for part in ("message/rfc822", 'application/octet-stream; name="m.eml"'):
        start = f"--b\nContent-Type: {part}\nContent-Transfer-Encoding: base64\n\n"
        assert "sender.alike" in reds(inspect(carried(mail("x@ameli.com"), start), BELIEVED))


@pytest.mark.parametrize("text", HARMLESS)
def test_a_warning_or_a_notice_is_no_fraud(text: str) -> None:
    assert inspect(gmail(text=text, html=f"<p>{text}</p>"), BELIEVED).verdict != "fraud"
    assert reds(pasted(f"Bonjour,\n\n{text}\n\nL’Assurance Maladie")) == set()


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in ASKING.items() for text in texts]
)
def test_a_request_is_seen_in_a_mail_and_in_a_text_message(code: str, text: str) -> None:
    assert code in reds(inspect(fraud(text), BELIEVED))
    assert code in reds(pasted(text))


@pytest.mark.parametrize("code", DOUBTFUL)
def test_what_is_only_odd_is_to_be_checked(code: str) -> None:
    letter = pasted(DOUBTFUL[code])
    assert (letter.verdict, code in codes(letter)) == ("unproved", True)


def test_every_look_alike_is_seen_as_a_sender_and_as_a_link() -> None:
    for domain in DOMAINS:
        sent = reds(inspect(mail(f"Info <contact@{domain}>", "Bonjour."), BELIEVED))
        assert sent & {"sender.alike", "sender.foreign"}, domain
        assert "link.disguised" in reds(pasted(f"Votre dossier : https://{domain}/x")), domain


def test_every_borrowed_name_is_seen() -> None:
    for name in NAMES:
        found = inspect(mail(f"{name} <contact@exemple.com>", "Bonjour."), BELIEVED)
        assert reds(found) == {"sender.disguised"}, name


def test_every_hidden_target_and_false_promise_is_seen() -> None:
    for address in HIDDEN_TARGETS:
        assert reds(inspect(link(address), BELIEVED)) == {"link.disguised"}, address
    for shown in PROMISES:
        letter = inspect(link("https://exemple.com/x", shown), BELIEVED)
        assert reds(letter) == {"link.elsewhere"}, shown
        assert "link.official" not in codes(letter), shown
    page = '<meta http-equiv="refresh" content="0; url=https://ameli-infos.com/">'
    assert "link.disguised" in reds(inspect(mail("x@exemple.com", "", page), BELIEVED))


def test_a_link_of_the_official_site_may_show_what_it_wants() -> None:
    shown = '<a href="https://statsndm.info.ameli.fr/r/9">17cyber.gouv.fr</a>'
    assert inspect(gmail(html=shown), BELIEVED).verdict == "nothing-unusual"


def test_every_dangerous_file_is_seen_and_a_picture_alone_too() -> None:
    for name in FILES:
        found = inspect(mail("x@exemple.com", "Bonjour.", parts=attached(name)), BELIEVED)
        assert reds(found) == {"attachment.dangerous"}, name
    hidden = attached("facture\u202efdp.exe\u200b")
    assert "attachment.dangerous" in reds(inspect(mail("x@a.fr", "Oui", parts=hidden), BELIEVED))
    assert reds(inspect(mail("x@a.fr", "", parts=attached("qr.png", "image/png")), BELIEVED)) == {
        "image.alone"
    }
    harmless = mail("x@a.fr", "Bonjour.", parts=attached("facture.pdf", "application/pdf"))
    assert reds(inspect(harmless, BELIEVED)) == set()
