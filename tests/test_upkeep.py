"""Looking after a practice from the command line: backups made, proved and put back."""

from pathlib import Path

from tests.test_cli import Practice, assert_told, made_practice, practice

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
