"""Invented messages are made here: their parts, and what is expected of one."""

from __future__ import annotations

from dataclasses import dataclass

KNOWN = "assurance-maladie@info.ameli.fr"
GENUINE_FROM = f"L'Assurance Maladie <{KNOWN}>"
SUBJECT = "Avec Mon espace santé, vous avez la main sur votre santé"
CODE = "aB3dE5fG7hJ9"
GENUINE_TEXT = f"""Bonjour,

Votre code provisoire : {CODE}

Rendez-vous sur monespacesante.fr avec votre carte Vitale.
L'Assurance Maladie ne demande jamais votre mot de passe ni votre carte bancaire.
"""
GENUINE_HTML = (
    "<p>Bonjour,</p><p>Votre code provisoire : aB3dE5fG7hJ9</p>"
    '<p><a href="https://statsndm.info.ameli.fr/r/?id=1">monespacesante.fr</a></p>'
)
PASS = (
    f"mx.google.com; dkim=pass; spf=pass smtp.mailfrom={KNOWN}; "
    "dmarc=pass (p=REJECT) header.from=info.ameli.fr"
)
BY_GOOGLE = (
    ("Received", "by 2002:a05:7010:1:b0 with SMTP id x; Sun, 22 Nov 2026 09:00:00 -0800"),
    ("Received", "from mta.info.ameli.fr by mx.google.com with ESMTPS id y; Sun, 22 Nov 2026"),
)
Headers = tuple[tuple[str, str], ...]


def mail(  # noqa: PLR0913 — a mail has that many parts
    sender: str = GENUINE_FROM,
    text: str = GENUINE_TEXT,
    html: str = "",
    *,
    above: Headers = (),
    more: Headers = (),
    subject: str = SUBJECT,
    parts: str = "",
) -> bytes:
    """A mail as it lies on a disk; `above` are the headers of whoever received it."""
    headers = [
        *above,
        ("From", sender),
        ("To", "camille@exemple.fr"),
        ("Subject", subject),
        ("Date", "Sun, 22 Nov 2026 10:00:00 +0100"),
        ("MIME-Version", "1.0"),
        *more,
        ("Content-Type", 'multipart/mixed; boundary="b"'),
    ]
    body = [f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"] if text else []
    body += [f"--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n"] if html else []
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    return f"{head}\n{''.join(body)}{parts}--b--\n".encode()


def attached(name: str, kind: str = "application/octet-stream") -> str:
    """A part that is a file."""
    return f'--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\nx\n'


def within(inner: bytes, sender: str = "Dominique <dominique@exemple.fr>") -> bytes:
    """A mail that carries another as an attachment."""
    part = "--b\nContent-Type: message/rfc822\n\n" + inner.decode().replace("--b", "--i")
    part = part.replace('boundary="b"', 'boundary="i"')
    return mail(sender, "Que penses-tu de ce message ?", subject="Tr", parts=part)


def fraud(text: str, **changes: str) -> bytes:
    """A mail from somebody unknown."""
    return mail(
        changes.get("sender", "contact@exemple.com"), text, subject=changes.get("subject", "Info")
    )


def gmail(results: str = PASS, sender: str = GENUINE_FROM, **more: str) -> bytes:
    """A mail as Gmail's « show original » gives it."""
    above = (*BY_GOOGLE, ("Authentication-Results", results))
    return mail(sender, more.get("text", GENUINE_TEXT), more.get("html", GENUINE_HTML), above=above)


def link(address: str, shown: str = "Cliquez ici") -> bytes:
    """A mail with one link."""
    return mail(
        "contact@exemple.com",
        "",
        f'<p>Bonjour Camille, voyez ceci, merci beaucoup.</p><a href="{address}">{shown}</a>',
    )


@dataclass(frozen=True, slots=True)
class Case:
    """A message, the expected result, and the codes of all findings."""

    name: str
    data: bytes
    verdict: str
    codes: str
    is_paste: bool = False


FORWARDED = f"""Regarde ce que j'ai reçu.

---------- Forwarded message ---------
De : L'Assurance Maladie <{KNOWN}>
Date: dim. 22 nov. 2026
Objet : {SUBJECT}
À : <dominique@exemple.fr>

{GENUINE_TEXT}"""
COPIED_FRAUD = FORWARDED.replace(KNOWN, "info@ameli-infos.com")
OUTLOOK = (
    ("Received", "from x.outlook.com by y.outlook.com with HTTPS; Sun, 22 Nov 2026"),
    (
        "Authentication-Results",
        (
            "spf=pass smtp.mailfrom=info.ameli.fr; dkim=pass header.d=info.ameli.fr; "
            "dmarc=pass action=none header.from=info.ameli.fr;compauth=pass"
        ),
    ),
)
SAFELINK = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.monespacesante.fr%2F&data=x"
BAD_SAFELINK = SAFELINK.replace("www.monespacesante.fr", "ameli-infos.com")
FORGED = (("Authentication-Results", PASS),)
BY_ORANGE = ("Received", "from x by mwinf5c.orange.fr with ESMTP; Sun, 22 Nov 2026")
N = "nothing-unusual"
U = "unproved"
F = "fraud"
KNOWN_UNPROVED = "authentication.none code.found sender.known"
UNKNOWN = "authentication.none sender.other"
