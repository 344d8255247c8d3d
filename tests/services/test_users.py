"""Users: each opens the practice with a passphrase of their own."""

from dataclasses import replace
from typing import Any

import pytest

from pzdesk.domain.errors import BadInput, NotFound, Refused, Stale, WrongPassphrase
from pzdesk.domain.user import Role, User, UserId
from pzdesk.security import keys, recovery
from pzdesk.security.slots import FLOOR, Kdf
from pzdesk.services.desk import Desk, desk_over
from pzdesk.store import database
from pzdesk.store.folder import KEYS
from tests.factories import NOW

SECRET = "zeven zwanen zwemmen zuidwaarts"


@pytest.fixture
def with_keys(desk: Desk) -> Desk:
    data_key = desk.session.store.data_key()
    made = keys.with_recovery_slot(
        keys.new_key_file(NOW), data_key, recovery.new_code(), FLOOR, NOW
    )
    keys.write(desk.session.store.folder / KEYS, made)
    return desk


def add(desk: Desk, **changes: Any) -> User:
    values: dict[str, Any] = {
        "login": "smit",
        "name": " R. Smit ",
        "roles": (Role.POH, Role.COORDINATOR, Role.POH),
        "secret": SECRET,
        "kdf": FLOOR,
    }
    return desk.users.add(**values | changes)


def test_a_new_user_has_a_slot_that_opens_this_store(with_keys: Desk) -> None:
    store = with_keys.session.store
    before = store.anchor()
    user = add(with_keys)
    assert (user.name, user.roles) == ("R. Smit", (Role.POH, Role.COORDINATOR))
    found = keys.read(with_keys.session.store.folder / KEYS)
    assert keys.open_with_passphrase(found, "smit", SECRET) == store.data_key()
    anchored = found.anchor
    assert anchored, "the key file was rewritten, so it says how far the log was"
    assert (anchored.sequence, anchored.head) == before
    assert [known.login for known in with_keys.practice.users()] == ["deboer", "smit"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"login": "deboer"}, Refused),
        ({"login": "De Boer"}, BadInput),
        ({"login": "x"}, BadInput),
        ({"name": " "}, BadInput),
        ({"roles": ()}, BadInput),
        ({"secret": "kort"}, BadInput),
        ({"secret": "smit smit smit smit"}, BadInput),
    ],
)
def test_what_cannot_be_used_is_told_and_leaves_no_slot(
    with_keys: Desk, changes: dict[str, Any], error: type[Exception]
) -> None:
    before = (with_keys.session.store.folder / KEYS).read_bytes()
    with pytest.raises(error) as told:
        add(with_keys, **changes)
    assert SECRET not in str(told.value)
    assert (with_keys.session.store.folder / KEYS).read_bytes() == before
    assert len(with_keys.practice.users()) == 1


def test_nobody_waits_to_save_while_a_slot_is_derived(
    with_keys: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def derived(kdf: Kdf, salt: bytes, secret: bytes) -> bytes:
        seen.append(with_keys.practice.practice().name)  # reading leaves a line in the log
        return deriving(kdf, salt, secret)

    deriving = keys._derived
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(keys, "_derived", derived)
    add(with_keys)
    assert len(seen) == 1


def test_a_login_that_is_taken_while_a_slot_is_derived_is_refused(
    with_keys: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def derived(kdf: Kdf, salt: bytes, secret: bytes) -> bytes:
        monkeypatch.setattr(keys, "_derived", deriving)
        add(with_keys)
        return deriving(kdf, salt, secret)

    deriving = keys._derived
    monkeypatch.setattr(keys, "_derived", derived)
    with pytest.raises(Refused, match="al in gebruik"):
        add(with_keys, name="Een ander")
    assert [user.name for user in with_keys.practice.users()] == ["dr. De Boer", "R. Smit"]


# Leaving, other roles, another passphrase


def opens(desk: Desk, login: str, secret: str) -> bool:
    found = keys.read(desk.session.store.folder / KEYS)
    try:
        return keys.open_with_passphrase(found, login, secret) == desk.session.store.data_key()
    except WrongPassphrase:
        return False


def test_who_leaves_has_no_key_any_more_and_stays_in_the_history(with_keys: Desk) -> None:
    add(with_keys)
    gone = with_keys.users.remove("smit")
    assert gone.left_at == with_keys.session.now
    assert not opens(with_keys, "smit", SECRET)
    assert [user.left_at for user in with_keys.practice.users() if user.login == "smit"] != [None]
    with pytest.raises(NotFound):
        with_keys.users.remove("smit")
    with pytest.raises(Refused, match="in gebruik"):
        add(with_keys)


def test_the_last_beheerder_neither_leaves_nor_gives_up_the_role(with_keys: Desk) -> None:
    boss = add(with_keys, login="baas", roles=(Role.BEHEERDER, Role.POH))
    me = next(user for user in with_keys.practice.users() if user.login == "deboer")
    changed = with_keys.users.change_roles(me, (Role.HUISARTS,))
    assert changed.roles == (Role.HUISARTS,)
    theirs = desk_over(replace(with_keys.session, user=boss))
    with pytest.raises(Refused, match="enige beheerder"):
        theirs.users.remove("baas")
    with pytest.raises(Refused, match="enige beheerder"):
        theirs.users.change_roles(boss, (Role.POH,))
    with pytest.raises(BadInput):
        theirs.users.change_roles(boss, ())
    with pytest.raises(Stale):
        theirs.users.change_roles(me, (Role.POH,))


def test_another_passphrase_takes_the_place_of_the_one_before(with_keys: Desk) -> None:
    new = "acht apen aten ananas"
    with_keys.users.change_passphrase(SECRET, kdf=FLOOR)
    with pytest.raises(BadInput, match="niet de wachtzin van nu"):
        with_keys.users.change_passphrase(new, was="niet deze zin", kdf=FLOOR)
    with pytest.raises(BadInput):
        with_keys.users.change_passphrase("kort", was=SECRET, kdf=FLOOR)
    with_keys.users.change_passphrase(new, was=SECRET, kdf=FLOOR)
    assert opens(with_keys, "deboer", new)
    assert not opens(with_keys, "deboer", SECRET)


def test_a_new_recovery_code_makes_the_sheet_of_before_void(with_keys: Desk) -> None:
    path, first, second = (
        with_keys.session.store.folder / KEYS,
        *(recovery.new_code() for _ in range(2)),
    )
    with_keys.users.renew_recovery(first, kdf=FLOOR)
    with_keys.users.renew_recovery(second, kdf=FLOOR)
    assert keys.open_with_recovery(keys.read(path), second) == with_keys.session.store.data_key()
    with pytest.raises(WrongPassphrase, match="vervangen"):
        keys.open_with_recovery(keys.read(path), first)


def test_who_works_for_another_says_so_in_every_line(with_keys: Desk) -> None:
    with pytest.raises(NotFound):
        add(with_keys, login="jansen", acts_for="niemand")
    smit = add(with_keys, acts_for="deboer")
    me = with_keys.session.user
    assert smit.acts_for_id == me.id
    theirs = desk_over(replace(with_keys.session, user=smit))
    theirs.patients.rows()
    assert with_keys.practice.log(newest=1)[0].on_behalf_of == "deboer"
    for wrong in (smit.id, UserId(99)):
        with pytest.raises(BadInput, match="iemand anders"):
            with_keys.users.change_roles(replace(smit, acts_for_id=wrong), smit.roles)
    alone = with_keys.users.change_roles(replace(smit, acts_for_id=None), smit.roles)
    assert alone.acts_for_id is None
