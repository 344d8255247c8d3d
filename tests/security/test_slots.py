"""The key file as value and bytes: nothing weaker or other than specified is ever accepted."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pzdesk.domain.errors import StoreDamaged, StoreNewer
from pzdesk.security.slots import (
    FLOOR,
    MAX_FILE_BYTES,
    Anchor,
    Kdf,
    KeyFile,
    Pair,
    Renewed,
    Slot,
    SlotKind,
    authenticated,
    from_json,
    is_login,
    moment,
    to_json,
)
from tests.security.altering import Change, altered, at_top, in_kdf, in_slot

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def _slot(login: str | None, fill: int) -> Slot:
    """A slot as it could be; nothing opens it, because nothing here derives."""
    return Slot(
        kind=SlotKind.PASSPHRASE if login else SlotKind.RECOVERY,
        login=login,
        created=moment(NOW),
        kdf=FLOOR,
        salt=bytes([fill]) * 16,
        nonce=bytes([fill]) * 12,
        sealed=bytes([fill]) * 48,
    )


FILE = KeyFile(
    store_id="0123456789abcdef" * 2,
    created=moment(NOW),
    slots=(_slot("poh", 1), _slot("jansen", 2), _slot(None, 3)),
)


def _paired(slot: Slot, fill: int, *, renewed: bool = False) -> Slot:
    box = Renewed(ephemeral=bytes([fill]) * 32, sealed=bytes(48), proof=bytes(32))
    pair = Pair(public=bytes([fill]) * 32, proof=bytes(32), renewed=box if renewed else None)
    return replace(slot, sealed=bytes([fill]) * 80, pair=pair)


NEW_FILE = replace(
    FILE,
    slots=(
        _paired(FILE.slots[0], 1),
        _paired(FILE.slots[1], 2, renewed=True),
        FILE.slots[2],
        replace(_paired(FILE.slots[0], 4), kind=SlotKind.QUICK),
    ),
)


ANCHOR = Anchor(sequence=12, head="0f" * 32, at=moment(NOW))
ANCHORED = replace(NEW_FILE, anchor=ANCHOR)


def test_what_is_written_reads_back_as_the_same_value_and_bytes() -> None:
    for file in (FILE, NEW_FILE, ANCHORED, replace(FILE, anchor=ANCHOR)):
        data = to_json(file)
        assert from_json(data) == file
        assert to_json(from_json(data)) == data
        assert from_json(altered(file, lambda content: None)) == file


def test_a_login_has_one_slot_of_a_kind_and_they_are_told_apart() -> None:
    assert NEW_FILE.slot("poh") == NEW_FILE.slots[0]
    assert NEW_FILE.quick("poh") == NEW_FILE.slots[3]
    assert (NEW_FILE.quick("jansen"), FILE.quick("poh")) == (None, None)
    with pytest.raises(ValueError, match="two slots"):
        replace(NEW_FILE, slots=(*NEW_FILE.slots, NEW_FILE.slots[3]))


def test_format_2_says_what_the_readme_says() -> None:
    content = json.loads(to_json(NEW_FILE))
    assert content["format"] == "pzdesk-keys/2"
    plain, renewed, former, quick = content["slots"]
    assert list(plain) == ["kind", "login", "created", "kdf", "nonce", "sealed", "pair"]
    assert list(plain["pair"]) == ["public", "proof", "renewed"]
    assert plain["pair"]["renewed"] is None
    assert list(renewed["pair"]["renewed"]) == ["ephemeral", "sealed", "proof"]
    assert former["pair"] is None
    assert quick["kind"] == "quick"
    lengths = [len(base64.b64decode(slot["sealed"])) for slot in content["slots"]]
    assert lengths == [80, 80, 48, 80]


def test_the_anchor_of_the_log_stands_in_format_2_where_there_is_one() -> None:
    content = json.loads(to_json(replace(FILE, anchor=ANCHOR)))
    assert list(content) == ["format", "store_id", "created", "anchor", "slots"]
    assert content["format"] == "pzdesk-keys/2"
    assert content["anchor"] == {"sequence": 12, "head": "0f" * 32, "at": "2026-11-22T08:30:00Z"}
    assert "anchor" not in json.loads(to_json(NEW_FILE))


@pytest.mark.parametrize(
    "anchor",
    [
        *(None, [], {}, 12),
        *({"sequence": 12, "head": "0f" * 32}, {"sequence": 12, "at": moment(NOW)}),
        *(
            {"sequence": number, "head": "0f" * 32, "at": moment(NOW)}
            for number in (0, -1, True, 1 << 63)
        ),
        *({"sequence": 1, "head": head, "at": moment(NOW)} for head in ("0F" * 32, "0f" * 31, "")),
        {"sequence": 1, "head": "0f" * 32, "at": "gisteren"},
        {"sequence": 1, "head": "0f" * 32, "at": moment(NOW), "extra": 1},
    ],
)
def test_an_anchor_that_is_not_as_specified_is_damage(anchor: object) -> None:
    with pytest.raises(StoreDamaged, match="back-up"):
        from_json(altered(NEW_FILE, at_top(anchor=anchor)))


@pytest.mark.parametrize(
    "change",
    [
        at_top(format="pzdesk-keys/1"),
        lambda content: content.update(slots=content["slots"][2:3]),  # then it is format 1
        in_slot(pair=None),
        in_slot(pair=[]),
        in_slot(pair={}),
        in_slot(kind="quick"),
        lambda content: content["slots"][0].pop("pair"),
        lambda content: content["slots"][0]["pair"].update(extra=1),
        lambda content: content["slots"][0]["pair"].update(public=content["slots"][0]["nonce"]),
        lambda content: content["slots"][0]["pair"].update(proof=None),
        lambda content: content["slots"][0]["pair"].update(renewed={}),
        lambda content: content["slots"][1]["pair"]["renewed"].update(sealed=""),
        lambda content: content["slots"][1]["pair"]["renewed"].pop("proof"),
        lambda content: content["slots"][2].update(pair=content["slots"][0]["pair"]),
        lambda content: content["slots"][3].update(pair=None),
        lambda content: content["slots"][3].update(login=None),
    ],
)
def test_a_file_of_format_2_that_is_not_as_specified_is_damaged(change: Change) -> None:
    with pytest.raises(StoreDamaged, match="back-up"):
        from_json(altered(NEW_FILE, change))


def test_format_1_is_still_written_as_it_was() -> None:
    content = json.loads(to_json(FILE))
    assert list(content) == ["format", "store_id", "created", "slots"]
    assert content["format"] == "pzdesk-keys/1"
    assert content["created"] == "2026-11-22T08:30:00Z"
    assert [slot["login"] for slot in content["slots"]] == ["poh", "jansen", None]
    assert [slot["kind"] for slot in content["slots"]] == ["passphrase", "passphrase", "recovery"]
    slot = content["slots"][0]
    assert list(slot) == ["kind", "login", "created", "kdf", "nonce", "sealed"]
    costs = {name: slot["kdf"][name] for name in ("name", "memory_kib", "iterations", "lanes")}
    assert costs == {"name": "argon2id", "memory_kib": 65536, "iterations": 3, "lanes": 4}
    lengths = [len(base64.b64decode(slot[name])) for name in ("nonce", "sealed")]
    assert [len(base64.b64decode(slot["kdf"]["salt"])), *lengths] == [16, 12, 48]


@pytest.mark.parametrize(
    "change",
    [
        at_top(format="pzdesk-keys/0"),
        at_top(format="pzdesk-keys/01"),
        at_top(format="andere"),
        at_top(format=None),
        at_top(extra=1),
        lambda content: content.pop("format"),
        lambda content: content.pop("created"),
        at_top(anchor={"sequence": 1, "head": "ab" * 32}),
        at_top(store_id="AB" * 16),
        at_top(store_id="ab" * 15),
        at_top(created="2026-11-22T08:30:00+00:00"),
        at_top(created="2026-02-30T08:30:00Z"),
        at_top(created="2026-1-2T08:30:00Z"),
        at_top(slots=[]),
        at_top(slots={}),
        at_top(slots=None),
        at_top(slots=[[]]),
        in_slot(extra=""),
        in_slot(login="jansen"),
        in_slot(login=""),
        in_slot(login=None),
        in_slot(login=7),
        in_slot(login="x" * 65),
        in_slot(login="\ud800"),
        in_slot(kind="recovery"),
        in_slot(kind="keyring"),
        in_slot(created=None),
        in_slot(nonce="AAAAAAAAAAAAAAA="),
        in_slot(nonce="AAAA\nAAAAAAAAAAAA"),
        in_slot(nonce="AAAAAAAAAAAAAA"),
        in_slot(nonce=12),
        in_slot(sealed="QUJD"),
        in_slot(sealed="é" * 64),
        in_kdf(name="argon2i"),
        in_kdf(name="scrypt"),
        in_kdf(extra=1),
        in_kdf(memory_kib=65535),
        in_kdf(memory_kib=1024 * 1024 + 1),
        in_kdf(memory_kib="65536"),
        in_kdf(iterations=2),
        in_kdf(iterations=101),
        in_kdf(iterations=True),
        in_kdf(iterations=3.0),
        in_kdf(iterations=-3),
        in_kdf(lanes=0),
        in_kdf(lanes=True),
        in_kdf(lanes=17),
        in_kdf(salt=base64.b64encode(bytes(15)).decode()),
        in_kdf(salt=base64.b64encode(bytes(65)).decode()),
        in_kdf(salt=""),
        in_kdf(salt="AAAAAAAAAAAAAAAAAAAAAB=="),  # two spellings of sixteen bytes
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content["slots"].append(content["slots"][2]),
        lambda content: content["slots"][0]["kdf"].pop("salt"),
    ],
)
def test_a_file_that_is_not_as_specified_is_damaged(change: Change) -> None:
    with pytest.raises(StoreDamaged, match="back-up"):
        from_json(altered(FILE, change))


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
        from_json(data)


def test_a_field_given_twice_is_damaged() -> None:
    data = to_json(FILE)
    twice = data.replace(b'"iterations": 3,', b'"iterations": 3, "iterations": 3,', 1)
    assert twice != data
    with pytest.raises(StoreDamaged):
        from_json(twice)


def test_a_huge_file_is_damaged_whatever_is_in_it() -> None:
    with pytest.raises(StoreDamaged):
        from_json(to_json(FILE) + b" " * MAX_FILE_BYTES)


def test_a_file_of_a_newer_pzdesk_is_told_as_newer() -> None:
    newer = altered(FILE, at_top(format="pzdesk-keys/3", unheard_of=True))
    with pytest.raises(StoreNewer, match="nieuwere versie"):
        from_json(newer)


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [(65535, 3, 4), (65536, 2, 4), (65536, 3, 0), (1 << 21, 3, 4), (65536, 101, 4), (65536, 3, 17)],
)
def test_a_derivation_below_the_floor_or_absurd_cannot_even_be_named(
    memory_kib: int, iterations: int, lanes: int
) -> None:
    with pytest.raises(ValueError, match="weak or absurd"):
        Kdf(memory_kib=memory_kib, iterations=iterations, lanes=lanes)


def test_each_field_of_the_header_is_authenticated() -> None:
    slot = FILE.slots[0]
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
    headers = {authenticated(FILE.store_id, other) for other in (slot, *others)}
    headers.add(authenticated("00" * 16, slot))
    headers |= {authenticated(FILE.store_id, _paired(slot, fill)) for fill in (1, 2)}
    assert len(headers) == 11


@pytest.mark.parametrize("login", ["", "a\nb", "x" * 65, "\ud800"])
def test_a_login_that_cannot_be_written_down_is_no_login(login: str) -> None:
    assert not is_login(login)
    with pytest.raises(ValueError, match="not a login"):
        replace(FILE.slots[0], login=login)


def test_a_moment_without_a_time_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 11, 22))
    assert moment(datetime(2026, 11, 22, tzinfo=UTC)) == "2026-11-22T00:00:00Z"
