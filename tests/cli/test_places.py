"""Where things are, and are not: every start says the true reason, and none is a crash."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from espace_tui.cli.process.streams import LONGEST_LINE
from espace_tui.i18n import Texts
from espace_tui.local import private_files
from espace_tui.local.settings.environment import implied_defaults
from tests.cli.shell import Shell, coverage_variables, invitation
from tests.cli.terminal import HOUSE

WORDS = Texts("fr")
COMMANDS = (
    ["--help"],
    ["--version"],
    ["inbox"],
    ["inbox", "--json"],
    ["admin", "status"],
    ["backends"],
    ["check", "nir", "12"],
    ["check", "nir", "-"],
    ["handout"],
    ["help"],
    ["help", "accessibility"],
    ["completion", "bash"],
    ["keyring"],
    ["demo", "--linear"],
    ["login", "--linear"],
    ["guide"],
    ["message"],
    ["nowhere"],
    ["--nothing"],
)


def said(text_id: str, **values: object) -> str:
    return WORDS(text_id, **values)


@pytest.mark.parametrize("words", [["--data-dir", "~nobody-here/x"], ["--data-dir", "a\0b"]])
def test_a_path_that_names_nothing_is_refused(words: list[str], shell: Shell) -> None:
    answer = shell.call(*words, "inbox")
    assert answer.code == 2
    assert "n’est pas un chemin" in answer.err


@pytest.mark.parametrize("path", ["~nobody-here/settings.toml", "nowhere.toml"])
def test_a_settings_file_that_was_named_has_to_be_there(path: str, shell: Shell) -> None:
    assert shell.call("inbox", ESPACE_SETTINGS=path).code == 2
    assert shell.call("--help", ESPACE_SETTINGS=path).code == 0


def test_a_null_character_in_the_settings_is_refused(shell: Shell) -> None:
    place = shell.home / "settings.toml"
    place.write_text('data_dir = "a\\u0000b"\n', "utf-8")
    assert shell.call("inbox", ESPACE_SETTINGS=str(place)).code == 2


def test_who_has_no_home_gets_the_help_and_the_reason(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    assert shell.call("--help", HOME="").code == 0
    answer = shell.call("inbox", HOME="")
    assert (answer.code, said("unreachable.no-home") in answer.err) == (3, True)
    assert shell.call("inbox", "--data-dir", str(shell.home / "data"), HOME="").code == 0


def test_the_settings_of_somebody_else_are_not_ours(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ``su``, the home may be one that we cannot enter."""

    usual = Path.stat

    def closed(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "settings.toml":
            raise PermissionError(errno.EACCES, "no", str(path))
        return usual(path, follow_symlinks=follow_symlinks)

    (shell.home / ".config" / "espace-tui").mkdir(parents=True)
    a_file(shell.home / ".config" / "espace-tui" / "settings.toml")
    monkeypatch.setattr(Path, "stat", closed)
    assert shell.call("backends").code == 0
    assert shell.call("backends", ESPACE_SETTINGS="/etc/settings.toml").code == 2


def a_file(place: Path) -> Path:
    place.write_text("x", "utf-8")
    return place


def a_loop(place: Path) -> Path:
    place.symlink_to(place)
    return place


def a_long_name(place: Path) -> Path:
    return place.with_name("x" * 300)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_file, "store-not-a-folder"),
        (a_loop, "store-link-loop"),
        (a_long_name, "store-name-too-long"),
        (lambda place: a_file(place) / "below", "store-not-a-folder"),
    ],
)
def test_the_true_reason_is_told(make: object, code: str, shell: Shell) -> None:
    place = make(shell.home / "data")  # type: ignore[operator] # one of those above
    answer = shell.call("inbox", "--data-dir", str(place))
    assert answer.code == 3
    assert answer.err == f"Erreur\u00a0: {said(f'unreachable.{code}', path=place)}\n" or (
        answer.err.split("(")[0] in f"Erreur\u00a0: {said(f'unreachable.{code}', path=place)}"
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EMFILE, "too-many-files"),
        (errno.ENFILE, "too-many-files"),
        (errno.EIO, "store-failing"),
        (errno.EROFS, "store-read-only"),
        (errno.EACCES, "store-read-only"),
        (errno.ENOSPC, "store-full"),
        (errno.EISDIR, "store-not-a-file"),
    ],
)
def test_every_reason_of_the_system_has_its_words(number: int, code: str) -> None:
    with pytest.raises(Exception, match=code), private_files.os_errors():
        raise OSError(number, "why", "here")
    assert "…" not in said(f"unreachable.{code}", path="here")


def test_too_many_open_files_are_told(shell: Shell) -> None:
    command = f"ulimit -n 5; exec {sys.executable} -m espace_tui admin status"
    done = run(["/bin/sh", "-c", command], shell)
    assert (done.returncode, done.stderr) == (
        3,
        f"Erreur\u00a0: {said('unreachable.too-many-files')}\n",
    )


def test_an_emptied_store_is_damaged_and_never_made_anew(shell: Shell) -> None:
    assert shell.call(*invitation()).code == 0
    store = next(shell.home.rglob("espace.db"))
    for path in store.parent.glob("espace.db*"):
        path.write_bytes(b"")
    answer = shell.call("admin", "status")
    assert (answer.code, "abîmé" in answer.err) == (3, True)
    assert store.read_bytes() == b""


