"""Promise 15, as far as it exists: a hostile list or form gives a told error, cheaply, and nothing half.

Lists from the HIS and PZP forms are harmed in every way below and read in through the services, in a process
that may take 256 MiB beside what it is. What is read without complaint may come in; what is refused may not.
"""

import json
import random
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, run
from typing import Any

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.user import Role
from pzdesk.exchange.pzp_blank import form_objects, written
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import folder
from tests import factories
from tests.exchange import pdf_files
from tests.factories import NOW
from tests.faults.outcome import Outcome

MOST_SECONDS = 5.0
MOST_BYTES = 256 * 1024 * 1024
AT_ONCE = 400
"""Files for one store: what comes in makes the next list slower to compare."""
FORMS_IN_TEN = 2
"""A form is read in a process of its own, which takes twenty times as long as a list."""
Read = Callable[[Desk, bytes], object]
Harm = Callable[[bytes, random.Random], bytes]

LIST = (
    "Patiëntnummer;Achternaam;Voorvoegsels;Voornamen;Geboortedatum;Geslacht;BSN;Telefoon;Adres\r\n"
    '1;Vries;de;Anna;14-03-1941;V;999990019;0521-123456;"Dorpsstraat 1\r\n7971 AA Havelte"\r\n'
    "2;Żółć;;Şahin;01-02-1950;M;;06-12345678;\r\n"
    '3;"O\'Neill; ""Bram""";;Bram;29-02-1948;M;;;Brink 3\r\n'
).encode()
_WEIRD = (
    b"\x00", b'"', b"\r", b"\xff\xfe", b"=cmd|'/c calc'!A1", b"\xed\xa0\x80", b"9" * 400, b";" * 600,
    b"PK\x03\x04", b"%PDF-1.7\n", b"\x1f\x8b\x08", b"<!ENTITY a '&b;&b;'>", b"99999999999999999999", b"-1",
    b"/Prev 0", b" 0 R", b"<<", b">>", b"[" * 300, b"(" * 300, b"/Kids[1 0 R]", b"/Length 99999999999",
)  # fmt: skip


def _flip(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 64))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(data: bytes, chance: random.Random) -> bytes:
    begin, end = sorted(chance.sample(range(len(data) + 1), 2))
    return chance.choice((data[:end], data[begin:], data[:begin] + data[end:]))


def _twice(data: bytes, chance: random.Random) -> bytes:
    begin, end = sorted(chance.sample(range(len(data) + 1), 2))
    return data[:end] + data[begin:end] * chance.choice((1, 3, 50)) + data[end:]


def _weird(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((0, 0, 1, 8))
        data = data[:at] + chance.choice(_WEIRD) + data[at + size :]
    return data


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """Other numbers where numbers stand: lengths, places, references."""
    made = bytearray(data)
    digits = [at for at, byte in enumerate(made) if 48 <= byte <= 57]
    for at in chance.sample(digits, min(len(digits), chance.choice((1, 3, 20)))):
        made[at] = chance.randrange(48, 58)
    return bytes(made)


def _recoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-be", "cp1252", "utf-7", "cp037")), "replace"
    )


def _noise(_: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((0, 1, 100, 20_000)))


def _bomb_list(data: bytes, chance: random.Random) -> bytes:
    head = data.split(b"\r\n")[0]
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: head + b"\r\n" + b";" * 3_000_000,
        lambda: head + b"\r\n" + b'"' * 1_000_001,
        lambda: head + b"\r\n" + b'"a\r\n' * 300_000,
        lambda: head + b"\r\n" + b"1;" + b"x" * 4_000_000,
        lambda: b";".join(b"k%d" % n for n in range(200_000)) + b"\r\n1",
        lambda: head + b"\r\n" * 2_000_000,
        lambda: b"\xff\xfe" + bytes(2_000_000),
        lambda: head + b"\r\n" + ("e\u0301\u0302" * 300_000).encode(),
    )
    return chance.choice(kinds)()


def _bomb_form(_: bytes, chance: random.Random) -> bytes:
    """Deep, huge, or turning round in itself."""
    objects = form_objects({})
    last = len(objects)
    squeezed = zlib.compress(bytes(chance.choice((1_000_000, 60_000_000))))
    stream = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(squeezed), squeezed)
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: pdf_files.with_value("5a-veld", b"(" * 5_000 + b")" * 5_000),
        lambda: pdf_files.with_value("5a-veld", b"[" * 100_000),
        lambda: pdf_files.with_value("5a-veld", b" %d 0 R" % (last + 1)),
        lambda: written([*objects, stream]).replace(b"/Fields[", b"/Fields[%d 0 R " % (last + 1)),
        lambda: written([*objects, b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (last + 1, last + 1)]),
        lambda: pdf_files.newer(written(objects), {1: b"<</Type/Catalog/Pages 1 0 R>>"}),
        lambda: pdf_files.packed(objects).replace(b"/W[1 4 2]", b"/W[9 9 9]"),
        lambda: written(objects).replace(b"/Count 2", b"/Count 100"),
    )
    return chance.choice(kinds)()


_EITHER: tuple[Harm, ...] = (_flip, _flip, _cut, _twice, _weird, _numbers, _noise)
_LISTS: tuple[Harm, ...] = (*_EITHER, _recoded, _bomb_list)
_FORMS: tuple[Harm, ...] = (*_EITHER, _bomb_form)


