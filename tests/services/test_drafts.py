"""Drafts are of the acting user, stand beside the records, and leave no line in the log."""

from pathlib import Path

from pzdesk.services.desk import Desk
from pzdesk.store.drafts import FOLDER
from tests.conftest import Clock


def test_what_was_typed_comes_back_until_it_is_forgotten(desk: Desk) -> None:
    desk.drafts.keep("dossier-1-mdo-actie", {"what": "bellen", "due": "+2w"})
    kept = desk.drafts.kept("dossier-1-mdo-actie")
    assert kept is not None
    assert dict(kept.fields) == {"what": "bellen", "due": "+2w"}
    assert kept.when == desk.session.now
    desk.drafts.forget("dossier-1-mdo-actie")
    assert desk.drafts.kept("dossier-1-mdo-actie") is None


def test_a_draft_is_no_record_and_no_line_in_the_log(desk: Desk) -> None:
    before = desk.session.store.folder.joinpath("anchor.json").read_bytes()
    desk.drafts.keep("ergens", {"zin": "half"})
    desk.drafts.kept("ergens")
    assert desk.session.store.folder.joinpath("anchor.json").read_bytes() == before


def test_neither_the_words_nor_the_place_can_be_read_on_disk(desk: Desk) -> None:
    desk.drafts.keep("dossier-1-mantelzorg", {"zin": "zij slaapt slecht"})
    folder: Path = desk.session.store.folder
    for file in (folder / FOLDER).iterdir():
        assert b"slaapt" not in file.read_bytes()
        assert b"mantelzorg" not in file.read_bytes()
        assert "dossier" not in file.name


def test_what_was_left_is_told_the_last_first_until_it_is_saved(desk: Desk, clock: Clock) -> None:
    assert desk.drafts.left() == {}
    desk.drafts.keep("een", {"zin": "eerst"})
    clock.forward(minutes=1)
    desk.drafts.keep("twee", {"zin": "toen"})
    clock.forward(minutes=1)
    desk.drafts.keep("een", {"zin": "eerst, en meer"})
    assert list(desk.drafts.left()) == ["een", "twee"]
    assert desk.drafts.left()["een"].fields["zin"] == "eerst, en meer"
    desk.drafts.forget("een")
    desk.drafts.forget("nooit gehoord van")
    assert list(desk.drafts.left()) == ["twee"]
    desk.drafts.forget("twee")
    assert desk.drafts.left() == {}


def test_a_draft_and_a_remembered_choice_of_one_name_do_not_meet(desk: Desk) -> None:
    desk.drafts.keep("kolommen", {"zin": "half"})
    desk.preferences.remember("kolommen", ["naam"])
    assert desk.preferences.remembered("kolommen", []) == ["naam"]
    kept = desk.drafts.kept("kolommen")
    assert kept is not None
    assert dict(kept.fields) == {"zin": "half"}
