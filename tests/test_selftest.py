"""The self-test of an installation: it goes through everything, and says which step went wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pzdesk import selftest
from pzdesk.selftest import Failed, Trial

ROOT = Path(__file__).parent.parent


def test_every_step_goes_well_on_a_machine_without_a_screen() -> None:
    bare = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    done = subprocess.run(
        [sys.executable, "-m", "pzdesk", "--zelftest"],
        env={**bare, "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout.splitlines()
    assert [line.split("   ")[1].split(":")[0] for line in told[1:-1]] == [
        words for words, _ in selftest.STEPS
    ]
    assert told[-1] == "Alles werkt."


def test_a_step_that_goes_wrong_is_named_and_ends_it_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_trial: Trial) -> str:
        raise Failed("kapot")

    monkeypatch.setattr(selftest, "STEPS", (("iets", lambda _: "ja"), ("kapot maken", broken)))
    assert selftest.run() == 1
    said = capsys.readouterr()
    assert "goed   iets: ja" in said.out
    assert "FOUT   kapot maken: Failed" in said.out
    assert "Alles werkt" not in said.out


def test_what_is_no_pdf_is_no_paper() -> None:
    with pytest.raises(Failed):
        selftest._paper(b"%PDF-1.7 afgekapt")
