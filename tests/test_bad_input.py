"""Bad input of every kind: a Dutch sentence, exit 1, and nothing left behind."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.store import database, lock
from pzdesk.store.folder import ANCHOR, DATABASE, KEYS, LOCK
from tests.factories import NOW
from tests.test_cli import (
    LOGIN,
    SECRET,
    Practice,
    assert_told,
    made_practice,
    on_linux,
    practice,
    process,
)

__all__ = ["made_practice", "practice"]

HEADER = "Achternaam;Voornamen;Geboortedatum\n"


def everything(folder: Path) -> dict[str, str]:
    """Every file below a folder by its name, with a digest of what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def handouts(practice: Practice) -> int:
    """How many papers the practice says were handed out."""
    with keyed(practice) as connection:
        return int(connection.execute("SELECT count(*) FROM handout").fetchone()[0])


class keyed:  # noqa: N801 - reads as a verb
    """A bare connection to the store, as a technician would make one."""

    def __init__(self, practice: Practice) -> None:
        key_file = keys.read(practice.store / KEYS)
        self.key = keys.open_with_passphrase(key_file, LOGIN, SECRET)
        self.path = practice.store / DATABASE

    def __enter__(self) -> sqlcipher.Connection:
        self.connection = sqlcipher.connect(str(self.path), isolation_level=None)
        self.connection.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


# The store


def _file(p: Practice) -> None:
    shutil.rmtree(p.store)
    p.store.write_bytes(b"geen map")


def _plain(p: Practice) -> None:
    (p.store / DATABASE).unlink()
    connection = sqlite3.connect(p.store / DATABASE)
    connection.execute("CREATE TABLE patient (name TEXT)")
    connection.close()


def _foreign(p: Practice) -> None:
    """A database of another program under the same key."""
    with keyed(p) as connection:
        connection.execute("PRAGMA application_id = 7")


def _newer(p: Practice) -> None:
    with keyed(p) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_later'")


def _flipped(p: Practice) -> None:
    path = p.store / DATABASE
    data = bytearray(path.read_bytes())
    data[3000] ^= 1
    path.write_bytes(data)


def _cut(p: Practice) -> None:
    path = p.store / DATABASE
    path.write_bytes(path.read_bytes()[:-1000])


def _pages_cut(p: Practice) -> None:
    path = p.store / DATABASE
    path.write_bytes(path.read_bytes()[: -4 * 4096])


def _keys_of_another(p: Practice) -> None:
    made = keys.with_passphrase_slot(
        keys.new_key_file(NOW), os.urandom(32), LOGIN, SECRET, FLOOR, NOW
    )
    keys.write(p.store / KEYS, made)


def _emptied(p: Practice) -> None:
    for path in p.store.iterdir():
        path.unlink()


def _folder_of_keys(p: Practice) -> None:
    (p.store / KEYS).unlink()
    (p.store / KEYS).mkdir()


