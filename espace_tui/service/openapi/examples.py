"""The examples of the OpenAPI document: fictitious people, by name of model or of header."""

from __future__ import annotations

from typing import Any

TOKEN = "q2mF0u5pUq3rXb1dVt8kYzH7sJ4wC6nA9eL-gRxMvBo"
_ID = "5f0c1d2e3b4a59687766554433221100"
_NIR = "255081416802538"
_LATER = "2027-01-03T12:30:00Z"
_IDENTIFIER = {"identifier": "camille.martin"}
_PASSWORD = {"password": "Trois-petits-chats-9"}
_CHANNEL = {"channel": "email"}
_CARD = {"kind": "photo", "serial": "12345678901"}
_LOST = {"birth_date": "1955-08-14", "nir": _NIR}
_CONTACTS = {"email": "ca•••••@exemple.fr", "mobile": "+33 6 •• •• •• 46"}

EXAMPLES: dict[str, Any] = {
    "If-Match": '"1"',
    "flow_id": _ID,
    "request_id": _ID,
    "Identification": {"code": "3xK7mP9rTq4h", "nir": _NIR},
    "Card": _CARD,
    "Decision": {"choice": "activate", "terms": "2022-01"},
    "Contact": _CHANNEL | {"value": "camille@exemple.fr"},
    "Proof": {"code": "034567"},
    "Wanted": _IDENTIFIER,
    "Credentials": _IDENTIFIER | _PASSWORD,
    "Opening": _IDENTIFIER | _PASSWORD | _CHANNEL,
    "Sending": _CHANNEL | {"purpose": "sign-in"},
    "LostCode": _LOST | _CARD | _CHANNEL,
    "LostIdentifier": _LOST | _CHANNEL,
    "LostPassword": _IDENTIFIER | {"nir": _NIR} | _CHANNEL,
    "NewPassword": _PASSWORD,
    "Flow": {
        "id": _ID,
        "token": TOKEN,
        "revision": 4,
        "stage": "credentials",
        "first_name": "Camille",
        "expires_at": _LATER,
        "contacts": _CONTACTS,
    },
    "CodeRequest": {
        "id": _ID,
        "token": TOKEN,
        "purpose": "sign-in",
        "channel": "email",
        "destination": _CONTACTS["email"],
        "resend_at": "2027-01-03T12:00:30Z",
        "expires_at": "2027-01-03T12:10:00Z",
        "other_channel": True,
    },
    "Availability": {"free": False, "suggestions": ["camille.martin27"]},
    "Space": {"token": TOKEN, "expires_at": _LATER},
    "Reset": {"token": TOKEN, "expires_at": _LATER},
    "Profile": {
        "first_name": "Camille",
        "status": "active",
        "decided_at": _LATER,
        "contacts": _CONTACTS,
        "address": "https://www.monespacesante.fr/",
    },
}
