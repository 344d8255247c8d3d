"""What each command does: its lines for people, its values, and what it leaves in the practice."""

import hashlib
import json
import re
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from pzdesk import instruments
from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import TakenOver
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening
from pzdesk.services.desk import desk_over
from pzdesk.store import lock
from tests.documents.reading import content, pages, squeezed
from tests.factories import NOW
from tests.test_cli import (
    BSN,
    FORM,
    LOGIN,
    SECRET,
    Practice,
    assert_told,
    made_practice,
    practice,
)

__all__ = ["made_practice", "practice"]

TODAY = date.today()
LIST = "Achternaam;Voornamen;Geboortedatum;Telefoon;BSN\n"


def ids(practice: Practice) -> list[int]:
    return [row["id"] for row in practice("patients", "--all", "--json").json]


def read(path: Path) -> str:
    return content(path.read_bytes())


# new, recover


def test_new_makes_a_practice_that_opens_and_a_recovery_sheet_that_recovers(
    practice: Practice,
) -> None:
    store, sheet = practice.folder / "nieuw", practice.folder / "herstel.pdf"
    done = practice.run(
        *("new", store, "--practice", "De <Es> & Co", "--user", "smit", "--name", "R. Smit"),
        *("--role", "poh,coordinator", "--passphrase-file", practice.secret),
        *("--recovery-out", sheet),
    )
    assert (done.code, done.err) == (0, "")
    assert "Druk het af, leg het in de kluis, verwijder het bestand." in done.out
    opened = practice.run("patients", store, "--passphrase-file", practice.secret)
    assert opened.out.startswith("Er staat nog niemand in deze praktijk.")
    text = " ".join(pages(sheet.read_bytes()))
    assert squeezed("De <Es> & Co") in squeezed(text)
    code = practice.file("code.txt", _code(text))
    fresh = practice.file("nieuwe.txt", "acht apen aten avondappels\n")
    recovered = practice.run(
        *("recover", store, "--user", "smit", "--code-file", code),
        *("--new-passphrase-file", fresh),
    )
    assert (recovered.code, recovered.err) == (0, "")
    assert practice.run("verify", store, "--passphrase-file", fresh).code == 0
    old = practice.run("verify", store, "--passphrase-file", practice.secret)
    assert_told(old, "horen niet bij elkaar")


def _code(text: str) -> str:
    """The eight groups of five signs as they stand on the sheet, each sign in its box."""
    groups = re.findall(r"groep \d((?:\s+[0-9A-Z]){5})", text)
    return "-".join(squeezed(group) for group in groups)


def test_a_practice_in_a_synchronised_folder_is_made_with_a_warning(practice: Practice) -> None:
    (practice.folder / "OneDrive - De Es").mkdir()
    done = practice.run(
        *("new", practice.folder / "OneDrive - De Es" / "nieuw", "--practice", "De Es"),
        *("--user", "smit", "--name", "R. Smit", "--role", "Huisarts,POH"),
        *("--passphrase-file", practice.secret, "--recovery-out", practice.folder / "herstel.pdf"),
    )
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert "gesynchroniseerd door OneDrive" in done.err


def test_a_practice_that_could_not_be_made_leaves_no_recovery_sheet(practice: Practice) -> None:
    sheet = practice.folder / "herstel.pdf"
    values = ("--practice", "De Es", "--user", "smit", "--name", "R. Smit", "--recovery-out", sheet)
    weak = practice.file("zwak.txt", "kort")
    for store, secret, role in (
        (practice.store, practice.secret, "poh"),
        (practice.folder / "nieuw", weak, "poh"),
        (practice.folder / "nieuw", practice.secret, "baas"),
        (practice.folder / "nieuw", practice.secret, ""),
    ):
        done = practice.run("new", store, "--role", role, "--passphrase-file", secret, *values)
        assert_told(done)
        assert not sheet.exists()
        assert not (practice.folder / "nieuw").exists()


def test_a_recovery_sheet_overwrites_nothing_and_goes_not_into_the_store(
    practice: Practice,
) -> None:
    taken = practice.file("er-is-al.pdf", b"dierbaar")
    for out, words in ((taken, "staat al"), (practice.folder / "nieuw" / "x.pdf", "buiten de map")):
        done = practice.run(
            *("new", practice.folder / "nieuw", "--practice", "De Es", "--user", "smit"),
            *("--name", "R. Smit", "--role", "poh", "--passphrase-file", practice.secret),
            *("--recovery-out", out),
        )
        assert_told(done, words)
    assert taken.read_bytes() == b"dierbaar"
    assert not (practice.folder / "nieuw").exists()


