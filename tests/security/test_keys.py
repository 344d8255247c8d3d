"""The key slots: who can open a store, and that nothing that was changed opens anything."""

import base64
import hashlib
import json
import os
import random
import secrets as secrets_
import stat
import subprocess
import sys
import textwrap
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta, timezone
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
    StoreError,
    StoreMissing,
    WrongPassphrase,
)
from pzdesk.security import keys, recovery
from pzdesk.security.slots import FLOOR, Kdf, KeyFile, from_json, to_json
from tests.security.altering import Change, altered, at_top, in_kdf, in_slot
from tests.syncs import recorded, skipped_on_windows, synced

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))
DATA_KEY = bytes(range(32))
POH, GP = "wolkje egel inktvis café", "tulband kompas zadel lantaarn"
CODE = "01230-4567M-89AB9-CDEFS-GHJKJ-MNPQ6-RSTVV-WXYZ3"
OTHER_CODE = recovery.new_code()
LATER = "2026-11-22T08:30:01Z"

Works = list[tuple[Kdf, bytes]]


@pytest.fixture(scope="module")
def sealed() -> KeyFile:
    """A file with two users and a recovery slot, made once with real derivations at the floor."""
    return _file()


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


def _file(data_key: bytes = DATA_KEY) -> KeyFile:
    """Two users and a recovery slot, by whatever derivation is in place."""
    made = keys.new_key_file(NOW)
    made = keys.with_passphrase_slot(made, data_key, "poh", POH, FLOOR, NOW)
    made = keys.with_passphrase_slot(made, data_key, "jansen", GP, FLOOR, NOW)
    return keys.with_recovery_slot(made, data_key, CODE, FLOOR, NOW)


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
    file = json.loads(to_json(sealed))
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
        header["public"] = slot["pair"]["public"]
        aad = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        nonce, box = base64.b64decode(slot["nonce"]), base64.b64decode(slot["sealed"])
        assert AESGCM(derived).decrypt(nonce, box, aad.encode("utf-8"))[32:] == DATA_KEY


def test_nothing_of_a_secret_stands_in_the_file_or_in_the_value(sealed: KeyFile) -> None:
    for shown in (to_json(sealed), repr(sealed).encode()):
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


# --- tampering ---


def _outcome(data: bytes, original: KeyFile) -> str:
    """What became of opening a changed file; anything but the right key or a told error fails.

    The right key may only come out of a slot whose header, and the store's id, are unchanged.
    """
    try:
        found = from_json(data)
    except StoreError:
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
    pairs_ = [slot["pair"] for slot in slots]
    boxes = [pair["renewed"] for pair in pairs_ if pair["renewed"]]
    return [
        *((pair, name) for pair in pairs_ for name in ("public", "proof")),
        *((box, name) for box in boxes for name in ("ephemeral", "sealed", "proof")),
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


@pytest.mark.parametrize("is_renewed", [False, True])
def test_a_thousand_tamperings_open_nothing_that_was_changed(
    quick: Works, *, is_renewed: bool
) -> None:
    original = _file()
    if is_renewed:
        was = secrets_.token_bytes(32)
        original = _file(was)
        original, _ = keys.with_new_key(original, was, (), DATA_KEY, {"poh", "jansen"})
    data = to_json(original)
    assert _outcome(data, original) == "same"
    dice = random.Random(20261122)  # noqa: S311
    counted = {"refused": 0, "shut": 0, "same": 0}
    while counted["refused"] + counted["shut"] < 1000:
        changed = _tampered(data, dice)
        if changed != data:
            counted[_outcome(changed, original)] += 1
    # What still opens as before: a changed blank or moment of the file; some tenth at most.
    assert counted["same"] < 250
    assert counted["shut"] > 100


@pytest.mark.parametrize(
    "change",
    [
        in_kdf(iterations=4),
        in_kdf(lanes=2),
        in_slot(created="2026-11-22T08:30:01Z"),
        in_slot(login="poh2"),
        at_top(store_id="00" * 16),
        lambda content: content["slots"][0].update(sealed=content["slots"][1]["sealed"]),
        lambda content: content["slots"][0].update(nonce=content["slots"][1]["nonce"]),
    ],
)
def test_a_changed_header_does_not_open_with_the_real_derivation_either(
    sealed: KeyFile, change: Change
) -> None:
    found = from_json(altered(sealed, change))
    login = found.slots[0].login or ""
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(found, login, POH)


def test_exchanged_logins_give_nobody_the_others_place(sealed: KeyFile) -> None:
    def exchange(content: Any) -> None:
        one, two = content["slots"][:2]
        one["login"], two["login"] = two["login"], one["login"]

    found = from_json(altered(sealed, exchange))
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
        keys.write(path, replace(sealed, created=LATER))
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
    keys.write(path, replace(sealed, created=LATER))
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
                keys.write(path, replace(found, created="2026-11-22T08:30:01Z"))
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
            keys.write(path, replace(sealed, created=LATER))
    assert keys.read(path) == sealed
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


@skipped_on_windows
def test_a_key_file_and_its_name_are_durable_when_it_is_said_to_be_written(
    sealed: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events, path = recorded(monkeypatch), tmp_path / "keys.json"
    keys.write(path, sealed)
    assert synced(events, path, after=("sync", path.stat().st_ino), before=("moved", "keys.json"))
    assert synced(events, tmp_path, after=("moved", "keys.json"))


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


def test_every_store_has_a_key_and_a_name_of_its_own() -> None:
    assert len({keys.new_data_key() for _ in range(50)}) == 50
    assert {len(keys.new_data_key()) for _ in range(50)} == {32}
    assert len({keys.new_key_file(NOW).store_id for _ in range(50)}) == 50