def _take_list(desk: Desk, data: bytes) -> object:
    return desk.patient_lists.take_in(data)


def _take_form(desk: Desk, data: bytes) -> object:
    return desk.pzps.read_in(data, "nieuw")


def harmed(times: int, seed: int) -> Iterator[tuple[str, Read, bytes]]:
    """So many files, with what was done to each and what reads it."""
    chance = random.Random(seed)  # noqa: S311 - the same files each time
    forms = (
        written(form_objects(pdf_files.USUAL)),
        pdf_files.packed(form_objects(pdf_files.USUAL)),
        pdf_files.nested(pdf_files.USUAL),
    )
    for number in range(times):
        if number % 10 < FORMS_IN_TEN:
            how = chance.choice(_FORMS)
            yield how.__name__, _take_form, how(chance.choice(forms), chance)
        else:
            how = chance.choice(_LISTS)
            yield how.__name__, _take_list, how(LIST, chance)


class Judge:
    """Reads what is hostile in a real store, and looks at what it cost and what it left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.refused = 0
        self.slowest = 0.0
        self._here = self._count()

    def fault(self, read: Read, data: bytes) -> str:
        """What is wrong with how a file was taken; empty when nothing is."""
        begin = _processor_seconds()
        was_refused, wrong = False, ""
        try:
            read(self._desk, data)
        except PzdeskError as problem:
            was_refused = True
            wrong = "" if str(problem).strip().endswith((".", "?", "!")) else "geen zin"
        except MemoryError:
            wrong = "te veel geheugen"
        except Exception as bug:
            was_refused = True
            wrong = f"niet verteld: {type(bug).__name__}"
        took = _processor_seconds() - begin
        self.refused += was_refused
        self.slowest = max(self.slowest, took)
        now = self._count()
        if was_refused and now != self._here:
            wrong = wrong or "half ingelezen"
        self._here = now
        return wrong or ("te lang" if took > MOST_SECONDS else "")

    def _count(self) -> tuple[int, ...]:
        with self._desk.session.store.engine.connect() as connection:
            return tuple(
                connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
                for table in ("patient", "pzp_version", "naaste", "professional", "action")
            )


def try_hostile(place: Path, key: bytes, times: int, *, seed: int) -> Outcome:
    """Have so many hostile files read in, by processes with little memory, in a new store now and then."""
    good = refused = 0
    slowest, wrong, seen = 0.0, list[str](), True
    for begin in range(0, times, AT_ONCE):
        here = Path(shutil.copytree(place, place.with_name(f"vijandig-{begin}")))
        command = [sys.executable, "-m", "tests.faults.hostile", str(here), key.hex()]
        count = min(AT_ONCE, times - begin)
        done = run([*command, str(count), str(seed + begin)], stdout=PIPE, text=True, check=False)
        told = json.loads(done.stdout or "{}")
        good += told.get("good", 0)
        refused += told.get("refused", 0)
        slowest = max(slowest, told.get("slowest", 0.0))
        wrong += told.get("wrong", ["het proces viel om"])
        seen = seen and told.get("seen", False)
        shutil.rmtree(here)
    return Outcome(
        promise="15. vijandige lijst of formulier",
        tried=times,
        survived=good,
        detail="; ".join([f"{refused} geweigerd", f"langzaamste {slowest:.1f} s", *wrong[:3]]),
        control="een onvertelde fout, een halve inlezing en te veel geheugen",
        seen=seen,
    )


def _sees(judge: Judge) -> bool:
    """Whether a bug, half an import and a waste of memory are found; and a whole list and form are read."""

    def half(desk: Desk, _: bytes) -> None:
        desk.patients.add(factories.a_patient())
        raise PzdeskError("Dit lukte half.")

    def hungry(_: Desk, __: bytes) -> None:
        bytearray(2 * MOST_BYTES)

    bad: tuple[Read, ...] = (lambda _, __: dict[str, str]()["weg"], half, hungry)
    whole = ((_take_list, LIST), (_take_form, written(form_objects(pdf_files.USUAL))))
    if sys.platform == "win32":  # there memory cannot be limited
        bad = bad[:2]
    found = all(judge.fault(read, b"") for read in bad)
    before = judge.refused
    return (
        found
        and not any(judge.fault(read, data) for read, data in whole)
        and judge.refused == before
    )


def _processor_seconds() -> float:
    """Of this process and of the children that have ended: what others do at the time does not count."""
    if sys.platform == "win32":
        return time.process_time()
    import resource

    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MOST_BYTES, hard))


def main(place: Path, key: bytes, times: int, seed: int) -> dict[str, Any]:
    """Be the process that reads; gives what it found."""
    session = Session(
        folder.open_with_key(place, key, NOW),
        factories.a_user(Role.HUISARTS, Role.BEHEERDER),
        lambda: NOW,
    )
    judge = Judge(desk_over(session))
    _limit_memory()
    seen = _sees(judge)
    judge.refused, judge.slowest = 0, 0.0
    wrong = []
    for number, (how, read, data) in enumerate(harmed(times, seed)):
        if fault := judge.fault(read, data):
            wrong.append(f"{how.strip('_')} {number}: {fault}")
    session.close()
    return {
        "good": times - len(wrong),
        "wrong": wrong,
        "refused": judge.refused,
        "slowest": judge.slowest,
        "seen": seen,
    }


if __name__ == "__main__":
    told_ = main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps(told_))
