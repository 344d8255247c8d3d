"""The sheet of a lost computer names who was on it on a day: one too many rather than one too few."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import BadInput
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.user import Role
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services.desk import Desk
from pzdesk.store import backups
from pzdesk.store.folder import BACKUPS, KEYS
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW, TODAY

LIST = b"Achternaam;Geboortedatum\nBosma;23-09-1939\nPostma;01-02-1940\n"


def text_of(data: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split()
    )


def add(desk: Desk, name: str) -> None:
    desk.patients.add(
        factories.a_patient(name=factories.a_name(achternaam=name, partner_achternaam=""))
    )


def test_who_came_later_is_not_on_it_and_the_log_says_that_it_was_made(
    desk: Desk, clock: Clock
) -> None:
    add(desk, "Eerst")
    backups.make(
        desk.session.store, "0" * 32, desk.session.store.folder / BACKUPS, clock(), app="proef"
    )
    clock.forward(days=3)
    add(desk, "Later")
    paper = desk.lost.sheet(TODAY)
    words = text_of(paper.data)
    assert "dinsdag 24 november 2026" in words
    assert "Eerst" in words
    assert "Later" not in words
    assert "Laatste back-up van toen 24-11-2026, 14.05 uur" in words
    assert "dr. De Boer (deboer)" in words
    assert "72 uur" in words
    assert (paper.handout.kind, paper.handout.patient_id) == (HandoutKind.LOST, None)
    line = desk.practice.log()[-1]
    assert (line.event, line.count) == (AuditEvent.LOST_LIST_MADE, 1)
    now = text_of(desk.lost.preview(desk.session.today))
    assert "Later" in now
    assert desk.practice.log()[-1].event == AuditEvent.PREVIEWED


def test_a_list_that_was_read_in_later_is_named_and_said_to_be_uncertain(
    desk: Desk, clock: Clock
) -> None:
    add(desk, "Eerst")
    clock.forward(days=1)
    desk.patient_lists.take_in(LIST)
    words = text_of(desk.lost.preview(TODAY))
    assert "Bosma" in words
    assert "Van 2 van de mensen hieronder is niet zeker" in words
    add(desk, "Daarna")
    words = text_of(desk.lost.preview(TODAY))
    assert "Daarna" not in words
    assert "niet zeker" not in text_of(desk.lost.preview(desk.session.today))


def test_users_of_that_day_stand_on_it_with_who_opens_quickly(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_derived", lambda *_: bytes(32))
    store = desk.session.store
    made = keys.new_key_file(NOW)
    made = keys.with_passphrase_slot(made, store.data_key(), "deboer", "een zin", FLOOR, NOW)
    keys.write(store.folder / KEYS, made)
    for login in ("smit", "weg"):
        desk.users.add(
            login=login, name=login, roles=(Role.POH,), secret="acht apen aten ananas", kdf=FLOOR
        )
    assert "Snel openen geldt" not in text_of(desk.lost.preview(TODAY))
    found = keys.read(store.folder / KEYS)
    quick = keys.quick_slot(found.store_id, store.data_key(), "smit", "geheim", NOW)
    keys.write(store.folder / KEYS, keys.with_slot(found, quick))
    clock.forward(days=1)
    desk.users.remove("weg")
    clock.forward(days=1)
    words = text_of(desk.lost.preview(TODAY))
    assert "smit (smit) POH 24-11-2026 staat nu aan" in words
    assert "Snel openen geldt op één computer per gebruiker" in words
    assert "weg (weg)" in words, "had a key on that day"
    assert "weg (weg)" not in text_of(desk.lost.preview(desk.session.today))


def test_a_day_that_has_not_been_is_told(desk: Desk, tmp_path: Path) -> None:
    for make in (desk.lost.preview, desk.lost.sheet):
        with pytest.raises(BadInput, match="nog niet geweest"):
            make(TODAY + timedelta(days=1))
