"""The page: HTML, in both languages until somebody has chosen one, with nothing of anybody."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from espace_tui.i18n import LANGUAGES, Texts

ENDS = ("finished", "erased", "broken", "full", "stale")
"""How a visit ended, or why none began: each is a page, so that nothing of the last is left."""
_PAGE = Path(__file__).with_name("page.html")
_TOOLS = ("size", "colours", "hide")
_COMMANDS = {"help": "?", "back": "<", "repeat": "!"}
"""Commands of the line-by-line face that have a button: their signs are of no language."""


def render(token: str, ended: str = "") -> str:
    """Return the page; `ended` says first how the last visit ended."""
    values = {
        "token": token,
        "language": LANGUAGES[0],
        "title": _say(Texts(LANGUAGES[0]), "kiosk.heading"),
        "welcome": "".join(_welcome(each, ended) for each in LANGUAGES),
        "tools": _buttons(_TOOLS),
        "commands": _commands(),
        "answers": _buttons(("resume", "erase")),
        "down": " ".join(_in(each, "kiosk.down") for each in LANGUAGES),
    }
    return Template(_PAGE.read_text("utf-8")).substitute(values)


def _say(texts: Texts, text_id: str) -> str:
    return escape(texts(text_id))


def _in(language: str, text_id: str) -> str:
    return f'<span lang="{language}">{_say(Texts(language), text_id)}</span>'


def _welcome(language: str, ended: str) -> str:
    """Return what is read before a visit, and the button that begins one in this language."""
    texts = Texts(language)
    told = f'<p class="told">{_say(texts, f"kiosk.{ended}")}</p>' if ended else ""
    return (
        f'<section lang="{language}"><h1>{_say(texts, "kiosk.heading")}</h1>{told}'
        f"<p>{_say(texts, 'kiosk.lead')}</p><p>{_say(texts, 'kiosk.nothing')}</p>"
        f'<button type="button" class="main" data-begin="{language}">'
        f"{_say(texts, 'kiosk.begin')}</button>"
        f"<noscript><p>{_say(texts, 'kiosk.noscript')}</p></noscript></section>"
    )


def _buttons(names: tuple[str, ...]) -> str:
    return "".join(
        f'<button type="button" id="{name}" data-word="{name}"></button>' for name in names
    )


def _commands() -> str:
    """Return the buttons of commands; in a secret the first opens a menu, by an empty line."""
    other = '<button type="button" id="other" data-line="" data-word="other"></button>'
    return other + "".join(
        f'<button type="button" class="command" data-line="{escape(sign)}" data-word="{name}">'
        "</button>"
        for name, sign in _COMMANDS.items()
    )
