"""The page in a real Chromium, by keyboard alone: what it looks like, says, holds and leaves."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from espace_tui.cli.commands.demo import NIR, SERIALS
from espace_tui.i18n import Texts
from tests.counter.counter_terminal import files_under, memory_of, wait_until_gone
from tests.guide.site.browser import Tab
from tests.kiosk.visitor import ENTER, F9, TAB, Kiosk, Visitor, impatient, serving

IDENTIFIER, PASSWORD = "canari.kd7mp3xr", "Canari8-Lampe"
CANARIES = (IDENTIFIER, PASSWORD, "masqué xr")  # the identifier as the page says it back
END = 2.0
"""Seconds within which a process must have ended."""
ACTIVATE = (
    *("1", "", Visitor.read_code, NIR, "", "1", SERIALS["photo"]),
    *("1", "{yes}", "", "1", "camille.exemple55", PASSWORD, PASSWORD, "", "1"),
)
"""The whole activation, as it is typed."""


OF_A_TERMINAL = r"terminal|ctrl|\bf[1-8]\b|commande|command\b|ligne vide|empty line"
"""What is not to be said in a page."""
IN_SIGHT = """(() => {
  const { top, bottom, height } = document.activeElement.getBoundingClientRect();
  return height > innerHeight || (top > 5 && bottom < innerHeight - 5);
})()"""
DONE = {"fr": "C’est fait", "en": "Done: your space is activated"}


@pytest.mark.parametrize(
    ("language", "width", "scheme", "sizes"),
    [("fr", 320, "dark", 0), ("en", 1280, "light", 4)],
    ids=["320 px", "400 %"],
)
def test_the_whole_activation_by_keyboard_alone(
    visitor: Visitor, language: str, width: int, scheme: str, sizes: int
) -> None:
    visitor.arrive(width, 640, scheme)
    visitor.begin(language)
    for _ in range(sizes):
        visitor.tab.evaluate("document.querySelector('#size').focus()")
        visitor.press(ENTER)
    visitor.tab.evaluate("document.querySelector('#answer').focus()")
    yes = Texts(language)("linear.yes")
    for line in ACTIVATE:
        visitor.look(language)
        visitor.answer(line.format(yes=yes) if isinstance(line, str) else line(visitor))
    visitor.look(language)
    assert DONE[language] in visitor.words
    assert PASSWORD not in visitor.words
    for _ in range(6):  # whatever has the focus is seen whole, and what tells that it has it
        visitor.press(TAB)
        assert visitor.tab.evaluate(IN_SIGHT), visitor.focused("outerHTML")
    for end in ("38", "3 8", "55"):  # what is answered is masked, as at a counter
        assert re.search(f": (masqué|hidden) {end}$", visitor.words, re.MULTILINE)
    assert re.findall(OF_A_TERMINAL, visitor.words, re.IGNORECASE) == []
    assert (visitor.tab.evaluate("document.documentElement.dataset.size") or "1") == f"{sizes + 1}"


def test_what_assistive_technology_is_told(visitor: Visitor) -> None:
    visitor.begin()
    nodes = visitor.tab.call("Accessibility.getFullAXTree")["result"]["nodes"]
    seen = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and "role" in node
    ]
    assert ("log", "La conversation") in seen
    assert visitor.label
    assert ("textbox", visitor.label) in seen
    assert [name for role, name in seen if role == "textbox"] == [visitor.label]
    assert ("heading", "Activer Mon espace santé, pas à pas") in seen
    assert ("button", "1. Activer mon espace") in seen
    assert [role for role, name in seen if role in {"button", "link"} and not name] == []
    assert sum(role == "main" for role, _ in seen) == 1


def test_a_choice_is_a_button_until_it_is_made(visitor: Visitor) -> None:
    visitor.begin()
    for _ in range(2):
        visitor.tab.evaluate("document.querySelectorAll('#log button')[1].focus()")
        visitor.press(ENTER)
        visitor.wait_for("Choisi : Me connecter")
        visitor.wait_for_question()
        assert visitor.tab.evaluate("document.querySelectorAll('#log button').length") == 0
        visitor.press(TAB)  # to the buttons
        visitor.tab.evaluate("document.querySelector('[data-word=back]').focus()")
        visitor.press(ENTER)
        visitor.wait_for_question()
    visitor.answer("perhaps")
    assert visitor.tab.evaluate("document.querySelectorAll('#log button').length") == 7
    assert "error" in str(visitor.tab.evaluate("document.querySelector('#log .error').className"))


def test_the_language_and_the_buttons_follow_the_person(visitor: Visitor) -> None:
    visitor.begin()
    visitor.tab.evaluate("document.querySelector('.language').focus()")
    visitor.press(ENTER)
    visitor.wait_for("This guide helps you activate")
    visitor.wait_for_question()
    visitor.look("en")
    assert visitor.tab.evaluate("document.querySelector('#send').innerText") == "Answer"
    assert visitor.tab.evaluate("document.querySelector('#log p').lang") == "fr"


# --- nothing is left


def go_to_the_secret(visitor: Visitor) -> None:
    """Sign in as far as the password, and begin to type it."""
    for line in ("2", IDENTIFIER):
        visitor.answer(line)
    assert visitor.focused("type") == "password"
    visitor.look("fr")
    visitor.type(PASSWORD)


def html_of(tab: Tab) -> str:
    """All that stands in a page, seen or not; but for what is typed in a field."""
    html = str(tab.evaluate("document.documentElement.outerHTML"))
    return html.replace("&nbsp;", " ")


def reload_the_page(visitor: Visitor) -> str:
    visitor.tab.call("Page.reload")
    return "Commencer"


def leave_for_another_page(visitor: Visitor) -> str:
    assert CANARIES[-1] in html_of(visitor.tab)
    visitor.tab.evaluate("window.dispatchEvent(new Event('pagehide'))")  # whatever is cached
    assert not [each for each in CANARIES if each in html_of(visitor.tab)]
    visitor.tab.open(f"{visitor.kiosk.address}/alive")
    visitor.tab.evaluate("history.back()")
    return "Commencer"


def erase(visitor: Visitor) -> str:
    visitor.tab.evaluate("document.querySelector('#hide').focus()")
    visitor.press(ENTER)
    visitor.wait_for("Écran masqué")
    assert not [each for each in CANARIES if each in visitor.words]
    visitor.press(TAB)
    visitor.press(TAB)
    visitor.press(ENTER)
    return "Tout est effacé."


def quit_by_a_command(visitor: Visitor) -> str:
    visitor.press(ENTER)
    visitor.wait_for("13 caractères reçus")
    visitor.wait_for_question()
    visitor.type(":quitter")
    visitor.press(ENTER)
    return "C’est fini."


def kill_the_process(visitor: Visitor) -> str:
    os.kill(visitor.kiosk.person(), signal.SIGKILL)
    return "La conversation a été coupée."


def stop_the_process(visitor: Visitor) -> str:
    os.kill(visitor.kiosk.person(), signal.SIGSTOP)
    return "La conversation a été coupée."


ENDS: tuple[Callable[[Visitor], str], ...] = (
    reload_the_page,
    leave_for_another_page,
    erase,
    quit_by_a_command,
    kill_the_process,
    stop_the_process,
)
STORED = (
    "(async () => JSON.stringify([localStorage, sessionStorage, document.cookie,"
    " await indexedDB.databases(), await caches.keys(), history.state]))()"
)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_nothing_of_a_person_is_left_whatever_the_end(
    end: Callable[[Visitor], str], visitor: Visitor, kiosk: Kiosk
) -> None:
    visitor.begin()
    go_to_the_secret(visitor)
    process, tab = kiosk.person(), visitor.tab
    assert len(list(kiosk.home.glob("espace-tui-*/espace-tui-*"))) == 1
    assert not [each for each in CANARIES if each.encode() in told_by_proc(process)]
    said = end(visitor)
    assert wait_until_gone(process, within=END) < END
    visitor.wait_for(said)
    traces = (
        html_of(tab).encode(),
        memory_of(kiosk.pid),
        files_under(kiosk.home),
    )
    assert not [each for each in CANARIES for trace in traces if each.encode() in trace]
    assert "canari" not in str(tab.evaluate("location.href + document.title")).lower()
    stored = tab.call("Runtime.evaluate", expression=STORED, awaitPromise=True, returnByValue=True)
    assert stored["result"]["result"]["value"] == '[{},{},"",[],[],null]'
    tab.evaluate("history.back()")
    tab.until("document.readyState === 'complete'")
    assert not [each for each in CANARIES if each in str(tab.evaluate("document.body.innerText"))]
    assert list(kiosk.home.glob("espace-tui-*")) == []


def told_by_proc(process: int) -> bytes:
    """What anybody's `ps` shows of a process."""
    return b"".join(Path(f"/proc/{process}/{name}").read_bytes() for name in ("cmdline", "stat"))


