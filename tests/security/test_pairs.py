"""The pair of a slot: a new data key reaches who stays, and nobody else; an old slot gets its pair."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pzdesk.domain.errors import Refused, WrongPassphrase
from pzdesk.security import keys, pairs, recovery
from pzdesk.security.slots import (
    FLOOR,
    KeyFile,
    Slot,
    SlotKind,
    authenticated,
    from_json,
    to_json,
)
from tests.factories import NOW
from tests.security.quick import derived

WAS, NEW, NEWER = (bytes([number]) * 32 for number in (1, 2, 3))
WHO = {"poh": "zin van de poh", "jansen": "zin van jansen", "weg": "zin van wie vertrok"}
STAY = {"poh", "jansen"}
CODE = recovery.new_code()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_derived", derived)


@pytest.fixture
def file() -> KeyFile:
    made = keys.new_key_file(NOW)
    for login, secret in WHO.items():
        made = keys.with_passphrase_slot(made, WAS, login, secret, FLOOR, NOW)
    made = keys.with_recovery_slot(made, WAS, CODE, FLOOR, NOW)
    return keys.with_slot(made, keys.quick_slot(made.store_id, WAS, "poh", "geheim", NOW))


def former(slot: Slot, secret: str, store_id: str, data_key: bytes = WAS) -> Slot:
    """The same slot as the pzdesk of format 1 made it."""
    bare = replace(slot, pair=None, sealed=bytes(48))
    slot_key = keys._derived(slot.kdf, slot.salt, secret.encode())
    sealed = AESGCM(slot_key).encrypt(bare.nonce, data_key, authenticated(store_id, bare))
    return replace(bare, sealed=sealed)


def renewed(file: KeyFile) -> KeyFile:
    made, left_out = keys.with_new_key(file, WAS, (), NEW, STAY)
    assert left_out == ()
    return from_json(to_json(made))


def opening(file: KeyFile, login: str) -> bytes:
    return keys.open_with_passphrase(file, login, WHO[login])


def test_who_stays_opens_the_new_key_with_the_passphrase_of_before(file: KeyFile) -> None:
    made = renewed(file)
    assert [opening(made, login) for login in sorted(STAY)] == [NEW, NEW]
    assert keys.open_with_recovery(made, CODE) == NEW
    assert WAS not in to_json(made)


def test_who_left_opens_nothing_any_more_also_with_the_slot_put_back(file: KeyFile) -> None:
    made = renewed(file)
    with pytest.raises(WrongPassphrase):
        opening(made, "weg")
    put_back = keys.with_slot(made, file.slots[2])
    assert opening(put_back, "weg") == WAS  # the key of before, which opens nothing new
    again, left_out = keys.with_new_key(put_back, NEW, (WAS,), NEWER, STAY)
    assert (again.slot("weg"), left_out) == (None, ())


def test_what_a_computer_opened_quickly_is_void(file: KeyFile) -> None:
    assert keys.open_quickly(file, "poh", "geheim") == WAS
    assert keys.open_quickly(file, "poh", "anders") is None
    assert renewed(file).quick("poh") is None
    assert keys.open_quickly(renewed(file), "poh", "geheim") is None


def test_a_renewed_slot_is_made_whole_by_its_owner(file: KeyFile) -> None:
    made = renewed(file)
    found = keys.opened_with_passphrase(made, "poh", WHO["poh"])
    assert found.made_whole is not None
    assert repr(found) == "Opened(...)"
    was = made.slot("poh")
    assert was is not None
    whole = keys.with_made_whole(made, "poh", was, found.made_whole)
    assert keys.with_made_whole(whole, "poh", was, was) == whole, "it was changed meanwhile"
    again = keys.opened_with_passphrase(whole, "poh", WHO["poh"])
    assert (again.data_key, again.made_whole) == (NEW, None)
    assert opening(whole, "jansen") == NEW


def test_who_was_away_for_two_renewals_opens_the_newest(file: KeyFile) -> None:
    made = renewed(file)
    found = keys.opened_with_passphrase(made, "poh", WHO["poh"])
    assert found.made_whole is not None
    again, left_out = keys.with_new_key(
        keys.with_slot(made, found.made_whole), NEW, (WAS,), NEWER, STAY
    )
    assert left_out == ()
    assert [opening(again, login) for login in sorted(STAY)] == [NEWER, NEWER]
    assert keys.open_with_recovery(again, CODE) == NEWER
    forgotten, left_out = keys.with_new_key(made, NEW, (), NEWER, STAY)
    assert [slot.login for slot in left_out] == ["poh", "jansen", None]
    assert forgotten.slots == ()


def test_a_slot_that_nobody_with_the_key_made_gets_no_new_key(file: KeyFile) -> None:
    stranger = keys.passphrase_slot(file.store_id, NEWER, "poh", "zin van een vreemde", FLOOR, NOW)
    forced = keys.with_slot(file, stranger)
    made, left_out = keys.with_new_key(forced, WAS, (), NEW, STAY)
    assert left_out == (stranger,)
    assert made.slot("poh") is None
    own = file.slot("poh")
    assert own is not None
    assert own.pair is not None
    assert stranger.pair is not None
    swapped = replace(own, pair=replace(own.pair, public=stranger.pair.public))
    assert pairs.renewed(swapped, file.store_id, WAS, (), NEW) is None


def test_nobody_without_the_key_brings_an_owner_under_a_key_of_theirs(file: KeyFile) -> None:
    own = file.slot("poh")
    assert own is not None
    assert own.pair is not None
    # A stranger knows the public key, and seals a key of their own to it.
    header = authenticated(file.store_id, own)
    claimed = replace(own, pair=replace(own.pair, proof=pairs._proof(NEWER, header)))
    forced = pairs.renewed(claimed, file.store_id, NEWER, (), NEWER)
    assert forced is not None
    with pytest.raises(WrongPassphrase):
        opening(keys.with_slot(file, forced), "poh")


def test_a_slot_of_which_the_proof_was_changed_opens_nothing(file: KeyFile) -> None:
    slot = file.slot("poh")
    assert slot is not None
    assert slot.pair is not None
    changed = keys.with_slot(file, replace(slot, pair=replace(slot.pair, proof=bytes(32))))
    with pytest.raises(WrongPassphrase):
        opening(changed, "poh")


def test_a_slot_of_format_1_opens_as_before_and_gets_its_pair(file: KeyFile) -> None:
    old = former(file.slots[0], WHO["poh"], file.store_id)
    mixed = from_json(to_json(replace(file, slots=(old, *file.slots[1:]))))
    assert mixed.slots[0] == old
    found = keys.opened_with_passphrase(mixed, "poh", WHO["poh"])
    assert found.data_key == WAS
    assert found.made_whole is not None
    assert found.made_whole.pair is not None
    whole = keys.with_slot(mixed, found.made_whole)
    assert keys.opened_with_passphrase(whole, "poh", WHO["poh"]).made_whole is None


def test_a_slot_of_format_1_cannot_take_a_new_key_and_is_named(file: KeyFile) -> None:
    old = former(file.slots[0], WHO["poh"], file.store_id)
    made, left_out = keys.with_new_key(
        replace(file, slots=(old, *file.slots[1:])), WAS, (), NEW, STAY
    )
    assert left_out == (old,)
    assert [slot.login for slot in made.slots] == ["jansen", None]


def test_another_passphrase_and_leaving_end_what_opened_quickly(file: KeyFile) -> None:
    changed = keys.with_passphrase_slot(file, WAS, "poh", "een andere zin", FLOOR, NOW)
    assert changed.quick("poh") is None
    assert keys.without_slot(file, "poh").quick("poh") is None
    off = keys.without_quick(file, "poh")
    assert (off.quick("poh"), off.slot("poh")) == (None, file.slot("poh"))
    assert keys.without_quick(off, "poh") == off


def test_a_quick_slot_alone_is_no_way_back(file: KeyFile) -> None:
    quick_ = next(slot for slot in file.slots if slot.kind is SlotKind.QUICK)
    jansen = file.slot("jansen")
    assert jansen is not None
    with pytest.raises(Refused, match="laatste sleutel"):
        keys.without_slot(replace(file, slots=(jansen, quick_)), "jansen")


def test_a_public_key_that_makes_every_secret_zero_opens_nothing(file: KeyFile) -> None:
    made = renewed(file)
    slot = made.slot("poh")
    assert slot is not None
    assert slot.pair is not None
    assert slot.pair.renewed is not None
    box = replace(slot.pair.renewed, ephemeral=bytes(32))
    header = authenticated(file.store_id, slot)
    box = replace(box, proof=pairs._proof(WAS, header, box.ephemeral, box.sealed))
    forced = keys.with_slot(made, replace(slot, pair=replace(slot.pair, renewed=box)))
    with pytest.raises(WrongPassphrase):
        opening(forced, "poh")
