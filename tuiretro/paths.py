"""Where things lie when nobody said where.

Owns the default folders of the workspace and of private self-checks. Must not make, read or check anything on disk.
"""

from __future__ import annotations

from pathlib import Path

from tuiretro.errors import WorkspaceError


def default_workspace() -> Path:
    """The folder for a person's data, as the operating system has it; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("tuiretro", appauthor=False)


def workspace_at(chosen: Path | None) -> Path:
    """The workspace's folder: the one that somebody chose, where ~ is a home, or the default one.

    Raises:
        WorkspaceError: There is no such home.
    """
    return default_workspace() if chosen is None else at_home(chosen)


def checks_at(chosen: Path | None) -> Path:
    """The folder of this user's private self-checks: one that somebody chose, where ~ is a home, or the default one.

    The default lies beside the default workspace and never in it: who may read the team's files need not read these.

    Raises:
        WorkspaceError: There is no such home.
    """
    if chosen is not None:
        return at_home(chosen)
    from platformdirs import user_data_path

    return user_data_path("tuiretro-self-checks", appauthor=False)


def checks_file(folder: Path) -> Path:
    """The file in the folder of private self-checks that holds them; it need not exist."""
    return folder / "self-checks"


def at_home(chosen: Path) -> Path:
    """A path in which ~ or ~somebody is a home.

    Raises:
        WorkspaceError: There is no such home.
    """
    try:
        return chosen.expanduser()
    except RuntimeError:
        raise WorkspaceError(
            f"The folder '{chosen}' cannot be found: there is no home folder for '{chosen.parts[0]}'. Nothing was "
            "done; name the whole path."
        ) from None


def own_surveys(workspace: Path) -> Path:
    """The folder of a workspace that holds the team's own surveys; it need not exist."""
    return workspace / "surveys"
