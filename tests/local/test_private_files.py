"""Files of one's own: made by nobody else, no links, nobody else's, and never waited for."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from espace_tui.activation.crypto.keys import open_keys
from espace_tui.activation.mail.deliveries.trust import trust
from espace_tui.errors import Unreachable
from espace_tui.local import private_files
from espace_tui.operating.key_file import KeyFile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and owners of POSIX")
GOOD = {"k1": "ab" * 32}


def write_keys(folder: Path, content: object) -> Path:
    path = folder / "keys.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    path.chmod(0o600)
    return path


CORRUPT = {
    "a list of present keys": {"current": ["k1"], "keys": GOOD},
    "a table": {"current": {"k1": 1}, "keys": GOOD},
    "a key that is not there": {"current": "k2", "keys": GOOD},
    "a short key": {"current": "k1", "keys": {"k1": "ab" * 31}},
    "an empty key": {"current": "k1", "keys": {"k1": ""}},
    "another short key": {"current": "k1", "keys": GOOD | {"k0": "ab"}},
    "a key that is a number": {"current": "k1", "keys": {"k1": 7}},
    "no hexadecimal": {"current": "k1", "keys": {"k1": "zz" * 32}},
    "a name that is none": {"current": "k.1", "keys": {"k.1": "ab" * 32}},
    "no keys": {"current": "k1", "keys": {}},
    "keys in a list": {"current": "k1", "keys": ["k1"]},
    "a number": 7,
    "nothing": "",
    "too deep": "[" * 100_000,
}


@pytest.mark.parametrize("content", CORRUPT.values(), ids=CORRUPT)
@pytest.mark.parametrize("read", [open_keys, KeyFile.read])
def test_what_is_no_file_of_keys_is_told(
    read: Callable[[Path], object], content: object, tmp_path: Path
) -> None:
    path = write_keys(tmp_path, content)
    with pytest.raises(Unreachable) as caught:
        read(path)
    assert (caught.value.code, caught.value.values) == ("store-corrupt", {"path": str(path)})


@pytest.mark.parametrize("read", [open_keys, KeyFile.read])
def test_keys_behind_a_link_are_refused(read: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    real = write_keys(tmp_path / "real", {"current": "k1", "keys": GOOD})
    (tmp_path / "keys.json").symlink_to(real)
    with pytest.raises(Unreachable, match=r"^store-foreign$"):
        read(tmp_path / "keys.json")


def test_a_link_that_leads_nowhere_makes_no_keys_there(tmp_path: Path) -> None:
    (tmp_path / "keys.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(Unreachable, match=r"^store-foreign$"):
        open_keys(tmp_path / "keys.json")
    assert not (tmp_path / "elsewhere.json").exists()


def test_keys_that_are_a_pipe_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "keys.json", 0o600)
    with pytest.raises(Unreachable, match=r"^store-foreign$"):
        open_keys(tmp_path / "keys.json")


def test_keys_in_a_folder_that_others_enter_are_refused(tmp_path: Path) -> None:
    path = write_keys(tmp_path, {"current": "k1", "keys": GOOD})
    tmp_path.chmod(0o750)
    with pytest.raises(Unreachable, match=r"^store-loose$"):
        open_keys(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to somebody else")
def test_keys_of_somebody_else_are_refused(tmp_path: Path) -> None:
    path = write_keys(tmp_path, {"current": "k1", "keys": GOOD})
    os.chown(path, 4321, 4321)
    with pytest.raises(Unreachable, match=r"^store-foreign$"):
        open_keys(path)


@pytest.mark.parametrize("write", [private_files.write_atomic, private_files.create_atomic])
def test_a_draft_never_follows_what_waits_in_its_place(
    write: Callable[[Path, bytes], None], tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"kept")
    (tmp_path / f".file.{os.getpid()}").symlink_to(victim)
    write(tmp_path / "file", b"new")
    assert (victim.read_bytes(), (tmp_path / "file").read_bytes()) == (b"kept", b"new")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert not (tmp_path / "file").is_symlink()


def test_a_draft_that_comes_back_meanwhile_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody fast puts a link again between the two."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"kept")
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    (tmp_path / f".file.{os.getpid()}").symlink_to(victim)
    with pytest.raises(Unreachable):
        private_files.write_atomic(tmp_path / "file", b"new")
    assert victim.read_bytes() == b"kept"


def test_a_database_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "espace.db").symlink_to(tmp_path / "real")
    with pytest.raises(Unreachable, match=r"^store-foreign$"):
        private_files.ensure_file(tmp_path / "espace.db")


def test_the_secrets_of_connections_are_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "secrets"))
    assert trust(None).keylog_filename is None
    assert not (tmp_path / "secrets").exists()