def test_recover_with_a_wrong_code_changes_nothing(practice: Practice) -> None:
    before = (practice.store / "keys.json").read_bytes()
    fresh = practice.file("nieuwe.txt", "acht apen aten avondappels\n")
    for text in ("", "geen code", "A" * 5000, "\x00\xff", "00000-" * 8):
        done = practice.run(
            *("recover", practice.store, "--user", LOGIN),
            *("--code-file", practice.file("code.txt", text), "--new-passphrase-file", fresh),
        )
        assert_told(done)
    assert (practice.store / "keys.json").read_bytes() == before


# patients


def test_the_list_says_phase_urgency_limits_and_pzp_in_words(practice: Practice) -> None:
    done = practice("patients")
    line, total = done.out.splitlines()
    assert total == "1 mensen"
    for words in (
        "Mevrouw A.M. (Anna) de Vries, 14-03-1941",
        "hartfalen",
        "wel reanimeren, met beperking: één schok",
        "PZP 01-06-2025",
    ):
        assert words in line
    assert BSN not in done.out


def test_without_a_pzp_the_list_says_it_was_not_discussed(practice: Practice) -> None:
    practice("import-patients", practice.file("l.csv", LIST + "Bosma;Kees;23-09-1939;;\n"))
    bosma = next(line for line in practice("patients").out.splitlines() if "Bosma" in line)
    assert "nog niet beoordeeld" in bosma
    assert "behandelgrenzen nog niet besproken" in bosma
    assert "nog geen PZP" in bosma
    row = next(r for r in practice("patients", "--json").json if "Bosma" in r["name"])
    assert row["resuscitation"] == "behandelgrenzen nog niet besproken"
    assert row["phase"] is None


# import-patients


def test_a_dry_run_tells_and_changes_nothing(practice: Practice) -> None:
    rows = practice.file("l.csv", LIST + "Bosma;Kees;23-09-1939;;\nSmit;Ria;32-01-1930;;\n")
    done = practice("import-patients", rows, "--dry-run", "--json")
    assert done.json["dry_run"] is True
    assert (done.json["new"], done.json["added"]) == ([2], [])
    assert done.json["faults"][0]["line"] == 3
    assert ids(practice) == [1]
    told = practice("import-patients", rows, "--dry-run").out
    assert "1 zou worden toegevoegd" in told
    assert "regel 3 overgeslagen: " in told


def test_a_list_comes_in_once_and_doubles_are_asked_and_answered(practice: Practice) -> None:
    rows = practice.file(
        "l.csv", LIST + "Bosma;Kees;23-09-1939;0522-123456;\nVries;Aafke;14-03-1941;;\n"
    )
    first = practice("import-patients", rows)
    assert first.code == 0
    assert "1 toegevoegd, 0 al bekend, 1 te beantwoorden." in first.out
    assert "patiënt 1: Mevrouw A.M. (Anna) de Vries, 14-03-1941" in first.out
    assert "--double 3=ID of --double 3=nieuw" in first.out
    looked = practice("import-patients", rows, "--dry-run", "--double", "3=nieuw", "--json")
    assert looked.json["new"] == [3]
    again = practice("import-patients", rows, "--double", "3=nieuw", "--json")
    assert [one["line"] for one in again.json["added"]] == [3]
    assert len(again.json["known"]) == 1
    third = practice("import-patients", rows, "--json")
    assert (third.json["new"], third.json["asked"]) == ([], [])
    assert len(ids(practice)) == 3


def test_a_double_is_somebody_who_is_known(practice: Practice) -> None:
    rows = practice.file("l.csv", LIST + "Vries;Aafke;14-03-1941;;\n")
    done = practice("import-patients", rows, "--double", "2=1", "--json")
    assert done.json["known"] == [{"line": 2, "patient": 1}]
    assert_told(practice("import-patients", rows, "--double", "2=99"), "Patiënt 99")
    assert_told(practice("import-patients", rows, "--double", "7=1"), "regel 7")
    for wrong in ("2", "2=", "2=iemand", "=1", "x=1", "2=-1", "²=1"):
        assert_told(practice("import-patients", rows, f"--double={wrong}"), "12=nieuw")


