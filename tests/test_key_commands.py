"""Commands for when a key is not safe any more: a new key, and the sheet of a lost laptop."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from pzdesk import cli
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from tests.security.quick import derived

SECRET, OTHER = "zeven zwanen zwemmen zuidwaarts", "acht apen aten ananas"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A practice of two; gives the words with which its POH opens it."""

    monkeypatch.setattr(keys, "_derived", derived)
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    monkeypatch.chdir(tmp_path)
    Path("zin").write_text(SECRET, encoding="utf-8")
    Path("andere").write_text(OTHER, encoding="utf-8")
    opens = ["store", "--user", "poh", "--passphrase-file", "zin"]
    who = ["--practice", "De Brink", "--name", "M. Wiersma", "--role", "poh"]
    assert cli.run(["new", *opens, *who, "--recovery-out", "oud.pdf"]) == 0
    more = ["--login", "smit", "--name", "R. Smit", "--role", "poh"]
    assert cli.run(["user", "add", *opens, *more, "--new-passphrase-file", "andere"]) == 0
    return opens


def test_the_key_is_renewed_and_everybody_opens_as_before(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path("store/keys.json").read_bytes()
    capsys.readouterr()
    assert cli.run(["renew-key", *store, "--recovery-out", "nieuw.pdf", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"renewed": True, "recovery": "nieuw.pdf"}
    assert Path("store/keys.json").read_bytes() != before
    assert Path("nieuw.pdf").read_bytes().startswith(b"%PDF")
    smit = ["store", "--user", "smit", "--passphrase-file", "andere"]
    assert cli.run(["patients", *smit]) == 0
    assert cli.run(["renew-key", *store]) == 0
    assert "oude kopie" in capsys.readouterr().out
    assert cli.run(["verify", *store]) == 0


def test_a_sheet_is_never_written_over_and_a_failure_leaves_none(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before, sheet = Path("store/keys.json").read_bytes(), Path("oud.pdf").read_bytes()
    assert cli.run(["renew-key", *store, "--recovery-out", "oud.pdf"]) == 1
    assert "al een bestand" in capsys.readouterr().err
    assert Path("oud.pdf").read_bytes() == sheet
    smit = ["store", "--user", "smit", "--passphrase-file", "andere"]
    assert cli.run(["renew-key", *smit, "--recovery-out", "smit.pdf"]) == 1
    assert "Dit mag niet" in capsys.readouterr().err
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "write_private", _full)
        assert cli.run(["renew-key", *store, "--recovery-out", "vol.pdf"]) == 1
    assert "Alles is nog zoals het was" in capsys.readouterr().err
    assert not Path("smit.pdf").exists()
    assert not Path("vol.pdf").exists()
    assert Path("store/keys.json").read_bytes() == before


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_the_sheet_of_a_lost_laptop_is_made_for_a_day(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["lost-laptop", *store, "--out", "kwijt.pdf", "--date", "2026-01-02"]) == 0
    assert "vrijdag 2 januari 2026" in PdfReader("kwijt.pdf").pages[0].extract_text()
    assert cli.run(["lost-laptop", *store, "--out", "morgen.pdf", "--date", "2999-01-01"]) == 1
    assert "nog niet geweest" in capsys.readouterr().err
    assert not Path("morgen.pdf").exists()
