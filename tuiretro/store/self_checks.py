"""One person's kept self-checks on disk: one private file in a folder that only this user may enter.

Owns that nothing but them lies there, and that a crash leaves the old or the new. Knows nothing of a workspace or team.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tuiretro.core.self_check_words import changed_words
from tuiretro.errors import ChangedError, WorkspaceError
from tuiretro.files import private_folder, read_bytes, remove_stale, stale, sync_folder, write_atomically
from tuiretro.locks import locked
from tuiretro.model.self_check import SelfCheck
from tuiretro.paths import checks_file
from tuiretro.store.retro_folder import midnight
from tuiretro.store.self_check_form import COST, decoded, encoded, is_locked
from tuiretro.store.wording import FORGETTING, SELF_CHECK, SELF_CHECKS, explained

LOCK = "self-checks.lock"


class SelfChecks:
    """The self-checks in a folder, which need not exist.

    Args:
        folder: Where they lie; nobody else may enter it.
        entropy: Random bytes for the name of a file that is not whole yet.
    """

    def __init__(self, folder: Path, entropy: Callable[[int], bytes] = os.urandom) -> None:
        self._folder, self._entropy = folder, entropy

    @property
    def path(self) -> Path:
        """The file, there or not."""
        return checks_file(self._folder)

    @property
    def is_locked(self) -> bool | None:
        """Whether a passphrase locks them; None if none are kept.

        Raises:
            WorkspaceError: The folder or the file is not as we make it, damaged, or from a newer version.
        """
        data = self._data()
        return None if data is None else is_locked(data, self.path)

    def read(self, passphrase: str = "") -> tuple[SelfCheck, ...]:
        """All of them, in the order in which they were kept; none if there is no file.

        Args:
            passphrase: What locks them; not looked at where none does.

        Raises:
            BadInputError: They are locked, and not with this passphrase.
            WorkspaceError: The folder or the file is not as we make it, damaged, or from a newer version.
        """
        data = self._data()
        return () if data is None else decoded(data, self.path, passphrase)

    def add(self, check: SelfCheck, passphrase: str = "", *, seen: bool | None) -> None:
        """Keeps one more; durable once this returns.

        Args:
            check: The self-check.
            passphrase: Locks all of them; where they are locked already, it must be the same. Empty keeps them plain.
            seen: What `is_locked` was when its person was asked: what they typed answers that, and nothing else.

        Raises:
            ChangedError: It is another now.
            BadInputError: They are locked, and not with this passphrase.
            WorkspaceError: The folder or the file is not as we make it, damaged, newer, or could not be written.
            UnconfirmedError: It is kept, but might not survive a power cut.
            BusyError: Another program is using the folder.
        """
        with explained(SELF_CHECK):
            try:
                self._add(check, passphrase, seen=seen)
            except FileNotFoundError:
                # Somebody forgot them while this waited for the lock, and the folder went with it.
                self._add(check, passphrase, seen=seen)

    def _add(self, check: SelfCheck, passphrase: str, *, seen: bool | None) -> None:
        self._require(seen=seen)
        if not self._is_there():
            private_folder(self._folder)
        with locked(self._folder / LOCK):
            # The lock may have taken seconds.
            self._require(seen=seen)
            data = encoded((*self.read(passphrase), check), passphrase, COST)
            remove_stale(self._folder)
            # The beginning of the day: when in the day somebody did this is nobody's business.
            write_atomically(self.path, data, mtime=midnight(check.day), entropy=self._entropy)

    def forget(self) -> bool:
        """Removes them, also what a crash left of them, locked, damaged or not; True if there was anything.

        Raises:
            WorkspaceError: The folder is not as we make it, or the disk refused; what is left can be removed later.
            BusyError: Another program is using the folder.
        """
        if not self._is_there() or not (os.path.lexists(self.path) or stale(self._folder)):
            return False
        self._refuse_link()
        with explained(FORGETTING):
            try:
                with locked(self._folder / LOCK):
                    remove_stale(self._folder)
                    self.path.unlink(missing_ok=True)
                    sync_folder(self._folder)
                    # While it is held: given back first, another program could hold it by then, and a third one beside
                    # it. Whoever waits for it sees that it has no name any more. What else lies there is not ours, and
                    # then the folder stays.
                    with suppress(OSError):
                        (self._folder / LOCK).unlink()
                        self._folder.rmdir()
            except FileNotFoundError:
                return False  # another program forgot them while this one waited
        return True

    def _require(self, *, seen: bool | None) -> None:
        now = self.is_locked
        if now is not seen:
            raise ChangedError(changed_words(is_locked=now))

    def _data(self) -> bytes | None:
        try:
            return read_bytes(self.path) if self._is_there() else None
        except FileNotFoundError:
            return None

    def _refuse_link(self) -> None:
        if self.path.is_symlink():
            raise WorkspaceError(
                f"{self.path} is a symbolic link, so it was left as it is, as was its target; remove both yourself."
            )

    def _is_there(self) -> bool:
        """Whether the folder is there.

        Raises:
            WorkspaceError: What is there is no folder, not this user's, or open to others.
        """
        with explained(SELF_CHECKS):
            try:
                found = self._folder.lstat()
            except FileNotFoundError:
                return False
        fault = _fault(found)
        if fault:
            raise WorkspaceError(
                f"{self._folder} {fault}, so no self-check was read or written there; name another folder with "
                "TUIRETRO_CHECKS, or set that one right."
            )
        return True


def _fault(found: os.stat_result) -> str:
    """What is wrong with the folder; empty if nothing is."""
    if stat.S_ISLNK(found.st_mode):
        return "is a symbolic link"
    if not stat.S_ISDIR(found.st_mode):
        return "is no folder"
    if hasattr(os, "geteuid"):
        if found.st_uid != os.geteuid():
            return "belongs to another user"
        if stat.S_IMODE(found.st_mode) & 0o077:
            return "is open to other users ('chmod 700' closes it)"
    return ""