def test_a_demonstration_with_nowhere_to_write_says_so(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(**_options: str) -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.mkdtemp", nowhere)
    answer = shell.call("demo", "--linear")
    assert (answer.code, said("unreachable.no-temporary-folder") in answer.err) == (3, True)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANGUAGE": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANGUAGE": "de:fr:en", "LC_ALL": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LANGUAGE": "de", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LANGUAGE": "en_US:en"}, "en"),
    ],
)
def test_the_language_list_goes_before_the_locale(variables: dict[str, str], language: str) -> None:
    assert implied_defaults(variables)["language"] == language


def _variables(shell: Shell) -> dict[str, str]:
    return {**shell.environment, **coverage_variables(), "PYTHONPATH": str(HOUSE)}


def run(command: list[str], shell: Shell, **streams: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return] # streams of all kinds
        command,
        env=_variables(shell),
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        | streams,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_streams_that_are_closed_or_full_crash_nothing(words: list[str], shell: Shell) -> None:
    usual = run([sys.executable, "-m", "espace_tui", *words], shell)
    program = f"{sys.executable} -m espace_tui {' '.join(words)}"
    for streams in (">&-", "2>&-", "<&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"):
        done = run(["/bin/sh", "-c", f"exec {program} {streams}"], shell)
        unseen = streams[0] != "2" and ">" in streams and usual.stdout
        expected = {1, usual.returncode} if unseen else {usual.returncode}
        assert done.returncode in expected, (streams, done)
        assert not (unseen and done.returncode == 0), streams
        assert "défaut" not in done.stdout + done.stderr, (streams, done)
        assert "Traceback" not in done.stderr, (streams, done)


def test_an_output_that_was_left_without_waiting_is_waited_for(shell: Shell) -> None:
    source, target = os.pipe()
    os.set_blocking(target, False)
    filled = os.write(target, b"-" * 1_000_000)
    command = [sys.executable, "-m", "espace_tui", "--help"]
    with subprocess.Popen(command, env=_variables(shell), stdout=target) as program:
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(1)
        os.close(target)
        with os.fdopen(source, encoding="utf-8") as reader:
            said = reader.read()[filled:]
        assert program.wait(60) == 0
    assert "--linear" in said


def test_an_input_without_an_end_is_bounded(shell: Shell) -> None:
    command = f"{sys.executable} -m espace_tui check nir - < /dev/zero"
    done = run(["/bin/sh", "-c", command], shell)
    assert done.returncode == 1
    assert done.stderr == f"Erreur\u00a0: {said('refused.line-overlong')}\n"
    whole = run(
        ["/bin/sh", "-c", f"printf '%{LONGEST_LINE - 2}s\\n1\\n' x | {command[:-12]}"], shell
    )
    assert whole.stdout.count("\n") == 2


def test_an_input_that_is_no_text_is_checked_all_the_same(shell: Shell) -> None:
    command = f"printf '\\377\\n' | {sys.executable} -m espace_tui check nir -"
    done = run(["/bin/sh", "-c", command], shell)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["logn"], "login"),
        (["admin", "invit"], "invite"),
        (["check", "nri"], "nir"),
        (["completion", "bsh"], "bash"),
        (["help", "accesibility"], ""),
        (["--linaer"], "--linear"),
        (["-linear"], "--linear"),
        (["admin", "status", "--jsno"], "--json"),
        (["login", "--them=dark"], "--theme"),
        (["--theme=drak"], "dark"),
        (["handout", "--oputput", "here"], "--output"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(
    words: list[str], nearest: str, shell: Shell
) -> None:
    answer = shell.call(*words)
    assert answer.code in {1, 2}
    assert re.search(rf"Vouliez-vous dire («\s)?{re.escape(nearest)}", answer.err)


@pytest.mark.parametrize("words", [["xyzzy"], ["--xyzzy"], ["-q"]])
def test_what_resembles_nothing_suggests_nothing(words: list[str], shell: Shell) -> None:
    answer = shell.call(*words)
    assert answer.code == 2
    assert "Vouliez-vous dire" not in answer.err


INTERRUPTED = """
import os, runpy, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.argv[1:] = {words!r}
sys.meta_path.insert(0, Interrupting())
runpy.run_module("espace_tui", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("espace_tui.cli", []),
        ("espace_tui.i18n", []),
        ("espace_tui.cli.commands.wizard", []),
        ("espace_tui.cli.admin", ["admin", "status"]),
        ("espace_tui.activation.rules", ["admin", "status"]),
    ],
)
def test_an_interrupt_while_it_starts_is_silent(
    module: str, words: list[str], shell: Shell
) -> None:
    program = INTERRUPTED.format(module=module, words=words)
    done = run([sys.executable, "-c", program], shell)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_windows_is_told_how_in_one_sentence(shell: Shell) -> None:
    program = (
        "import sys, runpy; sys.platform = 'win32'\n"
        "sys.modules |= dict.fromkeys(('termios', 'resource', 'fcntl', 'pwd', 'textual'))\n"
        "runpy.run_module('espace_tui', run_name='__main__')"
    )
    done = run([sys.executable, "-c", program], shell)
    assert done.returncode == 1
    assert "WSL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "WSL" in (HOUSE / "README.md").read_text("utf-8")


def test_no_file_takes_the_place_of_a_stream(shell: Shell) -> None:
    """A closed standard error would lend its number to the store, and a warning damage it."""
    program = (
        "from espace_tui.cli.process import streams; streams.prepare(); "
        "opened = open('opened', 'w'); opened.write(str(opened.fileno()))"
    )
    command = f'cd {shell.home} && {sys.executable} -c "{program}" <&- >&- 2>&-'
    assert run(["/bin/sh", "-c", command], shell).returncode == 0
    assert int((shell.home / "opened").read_text("utf-8")) > 2
