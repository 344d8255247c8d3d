"""The key file: who can open a store, and that nothing weaker or changed is ever accepted."""

import base64
import hashlib
import json
import os
import random
import stat
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import (
    BadInput,
    NotFound,
    PzdeskError,
    Refused,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNewer,
    WrongPassphrase,
)
from pzdesk.security import keys, recovery
from pzdesk.security.keys import FLOOR, Anchor, Kdf, KeyFile, SlotKind

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))
DATA_KEY = bytes(range(32))
POH, GP = "wolkje egel inktvis café", "tulband kompas zadel lantaarn"
CODE = "01230-4567M-89AB9-CDEFS-GHJKJ-MNPQ6-RSTVV-WXYZ3"
OTHER_CODE = recovery.new_code()

Works = list[tuple[Kdf, bytes]]


@pytest.fixture(scope="module")
def sealed() -> KeyFile:
    """A file with two users and a recovery slot, made once with real derivations at the floor."""
    made = keys.new_key_file(NOW)
    made = keys.with_passphrase_slot(made, DATA_KEY, "poh", POH, FLOOR, NOW)
    made = keys.with_passphrase_slot(made, DATA_KEY, "jansen", GP, FLOOR, NOW)
    made = keys.with_recovery_slot(made, DATA_KEY, CODE, FLOOR, NOW)
    return replace(made, anchor=Anchor(sequence=12, head="ab" * 32))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Works:
    """A stand-in for Argon2id that also depends on all it is given, and notes each derivation."""
    done: Works = []

    def derived(kdf: Kdf, salt: bytes, secret: bytes) -> bytes:
        done.append((kdf, salt))
        content = repr((kdf, salt, secret)).encode()
        return hashlib.sha256(content).digest()

    monkeypatch.setattr(keys, "_derived", derived)
    return done


def _changed(key_file: KeyFile, change: Callable[[Any], object]) -> bytes:
    content = json.loads(keys.to_json(key_file))
    change(content)
    return json.dumps(content).encode()


def _file() -> KeyFile:
    """As ``sealed``, by whatever derivation is in place."""
    made = keys.new_key_file(NOW)
    made = keys.with_passphrase_slot(made, DATA_KEY, "poh", POH, FLOOR, NOW)
    made = keys.with_passphrase_slot(made, DATA_KEY, "jansen", GP, FLOOR, NOW)
    made = keys.with_recovery_slot(made, DATA_KEY, CODE, FLOOR, NOW)
    return replace(made, anchor=Anchor(sequence=12, head="ab" * 32))


def test_everybody_opens_the_same_key_with_their_own_secret(sealed: KeyFile) -> None:
    assert keys.open_with_passphrase(sealed, "poh", POH) == DATA_KEY
    assert keys.open_with_passphrase(sealed, "jansen", GP) == DATA_KEY
    assert keys.open_with_recovery(sealed, CODE.lower().replace("-", " ")) == DATA_KEY


def test_a_wrong_secret_an_unknown_login_and_somebody_elses_passphrase_open_nothing(
    sealed: KeyFile,
) -> None:
    sentences = set()
    for login, secret in [("poh", POH + "!"), ("poh", GP), ("niemand", POH), ("-", "")]:
        with pytest.raises(WrongPassphrase) as told:
            keys.open_with_passphrase(sealed, login, secret)
        sentences.add(str(told.value))
    assert len(sentences) == 1
    with pytest.raises(WrongPassphrase):
        keys.open_with_recovery(sealed, OTHER_CODE)


def test_composed_and_decomposed_letters_open_the_same_slot(sealed: KeyFile) -> None:
    composed, decomposed = unicodedata.normalize("NFC", POH), unicodedata.normalize("NFD", POH)
    assert composed != decomposed
    assert keys.open_with_passphrase(sealed, "poh", composed) == DATA_KEY
    assert keys.open_with_passphrase(sealed, "poh", decomposed) == DATA_KEY


