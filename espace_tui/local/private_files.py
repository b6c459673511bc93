"""Files that only their owner may read: 0600 in a 0700 folder, whatever the umask.

Made by root, a file belongs to the owner of its folder: a service that runs as somebody else still
reads its keys after root has changed them. Looser modes are refused, never silently repaired: it
may have been read already. Only a folder that is still empty is tightened. What belongs to somebody
else, or is a link where a file is expected, may lead anywhere: refused too. Systems without such
modes (Windows) keep their own rules.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from espace_tui.errors import Unreachable

NOWHERE = Path(os.devnull)
"""The home of who has none: nothing is there to be read, and nothing can be written."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_CODES = {
    errno.ENOSPC: "store-full",
    errno.EDQUOT: "store-full",
    errno.EFBIG: "store-full",
    errno.ENOTDIR: "store-not-a-folder",
    errno.EEXIST: "store-not-a-folder",
    errno.EISDIR: "store-not-a-file",
    errno.ENAMETOOLONG: "store-name-too-long",
    errno.ELOOP: "store-link-loop",
    errno.EMFILE: "too-many-files",
    errno.ENFILE: "too-many-files",
    errno.EIO: "store-failing",
}
"""Why a file or a folder cannot be used; any other reason is that it is not ours to write."""


def ensure_folder(path: Path) -> Path:
    """Return a folder that is 0700, made if need be; raises `Unreachable("store-loose")`."""
    with os_errors():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir(mode=0o700, exist_ok=True)
            path.chmod(0o700)
        elif _is_loose(path) and not any(path.iterdir()):
            path.chmod(0o700)
        refuse_loose(path)
    return path


def ensure_file(path: Path) -> Path:
    """Return a file that is 0600, made empty if need be; raises `Unreachable("store-loose")`."""
    with os_errors():
        with suppress(FileExistsError):
            os.close(_open_private(path, os.O_RDWR))
        _refuse_link(path)
        refuse_loose(path)
    return path


def read_private(path: Path) -> bytes:
    """Return what a private file holds; raises `Unreachable`, and waits for nothing (a pipe)."""
    with os_errors():
        _refuse_link(path)
        refuse_loose(path)
        with os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE | _NO_LINK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreachable("store-foreign", path=str(path))
            return file.read()


def write_atomic(path: Path, content: bytes, *, draft: Path | None = None) -> None:
    """Write or replace a 0600 file, whole or not at all.

    It is written under the name of a draft, by default beside it, then renamed.
    """
    draft = draft or _draft_of(path)
    with os_errors():
        try:
            _write(draft, content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _fsync(path)


def create_atomic(path: Path, content: bytes) -> None:
    """Write a 0600 file at once and whole, unless another process has just done it."""
    draft = _draft_of(path)
    with os_errors():
        _write(draft, content)
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
        _fsync(path)


def create_new(path: Path, content: bytes) -> bool:
    """Write a 0600 file where there is none, whole or not at all; tell whether there was none."""
    try:
        descriptor = _open_private(path, os.O_WRONLY)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(descriptor)
    except OSError:
        path.unlink()
        raise
    return True


def refuse_loose(path: Path) -> None:
    """Raise for what others may open (``store-loose``) or what is theirs (``store-foreign``)."""
    if not path.exists():
        return
    if _is_loose(path):
        mode = f"{stat.S_IMODE(path.stat().st_mode):04o}"
        raise Unreachable("store-loose", path=str(path), mode=mode)
    if not _is_ours(path):
        raise Unreachable("store-foreign", path=str(path))


@contextmanager
def os_errors() -> Iterator[None]:
    """Turn an error of the file system into `Unreachable`, with the true reason."""
    try:
        yield
    except OSError as error:
        raise Unreachable(
            _reason(error), path=str(error.filename), reason=error.strerror
        ) from error


def refuse_unusable(path: Path) -> None:
    """Raise `Unreachable` with the reason why a file cannot be opened, if there is one."""
    with os_errors():
        os.close(os.open(path, os.O_RDWR))


def _reason(error: OSError) -> str:
    if str(error.filename).startswith(f"{NOWHERE}/"):
        return "no-home"
    if error.errno == errno.EEXIST and Path(str(error.filename)).is_symlink():
        return "store-link-loop"
    return _CODES.get(error.errno or 0, "store-read-only")


def _draft_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")


def _write(draft: Path, content: bytes) -> None:
    """Write a draft of our own making: one that is there was left by a process that is gone."""
    draft.unlink(missing_ok=True)
    with os.fdopen(_open_private(draft, os.O_WRONLY), "wb") as target:
        target.write(content)


def _fsync(path: Path) -> None:
    """Wait for the disk, once: on a journalled file system, for the name with the content."""
    descriptor = os.open(path, os.O_RDWR | _NO_LINK)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open_private(path: Path, flags: int) -> int:
    """Make a file that nobody else has made."""
    descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
    if os.name == "posix":  # pragma: no branch — elsewhere modes say nothing
        os.fchmod(descriptor, 0o600)  # the umask may have taken the owner's own rights away
        if os.geteuid() == 0:
            folder_of = path.parent.stat()
            os.fchown(descriptor, folder_of.st_uid, folder_of.st_gid)
    return descriptor


def _is_loose(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def _is_ours(path: Path) -> bool:
    """Tell whether a file, and the link that leads to it, are ours or root's.

    Root works for a service: to it, folders are whose they are, and a file is their owner's too.
    """
    if os.name != "posix":
        return True
    found, known = path.stat(), {0, os.geteuid()}
    if os.geteuid() == 0:
        known.add(found.st_uid if stat.S_ISDIR(found.st_mode) else path.parent.stat().st_uid)
    return {found.st_uid, path.lstat().st_uid} <= known


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise Unreachable("store-foreign", path=str(path))
