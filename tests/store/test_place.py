"""Network and synchronised folders are recognised, and a folder of this computer is not."""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from pzdesk.store import place

LINUX = r"""
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
nas:/export /mnt/nas nfs4 rw,vers=4.2 0 0
//server/praktijk /mnt/Onze\040praktijk cifs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdb1 /mnt/nas/stick ext4 rw 0 0
"""
MAC = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//smit@server/praktijk on /Volumes/Praktijk (2) (smbfs, nodev, nosuid, mounted by smit)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("folder", "mounts", "kind"),
    [
        ("/home/smit/praktijk", LINUX, ""),
        ("/mnt/nas", LINUX, "nfs4"),
        ("/mnt/nas/a/b", LINUX, "nfs4"),
        ("/mnt/nasleep", LINUX, ""),
        ("/mnt/nas/stick/praktijk", LINUX, ""),
        ("/mnt/Onze praktijk/gegevens", LINUX, "cifs"),
        ("/run/user/1000/gvfs/smb-share:server=x", LINUX, "fuse.gvfsd-fuse"),
        ("/Volumes/Praktijk (2)/gegevens", MAC, "smbfs"),
        ("/Volumes/STICK/gegevens", MAC, ""),
        ("/Users/smit", MAC, ""),
        ("/home/smit", "", ""),
        ("/home/smit", "wat is dit\n\n", ""),
    ],
)
def test_a_network_disk_is_known_by_the_nearest_disk(folder: str, mounts: str, kind: str) -> None:
    assert place.network_system(PurePosixPath(folder), mounts) == kind


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (PureWindowsPath(r"C:\Users\smit\OneDrive\praktijk"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\smit\OneDrive - Praktijk De Brink\a"), "OneDrive"),
        (PurePosixPath("/home/smit/Dropbox (Werk)/praktijk"), "Dropbox"),
        (PureWindowsPath(r"G:\Mijn Drive\praktijk"), "Google Drive"),
        (PurePosixPath("/Users/s/Library/CloudStorage/GoogleDrive-s@x.nl/p"), "Google Drive"),
        (PurePosixPath("/Users/s/Library/CloudStorage/Nieuw-s@x.nl/p"), "een clouddienst"),
        (PurePosixPath("/home/s/SynologyDrive/p"), "Synology Drive"),
        (PurePosixPath("/Users/s/Library/Mobile Documents/com~apple~CloudDocs/p"), "iCloud"),
        (PureWindowsPath(r"C:\Users\smit\iCloudDrive\praktijk"), "iCloud"),
        (PurePosixPath("/home/smit/Nextcloud2/praktijk"), "Nextcloud"),
        (PurePosixPath("/home/smit/praktijk"), ""),
        (PurePosixPath("/home/smit/Dropboxen/praktijk"), ""),
        (PureWindowsPath(r"D:\Werk\praktijk"), "OneDrive"),
        (PureWindowsPath(r"D:\Anders\praktijk"), ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name_or_a_setting(
    folder: PurePath, name: str
) -> None:
    assert place.synced_by(folder, {"OneDriveCommercial": r"D:\Werk"}) == name


@pytest.mark.parametrize(
    ("mark", "name"),
    [(".dropbox", "Dropbox"), (".sync_0a1b.db", "Nextcloud"), (".stfolder", "Syncthing")],
)
def test_a_synchronised_folder_is_known_by_what_lies_there(
    tmp_path: Path, mark: str, name: str
) -> None:
    new = tmp_path / "a" / "b" / "nieuw"
    new.parent.mkdir(parents=True)
    assert place.synced_by(new, {}) == ""
    (tmp_path / mark).touch()
    assert place.synced_by(new, {}) == name


def test_the_settings_of_dropbox_do_not_make_a_home_folder_synchronised(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert place.synced_by(tmp_path / "praktijk", {}) == ""


def test_the_warning_is_a_sentence_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.warning(tmp_path / "nieuw") == ""
    told = place.warning(tmp_path / "Nextcloud" / "nieuw")
    assert "gesynchroniseerd door Nextcloud" in told
    assert told.endswith("Kies een map op deze computer die niet wordt gesynchroniseerd.")
    monkeypatch.setattr(place, "_mounts", lambda: f"nas:/x {tmp_path} nfs rw 0 0\n")
    assert "op het netwerk (nfs)" in place.warning(tmp_path / "Nextcloud" / "nieuw")


@pytest.mark.parametrize(
    ("folder", "share"),
    [
        (r"\\server\praktijk\gegevens", r"\\server\praktijk"),
        (r"\\?\UNC\server\praktijk\gegevens", r"\\?\UNC\server\praktijk"),
        (r"C:\praktijk", ""),
        (r"\\?\C:\praktijk", ""),
    ],
)
def test_a_share_of_windows_is_known_by_its_name(folder: str, share: str) -> None:
    assert place._share(PureWindowsPath(folder)).rstrip("\\") == share


def test_a_second_backup_may_lie_on_a_network_but_better_not_in_a_cloud_or_on_the_same_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Dropbox").mkdir()
    told = place.backup_warning(tmp_path / "Dropbox", tmp_path)
    assert "gesynchroniseerd door Dropbox: de back-ups komen dan ook daar" in told
    assert "op dezelfde schijf als de praktijk" in place.backup_warning(tmp_path, tmp_path)
    assert place.backup_warning(tmp_path / "stick die er niet is", tmp_path) == ""
    monkeypatch.setattr(place, "_mounts", lambda: f"nas:/x {tmp_path} nfs rw 0 0\n")
    assert "Voor een tweede back-up mag dat" in place.backup_warning(tmp_path, tmp_path)