def test_a_stranger_opens_a_slot_by_the_text_of_the_readme_alone(sealed: KeyFile) -> None:
    file = json.loads(keys.to_json(sealed))
    secrets = [unicodedata.normalize("NFC", POH), GP, CODE.replace("-", "")]
    for slot, secret in zip(file["slots"], secrets, strict=True):
        kdf = slot["kdf"]
        derived = Argon2id(
            salt=base64.b64decode(kdf["salt"]),
            length=32,
            iterations=kdf["iterations"],
            lanes=kdf["lanes"],
            memory_cost=kdf["memory_kib"],
        ).derive(secret.encode("utf-8"))
        header = {name: slot[name] for name in ("kind", "login", "created", "kdf")}
        header |= {"format": file["format"], "store_id": file["store_id"]}
        aad = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        nonce, box = base64.b64decode(slot["nonce"]), base64.b64decode(slot["sealed"])
        assert AESGCM(derived).decrypt(nonce, box, aad.encode("utf-8")) == DATA_KEY


def test_nothing_of_a_secret_stands_in_the_file_or_in_the_value(sealed: KeyFile) -> None:
    for shown in (keys.to_json(sealed), repr(sealed).encode()):
        for secret in (POH, GP, CODE, CODE.replace("-", ""), DATA_KEY.hex()):
            assert secret.encode() not in shown
        assert base64.b64encode(DATA_KEY)[:20] not in shown


def test_two_slots_of_one_passphrase_have_nothing_in_common(quick: Works) -> None:
    made = keys.new_key_file(NOW)
    for login in ("een", "twee"):
        made = keys.with_passphrase_slot(made, DATA_KEY, login, POH, FLOOR, NOW)
    one, two = made.slots
    assert one.salt != two.salt
    assert one.nonce != two.nonce
    assert one.sealed != two.sealed


def test_a_new_passphrase_takes_the_place_of_the_old_one(quick: Works) -> None:
    renewed = keys.with_passphrase_slot(_file(), DATA_KEY, "poh", "een heel andere zin", FLOOR, NOW)
    assert [slot.login for slot in renewed.slots].count("poh") == 1
    assert keys.open_with_passphrase(renewed, "poh", "een heel andere zin") == DATA_KEY
    assert keys.open_with_passphrase(renewed, "jansen", GP) == DATA_KEY
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(renewed, "poh", POH)


def test_a_new_recovery_code_voids_the_old_one(quick: Works) -> None:
    renewed = keys.with_recovery_slot(_file(), DATA_KEY, OTHER_CODE, FLOOR, NOW)
    assert keys.open_with_recovery(renewed, OTHER_CODE) == DATA_KEY
    with pytest.raises(WrongPassphrase):
        keys.open_with_recovery(renewed, CODE)


def test_a_departed_user_no_longer_opens_the_store(quick: Works) -> None:
    left = keys.without_slot(_file(), "poh")
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(left, "poh", POH)
    assert keys.open_with_passphrase(left, "jansen", GP) == DATA_KEY
    with pytest.raises(NotFound):
        keys.without_slot(left, "poh")


def test_the_last_slot_cannot_be_taken_away(quick: Works) -> None:
    made = keys.with_passphrase_slot(keys.new_key_file(NOW), DATA_KEY, "poh", POH, FLOOR, NOW)
    with pytest.raises(Refused, match="laatste sleutel"):
        keys.without_slot(made, "poh")


def test_a_file_without_a_recovery_slot_says_so(quick: Works) -> None:
    made = keys.with_passphrase_slot(keys.new_key_file(NOW), DATA_KEY, "poh", POH, FLOOR, NOW)
    with pytest.raises(WrongPassphrase, match="geen herstelcode"):
        keys.open_with_recovery(made, CODE)


def test_a_mistyped_recovery_code_is_told_before_any_derivation(quick: Works) -> None:
    made = _file()
    quick.clear()
    with pytest.raises(BadInput, match="groep 1 klopt niet"):
        keys.open_with_recovery(made, CODE.replace("0123", "0124"))
    assert quick == []


def test_an_unknown_login_costs_the_work_of_a_known_one(quick: Works) -> None:
    heavier = replace(FLOOR, iterations=9)
    made = keys.with_passphrase_slot(keys.new_key_file(NOW), DATA_KEY, "poh", POH, heavier, NOW)
    made = keys.with_recovery_slot(made, DATA_KEY, CODE, FLOOR, NOW)
    works = []
    for login in ("poh", "niemand", "", "\ud800"):
        quick.clear()
        with pytest.raises(WrongPassphrase):
            keys.open_with_passphrase(made, login, "een verkeerde wachtzin")
        works.append([kdf for kdf, _ in quick])
    assert works == [[heavier]] * 4


@pytest.mark.parametrize("secret", ["", "\ud800" * 20, "x" * 100_000, "\x00"])
def test_a_strange_passphrase_is_simply_wrong(quick: Works, secret: str) -> None:
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(_file(), "poh", secret)


