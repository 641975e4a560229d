from __future__ import annotations

import pytest

from tuiretro.core.surroundings import file_system, is_network, synchronised_by

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /proc rw,relatime shared:5 - proc proc rw
24 22 0:30 / /home rw,relatime shared:6 master:1 - nfs4 server:/home rw
25 22 0:31 / /media/my\\040disk rw - fuse.sshfs someone@host: rw
26 24 0:32 / /home/jo/local rw - xfs /dev/vdb rw
27 22 0:33 / /mnt rw - tmpfs below rw
28 22 0:34 / /mnt rw - cifs above rw
a line that says nothing
too short - ext4
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/tuiretro", "ext4"),
        ("/home/jo/.local/share/tuiretro", "nfs4"),
        ("/home/jo/local/x", "xfs"),
        ("/homes", "ext4"),
        ("/media/my disk/retro", "fuse.sshfs"),
        ("/mnt/x", "cifs"),
        ("/", "ext4"),
        ("relative", ""),
    ],
)
def test_the_deepest_mount_decides_and_of_two_on_one_place_the_later(path: str, kind: str) -> None:
    assert file_system(MOUNTS, path) == kind


def test_no_list_of_mounts_says_nothing() -> None:
    assert file_system("", "/home") == ""


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "afs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"]
)
def test_disks_of_other_computers_are_known(kind: str) -> None:
    assert is_network(kind)


@pytest.mark.parametrize(
    "kind", ["", "ext4", "xfs", "btrfs", "overlay", "tmpfs", "fuse", "fuse.", "fuse.ntfs-3g", "x.sshfs"]
)
def test_disks_of_this_computer_are_none_of_them(kind: str) -> None:
    assert not is_network(kind)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/jo/Dropbox/retro", "Dropbox"),
        ("/home/jo/Dropbox (Personal)/retro", "Dropbox"),
        ("/home/jo/OneDrive - Company/retro", "OneDrive"),
        ("/home/jo/Google Drive/retro", "Google Drive"),
        ("/Volumes/jo/Library/CloudStorage/GoogleDrive-jo@example.org/My Drive", "a cloud's folder"),
        ("/Volumes/jo/Library/Mobile Documents/com~apple~CloudDocs/retro", "iCloud"),
        ("/home/jo/Nextcloud", "Nextcloud"),
        ("/home/jo/googledrive-work/x", "Google Drive"),
        ("/home/jo/retro", ""),
        ("/home/jo/dropbox2/retro", ""),
        ("/home/jo/my dropbox", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_a_name_on_its_path(path: str, service: str) -> None:
    assert synchronised_by(path) == service
