"""A mail taken apart: headers one by one, text, HTML, attachments, the mail inside the mail.

The standard library's `compat32` policy is used, and still raises all of `STDLIB_ERRORS` on mutated
mail; each header and each part is therefore read by itself, and one that cannot be read is left
out. Only charsets in `CHARSETS` are decoded: the reader process may open no file, not even a codec.
"""

from __future__ import annotations

import base64
import email
import email.errors
import email.header
import email.message
import email.utils
import re
from dataclasses import dataclass, field
from datetime import date

from espace_tui.guide.message.limits import DEPTH, HEADERS, PARTS, TEXT

STDLIB_ERRORS = (AttributeError, LookupError, TypeError, ValueError, OSError, OverflowError)
"""What the standard library raises on a malformed part; `OSError`: a codec that is shut out."""
CHARSETS = ("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "utf-16", "koi8-r")

_APPLE = re.compile(rb"\A[ \t]{0,20}([0-9]{1,9})[ \t]{0,20}\r?\n")
_UNIX_FROM = re.compile(rb"\A(?:\xef\xbb\xbf)?[\r\n]{0,100}(?:From [^\n]{0,500}\n)?")
_HEADER_LINE = re.compile(r"[!-9;-~]{1,80}:")
_MAIL_FILES = (".eml", ".emlx")
_KNOWN = re.compile(
    r"^(?:from|subject|received|return-path|delivered-to|date|mime-version)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = re.compile(r"\A(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,400}(?:\r?\n|\Z)")


@dataclass(slots=True)
class Mail:
    """What a mail holds; `inner` is a mail forwarded as an attachment."""

    headers: list[tuple[str, str]] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    images: int = 0
    attached_images: int = 0
    inner: Mail | None = None
    is_complete: bool = True
    """Whether all parts could be read."""

    def all(self, name: str) -> list[str]:
        """Return the values of every header of a name, decoded."""
        wanted = name.lower()
        return [decoded(value) for each, value in self.headers if each.lower() == wanted]

    def first(self, name: str) -> str:
        """Return the value of a header, or nothing."""
        return next(iter(self.all(name)), "")

    @property
    def sent_on(self) -> date | None:
        """The day of its Date header."""
        try:
            return email.utils.parsedate_to_datetime(self.first("date")[:100]).date()
        except STDLIB_ERRORS:
            return None


def read_mail(data: bytes) -> Mail | None:
    """Take a mail apart; nothing for bytes that have no headers, which are then a mere text."""
    whole = _unwrapped(data)
    head = whole[:100_000].decode("latin-1").replace("\r\n", "\n")
    found = _HEAD.match(head)
    if not found or not _KNOWN.search(found[0]):
        return None
    return _taken_apart(email.message_from_bytes(whole))


def read_text(data: bytes) -> str:
    """Return bytes that are no mail as text."""
    for charset in (
        ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",)
    ):
        try:
            return data.decode(charset)
        except UnicodeError:
            continue
    return data.decode("windows-1252", "replace")


def decoded(value: str) -> str:
    """Return a header with its encoded words read, on one line."""
    folded = re.sub(r"\r?\n[ \t]?", " ", value)
    clean = folded.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return "".join(_piece(*piece) for piece in email.header.decode_header(clean))
    except (email.errors.HeaderParseError, *STDLIB_ERRORS):
        return clean


def _piece(piece: str | bytes, charset: str | None) -> str:
    return piece if isinstance(piece, str) else _decode(piece, charset or "latin-1")


def _decode(data: bytes, charset: str) -> str:
    name = charset.lower().strip("\"' ").replace("_", "-")
    known = {"utf8": "utf-8", "ascii": "us-ascii", "latin-1": "iso-8859-1", "latin1": "iso-8859-1"}
    name = known.get(name, name)
    for each in (name if name in CHARSETS else "utf-8", "windows-1252"):
        try:
            return data.decode(each)
        except UnicodeError:
            continue
    return data.decode("latin-1")


def _unwrapped(data: bytes) -> bytes:
    """Return a mail without what Apple's Mail or an mbox writes before it, in lines."""
    apple = _APPLE.match(data)
    if apple:
        length = int(apple[1])
        data = data[apple.end() : apple.end() + length]
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data[_UNIX_FROM.match(data).end() :]  # type: ignore[union-attr] # it matches anything


def _taken_apart(message: email.message.Message, depth: int = 0) -> Mail:
    mail = Mail(headers=[*_headers(message)])
    _walk(message, mail, depth, [PARTS])
    return mail


def _headers(message: email.message.Message) -> list[tuple[str, str]]:
    pairs = list(message.raw_items())[:HEADERS]
    return [(str(name), str(value)[:10_000]) for name, value in pairs]


def _walk(part: email.message.Message, mail: Mail, depth: int, left: list[int]) -> None:
    """Read a part and those within it; `left` counts how many more are looked at."""
    left[0] -= 1
    if left[0] < 0 or depth > DEPTH:
        mail.is_complete = False
        return
    try:
        _read_part(part, mail, depth, left)
    except STDLIB_ERRORS:
        mail.is_complete = False


def _read_part(part: email.message.Message, mail: Mail, depth: int, left: list[int]) -> None:
    payload = part.get_payload() if part.is_multipart() else None
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        inner = payload[0]
        if isinstance(inner, email.message.Message):
            _keep_inner(mail, _decoded_mail(inner, part), depth)
        return
    if isinstance(payload, list):
        for child in payload:
            if isinstance(child, email.message.Message):
                _walk(child, mail, depth + 1, left)
        return
    if _file_name(part).lower().endswith(_MAIL_FILES):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and _HEADER_LINE.match(content[:100].decode("latin-1")):
            _keep_inner(mail, email.message_from_bytes(_unwrapped(content)), depth)
            return
    _read_leaf(part, mail)


def _keep_inner(mail: Mail, inner: email.message.Message, depth: int) -> None:
    """Take the first mail within a mail apart."""
    if mail.inner is None and depth < DEPTH:
        mail.inner = _taken_apart(inner, depth + 1)


def _decoded_mail(
    inner: email.message.Message, around: email.message.Message
) -> email.message.Message:
    """Return a mail within a mail, also where it was sent in base64, which it should not be."""
    text = inner.get_payload()
    coded = str(around.get("content-transfer-encoding", "")).strip().lower() == "base64"
    if not coded or inner.keys() or not isinstance(text, str):
        return inner
    return email.message_from_bytes(base64.b64decode(text.encode("ascii", "ignore")))


def _read_leaf(part: email.message.Message, mail: Mail) -> None:
    kind, name = part.get_content_type(), _file_name(part)
    disposition = str(part.get("content-disposition", "")).strip().lower()
    is_attached = disposition.startswith("attachment") or (
        bool(name) and not kind.startswith("text/")
    )
    if kind.startswith("image/") and not disposition.startswith("attachment"):
        mail.images += 1
    elif is_attached or not kind.startswith("text/"):
        mail.attachments.append(name or kind)
        mail.attached_images += kind.startswith("image/")
    elif name and name.lower().endswith((".htm", ".html", ".hta", ".svg")):
        mail.attachments.append(name)
    else:
        content = part.get_payload(decode=True)
        text = _decode(content[: 4 * TEXT], _charset(part)) if isinstance(content, bytes) else ""
        (mail.html if kind == "text/html" else mail.plain).append(text)


def _file_name(part: email.message.Message) -> str:
    try:
        return decoded(str(part.get_filename() or ""))
    except STDLIB_ERRORS:
        return "?"


def _charset(part: email.message.Message) -> str:
    try:
        return str(part.get_content_charset() or "utf-8")
    except STDLIB_ERRORS:
        return "utf-8"