@pytest.mark.parametrize(
    ("login", "secret"), [("", POH), ("a\nb", POH), ("x" * 65, POH), ("a", "")]
)
def test_a_slot_needs_a_login_and_a_passphrase(quick: Works, login: str, secret: str) -> None:
    with pytest.raises(BadInput):
        keys.with_passphrase_slot(keys.new_key_file(NOW), DATA_KEY, login, secret, FLOOR, NOW)


# --- the file as it is written and read ---


def test_what_is_written_reads_back_as_the_same_value_and_bytes(sealed: KeyFile) -> None:
    data = keys.to_json(sealed)
    assert keys.from_json(data) == sealed
    assert keys.to_json(keys.from_json(data)) == data
    assert keys.from_json(_changed(sealed, lambda content: None)) == sealed
    assert keys.from_json(keys.to_json(replace(sealed, anchor=None))).anchor is None


def test_the_file_says_what_the_readme_says(sealed: KeyFile) -> None:
    content = json.loads(keys.to_json(sealed))
    assert list(content) == ["format", "store_id", "created", "slots", "anchor"]
    assert content["format"] == "pzdesk-keys/1"
    assert content["created"] == "2026-11-22T08:30:00Z"
    assert content["anchor"] == {"sequence": 12, "head": "ab" * 32}
    assert [slot["login"] for slot in content["slots"]] == ["poh", "jansen", None]
    assert [slot["kind"] for slot in content["slots"]] == ["passphrase", "passphrase", "recovery"]
    slot = content["slots"][0]
    assert list(slot) == ["kind", "login", "created", "kdf", "nonce", "sealed"]
    costs = {name: slot["kdf"][name] for name in ("name", "memory_kib", "iterations", "lanes")}
    assert costs == {"name": "argon2id", "memory_kib": 65536, "iterations": 3, "lanes": 4}
    lengths = [len(base64.b64decode(slot[name])) for name in ("nonce", "sealed")]
    assert [len(base64.b64decode(slot["kdf"]["salt"])), *lengths] == [16, 12, 48]


def _in_slot(**fields: object) -> Callable[[Any], object]:
    return lambda content: content["slots"][0].update(fields)


def _in_kdf(**fields: object) -> Callable[[Any], object]:
    return lambda content: content["slots"][0]["kdf"].update(fields)


def _at_top(**fields: object) -> Callable[[Any], object]:
    return lambda content: content.update(fields)


@pytest.mark.parametrize(
    "change",
    [
        _at_top(format="pzdesk-keys/0"),
        _at_top(format="pzdesk-keys/01"),
        _at_top(format="andere"),
        _at_top(format=None),
        _at_top(extra=1),
        lambda content: content.pop("format"),
        lambda content: content.pop("anchor"),
        _at_top(store_id="AB" * 16),
        _at_top(store_id="ab" * 15),
        _at_top(created="2026-11-22T08:30:00+00:00"),
        _at_top(created="2026-02-30T08:30:00Z"),
        _at_top(created="2026-1-2T08:30:00Z"),
        _at_top(slots=[]),
        _at_top(slots={}),
        _at_top(slots=None),
        _at_top(slots=[[]]),
        _at_top(anchor={"sequence": 1}),
        _at_top(anchor={"sequence": -1, "head": "ab" * 32}),
        _at_top(anchor={"sequence": 1.0, "head": "ab" * 32}),
        _at_top(anchor={"sequence": 1, "head": "xy" * 32}),
        _at_top(anchor=[]),
        _in_slot(extra=""),
        _in_slot(login="jansen"),
        _in_slot(login=""),
        _in_slot(login=None),
        _in_slot(login=7),
        _in_slot(login="x" * 65),
        _in_slot(login="\ud800"),
        _in_slot(kind="recovery"),
        _in_slot(kind="keyring"),
        _in_slot(created=None),
        _in_slot(nonce="AAAAAAAAAAAAAAA="),
        _in_slot(nonce="AAAA\nAAAAAAAAAAAA"),
        _in_slot(nonce="AAAAAAAAAAAAAA"),
        _in_slot(nonce=12),
        _in_slot(sealed="QUJD"),
        _in_slot(sealed="é" * 64),
        _in_kdf(name="argon2i"),
        _in_kdf(name="scrypt"),
        _in_kdf(extra=1),
        _in_kdf(memory_kib=65535),
        _in_kdf(memory_kib=1024 * 1024 + 1),
        _in_kdf(memory_kib="65536"),
        _in_kdf(iterations=2),
        _in_kdf(iterations=101),
        _in_kdf(iterations=True),
        _in_kdf(iterations=3.0),
        _in_kdf(iterations=-3),
        _in_kdf(lanes=0),
        _in_kdf(lanes=True),
        _in_kdf(lanes=17),
        _in_kdf(salt=base64.b64encode(bytes(15)).decode()),
        _in_kdf(salt=base64.b64encode(bytes(65)).decode()),
        _in_kdf(salt=""),
        _in_kdf(salt="AAAAAAAAAAAAAAAAAAAAAB=="),  # two spellings of sixteen bytes
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content["slots"].append(content["slots"][2]),
        lambda content: content["slots"][0]["kdf"].pop("salt"),
    ],
)
def test_a_file_that_is_not_as_specified_is_damaged_before_any_derivation(
    sealed: KeyFile, quick: Works, change: Callable[[Any], object]
) -> None:
    with pytest.raises(StoreDamaged, match="back-up"):
        keys.from_json(_changed(sealed, change))
    assert quick == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format":' + b"[" * 90_000,
        b'{"format":"pzdesk-keys/1","format":"pzdesk-keys/1"}',
        b'{"format":' + b"9" * 5000 + b"}",
        b"NaN",
    ],
)
def test_bytes_that_are_no_key_file_are_damaged(data: bytes) -> None:
    with pytest.raises(StoreDamaged):
        keys.from_json(data)


