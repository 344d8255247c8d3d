"""Linux shows a ``Disk`` as a folder: the FUSE protocol of the kernel, spoken by Python alone.

No library is needed. A process that may not mount gets a name space of its own, where it may; what is
mounted there goes when it ends. The numbers and shapes are those of ``linux/fuse.h`` (protocol 7.31).
"""

import ctypes
import errno
import os
import stat
import struct
from collections.abc import Callable

from tests.faults.disk import Disk, Node, Refused

DEVICE = "/dev/fuse"
_MOST = 128 * 1024
_READ = _MOST + 16 * 1024
_HEAD, _REPLY = struct.Struct("<IIQQIIII"), struct.Struct("<IiQ")
_ATTRIBUTES = struct.Struct("<QQQQQQIIIIIIIIII")
_SETTING = struct.Struct("<IIQQQQQQIIIIIIII")
_LONG = 3600  # seconds that the kernel may believe what it was told: nobody else changes anything
_MOMENT = 1_790_000_000  # in 2026; when something was changed matters to nobody here
_MODE, _SIZE = 1, 8  # of what is set
_BIG_WRITES = 1 << 5
_NEW_NAMES, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE = 0x4000 | 1 << 18
_INIT, _FORGET, _DESTROY, _INTERRUPT, _FORGET_MANY = 26, 2, 38, 36, 42


