"""What the place of a workspace says about its safety: network disks and folders that are synchronised.

Values in, values out: reads neither the disk nor the list of mounts itself.
"""

from __future__ import annotations

import re
from pathlib import PurePath

_ESCAPED = re.compile(r"\\([0-7]{3})")
_NETWORK = frozenset(
    {
        *("9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "orangefs", "smb", "smb2", "smb3", "smbfs"),
    }
)
_NETWORK_FUSE = frozenset(
    {
        *("afpfs", "ceph", "curlftpfs", "davfs", "davfs2", "glusterfs", "goofys", "gvfsd-fuse", "mfs", "moosefs"),
        *("rclone", "s3fs", "seaweedfs", "sshfs"),
    }
)
_SYNCHRONISED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud's folder",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
    "seafile": "Seafile",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
}


def file_system(mounts: str, path: str) -> str:
    """The type of the file system that holds a path, as 'ext4'; empty if the mounts do not say.

    Args:
        mounts: The text of Linux's /proc/self/mountinfo.
        path: An absolute path without links.
    """
    found, best = "", -1
    for line in mounts.splitlines():
        front, dash, back = line.partition(" - ")
        words = front.split(" ")
        if not dash or len(words) < 5:
            continue
        point = _ESCAPED.sub(lambda code: chr(int(code[1], 8)), words[4])
        # Of two on one place, the later one lies on top.
        if len(point) >= best and PurePath(path).is_relative_to(point):
            found, best = back.split(" ")[0], len(point)
    return found


def is_network(kind: str) -> bool:
    """True for a file system type whose files lie on another computer or behind another system."""
    front, _, inner = kind.partition(".")
    return kind in _NETWORK or (front == "fuse" and inner in _NETWORK_FUSE)


def synchronised_by(path: str) -> str:
    """Who synchronises a folder, judged by the names on its path, as 'Dropbox'; empty if nobody seems to.

    'OneDrive - Company' and 'Dropbox (Personal)' count as well: a known name and something after it.
    """
    for part in PurePath(path).parts:
        name = part.casefold()
        for known, service in _SYNCHRONISED.items():
            if name == known or name.startswith((f"{known} -", f"{known} (", f"{known}-")):
                return service
    return ""