def test_a_field_given_twice_is_damaged(sealed: KeyFile) -> None:
    data = keys.to_json(sealed)
    twice = data.replace(b'"iterations": 3,', b'"iterations": 3, "iterations": 3,', 1)
    assert twice != data
    with pytest.raises(StoreDamaged):
        keys.from_json(twice)


def test_a_huge_file_is_damaged_whatever_is_in_it(sealed: KeyFile) -> None:
    with pytest.raises(StoreDamaged):
        keys.from_json(keys.to_json(sealed) + b" " * keys.MAX_FILE_BYTES)


def test_a_file_of_a_newer_pzdesk_is_told_as_newer(sealed: KeyFile) -> None:
    newer = _changed(sealed, _at_top(format="pzdesk-keys/2", unheard_of=True))
    with pytest.raises(StoreNewer, match="nieuwere versie"):
        keys.from_json(newer)


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [(65535, 3, 4), (65536, 2, 4), (65536, 3, 0), (1 << 21, 3, 4), (65536, 101, 4), (65536, 3, 17)],
)
def test_a_derivation_below_the_floor_or_absurd_cannot_even_be_named(
    memory_kib: int, iterations: int, lanes: int
) -> None:
    with pytest.raises(ValueError, match="weak or absurd"):
        Kdf(memory_kib=memory_kib, iterations=iterations, lanes=lanes)


# --- tampering ---


def _outcome(data: bytes, original: KeyFile) -> str:
    """What became of opening a changed file; anything but the right key or a told error fails.

    The right key may only come out of a slot whose header, and the store's id, are unchanged.
    """
    try:
        found = keys.from_json(data)
    except (StoreDamaged, StoreNewer):
        return "refused"
    outcome = "same"
    for login, secret in (("poh", POH), ("jansen", GP), (None, CODE)):
        try:
            if login is None:
                opened = keys.open_with_recovery(found, secret)
            else:
                opened = keys.open_with_passphrase(found, login, secret)
        except PzdeskError:
            outcome = "shut"
            continue
        assert opened == DATA_KEY
        assert (found.store_id, found.slot(login)) == (original.store_id, original.slot(login))
    return outcome