def test_a_bsn_of_somebody_else_stops_that_row_only(practice: Practice) -> None:
    rows = practice.file(
        "l.csv", LIST + f"Postma;Karel;02-02-1950;;{BSN}\nBosma;Kees;23-09-1939;;\n"
    )
    done = practice("import-patients", rows, "--double", "2=nieuw", "--json")
    assert done.code == 0
    assert [fault["line"] for fault in done.json["faults"]] == [2]
    assert [one["line"] for one in done.json["added"]] == [3]


def test_a_mapping_file_is_remembered_for_the_same_columns(practice: Practice) -> None:
    mapping = {"achternaam": "K1", "geboortedatum": "K2"}
    first = practice.file("a.csv", "K1;K2\nBosma;23-09-1939\n")
    assert_told(practice("import-patients", first))
    chosen = practice.file("kolommen.json", json.dumps(mapping))
    done = practice("import-patients", first, "--mapping", chosen, "--json")
    assert done.json["mapping"] == mapping
    later = practice(
        "import-patients", practice.file("b.csv", "K1;K2\nSmit;01-01-1930\n"), "--json"
    )
    assert later.json["mapping"] == mapping
    assert len(later.json["added"]) == 1


# pzp-import


def test_a_form_goes_in_once_with_its_leftovers_told(practice: Practice) -> None:
    form = practice.form(**{"4a_check": "1", "4a_ja_beperking": "RESTANT"})
    done = practice("pzp-import", form, "--json")
    value = done.json
    assert (value["patient"], value["version"], value["confirmed"]) == (1, 2, False)
    assert len(value["leftovers"]) == 1
    assert "RESTANT" in value["leftovers"][0]
    again = practice("pzp-import", form, "--json").json
    assert (again["existing"], again["version"]) == (True, 2)
    lines = practice("pzp-import", form).out.splitlines()
    assert lines[0] == "Versie 2, ontvangen, te bevestigen door de hoofdbehandelaar."
    assert any("telt niet mee" in line and "RESTANT" in line for line in lines)
    assert lines[-1] == "1"


def test_an_older_form_is_told_and_does_not_hold(practice: Practice) -> None:
    done = practice("pzp-import", practice.form(datumInvullen="01-01-2020", **{"4a_check": "1"}))
    assert "ouder dan de geldende PZP" in done.out
    assert "één schok" in practice("patients").out


def test_two_people_of_one_name_ask_for_a_choice(practice: Practice) -> None:
    rows = practice.file("l.csv", LIST + "Vries;Anna;14-03-1941;;\n")
    assert practice("import-patients", rows, "--double", "2=nieuw").code == 0
    form = practice.form(**{"4a_check": "1"})
    done = practice("pzp-import", form)
    assert_told(done, "niet zeker", "--patient ID", "--patient nieuw")
    candidates = done.err.splitlines()[1:]
    assert [line.split(":")[0].strip() for line in candidates] == ["1", "2"]
    assert practice("pzp-import", form, "--patient", 2).last == "2"


def test_nobody_on_the_form_asks_for_a_choice_and_nieuw_makes_somebody(practice: Practice) -> None:
    form = practice.file(
        "f.pdf", filled_form({**FORM, "pNaam": "Hendrik Bosma", "pGeboortedatum": "23-09-1939"})
    )
    assert_told(practice("pzp-import", form), "Niemand")
    made = practice("pzp-import", form, "--patient", "nieuw")
    assert made.last == "2"
    assert any("Bosma, 23-09-1939" in line for line in practice("patients").out.splitlines())


@pytest.mark.parametrize("whose", ["Anna", "-1", "0", "99", "1,2", "٣", "99999999999999999999"])
def test_a_patient_that_is_none_is_told(practice: Practice, whose: str) -> None:
    assert_told(practice("pzp-import", practice.form(), f"--patient={whose}"))
    assert practice("patients", "--json").json[0]["pzp_count"] == 1


# Papers


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("pzp", "Proactievezorgplanning"),
        ("sheet", "Patiëntblad"),
        ("home-sheet", "Voorthuis"),
        ("agenda", "Agendakernteam-MDO"),
    ],
)
def test_a_paper_is_written_with_its_limits_and_its_digest(
    practice: Practice, command: str, words: str
) -> None:
    out = practice.folder / "uit.pdf"
    who = ("--meeting", 1) if command == "agenda" else ("--patient", 1)
    done = practice(command, *who, "--out", out, "--json")
    data = out.read_bytes()
    assert done.json == {
        "out": str(out),
        "digest": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
    }
    assert words in read(out)
    assert "welreanimeren,metbeperking:éénschok" in read(out).lower()
    assert BSN not in read(out)