BROKEN: dict[str, tuple[Callable[[Practice], object], str]] = {
    "no folder": (lambda p: shutil.rmtree(p.store), "geen praktijk"),
    "a file": (_file, "geen praktijk"),
    "empty folder": (_emptied, "geen praktijk"),
    "no keys": (lambda p: (p.store / KEYS).unlink(), "keys.json"),
    "no database": (lambda p: (p.store / DATABASE).unlink(), "store.db"),
    "empty database": (lambda p: (p.store / DATABASE).write_bytes(b""), "leeg"),
    "plain database": (_plain, "niet versleuteld"),
    "random database": (lambda p: (p.store / DATABASE).write_bytes(os.urandom(8192)), "store.db"),
    "foreign database": (_foreign, "niet door pzdesk"),
    "newer schema": (_newer, "nieuwere"),
    "cut database": (_cut, "afgekapt"),
    "pages cut off": (_pages_cut, "beschadigd"),
    "a flipped bit": (_flipped, "beschadigd"),
    "empty keys": (lambda p: (p.store / KEYS).write_bytes(b""), "keys.json"),
    "keys that are none": (lambda p: (p.store / KEYS).write_text("{}"), "keys.json"),
    "keys of another store": (_keys_of_another, "hoort niet bij"),
    "huge keys": (lambda p: (p.store / KEYS).write_bytes(b" " * 10_000_000), "keys.json"),
    "keys as folder": (_folder_of_keys, "keys.json"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_store_is_told_and_not_touched(practice: Practice, how: str) -> None:
    practice("verify")
    breaking, words = BROKEN[how]
    breaking(practice)
    before = everything(practice.folder)
    done = practice("patients", "--user", LOGIN)
    assert_told(done, words)
    assert done.err.count("\n") == 1
    after = everything(practice.folder)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert not changed - {f"praktijk/{DATABASE}-wal", f"praktijk/{DATABASE}-shm"}


def test_a_place_where_no_practice_can_be_is_told(practice: Practice) -> None:
    (practice.folder / "kring").symlink_to(practice.folder / "kring")
    rest = ("--passphrase-file", practice.secret)
    maker = ("--practice", "De Es", "--user", "smit", "--name", "S", "--role", "poh")
    code = practice.file("code.txt", "A" * 40)
    for place in ("x" * 300, "kring", "wachtzin.txt/x", "code.txt"):
        store = practice.folder / place
        assert_told(practice.run("patients", store, *rest))
        assert_told(practice.run("new", store, *rest, *maker))
        assert_told(practice.run("recover", store, "--user", "x", "--code-file", code))
    assert len(list(practice.folder.iterdir())) == 4


def test_a_log_that_was_put_back_is_told_and_work_goes_on(practice: Practice) -> None:
    old = (practice.store / DATABASE).read_bytes()
    practice("patients")
    practice("patients")
    (practice.store / DATABASE).write_bytes(old)
    done = practice("patients")
    assert done.code == 0
    assert "logboek is korter dan het was" in done.err


def test_an_anchor_that_says_nothing_stops_nobody(practice: Practice) -> None:
    for data in (b"", b"[]", b"\xff", b'{"sequence": "veel"}'):
        (practice.store / ANCHOR).write_bytes(data)
        assert practice("patients").code == 0


@on_linux
def test_somebody_else_who_is_writing_is_told_with_name_and_moment(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # not there on Windows

    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.0)
    since = datetime(2026, 11, 24, 14, 5).astimezone().isoformat()
    holder = json.dumps({"login": "smit", "since": since, "computer": "balie-2"})
    with (practice.store / LOCK).open("w") as file:
        file.write(holder)
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        done = practice("meeting", "--date", "2099-01-01", "--time", "12:30")
        assert_told(done, "Smit", "24-11-2026 14.05", "balie-2")
        assert practice("patients").code == 0
    assert practice("meeting", "--date", "2099-01-01", "--time", "12:30").code == 0


def test_a_lock_that_a_crash_left_behind_stops_nobody(practice: Practice) -> None:
    (practice.store / LOCK).write_text("{ geen json")
    assert practice("meeting", "--date", "2099-01-01", "--time", "12:30").code == 0


def test_a_store_that_is_busy_saving_is_told(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with keyed(practice) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert_told(practice("patients"), "aan het opslaan")
        connection.execute("ROLLBACK")
    assert practice("patients").code == 0


def test_a_table_that_is_gone_is_a_calm_sentence(practice: Practice) -> None:
    with keyed(practice) as connection:
        connection.execute("DROP TABLE review")
    done = practice("patients")
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err


@on_linux
def test_a_folder_that_may_not_be_written_is_told(practice: Practice) -> None:
    drop = shutil.which("setpriv")
    as_root = os.geteuid() == 0
    if as_root and drop is None:
        pytest.skip("root schrijft overal, en setpriv is er niet om dat af te leggen")
    before = [] if not as_root else [drop, "--bounding-set=-dac_override,-dac_read_search"]
    practice.store.chmod(0o500)
    for path in practice.store.iterdir():
        path.chmod(0o400 if path.is_file() else 0o500)
    files = everything(practice.folder)
    command = [*before, sys.executable, "-m", "pzdesk", "meeting", practice.store]
    command += ["--passphrase-file", practice.secret, "--date", "2099-01-01", "--time", "12:30"]
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=60
    )
    practice.store.chmod(0o700)
    assert (done.returncode, done.stdout) == (1, "")
    assert "beschrijven" in done.stderr or "te lezen" in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(practice.folder) == files


# Where a paper goes


def test_a_paper_that_has_no_place_is_told_and_counts_as_not_handed_out(
    practice: Practice,
) -> None:
    (practice.folder / "link").symlink_to(practice.store)
    practice.file("bestand", b"x")
    files = everything(practice.folder)
    for out in (
        practice.store / "uit.pdf",
        practice.store / DATABASE,
        practice.folder / "link" / "uit.pdf",
        practice.folder / "praktijk" / ".." / "praktijk" / "uit.pdf",
        practice.folder / "nergens" / "uit.pdf",
        practice.folder / "bestand" / "uit.pdf",
        practice.folder,
        practice.folder / ("x" * 300),
        "",
    ):
        for command, who in (
            ("sheet", "--patient"),
            ("agenda", "--meeting"),
            ("soep", "--patient"),
        ):
            if command == "soep" and out == "":
                continue
            assert_told(practice(command, who, 1, "--out", out))
    assert handouts(practice) == 0
    kept = everything(practice.folder)
    assert {name for name in kept if "praktijk/" not in name} == {
        name for name in files if "praktijk/" not in name
    }
    assert not list(practice.store.glob("*.pdf"))


@on_linux
def test_a_paper_on_a_full_device_is_told_and_the_device_stays(practice: Practice) -> None:
    assert_told(practice("sheet", "--patient", 1, "--out", "/dev/full"), "gewoon bestand")
    assert Path("/dev/full").is_char_device()
    assert not list(Path("/dev").glob(".full-*"))


@on_linux
@pytest.mark.parametrize("limit", [8, 100])
def test_a_disk_that_is_full_is_told_and_leaves_nothing_half(
    practice: Practice, limit: int
) -> None:
    out = practice.folder / "uit.pdf"
    out.write_bytes(b"de vorige")
    command = [sys.executable, "-m", "pzdesk", "sheet", str(practice.store), "--patient", "1"]
    command += ["--passphrase-file", str(practice.secret), "--out", str(out)]
    done = subprocess.run(
        ["bash", "-c", f'ulimit -f {limit}; exec "$@"', "bash", *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode == 0:
        assert out.read_bytes().startswith(b"%PDF")
    else:
        assert "schijf vol" in done.stderr or "schijf is vol" in done.stderr
        assert out.read_bytes() == b"de vorige"
    assert "Traceback" not in done.stderr
    assert [path.name for path in practice.folder.iterdir() if path.name.startswith(".")] == []
    assert practice("verify").code == 0


@on_linux
def test_a_practice_on_a_full_disk_is_not_made(practice: Practice) -> None:
    command = [sys.executable, "-m", "pzdesk", "new", str(practice.folder / "nieuw")]
    command += ["--practice", "De Es", "--user", "smit", "--name", "S", "--role", "poh"]
    command += ["--passphrase-file", str(practice.secret)]
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 16; exec "$@"', "bash", *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "vol" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in practice.folder.iterdir()) == ["praktijk", "wachtzin.txt"]


# Files that come in


def _sparse(p: Practice) -> Path:
    path = p.folder / "groot"
    with path.open("wb") as file:
        file.truncate(70 * 1024 * 1024)
    return path


NO_FILE: dict[str, Callable[[Practice], object]] = {
    "missing": lambda p: p.folder / "nergens",
    "folder": lambda p: p.folder,
    "empty": lambda p: p.file("leeg", b""),
    "binary": lambda p: p.file("binair", bytes(range(256)) * 40),
    "zip": lambda p: p.file("x.xlsx", b"PK\x03\x04" + bytes(3000)),
    "huge": _sparse,
    "name too long": lambda p: p.folder / ("x" * 300),
}


@pytest.mark.parametrize("how", NO_FILE)
@pytest.mark.parametrize("command", ["import-patients", "pzp-import", "score csi", "mapping"])
def test_a_file_that_is_none_is_told_and_nothing_comes_in(
    practice: Practice, command: str, how: str
) -> None:
    path = NO_FILE[how](practice)
    if command == "mapping":
        rows = practice.file("l.csv", HEADER + "Bosma;Kees;23-09-1939\n")
        done = practice("import-patients", rows, "--mapping", path)
    elif command == "score csi":
        done = practice.run("score", "csi", path)
    else:
        done = practice(command, path)
    assert_told(done)
    assert len(practice("patients", "--json").json) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%%EOF\n",
        b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"<html>formulier</html>",
    ],
)
def test_a_pdf_that_is_no_form_is_told_by_the_child_too(practice: Practice, data: bytes) -> None:
    form = practice.file("f.pdf", data)
    done = practice("pzp-import", form)
    assert_told(done)
    assert practice("patients", "--json").json[0]["pzp_count"] == 1


def test_a_damaged_form_is_told_from_a_real_process(practice: Practice) -> None:
    form = practice.form(**{"4a_check": "1"})
    form.write_bytes(form.read_bytes()[:-500])
    done = process("pzp-import", practice.store, form, "--passphrase-file", practice.secret)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "PDF" in done.stderr


# What was typed


@pytest.mark.parametrize(
    "text",
    [
        *("", "morgen", "1-12-2026", "2026-12-1", "2026-13-01", "2026-02-30", "2026-12-01T12:00"),
        *("20261201", "2026-W49-1", "٢٠٢٦-١٢-٠١", "0000-01-01", "99999-01-01"),
    ],
)
def test_what_is_no_date_is_told_with_how_to_write_it(practice: Practice, text: str) -> None:
    assert_told(practice("propose", f"--date={text}"), "schrijf hem als 2026-12-01")
    done = practice("meeting", f"--date={text}", "--time", "12:30")
    assert_told(done, "schrijf hem als 2026-12-01")


@pytest.mark.parametrize(
    "text", ["", "noen", "24:00", "12:60", "1230", "9:00", "12:30:00", "١٢:٣٠"]
)
def test_what_is_no_time_is_told_with_how_to_write_it(practice: Practice, text: str) -> None:
    done = practice("meeting", "--date", "2026-12-01", f"--time={text}")
    assert_told(done, "schrijf hem als 12:30")


@pytest.mark.parametrize("on", ["0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31"])
def test_a_year_that_cannot_be_is_told(practice: Practice, on: str) -> None:
    assert_told(practice("propose", "--date", on), "kan niet kloppen")
    assert_told(practice("meeting", "--date", on, "--time", "23:59"), "kan niet kloppen")


def test_a_meeting_may_run_past_midnight(practice: Practice) -> None:
    meeting = practice("meeting", "--date", "2199-12-31", "--time", "23:59", "--patient", 1)
    out = practice.folder / "uit.pdf"
    assert practice("agenda", "--meeting", meeting.last, "--out", out).code == 0


@pytest.mark.parametrize(
    "name", ["<penicilline>", "=cmd()", "'; DROP TABLE patient; --", "Ş ğ ł đ ĳ", "x" * 190]
)
def test_hostile_names_come_in_as_text_and_print_whole(practice: Practice, name: str) -> None:
    rows = practice.file("l.csv", f'{HEADER}"{name}";Kees;23-09-1939\n')
    added = practice("import-patients", rows, "--json").json["added"]
    assert [one["line"] for one in added] == [2]
    assert name in practice("patients").out
    out = practice.folder / "uit.pdf"
    assert practice("sheet", "--patient", added[0]["patient"], "--out", out).code == 0


@pytest.mark.parametrize("name", ["x" * 201, "x" * 30_000])
def test_a_name_that_is_too_long_is_told_with_its_row(practice: Practice, name: str) -> None:
    rows = practice.file("l.csv", f"{HEADER}{name};Kees;23-09-1939\nBosma;Ria;01-01-1930\n")
    value = practice("import-patients", rows, "--json").json
    assert [fault["line"] for fault in value["faults"]] == [2]
    assert [one["line"] for one in value["added"]] == [3]


def test_control_characters_leave_a_name_and_never_reach_the_terminal(practice: Practice) -> None:
    rows = practice.file("l.csv", f"{HEADER}Bos\x1b[31mma\x07;Ke\x00es;23-09-1939\n")
    practice("import-patients", rows)
    for command in ("patients", "import-patients"):
        done = practice(command, *([rows] if command == "import-patients" else []))
        assert not any(sign in done.out + done.err for sign in "\x1b\x07\x00")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"--user": "De Boer"}, "gebruikersnaam"),
        ({"--user": ""}, "gebruikersnaam"),
        ({"--practice": " "}, "naam van de praktijk"),
        ({"--name": ""}, "naam"),
        ({"--role": "directeur"}, "kies uit huisarts"),
        ({"--role": ","}, "kies uit"),
    ],
)
def test_a_practice_with_values_that_cannot_be_used_is_not_made(
    practice: Practice, changes: dict[str, str], words: str
) -> None:
    values = {"--practice": "De Es", "--user": "smit", "--name": "S", "--role": "poh", **changes}
    options = [f"{option}={value}" for option, value in values.items()]
    store = practice.folder / "nieuw"
    assert_told(practice.run("new", store, "--passphrase-file", practice.secret, *options), words)
    assert not store.exists()


