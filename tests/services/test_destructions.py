"""Destroying a file: foreseen, meant, total, remembered; and what was kept for too long."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from pzdesk.domain.assessment import Assessment, Dimension, Finding
from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.errors import BadInput, NotAllowed, NotFound, Refused, StoreError
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.patient import Patient
from pzdesk.domain.pzp import Answer
from pzdesk.domain.status import Phase, StatusKind
from pzdesk.domain.user import Role
from pzdesk.services import opening
from pzdesk.services.desk import Desk, desk_over
from pzdesk.store import backups
from pzdesk.store.drafts import DAMAGED, FOLDER, SealedNotes
from pzdesk.store.folder import BACKUPS, DATABASE
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW, TODAY
from tests.store import pages


@pytest.fixture
def patient(desk: Desk) -> Patient:
    """Somebody with a file, in whom everything has a marker."""
    name = factories.a_name(achternaam="Merkteken", voorvoegsels="van", partner_achternaam="")
    person = desk.patients.add(factories.a_patient(name=name, diagnosis="merkteken diagnose"))
    desk.network.keep_naaste(factories.a_naaste(person.id, name="Wim Merkteken"))
    desk.markeringen.record(factories.a_step(person.id, MarkeringState.MARKED, note="merkteken"))
    desk.actions.add(who="POH", what="merkteken bellen", patient_id=person.id)
    desk.assessments.assess(
        Assessment(
            patient_id=person.id,
            on=TODAY,
            findings=(Finding(dimension=Dimension.SOCIAL, text="merkteken bevinding"),),
            recorded_at=NOW,
            recorded_by=1,
        )
    )
    return person


def destroy(desk: Desk, patient: Patient, *rows: str, typed: str = "14-03-1941") -> bool:
    return desk.destructions.destroy(
        *(patient.id, rows), asked_by=AskedBy.PATIENT, reason="wil dit zelf", typed=typed
    ).is_swept


def in_pages(desk: Desk, words: str) -> bool:
    store = desk.session.store
    data = pages.everything(store.folder / DATABASE, store.data_key())
    return words.lower().encode() in data.lower()


def test_what_goes_is_foreseen_and_so_is_what_stays(desk: Desk, patient: Patient) -> None:
    store = desk.session.store
    backups.make(store, "0" * 32, store.folder / BACKUPS, NOW, app="test")
    (store.folder / BACKUPS / "voor-terugzetten-20261101-120000").mkdir()
    desk.actions.add(who="POH", what="dochter van mevrouw Merkteken bellen")
    seen = desk.destructions.foresee(patient.id)
    assert seen.patient == patient
    assert seen.goes["naaste"] == seen.goes["markering"] == seen.goes["patient"] == 1
    assert seen.named_elsewhere == {"action": 1}
    assert [one.about.made_at for one in seen.backups] == [NOW]
    assert seen.until == date(2027, 8, 1)
    assert [path.name for path in seen.copies] == ["voor-terugzetten-20261101-120000"]
    assert desk.destructions.foresee(patient.id, ["naaste:1"]).goes == {"naaste": 1}
    with pytest.raises(NotFound):
        desk.destructions.foresee(patient.id, ["naaste:99"])
    with pytest.raises(BadInput):
        desk.destructions.foresee(patient.id, ["naaste"])


def test_a_destroyed_file_is_in_no_page_and_the_log_keeps_the_fact(
    desk: Desk, patient: Patient
) -> None:
    assert in_pages(desk, "merkteken bevinding")
    assert destroy(desk, patient)
    assert not in_pages(desk, "merkteken")
    with pytest.raises(NotFound):
        desk.patients.file(patient.id)
    assert desk.patients.rows(everybody=True) == []
    (kept,) = desk.destructions.destroyed()
    assert (kept.was_patient, kept.whole, kept.rows) == (patient.id, True, ("action:1",))
    assert (kept.asked_by, kept.reason, kept.on) == ("patient", "wil dit zelf", TODAY)
    line = desk.practice.log(patient.id)[-1]
    assert (line.event, line.object_kind, line.count) == (AuditEvent.DESTROYED, "dossier", 8)
    assert desk.patients.add(factories.a_patient()).id > patient.id


def test_a_part_goes_and_the_rest_of_the_file_stays(desk: Desk, patient: Patient) -> None:
    (made,) = desk.patients.file(patient.id).assessments
    assert destroy(desk, patient, f"assessment:{made.id}")
    file = desk.patients.file(patient.id)
    assert not file.assessments
    assert file.naasten
    assert not in_pages(desk, "merkteken bevinding")
    (kept,) = desk.destructions.destroyed()
    assert (kept.whole, kept.rows) == (False, (f"assessment:{made.id}",))


def test_with_a_part_goes_what_stood_in_it_before_and_nothing_of_the_rest(
    desk: Desk, patient: Patient
) -> None:
    first = desk.network.keep_naaste(factories.a_naaste(patient.id, name="Oudsma"))
    other = desk.network.keep_naaste(factories.a_naaste(patient.id, name="Blijfsma"))
    for one in (first, other):
        desk.network.keep_naaste(replace(one, name="Nieuwsma"))
    destroy(desk, patient, f"naaste:{first.id}")
    assert not in_pages(desk, "Oudsma")
    assert in_pages(desk, "Blijfsma")


@pytest.mark.parametrize("typed", ["", "Jansen", "14-03-1942", "Merk"])
def test_who_does_not_type_who_it_is_destroys_nothing(
    desk: Desk, patient: Patient, typed: str
) -> None:
    with pytest.raises(BadInput) as told:
        destroy(desk, patient, typed=typed)
    assert told.value.field == "bevestiging"
    assert desk.patients.file(patient.id).assessments
    assert desk.destructions.destroyed() == []


@pytest.mark.parametrize(
    "reason", [" ", "van mevrouw Merkteken", "geboren 14-03-1941", "Anna belde"]
)
def test_the_reason_is_given_and_does_not_name_the_patient(
    desk: Desk, patient: Patient, reason: str
) -> None:
    with pytest.raises(BadInput) as told:
        desk.destructions.destroy(
            patient.id, asked_by=AskedBy.PATIENT, reason=reason, typed="van merkteken"
        )
    assert told.value.field == "reden"


def test_what_anybody_typed_about_the_patient_goes_too(desk: Desk, patient: Patient) -> None:
    other = desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    damaged = desk.session.store.folder / FOLDER / f"x{DAMAGED}"
    desk.drafts.keep(f"dossier-{patient.id}-pzp-nieuw", {"reden": "x"})
    desk.drafts.keep("actie-1", {"wat": "x"})
    desk.drafts.keep("lijst-inlezen", {"lijst": "Merkteken;14-03-1941"})
    desk.drafts.keep(f"dossier-{other.id}-pzp-nieuw", {"reden": "een merkteken op de arm"})
    desk.drafts.keep("mdo-overleg-1", {"plaats": "x"})
    damaged.write_bytes(b"van wie weet niemand")
    destroy(desk, patient)
    assert set(desk.drafts.left()) == {f"dossier-{other.id}-pzp-nieuw", "mdo-overleg-1"}
    assert not damaged.exists()


def test_with_a_part_goes_a_draft_that_began_with_it(desk: Desk, patient: Patient) -> None:
    made = desk.pzps.record(patient.id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    item = desk.meetings.plan(on=TODAY, starts=time(12), patients=[patient.id])
    own = f"dossier-{patient.id}"
    for place in (f"{own}-pzp-nieuw", f"{own}-pzp-verzoek", f"{own}-acuut-plan", "mdo-overleg-1"):
        desk.drafts.keep(place, {"zin": "x"})
    destroy(desk, patient, f"pzp_version:{made.id}", f"agenda_item:{item.id}")
    assert set(desk.drafts.left()) == {
        f"{own}-pzp-verzoek", f"{own}-acuut-plan", "mdo-overleg-1"
    }  # fmt: skip


def test_a_full_disk_after_it_leaves_what_was_destroyed_destroyed(
    desk: Desk, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("De schijf is vol.")

    monkeypatch.setattr("pzdesk.store.destroying.sweep", full)
    assert not destroy(desk, patient)
    assert desk.patients.rows(everybody=True) == []


def test_twenty_years_after_the_last_change_a_file_is_proposed_and_nothing_goes_by_itself(
    desk: Desk, patient: Patient, clock: Clock
) -> None:
    still = desk.patients.add(factories.a_patient(name=factories.a_name(achternaam="Bosma")))
    days: tuple[tuple[date, list[int]], ...] = (
        (date(2046, 11, 24), []),
        (date(2046, 11, 25), [patient.id]),
    )
    clock.now = datetime(2030, 1, 1, 12, tzinfo=UTC)
    desk.patients.record_status(still.id, StatusKind.PHASE, Phase.DISEASE, since=date(2030, 1, 1))
    for day, due in days:
        clock.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        desk.patients.file(patient.id)  # reading keeps nothing
        found = desk.destructions.kept_too_long()
        assert [kept.patient.id for kept in found] == due
    assert found[0].last_change == TODAY
    clock.now = datetime(2050, 1, 3, 12, tzinfo=UTC)
    assert len(desk.destructions.kept_too_long()) == 2
    assert len(desk.patients.rows(everybody=True)) == 2
    desk.actions.add(who="POH", what="langer bewaren: erfelijkheid", patient_id=patient.id)
    assert [kept.patient.id for kept in desk.destructions.kept_too_long()] == [still.id]


def test_the_log_is_never_shortened(desk: Desk, patient: Patient, clock: Clock) -> None:
    before = desk.practice.log()
    clock.forward(days=365 * 25)
    destroy(desk, patient)
    assert desk.practice.log()[: len(before)] == before
    assert not desk.practice.look_for_damage()


def test_a_list_that_was_read_in_counts_as_a_change_of_who_was_in_it(
    desk: Desk, clock: Clock
) -> None:
    desk.patient_lists.take_in(b"Achternaam;Geboortedatum\nBosma;23-09-1939\n")
    clock.forward(days=365 * 20)
    assert desk.destructions.kept_too_long() == []
    clock.forward(days=10)
    assert len(desk.destructions.kept_too_long()) == 1


def test_only_who_answers_for_files_destroys_them(
    desk: Desk, patient: Patient, tmp_path: Path
) -> None:
    user = replace(desk.session.user, roles=(Role.BEHEERDER, Role.POH))
    with pytest.raises(NotAllowed, match="vernietigen"):
        destroy(desk_over(replace(desk.session, user=user)), patient)


def test_another_window_keeps_no_draft_of_who_was_destroyed_and_what_slipped_in_is_swept(
    desk: Desk, patient: Patient
) -> None:
    session = desk.session
    place = session.store.folder
    with_it = opening.open_with_key(
        place, session.store.data_key(), session.user.login, clock=session.clock
    )
    window, own = desk_over(with_it), f"dossier-{patient.id}-netwerk-naaste-1"
    for draft in (own, "actie-1", "mdo-nieuw"):
        window.drafts.keep(draft, {"zin": "x"})
    stays = f"dossier-{patient.id}-netwerk-nieuw"
    destroy(desk, patient, "naaste:1")
    window.drafts.keep(stays, {"zin": "x"})
    assert set(window.drafts.left()) == {"actie-1", "mdo-nieuw", stays}
    with pytest.raises(Refused, match="vernietigd"):
        window.drafts.keep(own, {"zin": "x"})
    destroy(desk, patient)
    for draft in (stays, "actie-1", f"patient-{patient.id}"):
        with pytest.raises(Refused, match="vernietigd"):
            window.drafts.keep(draft, {"zin": "x"})
    # What is not there for another reason was not destroyed, and what cannot be read may be of anybody.
    window.drafts.keep("actie-2", {"zin": "x"})
    assert set(window.drafts.left()) == {"mdo-nieuw", "actie-2"}
    damaged = place / FOLDER / f"x{DAMAGED}"
    damaged.write_bytes(b"van wie weet niemand")
    slipped = SealedNotes(
        place, session.store.data_key(), "weg"
    )  # nobody of whom the practice knows
    for draft in ("actie-1", "mdo-notities-7"):
        slipped.keep(f"draft {draft}", {"zin": "x"}, NOW)
    window.session.close()
    opening.open_with_key(
        place, session.store.data_key(), session.user.login, clock=session.clock
    ).close()
    assert slipped.kept("draft actie-1") is None
    assert slipped.kept("draft mdo-notities-7") is not None
    assert set(desk.drafts.left()) == {"mdo-nieuw", "actie-2"}
    assert damaged.exists()


def test_no_number_of_what_was_destroyed_is_given_again_so_no_old_draft_gets_into_another_form(
    desk: Desk, patient: Patient
) -> None:
    naaste = desk.network.keep_naaste(factories.a_naaste(patient.id, name="Wim Merkteken"))
    own, other = f"dossier-{patient.id}-netwerk-naaste-{naaste.id}", factories.a_naaste(patient.id)
    destroy(desk, patient, "action:1", f"naaste:{naaste.id}")
    added = [desk.actions.add(who="POH", what="bestellen").id for _ in range(2)]
    assert (added, desk.network.keep_naaste(other).id) == ([2, 3], naaste.id + 1)
    for place in (own, "actie-1"):
        with pytest.raises(Refused, match="vernietigd"):
            desk.drafts.keep(place, {"zin": "x"})
