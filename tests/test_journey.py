"""From real input to an MDO agenda and a PZP on paper by the command line; and that nothing leaks."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pzdesk import cli
from pzdesk.documents import patient_sheet
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening, patient_lists, pzps, soep
from pzdesk.services.desk import desk_over
from pzdesk.store import audit
from pzdesk.store.folder import DATABASE, KEYS
from tests import factories
from tests.documents.reading import content, fonts, pages, squeezed
from tests.test_cli import BSN, LOGIN, SECRET, Practice, derived, made_practice, practice

__all__ = ["made_practice", "practice"]

LIST = (
    "Patiëntnr;Achternaam;Tussenvoegsel;Voornamen;Geboortedatum;Geslacht;Telefoon;BSN;ICPC\r\n"
    "00017;Veenstra;;Grietje;07-05-1938;V;0522-123456;999990020;K77\r\n"
    "00018;Groot;de;Hendrik Jan;23-09-1939;M;06-12345678;;D76\r\n"
    "00019;Şahin-Łukasz;;Ayşe;01-01-1950;V;;;\r\n"
    "00020;Bakker;;Klaas;31-02-1941;M;;;\r\n"
)
ANSWERS = {
    "pNaam": "Grietje Veenstra",
    "pGeboortedatum": "7-5-1938",
    "datumInvullen": "3 november 2025",
    "ggdNaam": "dr. De Boer",
    "ggdFuntie": "huisarts",
    "1-check": "1",
    "1a-veld": "Marleen Veenstra",
    "1b-veld": "06-87654321",
    "1c-check": "2",
    "1d-check": "0",
    "Selectievakje 2": "Ja",
    "Selectievakje 7": "Ja",
    "3-check": "1",
    "4a-check": "1",
    "4b-check": "1",
    "4c-check": "1",
    "4d-check": "2",
    "4d-ja_beperking": "alleen bij een gebroken heup",
    "4e-check": "3",
    "4f-check": "0",
    "4g-check": "1",
    "4h-check": "2",
    "4i-check": "2",
    "5a-veld": "Wil graag in haar eigen stoel bij het raam zitten",
    "5b-check": "5",
    "4a-ja_beperking": "OVERGEBLEVEN",
}


def test_from_an_empty_folder_to_the_agenda_and_the_pzp(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of the issue's title, in the commands that a practice would type."""
    monkeypatch.setattr(keys, "_derived", derived)
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    store, secret = tmp_path / "praktijk", tmp_path / "wachtzin.txt"
    secret.write_bytes(b"\xef\xbb\xbf" + SECRET.encode() + b"\r\n")
    (tmp_path / "lijst.csv").write_bytes(LIST.encode("utf-8"))
    (tmp_path / "formulier.pdf").write_bytes(filled_form(ANSWERS))
    on = date.today() + timedelta(days=7)

    def step(command: str, *more: object) -> str:
        code = cli.run([str(x) for x in (command, store, *more, "--passphrase-file", secret)])
        said = capsys.readouterr()
        assert (code, said.err) == (0, "")
        return said.out

    step(
        *("new", "--practice", "Huisartsenpraktijk De Brink", "--user", LOGIN),
        *(
            "--name",
            "dr. De Boer",
            "--role",
            "huisarts",
            "--recovery-out",
            tmp_path / "herstel.pdf",
        ),
    )
    looked = step("import-patients", tmp_path / "lijst.csv", "--dry-run")
    assert "3 zouden worden toegevoegd" in looked
    taken = step("import-patients", tmp_path / "lijst.csv")
    assert "3 toegevoegd, 0 al bekend, 0 te beantwoorden." in taken
    assert re.search(r"regel 5 overgeslagen: .*31-02-1941", taken)
    assert "0 toegevoegd, 3 al bekend" in step("import-patients", tmp_path / "lijst.csv")
    read = step("pzp-import", tmp_path / "formulier.pdf")
    grietje = read.splitlines()[-1]
    assert grietje.isdigit()
    assert "OVERGEBLEVEN" in read
    assert "wettelijk vertegenwoordiger volgens het formulier: Marleen Veenstra" in read
    listed = step("patients")
    assert "(Grietje) Veenstra, 07-05-1938" in listed
    assert "niet reanimeren" in listed
    assert "Şahin-Łukasz" in listed
    everybody = [row["id"] for row in json.loads(step("patients", "--json"))]
    meeting = step(
        *("meeting", "--date", on, "--time", "12:30"),
        *("--patient", grietje, *(key for key in everybody if str(key) != grietje)),
    ).splitlines()[-1]
    step("agenda", "--meeting", meeting, "--out", tmp_path / "agenda.pdf")
    step("pzp", "--patient", grietje, "--out", tmp_path / "pzp.pdf")
    step("home-sheet", "--patient", grietje, "--out", tmp_path / "thuis.pdf")
    soep = step("soep", "--patient", grietje)
    assert step("verify").startswith("De praktijk is heel")

    agenda = (tmp_path / "agenda.pdf").read_bytes()
    overview, *cases = [squeezed(page) for page in pages(agenda)]
    assert len(cases) == 3
    for name in ("G.Veenstra", "H.J.deGroot", "Şahin-Łukasz"):
        assert name in overview
    assert "ja,03-11-2025,tebevestigen" in overview
    case = next(page for page in cases if "Veenstra" in page).lower()
    for words in (
        "nietreanimeren",
        "welnaarhetziekenhuis,metbeperking:alleenbijeengebrokenheup",
        "icd:uitzettenafgesproken",
        "welantibiotica",
        "bloedproducten:nogonbekend",
        "tebevestigendoordehoofdbehandelaar",
    ):
        assert words in case, words
    pzp = content((tmp_path / "pzp.pdf").read_bytes())
    for words in (
        "Gevoerddoordr.DeBoer,huisarts",
        "Gesprekop03-11-2025",
        "InbijzijnvanPatiënt,Kind",
        "MarleenVeenstra",
        "06-87654321",
        "Wilgraaginhaareigenstoelbijhetraamzitten",
        "Thuis",
    ):
        assert words in pzp, words
    home = content((tmp_path / "thuis.pdf").read_bytes()).lower()
    assert "alleenbijeengebrokenheup" in home
    assert "nietreanimeren" in soep.replace(" ", "").lower()
    for text in (squeezed("".join(pages(agenda))), pzp, home, soep):
        assert "OVERGEBLEVEN" not in text.upper()
        assert "999990020" not in text
    for name in ("agenda.pdf", "pzp.pdf", "thuis.pdf", "herstel.pdf"):
        assert all(fonts((tmp_path / name).read_bytes()).values()), name
    for path in store.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(word in data for word in (b"Veenstra", b"Grietje", b"999990020")), path


