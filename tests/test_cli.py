"""The command line: exit codes, Dutch only, JSON everywhere, the passphrase, and never a traceback."""

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from pzdesk import __version__, cli, instruments
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.pzp import Answer
from pzdesk.domain.user import Role
from pzdesk.exchange import pzp_pdf
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.security import keys
from pzdesk.security.slots import FLOOR
from pzdesk.services import opening, pzps
from pzdesk.services.desk import desk_over
from pzdesk.services.patients import PatientService
from tests import factories

SECRET = "zeven zwanen zwémmen zuidwaarts"
LOGIN = "deboer"
BSN = "999990019"
FORM = {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941", "datumInvullen": "01-11-2025"}
ENGLISH = frozenset(
    {"and", "are", "argument", "arguments", "busy", "cannot", "choice", "choose", "denied"}
    | {"directory", "error", "errno", "exception", "expected", "fail", "failed", "file", "for"}
    | {"found", "from", "help", "ignored", "integer", "invalid", "line", "locked", "message"}
    | {"missing", "must", "not", "optional", "options", "permission", "positional", "required"}
    | {"show", "such", "the", "this", "traceback", "unexpected", "unrecognized", "usage", "value"}
    | {"when", "with", "you", "your"}
)

derived = functools.cache(keys._derived)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="pipes and devices of Linux")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it said as JSON."""
        return json.loads(self.out)

    @property
    def last(self) -> str:
        """The last line that it said."""
        return self.out.splitlines()[-1]


@dataclass
class Practice:
    """A practice with one patient, a PZP and a meeting, worked with by the command line alone."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def store(self) -> Path:
        return self.folder / "praktijk"

    @property
    def secret(self) -> Path:
        return self.folder / "wachtzin.txt"

    def run(self, *arguments: object) -> Done:
        """Run one command as it stands, in this process."""
        self.capsys.readouterr()
        code = cli.run([str(part) for part in arguments])
        return Done(code, *self.capsys.readouterr())

    def __call__(self, command: str, *arguments: object) -> Done:
        """Run a command on this practice with its passphrase."""
        return self.run(command, self.store, "--passphrase-file", self.secret, *arguments)

    def file(self, name: str, data: bytes | str) -> Path:
        """A file beside the store."""
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def form(self, **values: str) -> Path:
        """A filled form beside the store."""
        named = {key.replace("_", "-", 1): value for key, value in values.items()}
        return self.file("formulier.pdf", filled_form({**FORM, **named}))


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice as it lies on disk, made once; tests work in a copy."""
    folder = tmp_path_factory.mktemp("opdrachten")
    session = opening.make_practice(
        folder / "praktijk",
        practice="Huisartsenpraktijk De Brink",
        login=LOGIN,
        name="dr. De Boer",
        roles=(Role.HUISARTS,),
        secret=SECRET,
        recovery_code=None,
        kdf=FLOOR,
    )
    desk, today = desk_over(session), date.today()
    anna = desk.patients.add(
        factories.a_patient(name=factories.a_name(partner_achternaam=""), bsn=BSN)
    )
    desk.markeringen.record(factories.a_step(anna.id, MarkeringState.MARKED, on=today))
    desk.pzps.record(
        anna.id,
        {
            "4a": Answer("ja_maar"),
            "4a.beperking": Answer("één schok"),
            "5a": Answer("geen prikken"),
        },
        talk_on=date(2025, 6, 1),
        held_by="dr. De Boer",
    )
    desk.meetings.plan(on=today, starts=time(12, 30), patients=[anna.id])
    session.close()
    (folder / "wachtzin.txt").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.fixture
def practice(
    made_practice: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Practice:
    """A copy of the practice; a derivation that was done is not done again, a PDF is read here."""
    folder = tmp_path / "werk"
    shutil.copytree(made_practice, folder)
    monkeypatch.setattr(keys, "_derived", derived)
    monkeypatch.setattr(keys, "calibrated", lambda: FLOOR)
    monkeypatch.setattr(pzps, "read_form", pzp_pdf.parse_form)
    return Practice(folder, capsys)


def assert_dutch(text: str) -> None:
    """No word of argparse, of Python or of the operating system stands in it."""
    bare = re.sub(r"--[a-z-]+|/\S+|<\S+|prog", " ", text.lower())
    words = set(re.findall(r"[a-z_]+", bare))
    assert words.isdisjoint(ENGLISH), sorted(words & set(ENGLISH))


def assert_told(done: Done, *words: str) -> None:
    """Exit 1, nothing on stdout, a Dutch sentence on stderr that says what to do."""
    assert (done.code, done.out) == (1, ""), done
    assert done.err.strip()
    assert_dutch(done.err)
    for word in words:
        assert word in done.err, done.err


Arguments = Callable[[Practice], list[object]]
ON_STORE: dict[str, Arguments] = {
    "patients": lambda p: [],
    "import-patients": lambda p: [
        p.file("lijst.csv", "Achternaam;Voornamen;Geboortedatum\nBosma;Kees;23-09-1939\n")
    ],
    "pzp-import": lambda p: [p.form(**{"4a_check": "1"})],
    "pzp": lambda p: ["--patient", 1, "--out", p.folder / "uit.pdf"],
    "sheet": lambda p: ["--patient", 1, "--out", p.folder / "uit.pdf"],
    "home-sheet": lambda p: ["--patient", 1, "--out", p.folder / "uit.pdf"],
    "soep": lambda p: ["--patient", 1],
    "propose": lambda p: ["--date", "2099-01-01"],
    "meeting": lambda p: ["--date", "2099-01-01", "--time", "12:30", "--patient", 1],
    "agenda": lambda p: ["--meeting", 1, "--out", p.folder / "uit.pdf"],
    "verify": lambda p: [],
    "backup": lambda p: [],
    "audit": lambda p: [],
}
ALONE: dict[str, Arguments] = {
    "restore": lambda p: [
        *(p("backup", "--json").json["file"], "--to", p.folder / "terug"),
        *("--passphrase-file", p.secret),
    ],
    "instruments": lambda p: [],
    "score": lambda p: ["csi", p.file("antwoorden.json", '{"' + _first_item() + '": 1}')],
    "new": lambda p: [
        *(p.folder / "nieuw", "--practice", "De Es", "--user", "smit", "--name", "R. Smit"),
        *("--role", "poh,coordinator", "--passphrase-file", p.secret),
    ],
}
EVERY = {**ON_STORE, **ALONE}


def _first_item() -> str:
    return instruments.load("csi").items[0].id


def succeed(practice: Practice, command: str, *more: object) -> Done:
    if command in ON_STORE:
        return practice(command, *ON_STORE[command](practice), *more)
    return practice.run(command, *ALONE[command](practice), *more)


def subcommands() -> dict[str, Any]:
    (choices,) = (a.choices for a in cli.parser()._actions if a.dest == "command")
    return dict(choices or {})


# What every command has


def test_every_command_is_tried_here_or_has_tests_of_its_own() -> None:
    assert set(subcommands()) == {
        *EVERY,
        "demo",
        "open",
        "recover",
        "pzp-take-back",
        "user",
        "diagnostics",
        "inzage",
        "renew-key",
        "lost-laptop",
    }


@pytest.mark.parametrize("command", EVERY)
def test_a_command_that_went_well_exits_zero_and_is_silent_on_stderr(
    practice: Practice, command: str
) -> None:
    done = succeed(practice, command)
    assert done.code == 0, done.err
    assert done.out.strip()
    if command == "new":
        assert "geen herstelblad" in done.err
    else:
        assert done.err == ""


KEYS = {
    "patients": {"id", "name", "birth_date", "phase", "resuscitation", "pzp_on"},
    "import-patients": {"new", "added", "known", "asked", "faults", "mapping", "dry_run"},
    "pzp-import": {"patient", "version", "confirmed", "leftovers", "existing", "remarks"},
    "pzp": {"out", "digest", "bytes"},
    "sheet": {"out", "digest", "bytes"},
    "home-sheet": {"out", "digest", "bytes"},
    "agenda": {"out", "digest", "bytes"},
    "soep": {"text", "digest"},
    "propose": {"patient", "name", "reasons", "minutes"},
    "meeting": {"meeting", "date", "time", "patients"},
    "verify": {"ok", "faults"},
    "backup": {"file", "made", "bytes", "log"},
    "audit": {"sequence", "at", "event", "login", "patient_id"},
    "restore": {"file", "made", "store", "aside"},
    "instruments": {"id", "title", "version"},
    "score": {"scores", "bands", "missing"},
    "new": {"store", "login", "recovery"},
}


@pytest.mark.parametrize("command", EVERY)
def test_every_command_answers_in_json(practice: Practice, command: str) -> None:
    done = succeed(practice, command, "--json")
    assert done.code == 0, done.err
    value = done.json[0] if isinstance(done.json, list) else done.json
    assert KEYS[command] <= set(value)


@pytest.mark.parametrize("command", ["", *EVERY, "demo", "open", "recover"])
@pytest.mark.parametrize("columns", ["200", "30"])
def test_help_is_dutch_however_narrow(
    command: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert cli.run([*([command] if command else []), "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("gebruik: pzdesk")
    assert_dutch(text)


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "--onbekend",
        "afdrukken",
        "patients",
        "patients S --bestaat-niet",
        "patients S nog iets",
        "patients S --user",
        "patients S --json=ja",
        "patients S --pass x",
        "pzp S --out x.pdf",
        "pzp S --patient een --out x.pdf",
        "pzp S --patient -1 --out x.pdf",
        "pzp S --patient 1.5 --out x.pdf",
        "pzp S --patient 12345678901234567890 --out x.pdf",
        "pzp S --patient ١ --out x.pdf",
        "sheet S --patient 1",
        "agenda S --out x.pdf",
        "meeting S --date 2026-12-01",
        "meeting S --date 2026-12-01 --time 12:30 --patient",
        "meeting S --date 2026-12-01 --time 12:30 --minutes lang",
        "propose S",
        "new S --practice P --user u",
        "import-patients S",
        "score csi",
        "demo",
    ],
)
def test_wrong_usage_exits_two_with_dutch_on_stderr_alone(
    arguments: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("gebruik: pzdesk")
    assert_dutch(said.err)


def test_every_argument_of_every_command_says_what_it_is() -> None:
    for name, sub in subcommands().items():
        for action in sub._actions:
            assert action.help, (name, action.dest)
            assert_dutch(action.help)


# Errors in JSON


def test_what_cannot_be_done_is_told_in_json_too(practice: Practice) -> None:
    done = practice("sheet", "--patient", 9, "--out", practice.folder / "x.pdf", "--json")
    assert (done.code, done.out) == (1, "")
    assert json.loads(done.err) == {"error": "Patiënt 9 bestaat niet in deze praktijk."}


def test_a_choice_and_each_fault_stand_apart_in_json(practice: Practice) -> None:
    form = practice.form(pNaam="Aafke de Vries")
    chosen = json.loads(practice("pzp-import", form, "--json").err)
    assert "--patient" in chosen["error"]
    assert chosen["candidates"] == ["1: Mevrouw A.M. (Anna) de Vries, 14-03-1941"]
    (practice.store / "anchor.json").unlink()
    faults = json.loads(practice("verify", "--json").err)
    assert faults["faults"] == ["Het ijkpunt van het logboek buiten de database ontbreekt."]
    assert faults["error"] == faults["faults"][0]
    (practice.store / "anchor.json").unlink()
    assert practice("verify").err.strip() == faults["error"]


def test_wrong_usage_is_told_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["patients", "S", "--bestaat-niet", "--json"]) == 2
    assert json.loads(capsys.readouterr().err) == {"error": "Onbekend: --bestaat-niet."}


def test_a_bug_is_told_in_json_too(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(PatientService, "rows", broken)
    assert "ZeroDivisionError" in json.loads(practice("patients", "--json").err)["error"]


def test_a_remark_beside_the_answer_is_json_too(practice: Practice) -> None:
    done = succeed(practice, "new", "--json")
    assert "geen herstelblad" in json.loads(done.err)["remark"]


def test_an_argument_of_two_lines_is_told_in_dutch_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments in (["patients", "S", "twee\nregels"], ["twee\nregels"]):
        assert cli.run(arguments) == 2
        assert_dutch(capsys.readouterr().err)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"pzdesk {__version__}\n"


# What the issue asks of last lines


def test_the_last_line_of_pzp_import_is_the_patient_alone(practice: Practice) -> None:
    assert practice("pzp-import", practice.form()).last == "1"


def test_the_last_line_of_meeting_is_the_meeting_alone(practice: Practice) -> None:
    assert succeed(practice, "meeting").last == "2"


def test_patients_of_a_meeting_are_named_together_or_one_by_one(practice: Practice) -> None:
    practice("import-patients", *ON_STORE["import-patients"](practice))
    when = ("--date", "2099-01-01", "--time", "12:30", "--json")
    together = practice("meeting", *when, "--patient", 1, 2)
    apart = practice("meeting", *when, "--patient", 2, "--patient", 1)
    assert together.json["patients"] == [1, 2]
    assert apart.json["patients"] == [2, 1]


# Faults of ours


@pytest.mark.parametrize(
    "bug", [ZeroDivisionError, KeyError, RuntimeError, AssertionError, RecursionError, OSError]
)
def test_a_bug_of_ours_is_one_calm_sentence_without_patient_data(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, bug: type[Exception]
) -> None:
    def broken(self: PatientService, **_: object) -> None:
        raise bug(f"Anna de Vries {BSN} geen prikken")

    monkeypatch.setattr(PatientService, "rows", broken)
    done = practice("patients")
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert "Er ging iets mis in pzdesk zelf" in done.err
    for said in ("Anna", "Vries", BSN, "prikken", "Traceback"):
        assert said not in done.err
    monkeypatch.undo()


def test_a_name_that_no_disk_takes_is_told_as_such(practice: Practice) -> None:
    for done in (practice("backup", "--to", "x" * 5000), practice.run("verify", "x" * 5000)):
        assert done.code == 1
        assert "niet te gebruiken" in done.err
        assert done.err.count("\n") == 1


def test_too_little_memory_and_a_break_are_told(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for problem, words in ((MemoryError, "geheugen"), (KeyboardInterrupt, "Afgebroken")):

        def broken(self: PatientService, _: type[BaseException] = problem, **__: object) -> None:
            raise _

        monkeypatch.setattr(PatientService, "rows", broken)
        assert_told(practice("patients"), words)
    assert practice("verify").code == 0


# The passphrase


@pytest.mark.parametrize(
    "data",
    [
        SECRET.encode(),
        SECRET.encode() + b"\n",
        SECRET.encode() + b"\r\n",
        b"\xef\xbb\xbf" + SECRET.encode() + b"\r\n",
        unicodedata.normalize("NFD", SECRET).encode() + b"\n",
    ],
    ids=["bare", "newline", "crlf", "bom", "nfd"],
)
def test_a_passphrase_file_opens_however_the_editor_wrote_it(
    practice: Practice, data: bytes
) -> None:
    practice.secret.write_bytes(data)
    assert practice("patients").code == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xff\xfe" + SECRET.encode("utf-16-le"),
        SECRET.encode("cp1252"),
        os.urandom(300).replace(b"a", b"") + b"\xff",
        SECRET.encode() + b"\n\n",
        b" " + SECRET.encode(),
        b"x" * 70_000,
    ],
    ids=["empty", "newline", "utf16", "cp1252", "binary", "two-newlines", "blank", "huge"],
)
def test_another_passphrase_file_is_told(practice: Practice, data: bytes) -> None:
    practice.secret.write_bytes(data)
    done = practice("patients")
    assert_told(done)
    assert "zwanen" not in done.err


def test_a_missing_passphrase_file_and_a_folder_are_told(practice: Practice) -> None:
    practice.secret.unlink()
    assert_told(practice("patients"), "is er niet")
    practice.secret.mkdir()
    assert_told(practice("patients"), "een map")


def test_without_a_file_and_without_a_terminal_it_is_told(practice: Practice) -> None:
    assert_told(practice.run("patients", practice.store), "--passphrase-file", "terminal")


def test_in_a_terminal_the_passphrase_is_asked_and_not_shown(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: SECRET)
    done = practice.run("patients", practice.store)
    assert done.code == 0
    assert "zwanen" not in done.out + done.err


def test_an_end_of_input_at_the_prompt_is_a_break(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", ended)
    assert_told(practice.run("patients", practice.store), "Afgebroken")


def test_a_passphrase_is_no_argument() -> None:
    for name, sub in subcommands().items():
        options = {option for action in sub._actions for option in action.option_strings}
        assert not any(re.fullmatch(r"--(pass\w*|wachtzin|secret)", o) for o in options), name


def test_a_wrong_passphrase_and_an_unknown_user_are_told_alike(practice: Practice) -> None:
    unknown = practice("patients", "--user", "smit")
    practice.secret.write_text("een heel andere wachtzin hier", encoding="utf-8")
    wrong = practice("patients", "--user", LOGIN)
    assert_told(wrong, "horen niet bij elkaar")
    assert unknown.err == wrong.err


# A real process


def process(*arguments: object, **settings: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pzdesk", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        encoding="utf-8",
        **settings,
    )


def test_a_process_exits_with_the_same_codes(practice: Practice) -> None:
    done = process("patients", practice.store, "--passphrase-file", practice.secret, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["id"] == 1
    told = process("patients", practice.folder / "nergens", stdin=subprocess.DEVNULL)
    assert (told.returncode, told.stdout) == (1, "")
    assert "Er is geen praktijk" in told.stderr
    assert process("patients").returncode == 2


def test_an_ascii_terminal_gets_its_answer_too(practice: Practice) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = process(
        *("soep", practice.store, "--passphrase-file", practice.secret, "--patient", 1),
        env=environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "één schok" in done.stdout


@on_linux
def test_a_reader_that_goes_away_ends_it_without_a_word(practice: Practice) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "pzdesk", "instruments", "--json"]
    done = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


@on_linux
def test_an_answer_that_cannot_be_written_is_told() -> None:
    command = [sys.executable, "-m", "pzdesk", "instruments"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    assert done.returncode == 1
    assert "schijf vol" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@on_linux
def test_a_break_while_it_waits_ends_it_calmly(practice: Practice) -> None:
    waits = practice.folder / "wachtzin.pijp"
    os.mkfifo(waits)
    command = [sys.executable, "-m", "pzdesk", "patients", str(practice.store)]
    command += ["--passphrase-file", str(waits)]
    # What runs in the background of a shell may pass on that it hears no break at all.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    signal.signal(signal.SIGINT, heard)
    # Opening the other end waits until the command is reading.
    with waits.open("wb"):
        for _ in range(60):
            # One that comes between opening and reading is noticed by Python only after the reading.
            started.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                started.wait(timeout=1)
                break
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (1, "", "Afgebroken.\n")
