"""Making a practice and opening it: with a passphrase, with the recovery sheet, on another machine."""

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent, AuditRow, What
from pzdesk.domain.errors import (
    BadInput,
    NotAllowed,
    NotFound,
    Refused,
    StoreDamaged,
    StoreError,
    StoreMissing,
    WrongPassphrase,
)
from pzdesk.domain.user import Role
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR, Kdf
from pzdesk.services import opening
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import audit, database
from pzdesk.store.folder import KEYS
from tests import factories
from tests.conftest import BEGIN, Clock
from tests.documents.reading import content

SECRET = "zeven zwanen zwemmen zuidwaarts"
NEW_SECRET = "acht apen aten avondappels"
CODE = opening.new_recovery_code()
derived = functools.cache(keys._derived)


@pytest.fixture(autouse=True)
def _derive_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same passphrase on the same slot costs its 64 MiB once in this module."""
    monkeypatch.setattr(keys, "_derived", derived)


def made(folder: Path, clock: Clock, *, code: str | None = CODE, login: str = "deboer") -> Session:
    return opening.make_practice(
        folder,
        practice="Huisartsenpraktijk De Brink",
        login=login,
        name="dr. De Boer",
        roles=(Role.HUISARTS, Role.HUISARTS),
        secret=SECRET,
        recovery_code=code,
        kdf=FLOOR,
        clock=clock,
    )


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("praktijk") / "store"
    made(folder, Clock(BEGIN)).close()
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "store"))


@pytest.fixture
def opened(folder: Path, clock: Clock) -> Iterator[Session]:
    session = opening.open_practice(folder, "deboer", SECRET, clock=clock)
    yield session
    session.close()


def slots(folder: Path) -> list[str | None]:
    return [slot.login for slot in keys.read(folder / KEYS).slots]


def with_a_slot_for(folder: Path, login: str) -> None:
    """A key for somebody who is no user, as a crash between slot and user would leave it."""
    key_file = keys.read(folder / KEYS)
    data_key = keys.open_with_passphrase(key_file, "deboer", SECRET)
    changed = keys.with_passphrase_slot(key_file, data_key, login, SECRET, FLOOR, BEGIN)
    keys.write(folder / KEYS, changed)


def test_the_first_user_is_beheerder_too_and_has_each_role_once(opened: Session) -> None:
    assert opened.user.roles == (Role.HUISARTS, Role.BEHEERDER)
    assert (opened.user.login, opened.user.name) == ("deboer", "dr. De Boer")
    assert desk_over(opened).practice.practice().name == "Huisartsenpraktijk De Brink"


def test_making_and_opening_stand_in_the_log(opened: Session) -> None:
    with opened.store.engine.connect() as connection:
        assert [row.event for row in audit.rows(connection)] == [
            AuditEvent.STORE_CREATED,
            AuditEvent.STORE_OPENED,
        ]


def test_a_practice_may_be_made_in_an_empty_folder_and_not_where_something_is(
    tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "leeg").mkdir()
    made(tmp_path / "leeg", clock).close()
    for taken in (tmp_path / "leeg", tmp_path):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(Refused, match="staat al iets"):
            made(taken, clock)
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"login": "De Boer"},
        {"login": ""},
        {"practice": "  "},
        {"name": ""},
        {"roles": ()},
        {"secret": "kort"},
        {"secret": "Huisartsenpraktijk De Brink"},
        {"secret": "deboer deboer deboer"},
    ],
)
def test_what_cannot_be_used_is_told_and_leaves_no_folder(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    values: dict[str, object] = {
        "practice": "Huisartsenpraktijk De Brink",
        "login": "deboer",
        "name": "dr. De Boer",
        "roles": (Role.HUISARTS,),
        "secret": SECRET,
        "recovery_code": None,
        "kdf": FLOOR,
    }
    with pytest.raises(BadInput):
        opening.make_practice(tmp_path / "store", **{**values, **changes})  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("login", "secret"),
    [("deboer", NEW_SECRET), ("smit", SECRET), ("deboer", ""), ("", SECRET), ("DEBOER", SECRET)],
)
def test_a_wrong_passphrase_and_an_unknown_login_are_told_alike(
    folder: Path, login: str, secret: str
) -> None:
    with pytest.raises(WrongPassphrase, match="horen niet bij elkaar"):
        opening.open_practice(folder, login, secret)


def test_the_recovery_code_opens_a_copy_of_the_folder_on_another_machine(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    session = opening.open_practice(folder, "deboer", SECRET, clock=clock)
    patient = desk_over(session).patients.add(factories.a_patient())
    session.close()
    copy = Path(shutil.copytree(folder, tmp_path / "andere computer" / "store"))
    shutil.rmtree(folder)
    typed = CODE.lower().replace("0", "o")
    recovered = opening.recover(copy, typed, "deboer", NEW_SECRET, kdf=FLOOR, clock=clock)
    assert desk_over(recovered).patients.rows()[0].id == patient.id
    assert not recovered.store.lost_events()
    last = recovered.store.anchor()
    recovered.close()
    anchor = keys.read(copy / KEYS).anchor
    assert anchor is not None
    assert (anchor.sequence, anchor.head) == last
    with pytest.raises(WrongPassphrase):
        opening.open_practice(copy, "deboer", SECRET)
    with pytest.raises(WrongPassphrase):
        opening.open_practice(copy, "een wachtzin in het verkeerde veld", SECRET)
    again = opening.open_practice(copy, "deboer", NEW_SECRET, clock=clock)
    lines = desk_over(again).practice.log(newest=4)
    told = [(row.login, row.count, row.outcome) for row in lines if "geweigerd" in row.event]
    assert told == [("deboer", 1, "geweigerd"), ("onbekend", 1, "geweigerd")]
    again.close()
    assert not (copy / "refused.json").exists()


@pytest.mark.parametrize(
    ("code", "login", "secret", "error"),
    [
        (CODE, "deboer", "kort", BadInput),
        (CODE, "smit", NEW_SECRET, NotFound),
        ("geen code", "deboer", NEW_SECRET, BadInput),
        ("", "deboer", NEW_SECRET, BadInput),
        (opening.new_recovery_code(), "deboer", NEW_SECRET, WrongPassphrase),
    ],
    ids=["zwak", "onbekend", "getikt", "leeg", "andere code"],
)
def test_a_recovery_that_fails_leaves_the_keys_as_they_were(
    folder: Path, code: str, login: str, secret: str, error: type[Exception]
) -> None:
    before = (folder / KEYS).read_bytes()
    with pytest.raises(error):
        opening.recover(folder, code, login, secret, kdf=FLOOR)
    assert (folder / KEYS).read_bytes() == before


def test_a_recovery_on_a_full_disk_keeps_the_old_passphrase(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / KEYS).read_bytes()
    written = audit.append

    def full_at_last(connection: object, row: AuditRow) -> None:
        if row.event is AuditEvent.RECOVERED:
            raise StoreError("De schijf is vol.")
        written(connection, row)  # type: ignore[arg-type]

    monkeypatch.setattr(audit, "append", full_at_last)
    with pytest.raises(StoreError):
        opening.recover(folder, CODE, "deboer", NEW_SECRET, kdf=FLOOR, clock=clock)
    monkeypatch.undo()
    assert (folder / KEYS).read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
from pzdesk.domain.user import Role
from pzdesk.security.slots import FLOOR, Kdf
from pzdesk.services import opening
from pzdesk.store.unit import Unit

Unit.keep_setting = lambda *_: os._exit(9)
opening.make_practice(
    Path(sys.argv[1]), practice="De Brink", login="deboer", name="dr. De Boer",
    roles=(Role.HUISARTS,), secret=sys.argv[2], recovery_code=None, kdf=FLOOR,
)
"""