# Nothing leaks


SEEDED = ("Vries", "Anna", "Zeldzaam", BSN, "geen prikken", "één schok", "hartfalen", "NOTITIE")


@pytest.fixture
def debugged() -> Iterator[list[str]]:
    """Everything that any library logs at the finest level."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.name}: {record.getMessage()} {record.exc_info} {record.args}")

    root, handler = logging.getLogger(), Keeping()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("pzdesk").debug("dit wordt gehoord")
    assert len(lines) == 1
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


def _raises(text: str) -> Callable[..., Any]:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(text)

    return broken


FAULTS: dict[str, tuple[tuple[object, str], tuple[object, ...]]] = {
    "a list": ((patient_lists, "_report"), ("import-patients", "lijst.csv")),
    "a form": ((pzps, "report"), ("pzp-import", "formulier.pdf")),
    "a paper": ((patient_sheet, "patient_sheet"), ("sheet", "--patient", 1, "--out", "uit.pdf")),
    "a text": ((soep, "soep"), ("soep", "--patient", 1)),
    "the log": ((audit, "append"), ("patients",)),
    "opening": ((opening, "_user_of"), ("patients",)),
    "drawing": ((patient_sheet, "pdf"), ("sheet", "--patient", 1, "--out", "uit.pdf")),
}


@pytest.mark.parametrize("where", FAULTS)
def test_a_fault_anywhere_leaves_no_patient_data_and_no_key_in_what_is_said_or_logged(
    practice: Practice,
    debugged: list[str],
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    practice.file("lijst.csv", "Achternaam;Voornamen;Geboortedatum\nZeldzaam;Anna;01-02-1930\n")
    practice.form(**{"4a_check": "1", "5a_veld": "NOTITIE geen prikken"})
    (place, name), (command, *more) = FAULTS[where]
    paths = [practice.folder / str(part) if "." in str(part) else part for part in more]
    data_key = keys.open_with_passphrase(keys.read(practice.store / KEYS), LOGIN, SECRET)
    monkeypatch.setattr(place, name, _raises(" ".join(SEEDED)))
    done = practice(str(command), *paths)
    monkeypatch.undo()
    assert (done.code, done.out) == (1, "")
    logged = "\n".join(debugged)
    for said in (*SEEDED, SECRET, data_key.hex(), data_key.hex().upper()):
        assert said not in done.err, said
        assert said not in logged, said


def test_a_journey_that_goes_well_logs_no_patient_data_and_no_key(
    practice: Practice, debugged: list[str]
) -> None:
    rows = practice.file("l.csv", "Achternaam;Voornamen;Geboortedatum\nZeldzaam;Anna;01-02-1930\n")
    form = practice.form(**{"4a_check": "1", "5a_veld": "NOTITIE geen prikken"})
    out = practice.folder / "uit.pdf"
    for command, *more in (
        ("import-patients", rows),
        ("pzp-import", form),
        ("patients",),
        ("propose", "--date", "2099-01-01"),
        ("agenda", "--meeting", 1, "--out", out),
        ("sheet", "--patient", 1, "--out", out),
        ("verify",),
    ):
        done = practice(command, *more)
        assert (done.code, done.err) == (0, "")
    data_key = keys.open_with_passphrase(keys.read(practice.store / KEYS), LOGIN, SECRET)
    logged = "\n".join(debugged)
    for said in (*SEEDED, SECRET, data_key.hex(), data_key.hex().upper()):
        assert said not in logged, said


def test_what_the_database_refuses_says_nothing_of_what_was_written(
    practice: Practice,
) -> None:
    session = opening.open_practice(practice.store, LOGIN, SECRET)
    desk = desk_over(session)
    with session.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE review")
    told = []
    for call in (
        lambda: desk.patients.file(desk.patients.add(factories.a_patient()).id),
        lambda: desk.markeringen.record(factories.a_step(1, "gemarkeerd", note="NOTITIE")),  # type: ignore[arg-type]
    ):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - any error at all
            call()
        told.append(str(caught.value) + repr(caught.value))
    with pytest.raises(sa.exc.DBAPIError) as refused, session.store.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO nergens VALUES (:naam)"), {"naam": "Vries"})
    session.close()
    told.append(str(refused.value))
    for said in (*SEEDED, SECRET):
        assert said not in "\n".join(told)


def test_the_store_holds_no_name_in_any_file(practice: Practice) -> None:
    practice("sheet", "--patient", 1, "--out", practice.folder / "uit.pdf")
    assert (practice.store / DATABASE).stat().st_size > 0
    for path in practice.store.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for said in SEEDED:
                assert said.encode() not in data, path
