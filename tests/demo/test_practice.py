"""The demo practice: whole or not at all, always of today, and everything it promises is in it."""

import contextlib
import dataclasses
import io
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pzdesk import cli
from pzdesk.content import pzp_form
from pzdesk.demo import practice
from pzdesk.demo.story import MEETING_DAYS, coming_meeting, read_story, workday
from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import NotAllowed, PzdeskError, Refused
from pzdesk.domain.file import PatientFile
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.mdo import MeetingState, ParticipantKind, may_be_discussed
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import short
from pzdesk.domain.pzp import Standing, differences, limits_in_words, standing
from pzdesk.domain.status import Care, Phase, StatusKind
from pzdesk.services import opening
from pzdesk.services.desk import Desk, desk_over
from tests.documents import reading

TODAY = date.today()


@dataclass(frozen=True, slots=True)
class Made:
    """The demo of this test run and what its making said, its desk as poh, and everybody's file."""

    said: dict[str, Any]
    windows: list[tuple[object, ...]]
    folder: Path
    desk: Desk
    files: dict[PatientId, PatientFile]

    def papers(self, ending: str) -> list[Path]:
        return sorted((self.folder / "papier").glob(f"*{ending}"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Made once in a worker: it takes seconds. Tests may read it and print from it, nothing else."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    answer = io.StringIO()
    windows: list[tuple[object, ...]] = []

    def window(*asked: object) -> str:
        windows.append(asked)
        return ""

    with contextlib.redirect_stdout(answer):
        assert cli.run(["demo", "--json", "--out", str(folder)], window=window) == 0
    secret = opening.passphrase_from_bytes((folder / "passphrase.txt").read_bytes())
    session = opening.open_practice(folder / "store", "poh", secret)
    desk = desk_over(session)
    rows = desk.patients.rows(everybody=True)
    said = json.loads(answer.getvalue())
    yield Made(said, windows, folder, desk, {row.id: desk.patients.file(row.id) for row in rows})
    session.close()


@pytest.fixture(scope="module")
def beheer(made: Made) -> Iterator[Desk]:
    """The desk of the beheerder, opened with an own passphrase."""
    users = read_story(TODAY).practice["users"]
    secret = next(user["passphrase"] for user in users if user["login"] == "beheer")
    session = opening.open_practice(made.folder / "store", "beheer", secret)
    yield desk_over(session)
    session.close()


def test_the_store_opens_with_the_passphrase_in_the_file_and_is_sound(made: Made) -> None:
    assert (made.folder / "passphrase.txt").read_text(encoding="utf-8").endswith("\n")
    assert made.desk.session.user.name == "M. Wiersma"
    assert made.desk.practice.verify() == []


def test_every_user_opens_the_store_with_the_passphrase_in_the_readme(made: Made) -> None:
    text = (made.folder / "LEESMIJ.txt").read_text(encoding="utf-8")
    for user in read_story(TODAY).practice["users"]:
        assert user["passphrase"] in text
        session = opening.open_practice(made.folder / "store", user["login"], user["passphrase"])
        session.close()
    assert len(made.said["users"]) == 7


def test_a_demo_in_json_opens_no_window(made: Made) -> None:
    assert made.windows == []


def test_thirty_people_and_three_meetings_in_every_phase_and_state(made: Made) -> None:
    files = made.files.values()
    phases = [row.value for file in files if (row := file.now(StatusKind.PHASE))]
    states = [file.markering.state for file in files if file.markering]
    assert len(made.files) == made.said["patients"] == 30
    assert set(phases) == set(Phase)
    assert set(states) == set(MarkeringState)
    assert phases.count(Phase.DECEASED) == 4
    assert [m.state for m in made.desk.meetings.meetings()] == [
        *(MeetingState.PREPARING, MeetingState.HELD, MeetingState.HELD)
    ]
    care = [row.value for file in files if (row := file.now(StatusKind.CARE))]
    assert Care.MOVED in care


def test_nothing_was_recorded_or_happened_in_the_future(made: Made) -> None:
    now = datetime.now().astimezone()
    found = 0
    for file in made.files.values():
        for row in clinical_rows(file):
            for name in ("on", "since", "talk_on", "done_on", "capable_on", "confirmed_on"):
                day = getattr(row, name, None)
                assert day is None or day <= TODAY, row
            recorded = getattr(row, "recorded_at", None)
            assert recorded is None or recorded <= now, row
            found += 1
    assert found > 700


def clinical_rows(file: PatientFile) -> Iterator[Any]:
    """Every row in a file that says something of a patient; meetings are planned ahead."""
    for field in dataclasses.fields(file):
        value = getattr(file, field.name)
        if isinstance(value, tuple) and field.name not in ("meetings", "items"):
            yield from value


def test_the_log_runs_over_two_years_and_forward_only(beheer: Desk) -> None:
    rows = beheer.practice.log()
    moments = [row.at for row in rows]
    assert moments == sorted(moments)
    assert moments[0] < (TODAY - timedelta(days=720)).isoformat()
    assert {row.login for row in rows} >= {"beheer", "deboer", "kaya", "poh", "smit", "vandam"}


def test_each_kind_of_thing_is_done_by_who_does_it(beheer: Desk) -> None:
    rows = beheer.practice.log()
    by: dict[AuditEvent, set[str]] = defaultdict(set)
    for row in rows:
        by[row.event].add(row.login)
    assert by[AuditEvent.MARKERING_ADDED] == {"deboer", "kaya"}
    assert by[AuditEvent.PZP_CONFIRMED] == {"kaya"}
    assert by[AuditEvent.USER_ADDED] == {"beheer"}
    assert by[AuditEvent.REGION_CHANGED] == {"vandam"}
    assert by[AuditEvent.REVIEW_CLOSED] == {"deboer", "kaya", "smit"}


def test_the_beheerder_reads_no_file(beheer: Desk) -> None:
    with pytest.raises(NotAllowed):
        beheer.patients.file(PatientId(1))


def test_the_coming_agenda_fits_in_its_hour_and_was_planned_from_the_proposal(made: Made) -> None:
    meeting, items = made.desk.meetings.meeting(made.said["coming_meeting"])
    rules = made.desk.practice.practice().meeting
    people = [item for item in items if item.patient_id is not None]
    assert meeting.on == coming_meeting(TODAY)
    assert len(people) <= rules.most_people
    assert sum(item.minutes for item in items) + rules.opening_minutes <= meeting.minutes == 60
    assert all(item.reasons and item.question and item.brought_in_by for item in people)
    assert [item.title for item in items if item.patient_id is None] != []
    assert any(made.files[item.patient_id].death for item in people if item.patient_id)
    absent = {c.by for item in items for c in item.contributions}
    assert absent == {"J. Mulder, apotheker"}
    assert not any("Mulder" in who.name for who in meeting.invited)


def test_who_said_no_to_welfare_stands_not_on_their_agenda(made: Made) -> None:
    _, items = made.desk.meetings.meeting(made.said["coming_meeting"])
    answers = {
        may_be_discussed(list(made.files[item.patient_id].consents), ParticipantKind.WELFARE)
        for item in items
        if item.patient_id
    }
    assert answers == {True, False, None}
    whole = text_of(made.folder / "papier" / "agenda-komend-overleg.pdf")
    welfare = text_of(made.folder / "papier" / "agenda-komend-overleg-welzijn.pdf")
    assert "deGroot" in whole
    assert "deGroot" not in welfare
    assert "Jansen-deVries" in welfare


def test_the_report_of_the_last_meeting_was_printed_that_day(made: Made) -> None:
    held = coming_meeting(TODAY) + timedelta(days=MEETING_DAYS["vorige"])
    report = text_of(made.folder / "papier" / "verslag-vorig-overleg.pdf")
    assert "Verslagkernteam-MDO" in report
    assert f"afgedrukt{held:%d-%m-%Y}" in report


def test_pzps_stand_in_every_way(made: Made) -> None:
    files = made.files.values()
    standings = {
        (version.source, standing(version, file.live_pzp, file.pzp_confirmations))
        for file in files
        for version in file.live_pzp
    }
    assert standings == {
        ("gesprek", Standing.VALID),
        ("gesprek", Standing.OLDER),
        ("formulier", Standing.TO_CONFIRM),
        ("formulier", Standing.OLDER),
    }
    assert sum(len(file.pzp_confirmations) for file in files) == 1
    assert any(not file.live_pzp for file in files)
    lines = {
        line.words
        for file in files
        if file.valid_pzp
        for line in limits_in_words(pzp_form(), file.valid_pzp.answers)
    }
    assert "reanimatie: nog onbekend" in lines
    assert any(line.startswith("ICD: uitzetten afgesproken") for line in lines)
    assert any("met beperking: alleen bij een breuk" in line for line in lines)
    several = [file for file in files if len(file.live_pzp) >= 3]
    assert all(
        differences(pzp_form(), file.live_pzp[-2].answers, file.live_pzp[-1].answers)
        for file in several
    )
    assert len(several) >= 2


def test_some_mantelzorgers_wait_for_a_follow_up_and_others_do_not(made: Made) -> None:
    follow_ups = [one for file in made.files.values() for one in file.follow_ups]
    open_ones = [one for file in made.files.values() for one in file.open_follow_ups]
    assert any(not one.what for one in open_ones)
    assert any(one.what and one.who for one in open_ones)
    assert any(one.outcome for one in follow_ups)
    assert any("stervensfase" in one.not_now for one in follow_ups)
    used = {screening.instrument for file in made.files.values() for screening in file.screenings}
    assert used == {"volhoudtijd", "csi", "ediz9"}


def test_many_people_have_a_course_and_some_a_late_review(made: Made) -> None:
    courses = [len(file.assessments) for file in made.files.values()]
    assert sum(4 <= count <= 8 for count in courses) >= 12
    late = [one for file in made.files.values() for one in file.open_reviews if one.due < TODAY]
    assert late


def test_a_couple_is_caregiver_of_each_other_and_two_people_share_a_name(made: Made) -> None:
    pairs = {
        (file.patient.id, naaste.is_patient_id)
        for file in made.files.values()
        for naaste in file.naasten
        if naaste.is_patient_id
    }
    assert any((other, one) in pairs for one, other in pairs)
    names = [short(file.patient.name, file.patient.sex) for file in made.files.values()]
    assert names.count("Dhr. J. de Vries") == 2


def test_every_bsn_is_of_the_test_range(made: Made) -> None:
    numbers = [file.patient.bsn for file in made.files.values() if file.patient.bsn]
    verified = {file.patient.bsn_verified for file in made.files.values() if file.patient.bsn}
    assert len(numbers) > 20
    assert all(number.startswith("9999") for number in numbers)
    assert verified == {True, False}


def test_the_papers_are_there_and_can_be_read(made: Made) -> None:
    pdfs = made.papers(".pdf")
    assert [str(path) for path in pdfs] == sorted(
        path for path in made.said["papers"] if path.endswith(".pdf")
    )
    for path in pdfs:
        assert path.read_bytes().startswith(b"%PDF-")
        assert "HuisartsenpraktijkDeBrink" in text_of(path)
    assert {path.name.split("-")[0] for path in pdfs} == {
        *("agenda", "verslag", "pzp", "patientblad", "thuisblad", "herstelblad.pdf")
    }
    assert all("A20" in path.read_text(encoding="utf-8") for path in made.papers(".txt"))


def text_of(pdf: Path) -> str:
    """All text of a PDF, without its white space."""
    return reading.content(pdf.read_bytes())


def test_every_command_in_the_readme_works_as_it_stands(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(made.folder, tmp_path / "kopie")
    monkeypatch.chdir(copy)
    text = Path("LEESMIJ.txt").read_text(encoding="utf-8")
    commands = re.findall(r"^   pzdesk (.+)$", text, re.MULTILINE)
    assert len(commands) > 10
    for command in commands:
        assert cli.run(command.split()) == 0, (command, capsys.readouterr().err)
    said = capsys.readouterr().out
    assert "Verborgen op het formulier, telt niet mee" in said
    assert "is mogelijk al bekend" in said
    assert "overgeslagen" in said


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("van mij")
    with pytest.raises(Refused, match="staat al iets"):
        practice.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["brief.txt"]


def test_nothing_is_left_when_it_fails_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(practice.ACTS, "zorgverleners", fail)
    target = tmp_path / "demo"
    target.mkdir()
    with pytest.raises(PzdeskError, match="schijf is vol"):
        practice.make(target)
    assert [*tmp_path.rglob("*")] == [target]


@pytest.mark.parametrize("weekday", range(7))
def test_on_every_day_of_the_week_the_story_lies_before_today(weekday: int) -> None:
    today = date(2026, 11, 23) + timedelta(days=weekday)
    story = read_story(today)
    days = [event.on for event in story.events]
    assert days == sorted(days)
    assert days[-1] < today
    assert all(day.weekday() < 5 for day in days)
    meeting = coming_meeting(today)
    assert meeting.weekday() == 1
    assert 5 <= (meeting - today).days <= 11
    held = [event.on for event in story.events if event.says["do"] == "overleg_houden"]
    assert [(meeting - day).days for day in held] == [91, 49]


def test_days_stay_in_order_when_a_weekend_moves_them() -> None:
    for weekday in range(7):
        today = TODAY + timedelta(days=weekday)
        days = [workday(today, offset) for offset in range(-30, 30)]
        assert days == sorted(days)
        assert all(day.weekday() < 5 for day in days)