def _leaves(content: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    slots = content["slots"]
    return [
        *((content, name) for name in ("store_id", "created")),
        *((slot, name) for slot in slots for name in ("login", "created", "nonce", "sealed")),
        *((slot["kdf"], name) for slot in slots for name in ("memory_kib", "iterations", "lanes")),
        *((slot["kdf"], "salt") for slot in slots),
    ]


def _tampered(data: bytes, dice: random.Random) -> bytes:
    """One of: a flipped bit, a cut, two bytes exchanged, two fields exchanged, a field changed."""
    at = dice.randrange(len(data))
    way = dice.randrange(5)
    if way == 0:
        return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]
    if way == 1:
        return data[:at] + data[at + dice.randrange(1, 40) :]
    if way == 2:
        other = bytearray(data)
        to = dice.randrange(len(data))
        other[at], other[to] = other[to], other[at]
        return bytes(other)
    content = json.loads(data)
    (one, name), (two, other_name) = dice.sample(_leaves(content), 2)
    if way == 3:
        same = [(place, leaf) for place, leaf in _leaves(content) if leaf == name]
        two, other_name = dice.choice(same)
        one[name], two[other_name] = two[other_name], one[name]
    elif isinstance(one[name], int):
        one[name] = dice.choice([0, 1, 2, 4, 5, 16, 65536, 131072, 1 << 40, -1])
    else:
        one[name], two[other_name] = two[other_name], one[name]
    return json.dumps(content).encode()


def test_a_thousand_tamperings_open_nothing_that_was_changed(quick: Works) -> None:
    original = _file()
    data = keys.to_json(original)
    assert _outcome(data, original) == "same"
    dice = random.Random(20261122)  # noqa: S311
    counted = {"refused": 0, "shut": 0, "same": 0}
    while counted["refused"] + counted["shut"] < 1000:
        changed = _tampered(data, dice)
        if changed != data:
            counted[_outcome(changed, original)] += 1
    # What still opens as before: a changed blank, moment of the file, or anchor; some tenth at most.
    assert counted["same"] < 250
    assert counted["shut"] > 100


@pytest.mark.parametrize(
    "change",
    [
        _in_kdf(iterations=4),
        _in_kdf(lanes=2),
        _in_slot(created="2026-11-22T08:30:01Z"),
        _in_slot(login="poh2"),
        _at_top(store_id="00" * 16),
        lambda content: content["slots"][0].update(sealed=content["slots"][1]["sealed"]),
        lambda content: content["slots"][0].update(nonce=content["slots"][1]["nonce"]),
    ],
)
def test_a_changed_header_does_not_open_with_the_real_derivation_either(
    sealed: KeyFile, change: Callable[[Any], object]
) -> None:
    found = keys.from_json(_changed(sealed, change))
    login = found.slots[0].login or ""
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(found, login, POH)


def test_each_field_of_the_header_is_authenticated(sealed: KeyFile) -> None:
    slot = sealed.slots[0]
    others = [
        replace(slot, login="poh2"),
        replace(slot, kind=SlotKind.RECOVERY, login=None),
        replace(slot, created="2026-11-22T08:30:01Z"),
        replace(slot, salt=bytes(16)),
        *(
            replace(slot, kdf=replace(FLOOR, **{name: 70000 if name == "memory_kib" else 7}))
            for name in ("memory_kib", "iterations", "lanes")
        ),
    ]
    headers = {keys._authenticated(sealed.store_id, other) for other in (slot, *others)}
    headers.add(keys._authenticated("00" * 16, slot))
    assert len(headers) == 9


def test_exchanged_logins_give_nobody_the_others_place(sealed: KeyFile) -> None:
    def exchange(content: Any) -> None:
        one, two = content["slots"][:2]
        one["login"], two["login"] = two["login"], one["login"]

    found = keys.from_json(_changed(sealed, exchange))
    for login, secret in (("jansen", POH), ("poh", GP)):
        with pytest.raises(WrongPassphrase):
            keys.open_with_passphrase(found, login, secret)


def test_a_slot_of_another_store_does_not_open_here(quick: Works) -> None:
    here, there = _file(), _file()
    moved = replace(here, slots=there.slots)
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(moved, "poh", POH)


# --- on the disk ---


def test_the_file_is_written_for_its_owner_only_and_read_back(
    sealed: KeyFile, tmp_path: Path
) -> None:
    path = tmp_path / "keys.json"
    before = os.umask(0)
    try:
        keys.write(path, replace(sealed, anchor=None))
        keys.write(path, sealed)
    finally:
        os.umask(before)
    assert keys.read(path) == sealed
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="ontbreekt"):
        keys.read(tmp_path / "keys.json")
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(StoreError, match="niet te lezen"):
        keys.read(tmp_path / "keys.json")


def test_a_folder_that_cannot_be_written_is_told(sealed: KeyFile, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="schijf is vol"):
        keys.write(tmp_path / "weg" / "keys.json", sealed)


