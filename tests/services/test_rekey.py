"""A new data key: who stays notices nothing, who left reads nothing of what comes after."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import (
    BadInput,
    NotAllowed,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    TakenOver,
    WrongPassphrase,
)
from pzdesk.domain.user import Role
from pzdesk.security import keys, recovery, slots
from pzdesk.security.slots import FLOOR, KeyFile, Pair, Slot
from pzdesk.services import backups, opening, rekey
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import database, folder, rekeying, restoring, verify
from pzdesk.store.drafts import SealedNotes
from pzdesk.store.folder import ANCHOR, BACKUPS, DATABASE, KEYS, LOCK
from pzdesk.store.lock import WriterLock
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.security.quick import derived
from tests.security.test_pairs import former

SECRETS = {
    "deboer": "zeven zwanen zwemmen zuidwaarts",
    "smit": "acht apen aten ananas",
    "weg": "negen nachtegalen nestelen",
}
CODE = recovery.new_code()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key costs nothing."""
    monkeypatch.setattr(keys, "_derived", derived)


@pytest.fixture
def place(desk: Desk) -> Path:
    """A practice of three, with a patient and a draft; the clock stands still."""
    store = desk.session.store
    made = keys.with_recovery_slot(keys.new_key_file(NOW), store.data_key(), CODE, FLOOR, NOW)
    made = keys.with_passphrase_slot(
        made, store.data_key(), "deboer", SECRETS["deboer"], FLOOR, NOW
    )
    keys.write(store.folder / KEYS, made)
    for login in ("smit", "weg"):
        desk.users.add(
            login=login, name=login.title(), roles=(Role.POH,), secret=SECRETS[login], kdf=FLOOR
        )
    desk.patients.add(factories.a_patient())
    desk.drafts.keep("dossier-1", {"tekst": "wat De Boer aan het typen was"})
    return store.folder


def renew(desk: Desk, code: str | None = None, *, leave_out: bool = False) -> Session:
    return rekey.renew_key(
        desk.session, SECRETS["deboer"], recovery_code=code, leave_out=leave_out, kdf=FLOOR
    )


def opened(place: Path, login: str, clock: Clock) -> Desk:
    return desk_over(opening.open_practice(place, login, SECRETS[login], clock=clock))


def test_everybody_who_stays_opens_the_practice_as_before(
    desk: Desk, place: Path, clock: Clock
) -> None:
    before = desk.session.store.data_key()
    with closing(renew(desk)) as session:
        assert session.user.login == "deboer"
        assert session.store.data_key() != before
        assert desk_over(session).practice.log()[-3].event == AuditEvent.KEY_RENEWED
    for login in ("smit", "deboer", "smit"):  # the second time the slot was made whole
        with closing(opened(place, login, clock).session) as session:
            assert session.store.data_key() != before
            assert not session.store.lost_events()
            assert verify.faults(session.store) == []
            assert len(desk_over(session).patients.rows()) == 1
    assert all(
        slot.pair and slot.pair.renewed is None
        for slot in keys.read(place / KEYS).slots
        if slot.login in ("smit", "deboer")
    )
    with closing(opening.recover(place, CODE, "weg", SECRETS["weg"], kdf=FLOOR, clock=clock)):
        pass
    left = {path.name for path in place.iterdir()} - {f"{DATABASE}-wal", f"{DATABASE}-shm"}
    assert left >= {DATABASE, KEYS, "anchor.json", "drafts", BACKUPS}
    assert not any(path.is_dir() for path in (place / BACKUPS).iterdir()), "the old file is gone"
    assert restoring.PREPARED not in left


def test_who_left_reads_nothing_new_with_an_old_copy_of_the_keys(
    desk: Desk, place: Path, clock: Clock, tmp_path: Path
) -> None:
    kept = tmp_path / "kopie van keys.json"
    shutil.copyfile(place / KEYS, kept)
    old = keys.open_with_passphrase(keys.read(kept), "weg", SECRETS["weg"])
    desk.users.remove("weg")
    with closing(renew(desk)) as session:
        desk_over(session).patients.add(factories.a_patient())
    with closing(database.connect(place / DATABASE, keys_now(place))):
        pass  # who has a key of now does read it: the control
    with pytest.raises(StoreDamaged, match="hoort niet bij deze sleutels"):
        database.connect(place / DATABASE, old)
    with pytest.raises(WrongPassphrase):
        opening.open_practice(place, "weg", SECRETS["weg"], clock=clock)
    shutil.copyfile(kept, place / KEYS)
    with pytest.raises(StoreDamaged):
        opening.open_practice(place, "weg", SECRETS["weg"], clock=clock)


