"""Looking after a practice from the command line: backups, users and the log."""

import json
from pathlib import Path

import pytest

from pzdesk.domain.errors import TakenOver
from pzdesk.store import lock
from tests.factories import NOW
from tests.test_cli import LOGIN, Done, Practice, assert_told, made_practice, practice

__all__ = ["made_practice", "practice"]


def made(practice: Practice, *more: object) -> Path:
    return Path(practice("backup", *more).out.splitlines()[-1])


def test_the_last_line_of_a_backup_is_its_file_and_verify_proves_it(practice: Practice) -> None:
    path = made(practice)
    assert path.parent == practice.store / "backups"
    done = practice.run("verify", path, "--passphrase-file", practice.secret)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("De back-up is heel en kan worden teruggezet: stand van ")


def test_a_backup_goes_where_it_was_asked_and_nowhere_else(practice: Practice) -> None:
    stick = practice.folder / "stick"
    assert_told(practice("backup", "--to", stick), "er niet")
    stick.mkdir()
    assert made(practice, "--to", stick).parent == stick
    assert not (practice.store / "backups").exists()


def test_a_backup_comes_back_at_a_new_place(practice: Practice) -> None:
    path, there = made(practice), practice.folder / "andere-pc"
    done = practice.run("restore", path, "--to", there, "--passphrase-file", practice.secret)
    assert (done.code, done.err) == (0, "")
    assert "pzdesk user list" in done.out
    people = practice.run(
        "patients", there, "--all", "--passphrase-file", practice.secret, "--json"
    )
    assert people.json == practice("patients", "--all", "--json").json
    assert practice.run("verify", there, "--passphrase-file", practice.secret).code == 0


def test_over_a_practice_what_stood_there_stays_beside_it(practice: Practice) -> None:
    path = made(practice)
    rows = "Achternaam;Voornamen;Geboortedatum\nX;Y;1-1-1940\n"
    practice("import-patients", practice.file("l.csv", rows))
    assert len(practice("patients", "--all", "--json").json) == 2
    back = ("restore", path, "--to", practice.store, "--passphrase-file", practice.secret)
    done = practice.run(*back, "--json")
    assert done.code == 0, done.err
    assert Path(done.json["aside"]).is_dir()
    assert len(practice("patients", "--all", "--json").json) == 1


@pytest.mark.parametrize("is_whole", [True, False])
def test_over_a_practice_in_which_a_window_hangs_a_backup_comes_when_told_to_take_over(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, *, is_whole: bool
) -> None:
    monkeypatch.setattr(lock, "ANSWER_SECONDS", 0.0)
    path = made(practice)
    if not is_whole:  # then nobody can ask its log anything
        (practice.store / "store.db").write_bytes(b"")
    window = lock.WriterLock(practice.store / "writer.lock")
    window.stays = True
    window.take("vries", NOW, "Anna de Vries")
    back = ("restore", path, "--to", practice.store, "--passphrase-file", practice.secret)
    refused = practice.run(*back)
    assert refused.code == 1
    assert refused.err.startswith("Anna de Vries schrijft sinds ")
    assert refused.err.endswith("Met --take-over doet deze opdracht dat.\n")
    assert not (practice.store / "terugzetten").exists()
    done = practice.run(*back, "--take-over")
    assert (done.code, done.err) == (0, "Het schrijven is overgenomen van Anna de Vries.\n")
    with pytest.raises(TakenOver):
        window.check(NOW)
    assert practice("verify").code == 0
    assert practice.run(*back, "--take-over").err == "", "nobody writes any more"


def test_a_damaged_foreign_or_missing_backup_is_told_and_changes_nothing(
    practice: Practice,
) -> None:
    path = made(practice)
    before = (practice.store / "store.db").read_bytes()
    whole = path.read_bytes()
    secret = ("--passphrase-file", practice.secret)
    for data, word in ((whole[:-9], "beschadigd"), (b"", "geen back-up"), (b"PDF", "geen back-up")):
        path.write_bytes(data)
        assert_told(practice.run("restore", path, "--to", practice.store, *secret), word)
        assert_told(practice.run("verify", path, *secret), word)
    path.unlink()
    assert_told(practice.run("restore", path, "--to", practice.store, *secret), "er niet")
    assert_told(practice.run("verify", path, *secret))
    assert (practice.store / "store.db").read_bytes() == before


def test_a_wrong_passphrase_opens_no_backup(practice: Practice) -> None:
    path, wrong = made(practice), practice.file("w.txt", "een andere lange wachtzin")
    assert_told(practice.run("verify", path, "--passphrase-file", wrong), "wachtzin")
    there = practice.folder / "nieuw"
    assert_told(
        practice.run("restore", path, "--to", there, "--passphrase-file", wrong), "wachtzin"
    )
    assert not there.exists()


# Users


def user(practice: Practice, what: str, *more: object) -> Done:
    """A command on users, by the beheerder."""
    mine = ("--user", LOGIN, "--passphrase-file", practice.secret)
    return practice.run("user", what, practice.store, *mine, *more)


def add(practice: Practice, *more: object) -> None:
    new = practice.file("nieuw.txt", "zeven zwanen zwemmen zuidwaarts")
    done = user(
        *(practice, "add"),
        *("--login", "smit", "--name", "R. Smit", "--role", "pzvp", "--role", "poh"),
        *("--new-passphrase-file", new, *more),
    )
    assert (done.code, done.err) == (0, ""), done


