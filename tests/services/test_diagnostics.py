"""The diagnostic file: what helps to find a cause, and no word of any patient, user or folder."""

from pathlib import Path

from pzdesk.domain.network import Naaste
from pzdesk.services import diagnostics
from pzdesk.services.desk import Desk
from pzdesk.services.reports import ErrorLog, report_of
from tests import factories

MARKS = ("Wezelenburg", "999990019", "Geheimpje", "Boezemvriend", "deboer", "De Boer", "De Brink")


def filled(desk: Desk) -> None:
    name = factories.a_name(achternaam=MARKS[0])
    patient = desk.patients.add(factories.a_patient(name=name, bsn=MARKS[1], diagnosis=MARKS[2])).id
    desk.network.keep_naaste(Naaste(patient_id=patient, name=MARKS[3]))
    desk.drafts.keep(f"dossier-{MARKS[0]}", {"tekst": MARKS[2]})


def made(desk: Desk, log: ErrorLog) -> str:
    return diagnostics.file_of(
        desk.session.now,
        practice=desk.diagnostics.practice(),
        window=["Qt"],
        errors=log.newest(),
    )


def test_it_tells_versions_counts_the_check_and_the_last_errors(desk: Desk, tmp_path: Path) -> None:
    filled(desk)
    log = ErrorLog(tmp_path / "fouten.log")
    log.keep(report_of(ValueError("x")))
    text = made(desk, log)
    for words in (
        "pzdesk 0.",
        "SQLCipher 4.",
        "patients 1",
        "gebruikers 1",
        "concepten 2",
        "controle: alles is heel",
        "opslaan: kan",
        "[Laatste fouten (1)]",
        "builtins.ValueError",
        "staan geen namen",
    ):
        assert words in text, words


def test_no_name_number_note_login_or_folder_is_in_it(desk: Desk, tmp_path: Path) -> None:
    filled(desk)
    log = ErrorLog(tmp_path / "fouten.log")
    for mark in MARKS:
        try:
            raise KeyError(mark)
        except KeyError as problem:
            log.keep(report_of(problem))
    text = made(desk, log)
    for mark in (*MARKS, str(desk.session.store.folder), tmp_path.name, str(Path.home())):
        assert mark not in text, mark


def test_a_damaged_log_is_told_without_a_name(desk: Desk) -> None:
    filled(desk)
    (desk.session.store.folder / "anchor.json").unlink()
    assert any("ijkpunt" in line for line in desk.diagnostics.practice())