def keys_now(place: Path) -> bytes:
    return keys.open_with_passphrase(keys.read(place / KEYS), "smit", SECRETS["smit"])


def test_with_a_new_recovery_sheet_the_one_before_is_void(
    desk: Desk, place: Path, clock: Clock
) -> None:
    code = recovery.new_code()
    renew(desk, code).close()
    with pytest.raises(WrongPassphrase, match="vervangen"):
        keys.open_with_recovery(keys.read(place / KEYS), CODE)
    session = opening.recover(place, code, "smit", "tien tijgers tellen tegels", kdf=FLOOR)
    session.close()


def test_what_was_typed_and_not_saved_comes_back_under_the_new_key(
    desk: Desk, place: Path, clock: Clock
) -> None:
    elsewhere = SealedNotes(place, desk.session.store.data_key(), "smit")
    (old_file,) = (path for path in (place / "drafts").iterdir() if holds_text(desk, path))
    with closing(renew(desk)) as session:
        draft = desk_over(session).drafts.kept("dossier-1")
        assert draft is not None
        assert draft.fields == {"tekst": "wat De Boer aan het typen was"}
        assert not old_file.exists(), "nothing stays that the old key opens"
    # A window that was open all the while kept one more under the old key.
    elsewhere.keep("draft dossier-2", {"tekst": "van de andere computer"}, clock())
    with closing(opened(place, "smit", clock).session) as session:
        late = desk_over(session).drafts.kept("dossier-2")
        assert late is not None


def holds_text(desk: Desk, path: Path) -> bool:
    notes = SealedNotes(desk.session.store.folder, desk.session.store.data_key(), "deboer")
    return path.stem == notes._path(notes._bound("draft dossier-1")).stem


def test_a_second_window_is_told_and_saves_nothing_in_the_old_file(
    desk: Desk, place: Path, clock: Clock
) -> None:
    with closing(opened(place, "smit", clock).session) as other:
        renew(desk).close()
        second = desk_over(other)
        for act in (second.patients.rows, lambda: second.patients.add(factories.a_patient())):
            with pytest.raises(StoreDamaged, match="sleutel vernieuwd"):
                act()
        assert other.store.is_replaced
    with closing(opened(place, "smit", clock).session) as session:
        assert len(desk_over(session).patients.rows()) == 1
        assert verify.faults(session.store) == []


def test_a_line_of_the_log_that_came_too_late_is_told(
    desk: Desk, place: Path, clock: Clock
) -> None:
    """Somebody was reading when the file was replaced: what was read is not shown without its line."""
    with (
        closing(opened(place, "smit", clock).session) as other,
        pytest.raises(StoreDamaged),
        other.store.reading(other.user, clock()),
    ):
        renew(desk).close()


def test_nobody_renews_the_key_while_somebody_writes(desk: Desk, place: Path, clock: Clock) -> None:
    before = keys.read(place / KEYS)
    desk.session.store.lock.release()
    with closing(opened(place, "smit", clock).session) as other:
        other.store.lock.stays = True
        desk_over(other).patients.add(factories.a_patient())
        with pytest.raises(StoreBusy):
            renew(desk)
    assert keys.read(place / KEYS).slots == before.slots
    assert len(desk.patients.rows()) == 2, "the session goes on as it was"


def test_keys_that_somebody_changed_meanwhile_are_not_written_over(desk: Desk, place: Path) -> None:
    session, before = desk.session, (place / KEYS).read_bytes()
    was = slots.to_json(keys.without_slot(keys.read(place / KEYS), "smit"))
    with pytest.raises(StoreBusy, match="intussen"):
        rekeying.renew(
            *(session.store, bytes(32)),
            was=was,
            becomes=before,
            user=session.user,
            now=NOW,
        )
    assert (place / KEYS).read_bytes() == before
    assert not (place / restoring.PREPARED).exists()
    assert desk.patients.names()


