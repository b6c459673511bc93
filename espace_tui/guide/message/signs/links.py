"""Where the links of a message lead: only the host is told, and nothing is ever opened.

A host belongs to a domain when it is the domain or ends with ``.domain``: no list of public
suffixes is needed. What mail providers put in front of an address to check it (Outlook's
« safelinks », Google's redirection) is looked through.

    >>> [(each.code, dict(each.values)) for each in judge_links([("http://1.2.3.4/", "ameli.fr")])]
    [('link.disguised', {'host': '1.2.3.4', 'how': 'ip'})]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from espace_tui.guide.message.letter import Finding
from espace_tui.guide.message.limits import LINKS, PER_CODE, TOKEN
from espace_tui.guide.message.signs import addresses
from espace_tui.guide.message.signs.folding import without_invisible
from espace_tui.guide.message.visible import line

_SHORTENERS_TEXT = """
bit.ly bitly.com tinyurl.com t.co urlz.fr is.gd goo.gl ow.ly cutt.ly rb.gy rebrand.ly t.ly v.gd
shorturl.at tiny.cc lnkd.in urlr.me vu.fr s.id qrco.de buff.ly shorten.is u.to bl.ink l.ead.me
tinyurl.fr urls.fr cli.re lc.cx acesse.one encurtador.com.br shrtco.de x.gd bit.do linktr.ee
frama.link lstu.fr shorturl.asia surl.li clck.ru tny.im ouo.io adf.ly short.gy dub.sh
spoo.me kutt.it
"""
SHORTENERS = frozenset(_SHORTENERS_TEXT.split())

_SCHEME = re.compile(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-\s]{0,30}):")
_IP = re.compile(r"\[.*\]|[0-9.]+|0x[0-9a-f]+(?:\.0x[0-9a-f]+)*|[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*")
_ADDRESSES = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]{2,2000}", re.IGNORECASE)
_ENDINGS = (
    "com|fr|net|org|info|eu|app|site|online|xyz|top|shop|click|link|live|me|co|io|help|icu|cc|ly|gd"
    "|be|de|ru|cn|tk|ml|ga|cf|ws|biz|mobi|pro|sbs|cfd|cyou|support|store|website|space|world|vip|buzz"
)
_BARE = re.compile(
    rf"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{{0,62}})\.){{1,6}}(?:{_ENDINGS})(?![\w@.-]*@)\b(?:/[^\s<>\"«»]{{0,500}})?",
    re.IGNORECASE,
)
_SHOWN_OFFICIAL = re.compile(
    r"(?<![\w.-])(?:[a-z0-9-]+\.)*(?:ameli|monespacesante)\.fr(?![\w-]|\.\w)", re.IGNORECASE
)
_SHOWN_HOST = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/?#:].*)?", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:=|__|[/#?&])(https?(?::|%3a|%253a)(?:/|%2f|%252f|\\){2}[^\s&;]{3,500})", re.IGNORECASE
)
"""An address within another one, as whoever passes on to it writes it."""
_PASSED_ON = 3
_CHECKERS = (
    "safelinks.protection.outlook.com",
    "urldefense.com",
    "urldefense.proofpoint.com",
    "l.facebook.com",
)
_COVERING = re.compile(
    r"(?:www\.)?(?:bing\.com/ck/|google\.[a-z.]{2,6}/amp/|forms\.gle/)", re.IGNORECASE
)
"""Addresses that cover another one, which is not written in them as it is."""
_OURS = ("mailto", "tel", "sms", "cid", "mid", "about")
_END = ".,;:!?)]}'’”…>"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: its host, and how it hides it, if it does."""

    host: str
    how: str = ""


def find_links(text: str) -> list[tuple[str, str]]:
    """Return the addresses written in a text, as links that show nothing else."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)  # as browsers do
    found: list[str] = []
    if "://" in text or "www." in text.lower():
        found += [each.rstrip(_END) for each in _ADDRESSES.findall(text)]
        text = _ADDRESSES.sub(" ", text)
    rest = " ".join(word for word in text.split() if "." in word)
    found += [each[0].rstrip(_END) for each in _BARE.finditer(rest)]
    return [(address, "") for address in dict.fromkeys(found)][:LINKS]


def judge_links(links: Iterable[tuple[str, str]]) -> list[Finding]:
    """Return what the links of a message tell, each host once, a few of each kind."""
    found: dict[tuple[str, str], Finding] = {}
    for address, shown in links:
        finding = _judge(address, shown)
        if finding:
            found.setdefault((finding.code, finding.values["host"]), finding)
    return _a_few(found.values())


def hosts(links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the hosts that links lead to, each once."""
    targets = (read_address(address) for address, _ in links)
    found = dict.fromkeys(line(target.host, TOKEN) for target in targets if target and target.host)
    return tuple(found)[:50]


