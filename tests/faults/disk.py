"""A disk in memory that remembers what was made durable, and what a power cut would leave of the rest.

The rules are the harsh ones of POSIX: what was written to a file is there after its ``fsync``, what was
made, renamed or removed in a folder after an ``fsync`` of that folder; of everything else some may be there
and some not, in any order (the cache of a disk), and half of it (a torn write).
"""

import errno
import random
import stat
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

SECTOR = 512


class Cut(Enum):
    """What becomes of what was not made durable."""

    GONE = "alles weg"
    NAMES_ONLY = "wel de namen, niet de inhoud"
    BY_CHANCE = "wat het lot wil, ook half geschreven"


class Refused(OSError):
    """What the disk answers to something it does not do."""

    def __init__(self, number: int) -> None:
        super().__init__(number, errno.errorcode[number])
        self.number = number


@dataclass(slots=True)
class Node:
    """A file or a folder: how it is now, how it was when it was last made durable, and what came after."""

    number: int
    mode: int
    data: bytearray = field(default_factory=bytearray)
    kept: bytes = b""
    written: list[tuple[int, bytes] | int] = field(default_factory=list)
    """Since then: (place, bytes), or a new length."""
    names: dict[str, "Node"] = field(default_factory=dict)
    kept_names: dict[str, "Node"] = field(default_factory=dict)
    renamed: list[dict[str, "Node | None"]] = field(default_factory=list)
    """Since then; names that change together are one step."""
    links: int = 1

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)


class Disk:
    """Files and folders by number; from step ``cut_at`` on nothing changes any more (the power is off).

    From step ``full_from`` on there is no room: nothing new fits, what is there can be written over or go.
    A step is anything that would change the disk.
    """

    def __init__(self) -> None:
        self.root = Node(1, stat.S_IFDIR | 0o700)
        self.nodes = {1: self.root}
        self.steps = 0
        self.cut_at: int | None = None
        self.full_from: int | None = None
        self.is_dead = False

    def load(self, place: Path, into: Node | None = None) -> None:
        """Put a folder of this computer on the disk, durably."""
        folder = into or self.root
        for path in sorted(place.iterdir()):
            made = self._new(path.lstat().st_mode)
            if path.is_dir():
                self.load(path, made)
            else:
                made.kept = path.read_bytes()
                made.data = bytearray(made.kept)
            folder.names[path.name] = folder.kept_names[path.name] = made

    def show(self, place: Path, of: Node | None = None) -> None:
        """Write out what stands on the disk now."""
        place.mkdir()
        for name, node in (of or self.root).names.items():
            path = place / name
            if node.is_folder:
                self.show(path, node)
            else:
                path.write_bytes(node.data)
                path.chmod(stat.S_IMODE(node.mode))

    def leave(self, place: Path, cut: Cut, chance: random.Random, of: Node | None = None) -> None:
        """Write out what a power cut leaves."""
        place.mkdir()
        for name, node in _names_left(of or self.root, cut, chance).items():
            path = place / name
            if node.is_folder:
                self.leave(path, cut, chance, node)
            else:
                path.write_bytes(_bytes_left(node, cut, chance))
                path.chmod(stat.S_IMODE(node.mode))

    # What changes the disk.

    def write(self, node: Node, at: int, data: bytes) -> None:
        """Write bytes at a place in a file."""
        self._step(more=at + len(data) > len(node.data))
        _put(node.data, at, data)
        node.written.append((at, data))

    def resize(self, node: Node, size: int) -> None:
        """Cut a file, or make it longer with zeros."""
        self._step(more=size > len(node.data))
        _resize(node.data, size)
        node.written.append(size)

    def sync(self, node: Node) -> None:
        """Make durable what a file or folder is now."""
        self._step()
        node.kept, node.kept_names = bytes(node.data), dict(node.names)
        node.written.clear()
        node.renamed.clear()

    def make(self, folder: Node, name: str, mode: int) -> Node:
        """A new file or folder under a name."""
        self._step(more=True)
        made = self._new(mode)
        self._name(folder, {name: made})
        return made

    def remove(self, folder: Node, name: str) -> None:
        """Take a name away; who has the file open reads on."""
        node = self.find(folder, name)
        if node.is_folder and node.names:
            raise Refused(errno.ENOTEMPTY)
        self._step()
        node.links -= 1
        self._name(folder, {name: None})

    def rename(self, folder: Node, name: str, to: Node, new: str) -> None:
        """Give a file another name; what stood there goes."""
        node = self.find(folder, name)
        there = to.names.get(new)
        if there is not None and there.names:
            raise Refused(errno.ENOTEMPTY)
        self._step()
        if there is not None:
            there.links -= 1
        if folder is to:
            self._name(folder, {name: None, new: node})
        else:
            self._name(to, {new: node})
            self._name(folder, {name: None})

    def find(self, folder: Node, name: str) -> Node:
        """What has a name in a folder."""
        try:
            return folder.names[name]
        except KeyError:
            raise Refused(errno.ENOENT) from None

    def _new(self, mode: int) -> Node:
        number = len(self.nodes) + 1
        self.nodes[number] = Node(number, mode)
        return self.nodes[number]

    def _name(self, folder: Node, changes: dict[str, Node | None]) -> None:
        folder.renamed.append(changes)
        _rename(folder.names, changes)

    def _step(self, *, more: bool = False) -> None:
        if self.is_dead:
            raise Refused(errno.EIO)
        self.steps += 1
        if self.steps == self.cut_at:
            self.is_dead = True
            raise Refused(errno.EIO)
        if more and self.full_from is not None and self.steps >= self.full_from:
            raise Refused(errno.ENOSPC)


def _rename(names: dict[str, Node], changes: dict[str, Node | None]) -> None:
    for name, node in changes.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _put(data: bytearray, at: int, part: bytes) -> None:
    if len(data) < at:
        _resize(data, at)
    data[at : at + len(part)] = part


def _resize(data: bytearray, size: int) -> None:
    del data[size:]
    data.extend(bytes(size - len(data)))


def _names_left(folder: Node, cut: Cut, chance: random.Random) -> dict[str, Node]:
    if cut is Cut.NAMES_ONLY:
        return folder.names
    left = dict(folder.kept_names)
    if cut is Cut.BY_CHANCE:  # a journal keeps the order of names: some first ones are there
        for changes in folder.renamed[: chance.randint(0, len(folder.renamed))]:
            _rename(left, changes)
    return left


def _bytes_left(node: Node, cut: Cut, chance: random.Random) -> bytes:
    data = bytearray(node.kept)
    if cut is not Cut.BY_CHANCE:
        return bytes(data)
    for change in node.written:
        if chance.random() < 0.5:
            continue
        if isinstance(change, int):
            _resize(data, change)
            continue
        at, part = change
        if chance.random() < 0.2:
            part = part[: chance.randrange(0, len(part) + 1, SECTOR)]
        _put(data, at, part)
    return bytes(data)
