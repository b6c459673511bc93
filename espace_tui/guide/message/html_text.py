"""HTML turned into text and links by the standard library's parser: no image, no style, no script.

What a style hides from the reader is not text of the message: it is counted as hidden.

    >>> page = read_html('Bonjour <a href="https://x.example/a?b">ameli.fr</a><b hidden>!</b>')
    >>> page.text, page.links, page.hides
    ('Bonjour ameli.fr', [('https://x.example/a?b', 'ameli.fr')], True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

from espace_tui.guide.message.limits import HTML, LINKS, TEXT

Attributes = list[tuple[str, str | None]]

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|max-height\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"\A\s*[0-9.]+\s*[;,]\s*url\s*=\s*['\"]?([^\s'\"]+)", re.IGNORECASE)
"""How a page says that it leads elsewhere by itself."""
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
_VOID_TAGS = """
area base br col embed hr img input link meta param source track wbr
"""
_VOID = frozenset(_VOID_TAGS.split())
_BLOCK_TAGS = """
address article blockquote br div h1 h2 h3 h4 h5 h6 hr li p section table td th tr ul ol
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_ADDRESSES = {"a": "href", "area": "href", "base": "href", "form": "action", "button": "formaction"}
_DEEPEST = 500
_LOOKED_BACK = 50


@dataclass(slots=True)
class HtmlContent:
    """What an HTML part says and where it leads: each link with the text that is shown for it."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    images: int = 0
    hides: bool = False
    asks_password: bool = False


def read_html(source: str) -> HtmlContent:
    """Return the text and links of a page."""
    reader = _Reader()
    reader.feed(source[:HTML])
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Gathers text; keeps the open elements, each with whether it is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._page = HtmlContent()
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[tuple[str, bool, bool]] = []
        self._link: tuple[str, list[str]] | None = None

    def finish(self) -> HtmlContent:
        """Return what was gathered."""
        self._end_link()
        lines = "".join(self._pieces).split("\n")
        kept = [" ".join(each.split(" ")).strip() for each in lines]
        self._page.text = re.sub("\n{3,}", "\n\n", "\n".join(kept)).strip()
        return self._page

    @override
    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs[:50]}
        if tag in _BLOCKS:
            self._add("\n")
        if tag == "img":
            self._page.images += 1
        if tag == "input" and given.get("type", "").lower() == "password":
            self._page.asks_password = True
        if tag == "meta" and (refresh := _REFRESH.search(given.get("content", "")[:2000])):
            self._start_link(tag, refresh[1])
        if tag in _ADDRESSES and (address := given.get(_ADDRESSES[tag])):
            self._start_link(tag, address)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            silent, hidden = self._state()
            hides = "hidden" in given or bool(_HIDING.search(given.get("style", "")[:2000]))
            self._open.append((tag, silent or tag in _SILENT, hidden or hides))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        if tag in _BLOCKS:
            self._add("\n")
        recent = [name for name, _, _ in self._open[-_LOOKED_BACK:]]
        if tag in recent:
            while self._open.pop()[0] != tag:
                pass

    @override
    def handle_data(self, data: str) -> None:
        silent, hidden = self._state()
        if silent:
            return
        if hidden:
            self._page.hides = self._page.hides or bool(
                data.strip("\u200b\u200c\u034f\ufeff \n\t\xa0")
            )
            return
        shown = re.sub(r"[\r\n\t\f ]+", " ", data)
        self._add(shown)
        if self._link and len(self._link[1]) < LINKS:
            self._link[1].append(shown[:LINKS])

    def _state(self) -> tuple[bool, bool]:
        return self._open[-1][1:] if self._open else (False, False)

    def _add(self, piece: str) -> None:
        if self._length < TEXT:
            self._pieces.append(piece)
            self._length += len(piece)

    def _start_link(self, tag: str, address: str) -> None:
        self._end_link()
        self._link = (address, [])
        if tag != "a":
            self._end_link()

    def _end_link(self) -> None:
        if self._link and len(self._page.links) < LINKS:
            address, shown = self._link
            self._page.links.append((address, "".join(shown).strip()))
        self._link = None