def test_what_may_be_ticked_is_printed_when_ticked(practice: Practice) -> None:
    out = practice.folder / "uit.pdf"
    practice("sheet", "--patient", 1, "--out", out, "--with", "bsn, surprise")
    assert BSN in read(out)
    assert "Surprisequestion" in read(out)
    for extras in ("prognose", "bsn,sleutelcode"):
        told = practice("sheet", "--patient", 1, "--out", out, "--with", extras)
        assert_told(told, "kies uit bsn, euthanasie, mantelzorg, surprise")


def test_an_agenda_for_welzijn_leaves_out_who_gave_no_consent(practice: Practice) -> None:
    out = practice.folder / "uit.pdf"
    assert practice("agenda", "--meeting", 1, "--out", out, "--for", "welzijn").code == 0
    assert "Vries" not in read(out)
    told = practice("agenda", "--meeting", 1, "--out", out, "--for", "buren")
    assert_told(told, "behandelaars, welzijn")


def test_soep_goes_to_the_screen_or_to_a_file(practice: Practice) -> None:
    done = practice("soep", "--patient", 1)
    assert done.out.startswith("A20 Gesprek levenseinde/behandelwensen\nS: ")
    out = practice.folder / "soep.txt"
    written = practice("soep", "--patient", 1, "--out", out)
    assert written.code == 0
    assert out.read_text(encoding="utf-8") == done.out
    value = practice("soep", "--patient", 1, "--json").json
    assert value["text"] == done.out
    assert value["digest"] == hashlib.sha256(done.out.encode()).hexdigest()


@pytest.mark.parametrize("command", ["pzp", "sheet", "home-sheet", "soep"])
def test_a_paper_of_nobody_is_told_and_not_written(practice: Practice, command: str) -> None:
    out = practice.folder / "uit.pdf"
    assert_told(practice(command, "--patient", 99, "--out", out), "Patiënt 99")
    assert not out.exists()


# propose, meeting


def test_the_proposal_tells_people_with_reasons(practice: Practice) -> None:
    on = TODAY + timedelta(days=7)
    (row,) = practice("propose", "--date", on, "--json").json
    assert row["patient"] == 1
    assert row["kinds"] == ["nieuw_gemarkeerd", "geen_pzp"]
    assert row["reasons"][0].startswith("nieuw gemarkeerd")
    assert row["reasons"][1].startswith("PZP van")
    line = practice("propose", "--date", on).out
    assert "Anna" in line
    assert row["reasons"][0] in line


def test_nobody_proposed_is_a_sentence_and_an_empty_list(practice: Practice) -> None:
    practice.run(
        *("new", practice.folder / "leeg", "--practice", "De Es", "--user", "smit"),
        *("--name", "S", "--role", "poh", "--passphrase-file", practice.secret),
    )
    rest = (practice.folder / "leeg", "--passphrase-file", practice.secret, "--date", "2026-12-01")
    assert practice.run("propose", *rest, "--json").json == []
    assert practice.run("propose", *rest).out.startswith("Niemand komt")


def test_a_meeting_is_planned_with_the_reasons_on_its_agenda(practice: Practice) -> None:
    on = TODAY + timedelta(days=7)
    done = practice(
        *("meeting", "--date", on, "--time", "12.30", "--patient", 1, "--place", "De Brink"),
        *("--minutes", 45),
    )
    assert done.last == "2"
    out = practice.folder / "uit.pdf"
    practice("agenda", "--meeting", 2, "--out", out)
    for words in ("12.30–13.15uur", "DeBrink", "nieuwgemarkeerd", "beschikbaar45minuten"):
        assert words in read(out)


def test_a_meeting_with_somebody_twice_or_with_nobody_known_is_told(practice: Practice) -> None:
    when = ("--date", "2099-01-01", "--time", "12:30")
    assert_told(practice("meeting", *when, "--patient", 1, 1), "twee keer")
    assert_told(practice("meeting", *when, "--patient", 1, 99), "Patiënt 99")
    for minutes in (0, 481):
        assert_told(practice("meeting", *when, "--minutes", minutes), "minuten")
    assert_told(practice("agenda", "--meeting", 2, "--out", practice.folder / "u.pdf"))


# instruments, score, verify


def test_the_instruments_are_listed_by_name(practice: Practice) -> None:
    lines = practice.run("instruments").out.splitlines()
    assert len(lines) == len(instruments.load_all())
    assert any(line.startswith("volhoudtijd ") for line in lines)