def test_a_new_user_opens_the_practice_until_they_leave(practice: Practice) -> None:
    add(practice, "--acts-for", LOGIN)
    assert user(practice, "list", "--json").json[-1]["acts_for"] == LOGIN
    mine = practice.file("smit.txt", "zeven zwanen zwemmen zuidwaarts")
    smit = ("--user", "smit", "--passphrase-file", mine)
    assert practice.run("patients", practice.store, *smit).code == 0
    assert "smit  R. Smit (PZVP, POH)" in user(practice, "list").out
    done = user(practice, "remove", "--login", "smit")
    assert "opent deze praktijk niet meer" in done.out
    assert_told(practice.run("patients", practice.store, *smit), "wachtzin")
    assert user(practice, "list", "--json").json[-1]["left"]


def test_a_user_changes_their_own_passphrase(practice: Practice) -> None:
    add(practice)
    old = practice.file("smit.txt", "zeven zwanen zwemmen zuidwaarts")
    new = practice.file("ander.txt", "acht apen aten ananas")
    who = ("user", "passphrase", practice.store, "--user", "smit")
    done = practice.run(*who, "--passphrase-file", old, "--new-passphrase-file", new)
    assert done.code == 0, done.err
    here = ("patients", practice.store, "--user", "smit", "--passphrase-file")
    assert practice.run(*here, new).code == 0
    assert_told(practice.run(*here, old), "wachtzin")


def test_the_only_beheerder_and_somebody_unknown_cannot_be_removed(practice: Practice) -> None:
    add(practice)
    who = user(practice, "list", "--json").json[0]["login"]
    assert_told(user(practice, "remove", "--login", who), "enige beheerder")
    assert_told(user(practice, "remove", "--login", "niemand"), "bestaat niet")


def test_who_is_no_beheerder_adds_nobody_and_reads_no_log(practice: Practice) -> None:
    add(practice)
    mine = practice.file("smit.txt", "zeven zwanen zwemmen zuidwaarts")
    smit = (practice.store, "--user", "smit", "--passphrase-file", mine)
    assert_told(practice.run("user", "list", *smit), "rol")
    assert_told(practice.run("audit", *smit), "rol")


# The log


def test_the_log_tells_who_saw_a_patient_and_when(practice: Practice) -> None:
    practice("sheet", "--patient", 1, "--out", practice.folder / "blad.pdf")
    lines = practice("audit", "--patient", 1).out.splitlines()
    assert lines[-1].endswith("afgedrukt of opgeslagen: patiëntblad, patiënt 1")
    rows = practice("audit", "--patient", 1, "--json").json
    assert {row["patient_id"] for row in rows} == {1}
    assert {"at", "offset_minutes", "login", "roles", "event", "what", "outcome"} <= set(rows[0])
    before = ("audit", "--patient", 1, "--until", "2000-01-01")
    assert practice(*before).out == "Geen regel in het logboek past hierbij.\n"
    assert practice(*before, "--json").json == []
    assert practice("audit", "--by", "niemand", "--json").json == []
    assert practice("audit", "--emergencies", "--since", "2000-01-01", "--json").json == []


def test_the_log_of_a_patient_comes_as_a_sheet_for_the_patient(practice: Practice) -> None:
    out = practice.folder / "inzage.pdf"
    done = practice("audit", "--patient", 1, "--out", out)
    assert done.out == f"Wie heeft dit dossier gezien staat in {out}.\n"
    assert out.read_bytes().startswith(b"%PDF")
    assert_told(practice("audit", "--out", out), "--patient")
    assert_told(practice("audit", "--patient", 99, "--out", practice.folder / "x.pdf"), "99")
    assert_told(practice("audit", "--patient", 1, "--out", practice.store / "x.pdf"), "buiten")


def test_a_diagnostic_file_tells_of_the_practice_and_of_nobody_in_it(practice: Practice) -> None:
    out = practice.folder / "diagnose.txt"
    assert str(out) in practice("diagnostics", "--out", out).out
    text = out.read_text(encoding="utf-8")
    assert "patients 1" in text
    assert "controle: alles is heel" in text
    for mark in (LOGIN, "Vries", "De Brink", str(practice.store), str(practice.folder)):
        assert mark not in text, mark
    assert_told(practice("diagnostics", "--out", practice.folder / "geen map" / "x.txt"))


def test_a_copy_of_a_file_is_a_paper_and_data_that_its_owner_alone_reads(
    practice: Practice,
) -> None:
    out = practice.folder / "inzage"
    done = practice("inzage", "--patient", 1, "--out", out, "--json")
    paper, data = map(Path, done.json["files"])
    assert paper.read_bytes().startswith(b"%PDF")
    assert json.loads(data.read_bytes())["schema"] == "pzdesk-inzage/1"
    assert {path.stat().st_mode & 0o777 for path in (paper, data)} == {0o600}
    assert sorted(out.iterdir()) == sorted((paper, data))
    assert_told(practice("inzage", "--patient", 99, "--out", out), "bestaat niet")
    assert_told(practice("inzage", "--patient", 1, "--out", practice.store / "x"), "buiten")