def test_a_window_that_closed_meanwhile_keeps_no_key_from_being_renewed(
    desk: Desk, place: Path
) -> None:
    store, now, new = desk.session.store, desk.session.now, keys.new_data_key()
    was = keys.read(place / KEYS)
    made, _ = keys.with_new_key(was, store.data_key(), (), new, {"deboer", "smit", "weg"})
    store.anchor_keys("smit", now)
    assert keys.read(place / KEYS) != was
    rekeying.renew(
        *(store, new),
        was=slots.to_json(was),
        becomes=slots.to_json(made),
        user=desk.session.user,
        now=now,
    )
    anchor = keys.read(place / KEYS).anchor
    with closing(folder.open_with_key(place, new, now)) as renewed:
        assert anchor is not None
        assert (anchor.sequence, anchor.head) == renewed.anchor()
        assert not renewed.lost_events()


def test_what_the_log_lacked_before_the_key_was_renewed_is_told_afterwards(
    desk: Desk, place: Path, clock: Clock
) -> None:
    ahead = keys.with_anchor(keys.read(place / KEYS), 10_000, "ab" * 32, NOW)
    keys.write(place / KEYS, ahead)
    desk.session.close()
    (place / ANCHOR).write_text(json.dumps({"sequence": 9_000, "head": "cd" * 32}))
    with closing(renew(opened(place, "deboer", clock))) as session:
        assert session.store.lost_events()
        assert session.store.anchor() == (9_000, "cd" * 32)
    assert keys.read(place / KEYS).anchor == ahead.anchor


