"""The signs of one message: its sender, its answers' address, its links, words and attachments.

It runs in the reader process and returns a `Letter`. A mail forwarded as an attachment, or copied
into the text of another, is judged by what it says; whoever forwarded it is told, and no
authentication is concluded for it. The numbers of a card or a person are never looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from espace_tui.errors import InvalidValue
from espace_tui.guide.message import mime
from espace_tui.guide.message.html_text import HtmlContent, read_html
from espace_tui.guide.message.letter import Finding, Letter, ordered
from espace_tui.guide.message.limits import LINE, LINKS, PER_CODE, TEXT, TOKEN
from espace_tui.guide.message.signs import addresses, links, words
from espace_tui.guide.message.signs.authentication import judge_authentication
from espace_tui.guide.message.signs.folding import mixes_alphabets, without_invisible
from espace_tui.guide.message.signs.phones import judge_phones
from espace_tui.guide.message.visible import line, misleads, visible
from espace_tui.validators import provisional_code

_DANGEROUS_TEXT = """
ace acm apk app appx appxbundle bat cab chm cmd com cpl dll dmg docm dotm exe gadget gz hta htm
html img inf iso jar jnlp js jse lnk mht mhtml msi msix msp one pif pkg potm ppam pptm ps1 rar reg
scf scr search-ms settingcontent-ms shtml svg tar url vb vbe vbs vhd vhdx website wim wsf wsh xhtml
xht xll xlam xlsb xlsm xltm xml 7z zip library-ms
"""
_DANGEROUS = frozenset(_DANGEROUS_TEXT.split())
"""Endings of files that do something when they are opened, or that hide one that does."""
_DANGEROUS_KIND = re.compile(
    r"text/html|application/(?:zip|x-msdownload|javascript|xhtml\+xml)", re.IGNORECASE
)
_COPIED_FROM = re.compile(
    r"^[>\s*_|]*(?:-{3,}[^-\n]{1,40}-{3,}\s*)?(?:de|from|expediteur|expéditeur)[\s*_]*:[\s*_]*(.{1,300})$",
    re.IGNORECASE | re.MULTILINE,
)
_COPIED_FIELD = re.compile(
    r"(?:^[>\s*_|]*|[>\w])(?:date|envoy[ée]|sent|objet|sujet|subject|à|to|pour)[\s*_]*:[\s*_]*(.{1,300})$",
    re.IGNORECASE | re.MULTILINE,
)
_COPIED_SUBJECT = re.compile(
    r"^[>\s*_|]*(?:objet|sujet|subject)[\s*_]*:[\s*_]*(.{1,300})$", re.IGNORECASE | re.MULTILINE
)
_REWRITTEN = re.compile(r"^srs[01][=+-]|\+caf_=", re.IGNORECASE)
"""How a mail provider writes that it passes a message on (SRS, and Gmail's own form)."""
_RECIPIENTS = ("to", "cc", "delivered-to", "x-forwarded-for", "x-forwarded-to")
_NEARBY = 600
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from, and who passed it on."""

    mail: mime.Mail
    sender: str
    subject: str
    forwarder: str = ""


def inspect(data: bytes, believed: Sequence[str], *, is_paste: bool = False) -> Letter:
    """Return what a message is and what speaks for or against it; `believed` are server names."""
    mail = mime.read_mail(data)
    if mail is None:
        return _inspect_text(mime.read_text(data)[:TEXT])
    if mail.inner is not None:
        around, inner = _innermost(mail, mail.inner)
        return _inspect_mail(inner, (), forwarder=_sender_of(around))
    return _inspect_mail(mail, () if is_paste else believed)


def _innermost(around: mime.Mail, inner: mime.Mail) -> tuple[mime.Mail, mime.Mail]:
    """Return the last of the mails within mails, and the one that carries it."""
    return (around, inner) if inner.inner is None else _innermost(inner, inner.inner)


def preview(data: bytes) -> tuple[str, str, str]:
    """Return the sender, subject and day of a message, to choose it in a list."""
    mail = mime.read_mail(data) or mime.Mail()
    day = mail.sent_on
    sender = line(_sender_of(mail) or mail.first("from"), TOKEN)
    return sender, line(mail.first("subject"), TOKEN), day.isoformat() if day else ""


def _sender_of(mail: mime.Mail) -> str:
    return next(iter(addresses.mailboxes(mail.first("from"))), "")


def _inspect_text(text: str) -> Letter:
    """Inspect a text without headers: a paste, or what was saved of one."""
    sender, subject = _copied(text)
    found = _judge_sender([sender], "") if sender else [Finding("sender.none")]
    pairs = links.find_links(text)
    found += [Finding("authentication.none")] if sender else []
    found += _judge_content(text, pairs, text)
    if not sender and words.speaks_as_insurer(text):
        found = [_outside(each) for each in found]
    return _letter(found, text, pairs, Origin(mime.Mail(), sender, subject))


def _outside(finding: Finding) -> Finding:
    """Return what a link to any other place is in a text that says it is the insurer's."""
    return Finding("link.outside") if finding.code == "link.unknown" else finding


def _inspect_mail(mail: mime.Mail, believed: Sequence[str], forwarder: str = "") -> Letter:
    pages = [page for page in map(_page, mail.html) if page]
    plain = "\n".join(mail.plain)[:TEXT]
    shown = plain if plain.strip() else "\n".join(page.text for page in pages)[:TEXT]
    whole = "\n\n".join((plain, *(page.text for page in pages)))[:TEXT]
    sender, subject = _sender_of(mail), mail.first("subject")
    copied, copied_subject = ("", "") if forwarder else _copied(shown)
    found: list[Finding] = []
    if copied:
        forwarder, sender, subject = sender, copied, copied_subject or subject
        found += _judge_sender([sender], "")
    else:
        found += _judge_headers(mail, sender, believed, is_forwarded=bool(forwarder))
    if forwarder:
        found.append(Finding("forwarded", {"address": line(forwarder, TOKEN)}))
    origin = Origin(mail, sender, subject, forwarder)
    pairs = [pair for page in pages for pair in page.links]
    promises = "\n".join(shown for _, shown in pairs)  # what a link shows is not where it leads
    pairs += [pair for pair in links.find_links(whole) if pair[0] not in promises]
    found += _judge_content(f"{subject}.\n\n{whole}", pairs[: 2 * LINKS], shown)
    if misleads(mail.first("from")):
        found.append(Finding("hidden"))
    found += _judge_parts(mail, pages, whole)
    return _letter(found, shown, pairs, origin)


def _letter(
    found: list[Finding], text: str, pairs: list[tuple[str, str]], origin: Origin
) -> Letter:
    code, mail = _code(text), origin.mail
    once = {(each.code, *each.values.values()): each for each in found}
    if code:
        once["code",] = Finding("code.found")
    return Letter(
        sender=line(origin.sender, TOKEN),
        sender_name=line(addresses.display_name(mail.first("from")), TOKEN),
        recipient=line(next(iter(addresses.mailboxes(mail.first("to"))), ""), TOKEN),
        subject=line(origin.subject, LINE),
        sent_on=mail.sent_on,
        forwarded_by=line(origin.forwarder, TOKEN),
        text=visible(text),
        code=code,
        hosts=links.hosts(pairs),
        findings=ordered(tuple(once.values())),
    )


def _page(source: str) -> HtmlContent | None:
    try:
        return read_html(source)
    except (AssertionError, *mime.STDLIB_ERRORS):
        return None


def _code(text: str) -> str:
    try:
        return provisional_code.parse(text)
    except InvalidValue:
        return ""


# --- the sender


def _copied(text: str) -> tuple[str, str]:
    """Return the sender and subject of a mail that was copied into a text with its first lines."""
    for found in _COPIED_FROM.finditer(text[:TEXT]):
        around = text[max(0, found.start() - _NEARBY) : found.end() + _NEARBY]
        address = next(iter(addresses.mailboxes(found[1].replace("mailto:", ""))), "")
        if address and _COPIED_FIELD.search(around):
            subject = _COPIED_SUBJECT.search(around)
            return address, subject[1].strip() if subject else ""
    return "", ""


def _judge_headers(
    mail: mime.Mail, sender: str, believed: Sequence[str], *, is_forwarded: bool
) -> list[Finding]:
    headers = mail.all("from")
    senders = list(
        dict.fromkeys(each for header in headers for each in addresses.mailboxes(header))
    )
    if not senders:
        return [Finding("sender.none")]
    found = _judge_sender(senders, addresses.display_name(headers[0]), len(headers))
    found += _judge_replies(mail, sender)
    raw = [] if is_forwarded else mail.headers
    return [*found, judge_authentication(raw, addresses.domain_of(sender), believed)]


def _judge_sender(senders: list[str], name: str, headers: int = 1) -> list[Finding]:
    if len(senders) > 1 or headers > 1:
        return [Finding("sender.several")]
    domain = addresses.domain_of(senders[0])
    values = {"address": line(senders[0], TOKEN), "domain": line(domain, TOKEN)}
    kind = addresses.judge_domain(domain)
    if kind == "other" and addresses.claims_to_be_official(name):
        return [Finding("sender.disguised", {**values, "shown": line(name, TOKEN)})]
    known = "known" if senders[0] in addresses.SENDERS else "related"
    return [Finding(f"sender.{known if kind == 'official' else kind}", values)]


def _judge_replies(mail: mime.Mail, sender: str) -> list[Finding]:
    """Tell where an answer would go, and where it was sent from, when that is somewhere else."""
    home = addresses.domain_of(sender)
    claims = addresses.judge_domain(home) != "other" or addresses.claims_to_be_official(
        addresses.display_name(mail.first("from"))
    )
    found = []
    for header, code in (("reply-to", "reply"), ("return-path", "bounce")):
        for address in [one for each in mail.all(header) for one in addresses.mailboxes(each)]:
            there = addresses.domain_of(address)
            if not addresses.same_site(there, home):
                red = claims and there in addresses.WEBMAILS and not _passed_on(mail, address)
                weight = "webmail" if red else "differs"
                found.append(Finding(f"{code}.{weight}", {"domain": line(there, TOKEN)}))
    return found[: 2 * PER_CODE]


def _passed_on(mail: mime.Mail, address: str) -> bool:
    """Tell whether a mailbox passes messages on by itself, and stands in the sender's place."""
    if _REWRITTEN.search(address):
        return True
    own = (
        one for name in _RECIPIENTS for each in mail.all(name) for one in addresses.mailboxes(each)
    )
    return address in own


# --- the content


def _judge_content(text: str, pairs: list[tuple[str, str]], seen: str) -> list[Finding]:
    found = [*links.judge_links(pairs), *map(Finding, words.signs(text)), *judge_phones(text)]
    if mixes_alphabets(seen):
        found.append(Finding("letters.mixed"))
    return [*found, Finding("hidden")] if misleads(seen) else found


def _judge_parts(mail: mime.Mail, pages: list[HtmlContent], text: str) -> list[Finding]:
    found = []
    for name in mail.attachments[:PER_CODE]:
        code = "attachment.dangerous" if _is_dangerous(name) else "attachment"
        found.append(Finding(code, {"name": line(name, TOKEN)}))
    images = mail.images + mail.attached_images + sum(page.images for page in pages)
    if images and len(text.strip()) < _SHORT:
        found.append(Finding("image.alone"))
    if any(page.hides for page in pages):
        found.append(Finding("hidden"))
    if any(page.asks_password for page in pages):
        found.append(Finding("asks.secret"))
    return found if mail.is_complete else [*found, Finding("incomplete")]


def _is_dangerous(name: str) -> bool:
    """Tell whether a file does something when it is opened, by the last of its endings."""
    shown = re.sub(r"[^\x21-\x7e]", "", without_invisible(name)).rstrip(". ")
    ending = shown.rpartition(".")[2].lower() if "." in shown else ""
    return ending in _DANGEROUS or bool(_DANGEROUS_KIND.fullmatch(name))
