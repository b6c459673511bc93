"""Messages that forge what a mail provider would have written: none is proved."""

from __future__ import annotations

from tests.guide.message.letters import (
    BY_GOOGLE,
    BY_ORANGE,
    FORGED,
    KNOWN_UNPROVED,
    PASS,
    Case,
    U,
    gmail,
    mail,
    within,
)

QUOTED = 'smtp.mailfrom="x; dmarc=pass header.from=info.ameli.fr"'
RED_TEAM = [
    Case("forged results, no Received", mail(above=FORGED), U, f"{KNOWN_UNPROVED} link.official"),
    Case(
        "forged below another's Received",
        mail(above=(BY_ORANGE, *FORGED)),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "forged with its Received",
        mail(above=(BY_ORANGE, *BY_GOOGLE, *FORGED)),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "forged below the real one",
        gmail("mx.google.com; dmarc=none\nAuthentication-Results: " + PASS),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass for somebody else",
        gmail(PASS.replace("header.from=info.ameli.fr", "header.from=exemple.com")),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass for a look-alike",
        gmail(PASS.replace("header.from=info.ameli.fr", "header.from=fr")),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass in a comment",
        gmail("mx.google.com; spf=none (dmarc=pass header.from=info.ameli.fr)"),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass of nested comments",
        gmail("mx.google.com (a (b) ; dmarc=pass header.from=info.ameli.fr"),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass in a quoted mailbox",
        gmail(f"mx.google.com; spf=pass {QUOTED}@a.example; dmarc=none"),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass after an open quote",
        gmail(f"mx.google.com; spf=pass {QUOTED[:-1]}"),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "a server named alike",
        gmail(PASS.replace("mx.google.com", "mx.google.com.exemple.com")),
        U,
        f"{KNOWN_UNPROVED} link.official",
    ),
    Case(
        "an inner mail with results",
        within(gmail()),
        U,
        f"forwarded {KNOWN_UNPROVED} link.official",
    ),
    Case(
        "pass for an unknown sender",
        gmail(
            PASS.replace("info.ameli.fr", "exemple.com"),
            "x@exemple.com",
            text="Bonjour.",
            html="<p>Bonjour</p>",
        ),
        U,
        "authentication.passed sender.other",
    ),
]