def test_who_is_taken_over_just_before_the_copy_renews_nothing(
    desk: Desk, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pzdesk.store.lock.ANSWER_SECONDS", 0.0)
    session, before = desk.session, (place / KEYS).read_bytes()
    other, connect = WriterLock(place / LOCK), database.connect

    def at_the_last_moment(*args: Any) -> Any:
        other.take_over(factories.a_user(login="smit"), NOW)
        return connect(*args)

    with monkeypatch.context() as patch:
        patch.setattr(database, "connect", at_the_last_moment)
        with pytest.raises(TakenOver):
            rekeying.renew(
                *(session.store, bytes(32)),
                was=before,
                becomes=before,
                user=session.user,
                now=NOW,
            )
    other.release()
    assert (place / KEYS).read_bytes() == before
    assert not (place / restoring.PREPARED).exists()
    assert desk.patients.names()


def test_nobody_else_saves_from_the_copy_until_the_new_file_stands(
    desk: Desk, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    prepare = rekeying._prepare

    def with_a_look(*args: Any) -> None:
        prepare(*args)
        other = database.connect(place / DATABASE, desk.session.store.data_key())
        other.execute("PRAGMA busy_timeout = 0")
        with closing(other), pytest.raises(Exception, match="locked"):
            tried.append(other.execute("BEGIN IMMEDIATE"))
        tried.append(None)

    monkeypatch.setattr(rekeying, "_prepare", with_a_look)
    renew(desk).close()
    assert tried == [None]


@pytest.mark.parametrize("secret", ["niet deze zin", ""])
def test_who_does_not_give_the_own_passphrase_renews_nothing(
    desk: Desk, place: Path, secret: str
) -> None:
    before = (place / KEYS).read_bytes()
    for act in (rekey.look_ahead, rekey.renew_key):
        with pytest.raises(BadInput, match="niet uw wachtzin"):
            act(desk.session, secret)
    assert (place / KEYS).read_bytes() == before


def test_only_who_manages_users_renews_the_key(desk: Desk, place: Path, clock: Clock) -> None:
    with closing(opened(place, "smit", clock).session) as session, pytest.raises(NotAllowed):
        rekey.renew_key(session, SECRETS["smit"])


def former_slots(place: Path, *logins: str | None) -> None:
    """As if these had not opened the practice since their slots had no pair."""
    file = keys.read(place / KEYS)
    data_key = keys_now(place)

    def aged(slot: Slot) -> Slot:
        if slot.login not in logins:
            return slot
        secret = SECRETS[slot.login] if slot.login else CODE
        return former(slot, secret, file.store_id, data_key)

    changed = [aged(slot) for slot in file.slots]
    keys.write(
        place / KEYS, type(file)(store_id=file.store_id, created=file.created, slots=tuple(changed))
    )


def test_who_cannot_get_the_new_key_is_named_first(desk: Desk, place: Path, clock: Clock) -> None:
    former_slots(place, "weg", "deboer")
    with pytest.raises(rekey.LeftOut, match="aan Weg\\.") as told:
        renew(desk)
    assert told.value.names == ("Weg",)
    renew(desk, leave_out=True).close()
    opened(place, "deboer", clock).session.close()
    with pytest.raises(WrongPassphrase):
        opened(place, "weg", clock)
    assert [user.login for user in desk_of(place, clock).practice.users() if not user.left_at] == [
        "deboer",
        "smit",
        "weg",
    ]


def desk_of(place: Path, clock: Clock) -> Desk:
    return desk_over(opening.open_practice(place, "deboer", SECRETS["deboer"], clock=clock))


def test_an_old_sheet_that_cannot_get_the_new_key_needs_a_new_one(
    desk: Desk, place: Path, clock: Clock
) -> None:
    former_slots(place, None)
    with pytest.raises(rekey.SheetNeeded):
        renew(desk)
    renew(desk, recovery.new_code()).close()


def test_opening_gives_an_old_slot_its_pair(desk: Desk, place: Path, clock: Clock) -> None:
    former_slots(place, "smit")
    desk.session.store.lock.release()
    opened(place, "smit", clock).session.close()
    slot = keys.read(place / KEYS).slot("smit")
    assert slot is not None
    assert isinstance(slot.pair, Pair)


def test_a_backup_of_before_can_be_tried_compared_and_put_back_without_the_keys_of_then(
    desk: Desk, place: Path, clock: Clock
) -> None:
    old = desk.backups.make()
    desk.users.remove("weg")
    session = renew(desk)
    own = session.store.data_key()
    now = desk_over(session)
    assert len(now.backups.all()) == 2, "one was made under the new key"
    now.patients.add(factories.a_patient())
    now.backups.rehearse(old.path)
    then, there = now.backups.compare(old.path)
    assert (then["patients"], there["patients"]) == (1, 2)
    with closing(backups.put_back(session, old.path)) as back:
        assert back.store.data_key() == own
        assert len(desk_over(back).patients.rows()) == 1
        with pytest.raises(WrongPassphrase):
            opening.open_practice(place, "weg", SECRETS["weg"], clock=clock)
        newest = next(one for one in desk_over(back).backups.all() if one.path != old.path)
        desk_over(back).backups.rehearse(newest.path)
        desk_over(back).backups.rehearse(old.path)


def test_what_is_put_back_opens_with_the_keys_of_now(desk: Desk, place: Path, clock: Clock) -> None:
    old = desk.backups.make()
    desk.users.remove("weg")
    desk.users.change_passphrase("tien tijgers tellen tegels", kdf=FLOOR)
    with closing(backups.put_back(desk.session, old.path)) as back:
        assert back.user.login == "deboer"
    with pytest.raises(WrongPassphrase):
        opened(place, "weg", clock)
    with pytest.raises(WrongPassphrase):
        opened(place, "deboer", clock)
    opening.open_practice(place, "deboer", "tien tijgers tellen tegels", clock=clock).close()


def test_who_opens_just_while_the_key_is_renewed_gets_in(
    desk: Desk, place: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = keys.read

    def read(path: Path) -> KeyFile:
        found = reading(path)
        monkeypatch.setattr(keys, "read", reading)
        renew(desk).close()
        return found

    monkeypatch.setattr(keys, "read", read)
    with closing(opened(place, "smit", clock).session) as session:
        assert len(desk_over(session).patients.rows()) == 1


def test_who_opens_just_between_two_files_gets_in_too(
    desk: Desk, place: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening_it, away = opening.open_with_key, place / "weg"

    def between(*args: Any, **named: Any) -> Session:
        monkeypatch.setattr(opening, "open_with_key", opening_it)
        (place / DATABASE).rename(away)
        try:
            return opening_it(*args, **named)
        finally:
            away.rename(place / DATABASE)

    monkeypatch.setattr(opening, "open_with_key", between)
    with closing(opened(place, "smit", clock).session) as session:
        assert len(desk_over(session).patients.rows()) == 1
    (place / DATABASE).rename(away)
    with pytest.raises(StoreMissing, match="back-up"):
        opened(place, "smit", clock)


def test_what_a_killed_renewal_prepared_goes_at_the_next_opening(
    desk: Desk, place: Path, clock: Clock
) -> None:
    (place / restoring.PREPARED).mkdir()
    (place / restoring.PREPARED / DATABASE).write_bytes(b"half")
    opened(place, "smit", clock).session.close()
    assert (place / restoring.PREPARED).exists(), "somebody writes, and may be at it"
    desk.session.store.lock.release()
    opened(place, "smit", clock).session.close()
    assert not (place / restoring.PREPARED).exists()