def why_not() -> str:
    """Why no disk can be mounted here; empty when it can. Tried in a process that ends at once."""
    if not os.path.exists(DEVICE):
        return f"{DEVICE} is er niet (alleen Linux met FUSE)"
    child = os.fork()
    if child == 0:
        try:
            place = "/"
            _own_names()
            _mount(os.open(DEVICE, os.O_RDWR), place)
        except OSError as problem:
            os._exit(problem.errno or 1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return f"mounten mag hier niet: {os.strerror(code)}" if code else ""


def mount(place: str) -> int:
    """Mount at a folder, seen by this process and what it starts; gives what to ``serve``."""
    _own_names()
    device = os.open(DEVICE, os.O_RDWR)
    _mount(device, place)
    return device


def serve(device: int, disk: Disk, at_cut: Callable[[], object]) -> None:
    """Answer the kernel until the folder is gone; ``at_cut`` is called when the disk stops."""
    answers = _Answers(disk)
    told = False
    while True:
        try:
            asked = os.read(device, _READ)
        except OSError as problem:
            if problem.errno in (errno.EINTR, errno.EAGAIN, errno.ENOENT):
                continue
            return  # ENODEV: nobody has it mounted any more
        _, code, unique, number, *_ = _HEAD.unpack_from(asked)
        if code in (_FORGET, _FORGET_MANY, _INTERRUPT):
            continue
        error, answer = 0, b""
        try:
            answer = answers.to(code, number, asked[_HEAD.size :])
        except Refused as refusal:
            error = -refusal.number
        if disk.is_dead and not told:
            told = True
            at_cut()
        try:
            os.write(device, _REPLY.pack(_REPLY.size + len(answer), error, unique) + answer)
        except OSError as problem:
            if problem.errno != errno.ENOENT:  # who asked was interrupted meanwhile
                return
        if code == _DESTROY:
            return


class _Answers:
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._known: dict[int, Callable[[Node, bytes], bytes]] = {
            1: self._lookup,
            3: lambda node, _: _attributes(node),
            4: self._set,
            9: self._make_folder,
            10: self._remove,
            11: self._remove,
            12: lambda node, body: self._rename(node, body, 8),
            14: lambda _node, _body: struct.pack("<QII", 0, 0, 0),
            15: self._read,
            16: self._write,
            17: lambda _node, _body: struct.pack(
                "<QQQQQIIII24x", 1 << 30, 1 << 30, 1 << 30, 0, 0, 4096, 255, 4096, 0
            ),
            18: _nothing,
            20: self._sync,
            25: _nothing,
            27: lambda _node, _body: struct.pack("<QII", 0, 0, 0),
            28: self._list,
            29: _nothing,
            30: self._sync,
            35: self._create,
            45: lambda node, body: self._rename(node, body, 16),
            _DESTROY: _nothing,
        }

    def to(self, code: int, number: int, body: bytes) -> bytes:
        """What the kernel wants to hear."""
        if code == _INIT:
            _, _, ahead, flags = struct.unpack_from("<IIII", body)
            return struct.pack(
                "<IIIIHHIIHHI28x", 7, 31, ahead, flags & _BIG_WRITES, 12, 9, _MOST, 1, 0, 0, 0
            )
        known = self._known.get(code)
        if known is None:
            raise Refused(errno.ENOSYS)
        return known(self._disk.nodes[number], body)

    def _lookup(self, folder: Node, body: bytes) -> bytes:
        return _entry(self._disk.find(folder, _text(body)))

    def _set(self, node: Node, body: bytes) -> bytes:
        which, _, _, size, *rest = _SETTING.unpack_from(body)
        if which & _SIZE:
            self._disk.resize(node, size)
        if which & _MODE:
            node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(rest[7])
        return _attributes(node)

    def _make_folder(self, folder: Node, body: bytes) -> bytes:
        mode, _ = struct.unpack_from("<II", body)
        return _entry(self._disk.make(folder, _text(body[8:]), stat.S_IFDIR | stat.S_IMODE(mode)))

    def _create(self, folder: Node, body: bytes) -> bytes:
        mode = stat.S_IMODE(struct.unpack_from("<IIII", body)[1])
        made = self._disk.make(folder, _text(body[16:]), stat.S_IFREG | mode)
        return _entry(made) + struct.pack("<QII", 0, 0, 0)

    def _remove(self, folder: Node, body: bytes) -> bytes:
        self._disk.remove(folder, _text(body))
        return b""

    def _rename(self, folder: Node, body: bytes, start: int) -> bytes:
        if start == 16 and struct.unpack_from("<QI", body)[1]:
            raise Refused(errno.EINVAL)
        to = self._disk.nodes[struct.unpack_from("<Q", body)[0]]
        name, new = (part.decode() for part in body[start:].split(b"\0")[:2])
        self._disk.rename(folder, name, to, new)
        return b""

    def _read(self, node: Node, body: bytes) -> bytes:
        _, at, size = struct.unpack_from("<QQI", body)
        return bytes(node.data[at : at + size])

    def _write(self, node: Node, body: bytes) -> bytes:
        _, at, size = struct.unpack_from("<QQI", body)
        self._disk.write(node, at, body[40 : 40 + size])
        return struct.pack("<II", size, 0)

    def _sync(self, node: Node, _: bytes) -> bytes:
        self._disk.sync(node)
        return b""

    def _list(self, folder: Node, body: bytes) -> bytes:
        _, at, most = struct.unpack_from("<QQI", body)
        found = b""
        for place, (name, node) in enumerate(list(folder.names.items())[at:], at + 1):
            raw = name.encode()
            one = struct.pack("<QQII", node.number, place, len(raw), stat.S_IFMT(node.mode) >> 12)
            one += raw + bytes(-len(raw) % 8)
            if len(found) + len(one) > most:
                break
            found += one
        return found


def _nothing(_node: Node, _body: bytes) -> bytes:
    return b""


def _text(body: bytes) -> str:
    return body.split(b"\0", 1)[0].decode()


def _about(node: Node) -> bytes:
    size = len(node.data)
    links = 2 if node.is_folder else max(node.links, 0)
    times = (_MOMENT,) * 3 + (0,) * 3
    numbers = (node.number, size, -(-size // 512), *times, node.mode, links)
    return _ATTRIBUTES.pack(*numbers, os.getuid(), os.getgid(), 0, 4096, 0)


def _attributes(node: Node) -> bytes:
    return struct.pack("<QII", _LONG, 0, 0) + _about(node)


def _entry(node: Node) -> bytes:
    return struct.pack("<QQQQII", node.number, 0, _LONG, _LONG, 0, 0) + _about(node)


def _own_names() -> None:
    """A place of mounts of our own; who may not have one as they are becomes root of a name space."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_NAMES):
        if libc.unshare(_NEW_NAMES | _NEW_USER):
            raise OSError(ctypes.get_errno(), "unshare")
        for name, words in (
            ("setgroups", "deny"),
            ("uid_map", f"0 {user} 1"),
            ("gid_map", f"0 {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(words)
    if libc.mount(None, b"/", None, _PRIVATE, None):
        raise OSError(ctypes.get_errno(), "mount")


def _mount(device: int, place: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    about = f"fd={device},rootmode=40700,user_id={os.getuid()},group_id={os.getgid()}"
    if libc.mount(b"pzdesk-proef", place.encode(), b"fuse", 0, about.encode()):
        raise OSError(ctypes.get_errno(), "mount")