def test_scores_are_counted_and_incomplete_is_no_error(practice: Practice) -> None:
    items = [item.id for item in instruments.load("csi").items]
    full = practice.file("vol.json", json.dumps(dict.fromkeys(items, 1)))
    done = practice.run("score", "csi", full)
    value = json.loads(done.last)
    assert (done.code, value["scores"]["total"], value["missing"]) == (0, 13, [])
    assert set(value["bands"]["total"]) == {"label", "from", "to", "source"}
    some = practice.file("deels.json", json.dumps({items[0]: 1}))
    done = practice.run("score", "csi", some, "--json")
    assert (done.code, done.json["scores"], done.json["bands"]) == (
        0,
        {"total": None},
        {"total": None},
    )
    assert done.json["missing"] == items[1:]


def test_an_unknown_instrument_item_or_answer_is_told(practice: Practice) -> None:
    first = instruments.load("csi").items[0].id
    answers = practice.file("a.json", json.dumps({first: 1}))
    assert_told(practice.run("score", "csi2", answers))
    assert_told(practice.run("score", "csi", practice.file("b.json", '{"onbekend": 1}')))
    assert_told(practice.run("score", "csi", practice.file("c.json", json.dumps({first: 5}))))


def test_verify_says_that_all_is_well_or_what_is_not(practice: Practice) -> None:
    done = practice("verify", "--json")
    assert done.json == {"ok": True, "faults": []}
    key_file = keys.read(practice.store / "keys.json")
    data_key = keys.open_with_passphrase(key_file, LOGIN, SECRET)

    keys.write(
        practice.store / "keys.json",
        keys.with_passphrase_slot(key_file, data_key, "spook", SECRET, FLOOR, NOW),
    )
    assert_told(practice("verify", "--user", LOGIN), "spook")


def test_a_damaged_file_is_told_by_every_command_and_nothing_is_saved_in_it(
    practice: Practice,
) -> None:
    path = practice.store / "store.db"
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)
    done = practice("patients", "--all")
    assert "beschadigd" in done.err
    assert "back-up" in done.err
    rows = practice.file("l.csv", "Achternaam;Voornamen;Geboortedatum\nX;Y;1-1-1940\n")
    assert practice("import-patients", rows).code == 1
    assert practice("verify").code == 1


def test_a_recovery_takes_over_from_a_window_that_hangs_when_told_to(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = opening.new_recovery_code()
    with closing(opening.open_practice(practice.store, LOGIN, SECRET)) as session:
        desk_over(session).users.renew_recovery(code, kdf=FLOOR)
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    monkeypatch.setattr(lock, "ANSWER_SECONDS", 0.0)
    window = lock.WriterLock(practice.store / "writer.lock")
    window.stays = True
    window.take("vries", NOW, "Anna de Vries")
    typed, made = practice.file("code.txt", code), practice.file("nieuw.txt", SECRET[::-1])
    words = ("recover", practice.store, "--user", LOGIN, "--code-file", typed)
    refused = practice.run(*words, "--new-passphrase-file", made)
    assert refused.code == 1
    assert refused.err.endswith("Met --take-over doet deze opdracht dat.\n")
    done = practice.run(*words, "--new-passphrase-file", made, "--take-over")
    assert (done.code, done.err) == (0, "Het schrijven is overgenomen van Anna de Vries.\n")
    with pytest.raises(TakenOver):
        window.check(NOW)
    with closing(opening.open_practice(practice.store, LOGIN, SECRET[::-1])) as session:
        log = desk_over(session).practice.log(newest=9)
        assert AuditEvent.WRITING_TAKEN_OVER in [row.event for row in log]


def test_while_a_window_writes_commands_read_and_a_writing_one_takes_over_when_told_to(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "ANSWER_SECONDS", 0.0)
    window = lock.WriterLock(practice.store / "writer.lock")
    window.stays = True
    window.take("vries", NOW, "Anna de Vries")
    planned = ("--date", "2027-01-12", "--time", "12:30")
    assert practice("patients").code == 0
    refused = practice("meeting", *planned)
    assert refused.code == 1
    assert refused.err.startswith("Anna de Vries schrijft sinds ")
    assert refused.err.endswith("Met --take-over doet deze opdracht dat.\n")
    done = practice("meeting", *planned, "--take-over")
    assert (done.code, done.err) == (0, "Het schrijven is overgenomen van Anna de Vries.\n")
    with pytest.raises(TakenOver):
        window.check(NOW)
    assert practice("meeting", *planned, "--take-over").err == "", "nobody writes any more"