def test_a_file_without_slots_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="read back"):
        keys.write(tmp_path / "keys.json", keys.new_key_file(NOW))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file_and_nothing_else(sealed: KeyFile, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="file size limits exist on POSIX only")
    assert resource.RLIMIT_FSIZE is not None
    path = tmp_path / "keys.json"
    keys.write(path, replace(sealed, anchor=None))
    old = path.read_bytes()
    code = """
        import resource, sys
        from dataclasses import replace
        from pathlib import Path
        from pzdesk.domain.errors import StoreError
        from pzdesk.security import keys
        path = Path(sys.argv[1])
        found = keys.read(path)
        for size in range(0, len(path.read_bytes()), 100):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            try:
                keys.write(path, replace(found, anchor=keys.Anchor(sequence=1, head="cd" * 32)))
            except StoreError as told:
                assert "schijf is vol" in str(told)
                sys.stdout.write(".")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout) == len(range(0, len(old), 100))
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_is_broken_off_leaves_the_old_file(
    sealed: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "keys.json"
    keys.write(path, sealed)
    with monkeypatch.context() as patch:
        patch.setattr(os, step, broken)
        with pytest.raises(KeyboardInterrupt):
            keys.write(path, replace(sealed, anchor=None))
    assert keys.read(path) == sealed
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_what_a_crash_left_behind_goes_with_the_next_write(sealed: KeyFile, tmp_path: Path) -> None:
    (tmp_path / ".keys.json.0123abcd.tmp").write_bytes(b"half")
    (tmp_path / "iets anders.tmp").write_bytes(b"")
    keys.write(tmp_path / "keys.json", sealed)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["iets anders.tmp", "keys.json"]


# --- calibration and the passphrase file ---


@pytest.mark.parametrize(
    ("once", "iterations"), [(0.14, 15), (0.7, 3), (5.0, 3), (0.001, 100), (0.042, 50)]
)
def test_calibration_scales_from_what_the_floor_takes_and_never_goes_below_it(
    monkeypatch: pytest.MonkeyPatch, once: float, iterations: int
) -> None:
    taken = iter([once * 3, once])  # a busy moment must not make the key weaker
    monkeypatch.setattr(keys, "_timed", lambda _: next(taken))
    assert keys.calibrated(0.7) == replace(FLOOR, iterations=iterations)


def test_calibration_on_this_computer_gives_a_usable_derivation() -> None:
    found = keys.calibrated(0.0)
    assert found == FLOOR
    assert keys._timed(found) > 0


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_a_passphrase_file_gives_what_was_typed(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    for start in (b"", b"\xef\xbb\xbf"):
        for end in (b"\n", b"\r\n"):
            data = start + text.encode() + end
            if not (start == b"" and text.startswith("\ufeff")) and not (
                end == b"\n" and text.endswith("\r")
            ):
                assert keys.passphrase_from_bytes(data) == normal


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b"zin", "zin"),
        (b"zin\n", "zin"),
        (b"zin\r\n", "zin"),
        (b"zin\n\n", "zin\n"),
        (b" zin \r", " zin \r"),
        (b"\xef\xbb\xbfzin", "zin"),
        (b"\xef\xbb\xbf\xef\xbb\xbfzin", "\ufeffzin"),
        ("café\n".encode(), "caf\u00e9"),
        (unicodedata.normalize("NFD", "café").encode(), "caf\u00e9"),
    ],
)
def test_one_mark_before_and_one_newline_after_are_dropped(data: bytes, read: str) -> None:
    assert keys.passphrase_from_bytes(data) == read


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "leeg"),
        (b"\n", "leeg"),
        (b"\xef\xbb\xbf\r\n", "leeg"),
        (b"caf\xe9", "UTF-8"),
        ("zin".encode("utf-16"), "UTF-8"),
        (b"x" * 5000, "te groot"),
    ],
)
def test_a_passphrase_file_that_cannot_be_used_is_told(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        keys.passphrase_from_bytes(data)


def test_a_moment_without_a_time_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        keys.new_key_file(datetime(2026, 11, 22))
    assert keys.new_key_file(datetime(2026, 11, 22, tzinfo=UTC)).created == "2026-11-22T00:00:00Z"


def test_every_store_has_a_key_and_a_name_of_its_own() -> None:
    assert len({keys.new_data_key() for _ in range(50)}) == 50
    assert {len(keys.new_data_key()) for _ in range(50)} == {32}
    assert len({keys.new_key_file(NOW).store_id for _ in range(50)}) == 50
