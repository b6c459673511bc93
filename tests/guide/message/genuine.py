"""Messages of genuine shape, and harmless ones: none is red, few are proved."""

from __future__ import annotations

from tests.guide.message.letters import (
    BY_ORANGE,
    FORWARDED,
    GENUINE_HTML,
    GENUINE_TEXT,
    KNOWN_UNPROVED,
    OUTLOOK,
    PASS,
    SAFELINK,
    UNKNOWN,
    Case,
    N,
    U,
    attached,
    gmail,
    mail,
    within,
)

GENUINE = [
    Case(
        "gmail, original", gmail(), N, "authentication.passed code.found link.official sender.known"
    ),
    Case(
        "dmarc of the parent domain",
        gmail(PASS.replace("from=info.ameli.fr", "from=ameli.fr")),
        N,
        "authentication.passed code.found link.official sender.known",
    ),
    Case(
        "a quoted mailbox before the result",
        gmail(PASS.replace("assurance-maladie@", '"assurance maladie"@')),
        N,
        "authentication.passed code.found link.official sender.known",
    ),
    Case(
        "doubted before it was forwarded as attachment",
        within(mail(above=(("Authentication-Results", "dkim=fail; dmarc=fail"),))),
        U,
        f"forwarded {KNOWN_UNPROVED} link.official",
    ),
    Case("text only, saved by a mail program", mail(), U, f"{KNOWN_UNPROVED} link.official"),
    Case(
        "outlook's own form",
        mail(html=GENUINE_HTML, above=OUTLOOK),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "outlook with safelinks",
        mail(html=f'<a href="{SAFELINK}">monespacesante.fr</a>', above=OUTLOOK),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "a webmail nobody vouches for",
        mail(
            above=(
                BY_ORANGE,
                ("Authentication-Results", "orange.fr; dmarc=pass header.from=info.ameli.fr"),
            )
        ),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case("forwarded as attachment", within(mail()), U, f"forwarded {KNOWN_UNPROVED} link.official"),
    Case(
        "forwarded in the text",
        mail("dominique@exemple.fr", FORWARDED),
        U,
        "code.found forwarded link.official sender.known",
    ),
    Case("pasted with its first lines", FORWARDED.encode(), U, f"{KNOWN_UNPROVED} link.official"),
    Case("pasted source", gmail(), U, f"{KNOWN_UNPROVED} link.official", is_paste=True),
    Case("pasted text alone", GENUINE_TEXT.encode(), U, "code.found link.official sender.none"),
    Case(
        "saved by Apple Mail",
        str(len(mail())).encode() + b"      \n" + mail() + b"<?xml?>",
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "with the line of an mbox",
        b"From assurance Sun Nov 22 10:00:00 2026\n" + mail(),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case("in windows-1252", "Votre espace santé a été créé".encode("cp1252"), U, "sender.none"),
    Case("in utf-16", "Votre espace santé a été créé".encode("utf-16"), U, "sender.none"),
    Case(
        "failed by forwarding",
        gmail("mx.google.com; dkim=fail; spf=softfail; dmarc=fail header.from=info.ameli.fr"),
        U,
        "authentication.failed code.found link.official sender.known",
    ),
    Case(
        "from below ameli.fr",
        gmail(PASS.replace("info.ameli.fr", "lettre.ameli.fr"), "x@lettre.ameli.fr"),
        U,
        "authentication.passed code.found link.official sender.related",
    ),
    Case(
        "an agent of the insurer",
        mail("agent@assurance-maladie.fr", "Bonjour, voici votre rendez-vous."),
        U,
        "authentication.none sender.related",
    ),
    Case(
        "a preheader that is not shown",
        gmail(html=f'<div style="display:none">Aperçu</div>{GENUINE_HTML}'),
        U,
        "authentication.passed code.found hidden link.official sender.known",
    ),
    Case(
        "a bounce address elsewhere",
        mail(above=(("Return-Path", "<b@routeur.example>"),)),
        U,
        f"bounce.differs {KNOWN_UNPROVED} link.official",
    ),
    Case(
        "a bounce address below ameli.fr",
        mail(above=(("Return-Path", "<b@bounce.ameli.fr>"),)),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "a booklet attached",
        mail(parts=attached("guide.pdf", "application/pdf")),
        U,
        f"attachment {KNOWN_UNPROVED} link.official",
    ),
    Case(
        "a friend's mail",
        mail("Amélie <amelie@amelie-dupont.example>", "On déjeune demain ?"),
        U,
        UNKNOWN,
    ),
    Case("a newsletter on caramel", mail("x@caramelise.example", "Recette du jour."), U, UNKNOWN),
]