def test_the_browser_asked_nobody_else_and_keeps_nothing(
    visitor: Visitor, tab: Tab, kiosk: Kiosk, profile: Path
) -> None:
    visitor.begin()
    go_to_the_secret(visitor)
    requests = [each["params"] for each in tab.events if each["method"] in ASKED]
    addresses = [each.get("url") or each["request"]["url"] for each in requests]
    own = (kiosk.address, kiosk.address.replace("http", "ws"), "about:blank")
    assert {f"{kiosk.address}/page.js", f"{own[1]}/visit/fr"} <= {*addresses}
    assert [each for each in addresses if not each.startswith(own)] == []
    complaints = [each for each in tab.events if each["method"] in COMPLAINTS]
    loud = [json.dumps(each) for each in complaints if '"verbose"' not in json.dumps(each)]
    assert [each for each in loud if not re.search(KNOWN, each)] == []
    assert tab.call("Network.getAllCookies")["result"]["cookies"] == []
    reload_the_page(visitor)
    visitor.wait_for("Commencer")
    assert not [each for each in CANARIES if each.encode() in files_under(profile)]


KNOWN = "WebSocket connection|ERR_CONNECTION_REFUSED"
"""What a browser says of a person's process that was killed, or of a server that stopped."""
ASKED = ("Network.requestWillBeSent", "Network.webSocketCreated")
COMPLAINTS = ("Log.entryAdded", "Runtime.exceptionThrown")


