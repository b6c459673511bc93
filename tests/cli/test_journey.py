"""From the command line to the space and out, and what each way of leaving exits with."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.cli.commands.demo import PEOPLE, Camille, DemoBackend, DemoInbox
from espace_tui.cli.lazy_backend import open_lazily
from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.context import StepContext
from espace_tui.journey.wizard import Wizard
from espace_tui.local.settings import StoredPreferences
from espace_tui.validators.card_serial import CardKind
from tests.cli.shell import PERSON, Shell, invitation
from tests.cli.terminal import ALTERNATE, HOUSE, Terminal
from tests.walks.worlds import PocketKeyring

PASSWORD = "Ornithorynque7!"
SLOW_LINE = HOUSE / "tests" / "linear" / "console" / "slow_line.py"
TO_THE_END = (
    *("1", "2", "", ""),  # activate; keep nothing; the message; what one needs
    *("{code}", PERSON["nir"], ""),
    *("1", PERSON["card-serial"]),
    *("1", "oui", ""),
    "",  # the contacts
    *("camille.exemple", PASSWORD, PASSWORD, ""),
    "1",  # validate: by its number
)

TYPED: Mapping[str, Mapping[str, str]] = {
    "decision": {"choice": "activate", "terms": "yes"},
    "credentials": {
        "identifier": "camille.exemple",
        "password": PASSWORD,
        "confirmation": PASSWORD,
    },
}


def test_a_space_is_activated_from_a_pipe(shell: Shell) -> None:
    shell.call(*invitation(mobile="06 12 34 56 46"))
    lines = "\n".join(TO_THE_END).format(code=shell.last_code()) + "\n"
    receipt = str(shell.home / "reçu.txt")
    said = shell.spawn("--linear", "--receipt", receipt, given=lines)
    assert said.code == 0, said.out
    assert "C’est fait" in said.out
    assert "Reçu enregistré" in said.out
    assert shell.spawn("--linear", "--receipt", receipt, given="").code == 3
    assert PASSWORD not in said.out
    assert shell.call("admin", "status", "--json").json["active"] == 1


def test_without_a_terminal_nothing_begins_unless_asked_to(shell: Shell) -> None:
    for words in ([], ["login"], ["demo"]):
        said = shell.spawn(*words)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
        assert "--linear" in said.err


def test_an_input_that_ends_in_the_middle_fails(shell: Shell) -> None:
    shell.call(*invitation())
    said = shell.spawn("--linear", given="1\n2\n\n\n")
    assert said.code == 1
    assert shell.call("admin", "status", "--json").json["active"] == 0


def test_a_backend_that_cannot_be_reached_has_its_code(shell: Shell) -> None:
    words = ("--linear", "--backend", "refusing", "--backend-option", "mode=unreachable")
    assert shell.spawn(*words, given="1\n2\n").code == 3
    assert shell.spawn("login", *words, given="").code == 3


def test_an_address_where_nobody_answers_is_named_and_nothing_is_said_to_be_kept(
    shell: Shell,
) -> None:
    words = ("--backend", "http", "--backend-option", "url=http://127.0.0.1:9")
    said = " ".join(shell.spawn("--linear", *words, given="1\n2\n").out.split())
    assert "Le service 127.0.0.1 ne répond pas" in said.replace("\xa0", " ")
    assert "espace-tui demo" in said
    assert "est gardé." not in said


def test_leaving_in_the_middle_is_an_interruption(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", "demo")
    terminal.wait_for("Activer mon espace")
    terminal.send("\r")
    terminal.wait_for("Mon message")
    terminal.send("\x03")
    terminal.wait_for("[ Quitter ]")
    terminal.send("\t\r")
    assert terminal.wait_exit() == 130


def test_the_size_is_that_of_the_window_whatever_a_shell_exported(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", COLUMNS="40", LINES="12")
    terminal.wait_for("F10", line=-1)
    terminal.resize(60, 18)
    terminal.wait_for("F10", line=-1)
    terminal.send("\x03")
    terminal.wait_for("[ Quitter ]")
    terminal.send("\t\r")
    assert terminal.wait_exit() == 130


def test_a_terminal_without_a_size_has_the_one_that_was_exported(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", COLUMNS="60", LINES="18")
    terminal.lose_size()
    terminal.wait_for("F10", line=17)
    terminal.send("\x03")
    terminal.wait_for("[ Quitter ]")


def test_a_plain_line_says_how_to_go_on_line_by_line_before_the_screen(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui")
    terminal.wait_for("F10", line=-1)
    before = terminal.written.partition(ALTERNATE)[0].decode()
    assert (
        before.splitlines()[0]
        == "Lecteur d’écran\N{NO-BREAK SPACE}: F8 passe au mode ligne à ligne."
    )
    assert "\x1b" not in before
    assert "Mode ligne à ligne (F8)" in terminal.screen


@pytest.mark.no_cover  # other tests meet these lines
def test_a_slow_line_cuts_no_key_in_the_full_screen(tmp_path: Path) -> None:
    """At 9600 bauds every sequence is cut everywhere, in both directions."""
    state = tmp_path / ".local" / "state" / "espace-tui"
    state.mkdir(parents=True, mode=0o700)
    (state / "choices.json").write_text('{"kept": [], "choices": {}}', "utf-8")  # not asked again
    command = ("9600", sys.executable, "-m", "espace_tui", "login")
    terminal = Terminal(
        tmp_path, str(SLOW_LINE), *command, SSH_CONNECTION="192.0.2.1 1 192.0.2.2 2"
    )
    terminal.wait_for("F10", line=-1)
    terminal.send("camille.ex\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\emple\t")
    terminal.wait_for("camille.exemple")
    terminal.send(f"{PASSWORD[:5]}\x1b]10;rgb:ffff/ffff/ffff\x07{PASSWORD[5:]}\x1b[Z")
    terminal.wait_for("•" * len(PASSWORD))
    terminal.send("\x03")
    terminal.wait_for("[ Quitter ]")
    assert PASSWORD.encode() not in terminal.written
    terminal.send("\t\r")
    assert terminal.wait_exit() == 130


def test_an_encoding_without_frames_shows_them_in_as_many_columns(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", PYTHONIOENCODING="iso-8859-1")
    terminal.wait_for("------")
    assert "\N{BOX DRAWINGS LIGHT HORIZONTAL}".encode() not in terminal.written
    assert "santé".encode("iso-8859-1") in terminal.written
    terminal.send("\x03")
    terminal.wait_for("[ Quitter ]")


def test_login_begins_where_one_signs_in(shell: Shell) -> None:
    shell.call(*invitation())
    first = shell.spawn("login", "--linear", given="2\n")
    assert "Connexion" in first.out


def demonstration(folder: Path, texts: Texts) -> DemoBackend:
    options = {"data_dir": str(folder / "data")}
    return DemoBackend("embedded", options, Camille(texts), texts)


async def test_a_demonstration_tells_all_one_needs(tmp_path: Path) -> None:
    backend = demonstration(tmp_path, Texts("fr"))
    inbox = backend.inbox
    assert inbox is not None
    note, letter = (await asyncio.gather(inbox.messages(), inbox.messages()))[0]
    assert "n’existe pas" in note.text
    assert note.sent_at < letter.sent_at
    code = re.search(r"^[0-9A-Za-z]{12}$", letter.text, re.MULTILINE)
    nir = re.search(r"[0-9][0-9 ]{20}", note.text)
    serial = re.search(r"8025000002 ([0-9 ]+)\n", note.text)
    assert code is not None
    assert nir is not None
    assert serial is not None
    steps = backend.backend.activation
    flow = await steps.identify(code[0], nir[0].replace(" ", ""))
    flow = await steps.verify_card(flow, CardKind.PHOTO, serial[1].replace(" ", ""))
    assert flow.first_name == "Camille"
    await backend.aclose()


async def test_a_demonstration_asks_only_what_one_came_for(tmp_path: Path) -> None:
    """It keeps nothing, and the messages tell what one needs: neither is asked nor told."""
    backend = demonstration(tmp_path, Texts())
    context = StepContext(cast("Backend", backend), StoredPreferences(None), PocketKeyring())
    wizard, seen = Wizard(context), []
    await wizard.start()
    while wizard.step_name != "done":
        seen.append(wizard.step_name)
        for action in wizard.view().received:
            await wizard.submit(action.name)
        for name, text in TYPED.get(wizard.step_name, {}).items():
            wizard.set_text(name, text)
        if not await wizard.submit() and wizard.view().advice:
            await wizard.submit()
        assert wizard.step_name not in seen, wizard.view()
    await backend.aclose()
    assert seen == [
        *("welcome", "message", "identification", "card"),
        *("decision", "contacts", "credentials", "review"),
    ]


@pytest.mark.parametrize("then", LANGUAGES)
async def test_the_invitation_is_made_while_the_welcome_is_read(then: str, tmp_path: Path) -> None:
    """In another language, should one choose it meanwhile: nobody has looked yet."""
    texts = Texts("fr")
    backend = demonstration(tmp_path, texts)
    await asyncio.to_thread(backend.preload)
    inbox = backend.inbox
    assert isinstance(inbox, DemoInbox)
    await inbox.invite()
    assert backend.backend.inbox
    made = await backend.backend.inbox.messages()
    assert len(made) == 1
    texts.language = then
    _, message = await inbox.messages()
    assert (message.text == made[0].text) == (then == "fr")
    texts.language = "en"
    assert (await inbox.messages())[1].text == message.text
    await backend.aclose()


@pytest.mark.parametrize(("person", "card"), [("camille", "plain"), ("dominique", "photo")])
async def test_another_person_or_card_is_walked_as_well(
    person: str, card: str, tmp_path: Path
) -> None:
    """One holds an older card; the other wants to opt out, and is told so."""
    texts, options = Texts(), {"data_dir": str(tmp_path / "data")}
    backend = DemoBackend("embedded", options, Camille(texts, card, person), texts)
    context = StepContext(cast("Backend", backend), StoredPreferences(None), PocketKeyring())
    wizard = Wizard(context)
    await wizard.start()
    while wizard.step_name != "decision":
        for action in wizard.view().received:
            await wizard.submit(action.name)
        assert await wizard.submit(), wizard.view()
    note = wizard.session.inbox[0].text
    await backend.aclose()
    assert wizard.session.flow is not None
    assert wizard.session.flow.first_name == PEOPLE[person].first_name
    assert wizard.session.card is not None
    assert wizard.session.card.kind == card
    assert ("choisissez de vous opposer" in note) == (person == "dominique")


def test_the_person_and_the_card_are_those_that_one_asks_for(shell: Shell) -> None:
    words = ("demo", "--linear", "--person", "dominique", "--card", "plain")
    said = shell.spawn(*words, given="1\n")
    assert "Bonjour Dominique" in said.out
    assert PEOPLE["dominique"].serials["plain"] in said.out


async def test_a_demonstration_left_at_once_is_not_begun_anew(tmp_path: Path) -> None:
    backend = demonstration(tmp_path, Texts())
    await backend.aclose()
    await asyncio.to_thread(backend.preload)
    await asyncio.sleep(0)
    assert not (tmp_path / "data").exists()


async def test_a_demonstration_of_refusals_has_no_inbox() -> None:
    backend = DemoBackend("refusing", {}, Camille(Texts()), Texts())
    assert backend.inbox is None
    await backend.aclose()


async def test_a_backend_is_opened_when_it_is_needed() -> None:
    before = set(sys.modules)
    backend = open_lazily("embedded", {}, {"data_dir": "/nowhere", "language": "fr"})
    assert "backend" not in vars(backend)
    await backend.aclose()
    assert set(sys.modules) == before
    with pytest.raises(InvalidSettings):
        open_lazily("embedding", {}, {})
    with pytest.raises(InvalidSettings):
        open_lazily("embedded", {"policy": "x"}, {"data_dir": "/nowhere", "language": "fr"})
