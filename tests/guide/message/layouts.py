"""A genuine message as it reaches people: its whole source, and passed on by many programs."""

from __future__ import annotations

import base64
import quopri

from tests.guide.message.letters import (
    CODE,
    GENUINE_FROM,
    GENUINE_HTML,
    GENUINE_TEXT,
    KNOWN,
    SUBJECT,
    mail,
    within,
)

_PLAIN = quopri.encodestring(GENUINE_TEXT.encode()).decode()
_HTML = base64.encodebytes(
    f'{GENUINE_HTML}<a href="https://statsndm.info.ameli.fr/r/3">www.service-public.fr</a>'.encode()
).decode()
WHOLE_SOURCE = f"""Delivered-To: camille@gmail.com
Received: by 2002:a05:7110:8196:b0:2c5:1c6d:dc69 with SMTP id k22csp1234567gej;
        Sun, 22 Nov 2026 01:00:05 -0800 (PST)
X-Received: by 2002:a05:6000:2c3:b0:42b:3825:2ac1 with SMTP id ffacd0b85a97d;
        Sun, 22 Nov 2026 01:00:04 -0800 (PST)
ARC-Authentication-Results: i=1; mx.google.com;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=info.ameli.fr
Return-Path: <bounce@info.ameli.fr>
Received: from mta-1.info.ameli.fr (mta-1.info.ameli.fr. [192.0.2.4])
        by mx.google.com with ESMTPS id ffacd0b85a97d-42b53f0c0besi1234f8f.123
        for <camille@gmail.com>
        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
        Sun, 22 Nov 2026 01:00:04 -0800 (PST)
Authentication-Results: mx.google.com;
       dkim=pass header.i=@info.ameli.fr header.s=dkim header.b=AbC;
       spf=pass (google.com: domain of bounce@info.ameli.fr designates 192.0.2.4 as permitted)
       smtp.mailfrom=bounce@info.ameli.fr;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=info.ameli.fr
From: =?UTF-8?B?TCdBc3N1cmFuY2UgTWFsYWRpZQ==?= <{KNOWN}>
To: camille@gmail.com
Reply-To: ne-pas-repondre@info.ameli.fr
Subject: =?UTF-8?Q?Avec_Mon_espace_sant=C3=A9?=
Date: Sun, 22 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_alt"

--=_alt
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

{_PLAIN}
--=_alt
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{_HTML}
--=_alt--
"""
"""As Gmail's « show original » gives it: folded headers, two parts, each in its own coding."""

PASSED_ON = {
    "Thunderbird": f"""
-------- Message transféré --------
Sujet : \t{SUBJECT}
Date : \tSun, 22 Nov 2026 10:00:00 +0100
De : \t{GENUINE_FROM}
Pour : \tdominique@exemple.fr

{GENUINE_TEXT}""",
    "Outlook": f"""

De : {GENUINE_FROM}
Envoyé : dimanche 22 novembre 2026 10:00
À : dominique@exemple.fr
Objet : {SUBJECT}

{GENUINE_TEXT}""",
    "Outlook in English": f"""
________________________________
From: L'Assurance Maladie <mailto:{KNOWN}>
Sent: Sunday, November 22, 2026 10:00 AM
To: dominique@exemple.fr
Subject: {SUBJECT}

{GENUINE_TEXT}""",
    "Apple Mail": f"""
Début du message réexpédié :

De: {GENUINE_FROM}
Objet: {SUBJECT}
Date: 22 novembre 2026 à 10:00:00 UTC+1
À: dominique@exemple.fr

{GENUINE_TEXT}""",
    "Orange": f"""
> Message du 22/11/26 10:00
> De : "L'Assurance Maladie" <{KNOWN}>
> A : dominique@orange.fr
> Objet : {SUBJECT}
>
> Votre code provisoire : {CODE}
> monespacesante.fr""",
    "Zimbra": f"""
----- Mail transféré -----
De: {GENUINE_FROM}
À: dominique@free.fr
Envoyé: Dimanche 22 Novembre 2026 10:00:00
Objet: {SUBJECT}

{GENUINE_TEXT}""",
    "Yahoo, on one line": (
        f"\n----- Mail transféré -----De : {GENUINE_FROM}À : d@yahoo.fr <d@yahoo.fr>"
        f"Envoyé : dimanche 22 novembre 2026Objet : {SUBJECT}\n{GENUINE_TEXT}"
    ),
}
"""The text in which each program copies a message that is passed on."""
_COPIED_IN_HTML = (
    f"<div><b>De :</b> L'Assurance Maladie &lt;{KNOWN}&gt;<br><b>Envoyé :</b> dimanche 22 novembre "
    f"2026<br><b>À :</b> d@exemple.fr<br><b>Objet :</b> {SUBJECT}</div>{GENUINE_HTML}"
)
_AS_A_FILE = (
    '--b\nContent-Type: application/octet-stream; name="m.eml"\n'
    'Content-Disposition: attachment; filename="m.eml"\nContent-Transfer-Encoding: base64\n\n'
)
_IN_BASE64 = "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"


def carried(inner: bytes, part: str = _AS_A_FILE) -> bytes:
    """A mail that carries another in base64: as a file, or as what it should not be."""
    return mail("d@exemple.fr", "Lis.", parts=part + base64.encodebytes(inner).decode())


LAYOUTS = {
    "html alone, base64": mail(
        text="",
        parts="--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + _HTML,
    ),
    "copied in html": mail("d@exemple.fr", "", _COPIED_IN_HTML, subject="TR"),
    "attached as a file": carried(mail()),
    "attached in base64": carried(mail(), _IN_BASE64),
    "attached twice": within(within(mail())),
    "passed on by Gmail itself": mail(above=(("Return-Path", "<a+caf_=b=c.fr@gmail.com>"),)),
    "passed on with SRS": mail(
        above=(("Return-Path", "<SRS0=a=EF=info.ameli.fr=assurance-maladie@laposte.net>"),)
    ),
    "passed on by its reader": mail(
        above=(("Return-Path", "<c@orange.fr>"), ("Delivered-To", "c@orange.fr"))
    ),
    "name in a comment": mail(f"{KNOWN} (L'Assurance Maladie)"),
    "in capitals": mail("L'ASSURANCE MALADIE <Assurance-Maladie@INFO.AMELI.FR>"),
    "ends of lines of an old Mac": mail().replace(b"\n", b"\r"),
}
"""Mails of genuine shape that are not proved, and never red."""