def read_address(address: str, depth: int = 0) -> Target | None:
    """Return where an address leads; nothing for one that opens no page (a mailbox, a number)."""
    scheme, rest = _apart(address)
    if scheme in _OURS or address.lstrip().startswith("#"):
        return None
    if scheme not in {"", "http", "https"}:
        return Target(scheme, "data" if scheme == "data" else "script")
    return _web_target(rest, depth)


def _web_target(rest: str, depth: int) -> Target | None:
    authority = re.split(r"[/\\?#]", rest, maxsplit=1)[0]
    user, _, host = unquote(authority).rpartition("@")
    host = host.lower().rstrip(".")
    host = host if host.startswith("[") else host.partition(":")[0]
    if not host:
        return None
    covered = "shortener" if _COVERING.match(rest) else ""
    target = Target(host, _disguise(host, user) or covered)
    inner = _passed_on(rest[len(authority) :], depth)
    if inner and not target.how and (inner.how or _only_passes_on(host)):
        return inner
    return target


def _passed_on(rest: str, depth: int) -> Target | None:
    """Return where an address that stands within another one leads."""
    found = _WITHIN.search(rest[:4000]) if depth < _PASSED_ON else None
    return read_address(unquote(unquote(found[1])), depth + 1) if found else None


def _only_passes_on(host: str) -> bool:
    """Tell whether a host is that of a provider who checks an address and passes on to it."""
    google = host.startswith("www.google.")
    return google or any(addresses.is_under(host, each) for each in _CHECKERS)


def _apart(address: str) -> tuple[str, str]:
    """Return the scheme of an address and what follows it, as a browser would read them."""
    found = _SCHEME.match(address)
    scheme = re.sub(r"\s", "", found[1]).lower() if found else ""
    if found and "." in scheme and scheme not in {"http", "https"}:
        scheme, found = "", None  # a host and a port
    rest = address[found.end() :] if found else address
    return scheme, re.sub(r"[\t\r\n]", "", rest).strip().lstrip("/\\")


def _disguise(host: str, user: str) -> str:
    tests = {
        "foreign": addresses.is_foreign(host),
        "user": bool(user),
        "ip": _IP.fullmatch(host) is not None,
        "shortener": host.removeprefix("www.") in SHORTENERS,
        "alike": addresses.judge_domain(host) == "alike",
    }
    return next((how for how, disguised in tests.items() if disguised), "")


def _judge(address: str, shown: str) -> Finding | None:
    target = read_address(address)
    if target is None or not (target.how or addresses.is_domain(target.host)):
        return None  # a page of the same place, a mailbox, or nothing that leads anywhere
    host = line(target.host, TOKEN)
    if target.how:
        return Finding("link.disguised", {"host": host, "how": target.how})
    if addresses.is_official(target.host):
        return Finding("link.official", {"host": host})
    promised = _promised(shown)
    lies = bool(promised) and not addresses.same_site(promised, target.host)
    told = {"host": host, "shown": line(shown, TOKEN)} if lies else {"host": host}
    return Finding("link.elsewhere" if lies else "link.unknown", told)


def _promised(shown: str) -> str:
    """Return the host that the text of a link promises: all of it, or an official one in it."""
    text = without_invisible(shown.strip()[:500]).strip()
    found = _SHOWN_HOST.fullmatch(text)
    if found and not found[1].replace(".", "").isdigit():
        return found[1].lower()
    named = _SHOWN_OFFICIAL.search(text)
    return named[0].lower() if named else ""


def _a_few(findings: Iterable[Finding]) -> list[Finding]:
    told: list[Finding] = []
    for finding in findings:
        most = 1 if finding.code == "link.official" else PER_CODE
        if sum(each.code == finding.code for each in told) < most:
            told.append(finding)
    return told
