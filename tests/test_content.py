"""The content that is data: complete, known to the code, and refused when it is anything else."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from pzdesk import content, paths
from pzdesk.content import ContentError
from pzdesk.domain.restricted import RESTRICTED
from pzdesk.domain.user import Right, Role

CLINICAL = {Right.READ_FILE, Right.WRITE_FILE, Right.CONFIRM, Right.PRINT_CLINICAL}


@pytest.fixture
def altered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, Callable[[Any], object]], None]:
    """Changes a content file, in a copy of the resources that is read instead."""
    copy = Path(shutil.copytree(paths.resources(), tmp_path / "resources"))
    monkeypatch.setattr(paths, "resources", lambda: copy)

    def alter(name: str, change: Callable[[Any], object]) -> None:
        data = json.loads((copy / name).read_text(encoding="utf-8"))
        change(data)
        (copy / name).write_text(json.dumps(data), encoding="utf-8")

    return alter


def test_every_content_file_is_json_in_utf_8_with_every_key_once() -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    found = sorted(paths.resources().rglob("*.json"))
    assert len(found) > 10
    for path in found:
        json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)


# --- who may do what ---


def test_every_role_has_its_rights_and_every_right_somebody() -> None:
    matrix = content.rights_matrix()
    assert set(matrix) == set(Role)
    assert frozenset().union(*matrix.values()) == set(Right)
    for role, rights in matrix.items():
        assert rights, role
    assert all(row.what for row in content.rights())


def test_who_does_not_treat_never_sees_the_clinical_file() -> None:
    matrix = content.rights_matrix()
    for role in (Role.COORDINATOR, Role.ASSISTENTE, Role.BEHEERDER):
        assert not matrix[role] & CLINICAL, role


def test_only_a_beheerder_changes_users_and_settings_and_reads_the_log() -> None:
    matrix = content.rights_matrix()
    for right in (Right.USERS, Right.SETTINGS, Right.AUDIT):
        assert {role for role, rights in matrix.items() if right in rights} == {Role.BEHEERDER}


def test_only_a_responsible_clinician_or_their_stand_in_confirms() -> None:
    may = {role for role, rights in content.rights_matrix().items() if Right.CONFIRM in rights}
    assert may == {Role.HUISARTS, Role.POH, Role.VS_PA, Role.WAARNEMER}


def test_who_writes_reads_and_everybody_sees_who_there_is() -> None:
    for role, rights in content.rights_matrix().items():
        assert Right.SEE_WHO in rights, role
        assert Right.WRITE_FILE not in rights or Right.READ_FILE in rights, role
        assert Right.CONFIRM not in rights or Right.WRITE_FILE in rights, role


@pytest.mark.parametrize(
    "change",
    [
        lambda data: [
            row["who"].remove("poh") for row in data["rights"].values() if "poh" in row["who"]
        ],
        lambda data: data["rights"]["zien_wie"]["who"].append("stagiair"),
        lambda data: data["rights"]["zien_wie"]["who"].append("poh"),
    ],
)
def test_a_role_that_is_missing_unknown_or_named_twice_is_told(
    altered: Callable[..., None], change: Callable[[Any], object]
) -> None:
    altered("roles.json", change)
    with pytest.raises(ContentError, match=r"roles\.json"):
        content.rights.__wrapped__()


def test_a_right_that_does_not_exist_or_is_missing_is_named(altered: Callable[..., None]) -> None:
    altered("roles.json", lambda data: data["rights"].update(alles_mogen={"what": "", "who": []}))
    with pytest.raises(ContentError, match="alles_mogen"):
        content.rights.__wrapped__()
    altered("roles.json", lambda data: data["rights"].pop("logboek"))
    with pytest.raises(ContentError, match="logboek"):
        content.rights.__wrapped__()


def test_what_is_restricted_is_seen_by_who_treats_and_says_why() -> None:
    told = {row.right: row for row in content.rights()}
    for right in RESTRICTED:
        assert told[right].why, right
        for role in told[right].who:
            assert Right.WRITE_FILE in content.rights_matrix()[role], (right, role)


def test_a_beheerder_who_watches_emergency_access_cannot_take_it() -> None:
    for role, rights in content.rights_matrix().items():
        assert not {Right.AUDIT, Right.EMERGENCY} <= rights, role


# --- the practice's defaults ---


def test_a_new_practice_has_every_interval_and_every_rule() -> None:
    practice = content.new_practice("De Brink")
    assert (practice.name, practice.kernteam) == ("De Brink", "De Brink")
    numbers = asdict(practice.intervals) | asdict(practice.meeting)
    assert all(type(number) is int and number > 0 for number in numbers.values())


def test_the_intervals_are_those_of_the_regional_agreements() -> None:
    assert asdict(content.intervals()) == {
        "pzp_talk_weeks": 4,
        "pzp_talk_urgent_weeks": 1,
        "pzvp_working_days": 10,
        "medication_weeks": 4,
        "follow_up_days": 7,
        "follow_up_short_days": 2,
        "not_discussed_weeks": 12,
        "pzp_revision_weeks": 13,
        "told_working_days": 2,
    }
    assert "Drenthe" in content.read_json("practice.json")["source"]


def test_a_full_agenda_fits_in_a_meeting() -> None:
    rules = content.meeting_rules()
    used = rules.opening_minutes + rules.most_people * rules.known_minutes + rules.reserve_minutes
    assert used <= rules.minutes
    assert rules.known_minutes <= rules.new_or_complex_minutes


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["intervals"].pop("medication_weeks"),
        lambda data: data["intervals"].update(extra=1),
        lambda data: data["intervals"].update(medication_weeks=-1),
        lambda data: data["intervals"].update(medication_weeks="4"),
        lambda data: data["intervals"].update(medication_weeks=4.5),
        lambda data: data["intervals"].update(medication_weeks=True),
        lambda data: data["intervals"].update(medication_weeks=None),
    ],
)
def test_an_interval_that_is_not_a_whole_number_is_named(
    altered: Callable[..., None], change: Callable[[Any], object]
) -> None:
    altered("practice.json", change)
    with pytest.raises(ContentError, match=r"practice\.json, intervals"):
        content.intervals.__wrapped__()
