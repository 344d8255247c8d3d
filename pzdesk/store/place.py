"""Where a store lies: on this computer, on a network, or in a folder that something synchronises.

SQLite's write-ahead log and the lock of the one writer work on a local disk alone
(https://www.sqlite.org/wal.html, https://www.sqlite.org/useovernet.html), and who synchronises a
database while it is written sends copies about that are not whole.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

_NETWORK = (
    "Let op: deze map staat op het netwerk ({}). Daar kan een praktijk beschadigd raken en werkt het "
    "slot niet goed. Kies een map op deze computer zelf."
)
_SYNCED = (
    "Let op: deze map wordt gesynchroniseerd door {}. Daarvan kan een praktijk beschadigd raken. "
    "Kies een map op deze computer die niet wordt gesynchroniseerd."
)
_BACKUP_NETWORK = (
    "Deze map staat op het netwerk ({}). Voor een tweede back-up mag dat; is het netwerk er niet, dan wordt "
    "hij overgeslagen."
)
_BACKUP_SYNCED = (
    "Deze map wordt gesynchroniseerd door {}: de back-ups komen dan ook daar te staan. Ze zijn versleuteld, "
    "maar kies liever een stick of een schijf in de praktijk."
)
_SAME_DISK = (
    "Deze map ligt op dezelfde schijf als de praktijk: gaat die stuk, dan zijn beide weg. Kies liever een "
    "stick of een andere schijf."
)
# The name of a folder, and what synchronises it; "OneDrive - Praktijk" and "Dropbox (Werk)" too.
_FOLDERS = (
    (re.compile(r"onedrive(?: ?-.*)?"), "OneDrive"),
    (re.compile(r"dropbox(?: ?[(-].*)?"), "Dropbox"),
    (re.compile(r"google ?drive.*|my drive|mijn drive"), "Google Drive"),
    (re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs"), "iCloud"),
    (re.compile(r"nextcloud\d*"), "Nextcloud"),
    (re.compile(r"owncloud\d*"), "ownCloud"),
    (re.compile(r"stack"), "STACK"),
    (re.compile(r"box sync"), "Box"),
    (re.compile(r"megasync"), "MEGA"),
    (re.compile(r"p ?cloud ?drive"), "pCloud"),
    (re.compile(r"proton ?drive.*"), "Proton Drive"),
    (re.compile(r"synology ?drive|cloud ?station"), "Synology Drive"),
    (re.compile(r"cloudstorage"), "een clouddienst"),
)
# What a program leaves in the folder that it synchronises.
_MARKS = (
    (".dropbox", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_*.db", "Nextcloud"),
    (".stfolder", "Syncthing"),
)
_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "smb2",
        "afpfs",
        "webdav",
        "davfs",
        "afs",
        "ceph",
        "9p",
    }
    | {"glusterfs", "ncpfs", "lustre", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.rclone"}
    | {
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.kio-fuse",
    }
    | {"fuse.onedriver", "fuse.google-drive-ocamlfuse", "fuse.vmhgfs-fuse", "virtiofs", "fuse.cifs"}
)
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def warning(folder: Path) -> str:
    """The sentence that warns for a network or a synchronised folder; empty for any other.

    What cannot be found out is not warned for. The folder itself need not be there yet.
    """
    network, synced = _found(folder)
    if network:
        return _NETWORK.format(network)
    return _SYNCED.format(synced) if synced else ""


def backup_warning(folder: Path, store: Path) -> str:
    """The sentence that warns for where a second backup would lie; empty where nothing is against it.

    No database is open there, so a network is no danger; the same disk, or a cloud, is to be known.
    """
    network, synced = _found(folder)
    if synced:
        return _BACKUP_SYNCED.format(synced)
    if network:
        return _BACKUP_NETWORK.format(network)
    try:
        return _SAME_DISK if folder.stat().st_dev == store.stat().st_dev else ""
    except OSError:  # a stick that is not in now
        return ""


def _found(folder: Path) -> tuple[str, str]:
    """The network disk on which a folder lies, and what synchronises it; each empty where nothing does."""
    place = folder.absolute()
    network = _share(place) or network_system(place.resolve(), _mounts())
    return network, synced_by(place, os.environ) or synced_by(place.resolve(), os.environ)


def synced_by(place: PurePath, environment: Mapping[str, str]) -> str:
    """What synchronises a folder: by the names above it, its settings or what lies there; else empty."""
    parts = [part.casefold() for part in place.parts]
    for pattern, name in _FOLDERS:  # the last one is the folder in which macOS puts the others
        if any(pattern.fullmatch(part) for part in parts):
            return name
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environment.get(variable)
        if root and place.is_relative_to(root):
            return "OneDrive"
    if isinstance(place, Path):
        for above in (place, *place.parents):
            for mark, name in _MARKS:
                # A folder ".dropbox" in the home folder holds settings: the mark is a file.
                if any(found.is_file() or mark == ".stfolder" for found in _lying(above, mark)):
                    return name
    return ""


def network_system(place: PurePath, mounts: str) -> str:
    """The kind of network disk that a folder lies on; empty where the disk is not one.

    ``mounts`` are lines as of Linux (``/proc/self/mounts``) or of the command ``mount`` of macOS.
    """
    nearest, kind = PurePath(), ""
    for line in mounts.splitlines():
        if found := _MAC.fullmatch(line):
            point, system = PurePath(found[1]), found[2]
        elif len(fields := line.split()) >= 3:
            point, system = PurePath(_unescaped(fields[1])), fields[2]
        else:
            continue
        if place.is_relative_to(point) and len(point.parts) >= len(nearest.parts):
            nearest, kind = point, system
    return kind if kind in _SYSTEMS else ""


_MAC = re.compile(r".+? on (/.*) \((\w+)(?:,.*)?\)")


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)


def _lying(folder: Path, mark: str) -> list[Path]:
    try:
        return list(folder.glob(mark)) if folder.is_dir() else []
    except OSError:
        return []


def _share(place: PurePath) -> str:
    r"""``\\server\share``, or a drive letter that stands for one."""
    drive = place.drive
    if drive.startswith(("\\\\", "//")) and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive
    if drive.casefold().startswith("\\\\?\\unc\\"):
        return drive
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE:
            return drive
    return ""


def _mounts() -> str:
    try:
        if sys.platform == "linux":
            return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        if sys.platform == "darwin":
            told = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
            )
            return told.stdout
    except (OSError, subprocess.SubprocessError):
        pass  # a warning less, never a practice less
    return ""