# --- places


def test_a_second_person_is_told_that_every_place_is_taken(visitor: Visitor, kiosk: Kiosk) -> None:
    visitor.begin()
    first = kiosk.person()
    tab = visitor.tab
    tab.evaluate(f"window.other = window.open('{kiosk.address}/')")
    tab.until(
        "window.other?.document.readyState === 'complete'"
        " && !!window.other.document.querySelector('[data-begin=en]')"
    )
    tab.evaluate("window.other.document.querySelector('[data-begin=en]').click()")
    tab.until("window.other.document.body.innerText.includes('Every place is taken')")
    tab.evaluate("window.other.close()")
    assert kiosk.person() == first
    visitor.answer("2")
    assert "Choisi : Me connecter" in visitor.words


def test_the_server_that_stops_ends_everybody(tab: Tab, tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--exercise") as kiosk:
        visitor = Visitor(tab, kiosk)
        visitor.arrive()
        visitor.begin()
        person = kiosk.person()
        kiosk.process.terminate()
        assert wait_until_gone(person, within=END) < END
        visitor.wait_for("La borne redémarre")
        assert "espace santé" not in visitor.words
        assert kiosk.process.wait(timeout=5) == 0
        assert list(kiosk.home.glob("espace-tui-*")) == []
    tab.open("about:blank")


# --- a page that nobody touches


def test_a_page_that_nobody_touches_is_warned_about_hidden_then_erased(
    tab: Tab, tmp_path: Path
) -> None:
    with impatient(tmp_path / "home") as kiosk:
        visitor = Visitor(tab, kiosk)
        visitor.arrive()
        visitor.begin()
        person = kiosk.person()
        go_to_the_secret(visitor)
        for _ in range(2):  # any key extends, without a limit of times
            visitor.wait_for("Toujours là ?")
            tab.evaluate("document.querySelector('.warning').remove()")
            visitor.press(TAB)
        visitor.wait_for("Toujours là ?")
        tab.until("!document.querySelector('#veil').hidden")
        assert tab.evaluate("document.querySelectorAll('.warning').length") == 1
        assert not [each for each in CANARIES if each in visitor.words]
        assert "Écran masqué. Tout sera effacé à" in visitor.words
        visitor.press(TAB)
        visitor.press(ENTER)  # the same person
        tab.until("document.querySelector('#veil').hidden")
        assert "Mon identifiant : masqué xr" in visitor.words
        assert visitor.focused("value") == PASSWORD
        visitor.press(F9)
        tab.until("!document.querySelector('#veil').hidden")
        visitor.wait_for("Tout est effacé.")
        wait_until_gone(person, within=END)
        assert IDENTIFIER not in html_of(tab)
    tab.open("about:blank")


FRAUD = """Ameli : votre carte Vitale 2026 est prête.
Payez les frais sur https://monespace-sante.example/carte sous 24 heures.
Votre conseiller"""


# --- without an operator's backend

GUIDED = {
    "fr": ("Rien n’a été gardé", "Mon profil a bien été activé"),
    "en": ("Nothing was kept", "Mon profil a bien été activé"),
}
"""How one sees that the guide is at its end, and that what is on the site was said."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosk]:
    """A kiosk without an operator's backend."""
    with serving(tmp_path_factory.mktemp("guide") / "home") as kiosk:
        yield kiosk


@pytest.mark.parametrize("language", GUIDED)
def test_without_a_service_there_is_the_guide(language: str, tab: Tab, guide: Kiosk) -> None:
    kept, done = GUIDED[language]
    visitor = Visitor(tab, guide)
    visitor.arrive()
    visitor.begin(language)
    while kept not in visitor.words:
        visitor.look(language)
        visitor.answer("1" if "-" in visitor.label else "")
    assert done in visitor.words
    assert re.findall(OF_A_TERMINAL, visitor.words, re.IGNORECASE) == []
    tab.open("about:blank")
    guide.wait_until_nobody()


def test_without_a_service_a_message_is_read(tab: Tab, guide: Kiosk) -> None:
    visitor = Visitor(tab, guide)
    visitor.arrive()
    visitor.begin()
    visitor.answer("2")
    assert visitor.focused("localName") == "textarea"
    visitor.look("fr")
    visitor.type(FRAUD)
    visitor.press(TAB)
    visitor.press(ENTER)
    visitor.wait_for("Vérifier ce message")
    visitor.wait_for_question()
    visitor.answer("1")
    visitor.look("fr")
    assert "monespace-sante.example" in visitor.words
    tab.open("about:blank")
    guide.wait_until_nobody()
    assert [path for path in guide.home.rglob("*") if path.is_file()] == []