def test_a_making_that_is_killed_before_its_first_user_can_be_done_again(
    tmp_path: Path, clock: Clock
) -> None:
    place = tmp_path / "store"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(place), SECRET], timeout=60)
    assert killed.returncode == 9
    assert not place.exists()
    made(place, clock).close()
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    opening.open_practice(place, "deboer", SECRET, clock=clock).close()


def test_nobody_waits_to_save_while_a_recovery_is_derived(
    folder: Path, opened: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, seen = desk_over(opened), []

    def derived(kdf: Kdf, salt: bytes, secret: bytes) -> bytes:
        seen.append(desk.practice.practice().name)  # reading leaves a line in the log
        return deriving(kdf, salt, secret)

    deriving = keys._derived
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(keys, "_derived", derived)
    opening.recover(folder, CODE, "deboer", NEW_SECRET, kdf=FLOOR, clock=clock).close()
    assert len(seen) == 2


def test_a_practice_without_a_recovery_slot_says_so(tmp_path: Path, clock: Clock) -> None:
    made(tmp_path / "store", clock, code=None).close()
    with pytest.raises(WrongPassphrase, match="geen herstelcode"):
        opening.recover(tmp_path / "store", CODE, "deboer", NEW_SECRET, kdf=FLOOR)


def test_a_key_of_somebody_who_is_no_user_opens_nothing_and_is_found(
    folder: Path, clock: Clock
) -> None:
    with_a_slot_for(folder, "smit")
    with pytest.raises(StoreDamaged, match="staat niet in de praktijk"):
        opening.open_practice(folder, "smit", SECRET, clock=clock)
    session = opening.open_practice(folder, "deboer", SECRET, clock=clock)
    faults = desk_over(session).practice.verify()
    session.close()
    assert faults == ["Er is een sleutel van smit, die geen gebruiker is."]


def test_a_user_without_a_key_is_found(opened: Session) -> None:
    with opened.store.writing(opened.user, opened.now) as unit:
        unit.add(factories.a_user(id=0, login="smit"))
        unit.commit(AuditEvent.USER_ADDED, What.CREATE)
    assert desk_over(opened).practice.verify() == ["Gebruiker smit heeft geen sleutel meer."]


def test_the_only_login_needs_not_be_named_and_of_two_one_must(folder: Path) -> None:
    assert opening.only_login(folder) == "deboer"
    with_a_slot_for(folder, "smit")
    with pytest.raises(BadInput, match="--user"):
        opening.only_login(folder)


def test_who_has_a_passphrase_is_told_in_order_without_unlocking(folder: Path) -> None:
    with_a_slot_for(folder, "adams")
    assert opening.logins(folder) == ("adams", "deboer")
    shutil.copyfile(folder / "store.db", folder / "kopie.db")
    (folder / "store.db").write_bytes(b"")
    with pytest.raises(StoreDamaged):
        opening.logins(folder)


def test_a_place_for_a_new_practice_is_looked_at_before_anything_is_asked(
    folder: Path, tmp_path: Path
) -> None:
    opening.check_new_place(tmp_path / "nog niet" / "er")
    (tmp_path / "leeg").mkdir()
    opening.check_new_place(tmp_path / "leeg")
    with pytest.raises(Refused, match="staat al iets"):
        opening.check_new_place(folder)


def test_a_code_is_shown_in_groups_that_open_when_they_are_typed_back(folder: Path) -> None:
    groups = opening.recovery_groups(CODE)
    assert [len(group) for group in groups] == [5] * 8
    typed = " ".join(groups)
    opening.recover(folder, typed, "deboer", NEW_SECRET, kdf=FLOOR).close()


def test_work_that_is_gone_is_told_at_the_next_opening(folder: Path, clock: Clock) -> None:
    before = (folder / "store.db").read_bytes()
    session = opening.open_practice(folder, "deboer", SECRET, clock=clock)
    assert opening.lost_work(session) == ""
    desk_over(session).patients.add(factories.a_patient())
    session.close()
    (folder / "store.db").write_bytes(before)
    session = opening.open_practice(folder, "deboer", SECRET, clock=clock)
    told = opening.lost_work(session)
    session.close()
    assert told.startswith("Let op: het logboek is korter dan het was.")


def test_the_only_login_of_what_is_no_practice_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        opening.only_login(tmp_path / "nergens")
    (folder / KEYS).unlink()
    with pytest.raises(StoreMissing, match=r"keys\.json"):
        opening.only_login(folder)


def test_a_second_user_opens_with_a_passphrase_of_their_own(
    folder: Path, opened: Session, clock: Clock
) -> None:
    desk_over(opened).users.add(
        login="smit", name="R. Smit", roles=(Role.ASSISTENTE,), secret=NEW_SECRET, kdf=FLOOR
    )
    assert set(slots(folder)) == {"deboer", "smit", None}
    session = opening.open_practice(folder, "smit", NEW_SECRET, clock=clock)
    assert session.user.name == "R. Smit"
    with pytest.raises(NotAllowed):
        desk_over(session).practice.users()
    session.close()


def test_who_has_left_comes_in_no_more(folder: Path, opened: Session, clock: Clock) -> None:
    with opened.store.writing(opened.user, opened.now) as unit:
        unit.replace(replace(opened.user, left_at=clock.now))
        unit.commit(AuditEvent.USER_ADDED, What.CREATE)
    with pytest.raises(WrongPassphrase, match="geen toegang meer"):
        opening.open_practice(folder, "deboer", SECRET, clock=clock)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"een goede wachtzin", "een goede wachtzin"),
        (b"\xef\xbb\xbfmet merk\r\n", "met merk"),
        (b"een regel\n", "een regel"),
        (b"twee regels\n\n", "twee regels\n"),
        (b" met spaties ", " met spaties "),
        ("cafe\u0301 zonder samenstelling".encode(), "caf\u00e9 zonder samenstelling"),
    ],
)
def test_a_passphrase_is_read_without_mark_and_one_line_end_in_nfc(data: bytes, text: str) -> None:
    assert opening.passphrase_from_bytes(data) == text


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe\x00", b"x" * 5000]
)
def test_what_is_no_passphrase_is_told(data: bytes) -> None:
    with pytest.raises(BadInput):
        opening.passphrase_from_bytes(data)


def test_the_recovery_sheet_shows_the_code_and_no_other_secret(clock: Clock) -> None:
    paper = content(
        opening.recovery_paper(CODE, "Huisartsenpraktijk De Brink", "dr. De Boer", clock=clock)
    )
    assert all(CODE[start : start + 5] in paper for start in range(0, 40, 5))
    assert "DeBrink" in paper


def test_the_key_file_holds_neither_key_nor_passphrase_nor_code(folder: Path) -> None:
    text = (folder / KEYS).read_text(encoding="utf-8")
    data_key = keys.open_with_passphrase(keys.read(folder / KEYS), "deboer", SECRET)
    assert json.loads(text)["slots"]
    for secret in (SECRET, CODE, data_key.hex(), "zwanen"):
        assert secret not in text