def test_a_practice_with_hostile_names_opens_and_prints(practice: Practice) -> None:
    store = practice.folder / "nieuw & <b>"
    made = practice.run(
        *("new", store, "--practice", "=De <penicilline> & Co", "--user", "smit"),
        *("--name", "<script>", "--role", "poh", "--passphrase-file", practice.secret),
        *("--recovery-out", practice.folder / "herstel.pdf"),
    )
    assert made.code == 0, made.err
    rest = ("--passphrase-file", practice.secret)
    rows = practice.file("l.csv", HEADER + "Bosma;Kees;23-09-1939\n")
    assert practice.run("import-patients", store, rows, *rest).code == 0
    out = practice.folder / "uit.pdf"
    assert practice.run("sheet", store, *rest, "--patient", 1, "--out", out).code == 0


def test_a_role_without_the_right_is_told(practice: Practice) -> None:
    store = practice.folder / "balie"
    practice.run(
        *("new", store, "--practice", "De Es", "--user", "balie", "--name", "B"),
        *("--role", "assistente", "--passphrase-file", practice.secret),
    )
    rest = (store, "--passphrase-file", practice.secret)
    assert practice.run("patients", *rest).code == 0
    rows = practice.file("l.csv", HEADER + "Bosma;Kees;23-09-1939\n")
    out = practice.folder / "uit.pdf"
    for command, *more in (
        ("import-patients", rows),
        ("sheet", "--patient", 1, "--out", out),
        ("propose", "--date", "2026-12-01"),
    ):
        assert_told(practice.run(command, *rest, *more), "mag niet")
    assert not out.exists()
