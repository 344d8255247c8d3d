"""The PZP: read in, confirmed, corrected, compared, taken back; and which version holds meanwhile."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from pzdesk.domain.errors import BadInput, NeedsChoice, NotFound, Refused, UnreadableFile
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.pzp import FROM_FORM, FROM_TALK, Answer
from pzdesk.domain.review import ReviewKind, is_open
from pzdesk.exchange import pzp_pdf
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.services import pzps
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import content, squeezed
from tests.factories import TODAY

ANNA = {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941"}
TO_CONFIRM = "te bevestigen door de hoofdbehandelaar"


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child with limits is tested in exchange/; here the same reading without it."""
    monkeypatch.setattr(pzps, "read_form", pzp_pdf.parse_form)


@pytest.fixture
def anna(desk: Desk) -> Patient:
    return add(desk)


def add(desk: Desk, **changes: object) -> Patient:
    return desk.patients.add(factories.a_patient(**changes))


def form(talk: str = "01-11-2026", **values: str) -> bytes:
    named = {key.replace("_", "-", 1): value for key, value in values.items()}
    return filled_form({**ANNA, "datumInvullen": talk, **named})


def limits(desk: Desk, patient: Patient) -> str:
    """What stands on the patient sheet, in small letters without white space."""
    return content(desk.papers.sheet(patient.id).data).lower()


def papers(desk: Desk, patient: Patient) -> dict[str, str]:
    """Every paper with this person on it, in small letters without white space."""
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=[patient.id])
    makers: dict[str, Callable[[], bytes]] = {
        "agenda": lambda: desk.papers.agenda(meeting.id).data,
        "pzp": lambda: desk.papers.pzp(patient.id).data,
        "sheet": lambda: (
            desk.papers.sheet(patient.id, extras=frozenset({"bsn", "mantelzorg", "surprise"})).data
        ),
        "home": lambda: desk.papers.home_sheet(patient.id).data,
    }
    made = {name: content(make()).lower() for name, make in makers.items()}
    return made | {"soep": squeezed(desk.papers.soep(patient.id).data.decode()).lower()}


# Reading in


def test_a_form_goes_to_the_one_who_surely_is_the_person_on_it(desk: Desk, anna: Patient) -> None:
    add(desk, name=factories.a_name(achternaam="Bosma"))
    found = desk.pzps.read_in(
        form(**{"4a_check": "1", "ggdNaam": "dr. De Boer", "ggdFuntie": "huisarts"})
    )
    assert (found.patient_id, found.version.number) == (anna.id, 1)
    assert (found.confirmed, found.existing, found.holds) == (False, False, True)
    (kept,) = desk.patients.file(anna.id).pzp_versions
    assert (kept.source, kept.talk_on) == (FROM_FORM, date(2026, 11, 1))
    assert (kept.held_by, kept.held_by_function) == ("dr. De Boer", "huisarts")
    assert kept.answers["4a"] == Answer("nee")


def test_the_same_bytes_give_the_version_that_exists_and_add_nothing(
    desk: Desk, anna: Patient
) -> None:
    pdf = form(**{"4a_check": "1"})
    first, again = desk.pzps.read_in(pdf), desk.pzps.read_in(pdf)
    assert (again.existing, again.version) == (True, first.version)
    assert "al ingelezen: versie 1" in " ".join(again.remarks)
    file = desk.patients.file(anna.id)
    assert len(file.pzp_versions) == 1
    assert len(file.reviews) == 1


def test_the_same_bytes_are_not_given_to_somebody_else_and_nieuw_makes_nobody(
    desk: Desk, anna: Patient
) -> None:
    other = add(desk, name=factories.a_name(achternaam="Bosma"))
    pdf = form()
    desk.pzps.read_in(pdf)
    with pytest.raises(Refused, match=f"patiënt {anna.id}"):
        desk.pzps.read_in(pdf, other.id)
    assert desk.pzps.read_in(pdf, "nieuw").patient_id == anna.id
    assert len(desk.patients.rows()) == 2


def test_an_older_form_is_kept_and_told_and_holds_nowhere(desk: Desk, anna: Patient) -> None:
    desk.pzps.read_in(form("01-11-2026", **{"4a_check": "1"}))
    older = desk.pzps.read_in(
        form("03-02-2024", **{"4a_check": "3", "5a_veld": "OUDE-WENS", "5b_check": "4"})
    )
    assert (older.version.number, older.holds) == (2, False)
    assert "ouder dan de geldende PZP (versie 1 van 01-11-2026)" in " ".join(older.remarks)
    assert len(desk.patients.file(anna.id).pzp_versions) == 2
    (row,) = desk.patients.rows()
    assert (row.resuscitation, row.pzp_on) == ("niet reanimeren", date(2026, 11, 1))
    printed = papers(desk, anna)
    # The PZP form itself tells what differs from the talk before it.
    assert "watisandersdaninversie2van03-02-2024" in printed["pzp"]
    assert "4areanimerenja→nee" in printed["pzp"]
    for name in ("agenda", "sheet", "home", "soep"):
        assert "nietreanimeren" in printed[name], name
        for old in ("welreanimeren", "oude-wens", "03-02-2024"):
            assert old not in printed[name], name


def test_a_newer_form_read_in_later_takes_over(desk: Desk, anna: Patient) -> None:
    desk.pzps.read_in(form("03-02-2024", **{"4a_check": "3"}))
    newer = desk.pzps.read_in(form("01-11-2026", **{"4a_check": "1"}))
    assert newer.holds
    assert desk.patients.rows()[0].resuscitation == "niet reanimeren"


def test_a_received_version_is_to_be_confirmed_on_every_paper_until_somebody_does(
    desk: Desk, anna: Patient
) -> None:
    received = desk.pzps.read_in(form(**{"4a_check": "1"})).version
    for name, text in papers(desk, anna).items():
        # The paper for at home says it to the patient.
        told = "nognietbevestigddooruwarts" if name == "home" else "tebevestigen"
        assert told in text, name
    desk.pzps.confirm(received, by="dr. De Boer", on=TODAY)
    for name, text in papers(desk, anna).items():
        assert "tebevestigen" not in text, name
        assert "nognietbevestigd" not in text, name
    (confirmation,) = desk.patients.file(anna.id).pzp_confirmations
    assert (confirmation.confirmed_by, confirmation.confirmed_on) == ("dr. De Boer", TODAY)
    assert "24-11-2026doordr.DeBoer" in content(desk.papers.pzp(anna.id).data)
    assert desk.pzps.read_in(form(**{"4a_check": "1"})).confirmed is True


def test_a_pzp_is_confirmed_once_by_somebody_with_a_name_today_or_before(
    desk: Desk, anna: Patient
) -> None:
    received = desk.pzps.read_in(form()).version
    with pytest.raises(BadInput, match="wie"):
        desk.pzps.confirm(received, by=" ", on=TODAY)
    with pytest.raises(BadInput, match="toekomst"):
        desk.pzps.confirm(received, by="dr. De Boer", on=TODAY + timedelta(days=1))
    desk.pzps.confirm(received, by="dr. De Boer", on=TODAY)
    with pytest.raises(Refused, match="al bevestigd"):
        desk.pzps.confirm(received, by="dr. De Boer", on=TODAY)
    own = desk.pzps.record(anna.id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    with pytest.raises(Refused, match="al bevestigd"):
        desk.pzps.confirm(own, by="dr. De Boer", on=TODAY)


# Whose form it is


def test_nobody_is_told_with_both_ways_out(desk: Desk, anna: Patient) -> None:
    with pytest.raises(NeedsChoice, match=r"Niemand .* --patient nieuw") as told:
        desk.pzps.read_in(form(pNaam="Kees Bosma", pGeboortedatum="01-01-1930"))
    assert told.value.candidates == ()
    assert desk.patients.file(anna.id).pzp_versions == ()


def test_two_people_with_one_name_are_asked_about(desk: Desk, anna: Patient) -> None:
    other = add(desk, diagnosis="COPD")
    with pytest.raises(NeedsChoice, match="niet zeker") as told:
        desk.pzps.read_in(form())
    lines = told.value.candidates
    assert [line.split(":")[0] for line in lines] == [str(anna.id), str(other.id)]
    assert all("14-03-1941" in line and "Jansen-de Vries" in line for line in lines)
    assert desk.pzps.read_in(form(), other.id).patient_id == other.id


def test_twins_of_whom_the_form_gives_the_initial_are_asked_about(desk: Desk) -> None:
    for voornamen in ("Anna", "Aafke"):
        add(desk, name=factories.a_name(voornamen=voornamen, roepnaam=voornamen))
    with pytest.raises(NeedsChoice) as told:
        desk.pzps.read_in(form(pNaam="A. de Vries"))
    assert len(told.value.candidates) == 2
    assert desk.pzps.read_in(form(pNaam="Aafke de Vries")).patient_id == 2


def test_one_slip_in_the_birth_date_is_asked_about_and_never_guessed(
    desk: Desk, anna: Patient
) -> None:
    with pytest.raises(NeedsChoice) as told:
        desk.pzps.read_in(form(pGeboortedatum="14-03-1914"))
    assert len(told.value.candidates) == 1
    found = desk.pzps.read_in(form(pGeboortedatum="14-03-1914"), anna.id)
    assert (
        "Geboortedatum op het formulier: 14-03-1914; in het dossier: 14-03-1941." in found.remarks
    )
    assert desk.patients.file(anna.id).patient.birth_date == date(1941, 3, 14)


def test_of_a_form_without_a_name_it_is_told_once_that_there_is_none(
    desk: Desk, anna: Patient
) -> None:
    found = desk.pzps.read_in(form(pNaam=""), anna.id)
    assert [told for told in found.remarks if "aam" in told] == [
        "Op het formulier staat geen naam van de patiënt."
    ]


@pytest.mark.parametrize("born", ["", "onbekend", "14-03-41", "31-02-1941", "1941"])
def test_a_form_without_a_readable_birth_date_needs_a_choice(
    desk: Desk, anna: Patient, born: str
) -> None:
    pdf = form(pGeboortedatum=born)
    with pytest.raises(NeedsChoice, match="geen leesbare geboortedatum"):
        desk.pzps.read_in(pdf)
    with pytest.raises(BadInput, match="geen leesbare geboortedatum"):
        desk.pzps.read_in(pdf, "nieuw")
    assert desk.pzps.read_in(pdf, anna.id).patient_id == anna.id
    assert len(desk.patients.rows()) == 1


def test_nieuw_makes_the_person_of_the_form(desk: Desk, anna: Patient) -> None:
    found = desk.pzps.read_in(
        form(pNaam="Hendrik van der Berg", pGeboortedatum="2-5-1938"), "nieuw"
    )
    made = desk.patients.file(found.patient_id).patient
    assert (made.name.voornamen, made.name.voorvoegsels, made.name.achternaam) == (
        "Hendrik",
        "van der",
        "Berg",
    )
    assert made.birth_date == date(1938, 5, 2)
    assert found.patient_id != anna.id


def test_a_form_of_another_name_is_told_where_it_was_put(desk: Desk, anna: Patient) -> None:
    found = desk.pzps.read_in(form(pNaam="Kees Bosma"), anna.id)
    assert "Naam op het formulier: Kees Bosma" in " ".join(found.remarks)
    assert "KeesBosma" in content(desk.papers.pzp(anna.id).data)


def test_a_patient_who_does_not_exist_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.pzps.read_in(form(), PatientId(44))


@pytest.mark.parametrize("data", [b"", b"geen pdf", b"%PDF-1.7\n%%EOF", form()[:-900]])
def test_what_is_no_form_is_told_and_leaves_nothing(desk: Desk, anna: Patient, data: bytes) -> None:
    lines = len(desk.practice.log())
    with pytest.raises(UnreadableFile):
        desk.pzps.read_in(data)
    assert desk.patients.file(anna.id).pzp_versions == ()
    assert len(desk.practice.log()) == lines + 2


# Dates


@pytest.mark.parametrize("talk", ["", "vorige week", "1-11-26", "24-12-2026"])
def test_no_date_of_the_talk_is_guessed(desk: Desk, anna: Patient, talk: str) -> None:
    found = desk.pzps.read_in(form(talk, **{"4a_check": "1"}))
    assert found.version.talk_on is None
    assert any("datum" in remark.lower() for remark in found.remarks)
    assert "datumvangesprekonbekend" in limits(desk, anna)
    assert "datumnietbekend" in content(desk.papers.pzp(anna.id).data)


def test_a_version_without_a_date_never_holds_over_one_with_a_date(
    desk: Desk, anna: Patient
) -> None:
    desk.pzps.read_in(form("03-02-2024", **{"4a_check": "1"}))
    found = desk.pzps.read_in(form("", **{"4a_check": "3"}))
    assert found.holds is False
    assert "heeft geen datum en komt niet vóór de geldende PZP" in " ".join(found.remarks)
    assert "ouder" not in " ".join(found.remarks)
    assert desk.patients.rows()[0].resuscitation == "niet reanimeren"


def test_two_forms_of_one_talk_that_differ_are_shown_as_a_conflict(
    desk: Desk, anna: Patient
) -> None:
    desk.pzps.read_in(form(**{"4a_check": "1"}))
    found = desk.pzps.read_in(form(**{"4a_check": "3"}))
    assert "tegenspreken" in " ".join(found.remarks)
    with pytest.raises(Refused, match="spreken elkaar tegen"):
        desk.papers.home_sheet(anna.id)
    assert "zegtietsanders" in content(desk.papers.pzp(anna.id).data).lower()
    said = content(desk.papers.sheet(anna.id).data).lower()
    assert 0 < said.index("sprekenelkaartegen") < said.index("welreanimeren"), "not at the end"


def test_two_forms_of_one_talk_that_agree_are_no_conflict(desk: Desk, anna: Patient) -> None:
    desk.pzps.read_in(form(**{"4a_check": "1", "ggdNaam": "dr. De Boer"}))
    found = desk.pzps.read_in(form(**{"4a_check": "1", "ggdNaam": "De Boer, huisarts"}))
    assert "tegenspreken" not in " ".join(found.remarks)
    assert "letop" not in limits(desk, anna)


def test_who_confirms_a_form_without_a_date_may_give_it_one_as_a_new_version(
    desk: Desk, anna: Patient, clock: Clock
) -> None:
    received = desk.pzps.read_in(form("vorige week", **{"4a_check": "1"})).version
    clock.forward(minutes=1)
    made = desk.pzps.confirm(
        received, by="dr. De Boer", on=TODAY, talk_on=date(2026, 11, 17), held_by="E. Terpstra"
    )
    file = desk.patients.file(anna.id)
    first, dated = file.pzp_versions
    assert first == received
    assert (dated.talk_on, dated.held_by, dated.source) == (
        date(2026, 11, 17),
        "E. Terpstra",
        FROM_FORM,
    )
    assert (dated.answers, dated.source_digest) == (received.answers, received.source_digest)
    assert "bij het bevestigen" in dated.reason
    assert made.version_id == dated.id
    assert {row.version_id for row in file.pzp_confirmations} == {received.id, dated.id}
    assert file.valid_pzp == dated
    assert all("tebevestigen" not in text for text in papers(desk, anna).values())
    assert desk.pzps.read_in(form("vorige week", **{"4a_check": "1"})).version == dated


def test_a_form_without_a_date_may_be_confirmed_without_one(desk: Desk, anna: Patient) -> None:
    received = desk.pzps.read_in(form("")).version
    desk.pzps.confirm(received, by="dr. De Boer", on=TODAY)
    (kept,) = desk.patients.file(anna.id).pzp_versions
    assert kept.talk_on is None


def test_the_date_that_a_form_has_is_not_replaced_and_none_lies_in_the_future(
    desk: Desk, anna: Patient
) -> None:
    dated = desk.pzps.read_in(form()).version
    with pytest.raises(BadInput, match="noemt zelf de datum"):
        desk.pzps.confirm(dated, by="dr. De Boer", on=TODAY, talk_on=TODAY)
    undated = desk.pzps.read_in(form("")).version
    with pytest.raises(BadInput, match="toekomst"):
        desk.pzps.confirm(undated, by="dr. De Boer", on=TODAY, talk_on=TODAY + timedelta(days=1))
    assert desk.patients.file(anna.id).pzp_confirmations == ()


def test_a_date_given_later_hides_no_conflict_with_another_form_of_that_day(
    desk: Desk, anna: Patient
) -> None:
    desk.pzps.read_in(form(**{"4a_check": "1"}))
    undated = desk.pzps.read_in(form("", **{"4a_check": "3"})).version
    desk.pzps.confirm(undated, by="dr. De Boer", on=TODAY, talk_on=date(2026, 11, 1))
    assert "sprekenelkaartegen" in limits(desk, anna)


def test_taking_back_takes_the_version_with_the_given_date_along(
    desk: Desk, anna: Patient, clock: Clock
) -> None:
    wrong = desk.pzps.read_in(form("", **{"4a_check": "1"})).version
    clock.forward(minutes=1)
    printed = desk.papers.sheet(anna.id).handout
    clock.forward(minutes=1)
    desk.pzps.confirm(wrong, by="dr. De Boer", on=TODAY, talk_on=TODAY)
    _, dated = desk.patients.file(anna.id).pzp_versions
    assert desk.pzps.take_back(dated, "van een ander") == [printed]
    assert desk.patients.file(anna.id).live_pzp == ()
    with pytest.raises(Refused, match="al teruggenomen"):
        desk.pzps.take_back(wrong, "van een ander")


# Whose form it seems


def test_whose_form_it_is_can_be_asked_before_anything_is_kept(desk: Desk, anna: Patient) -> None:
    other = add(desk, name=factories.a_name(achternaam="Bosma"), birth_date=date(1939, 9, 23))
    found = desk.pzps.whose(form(), anna.id)
    assert (found.is_sure, found.candidates, found.talk_on) == (True, (), date(2026, 11, 1))
    elsewhere = desk.pzps.whose(form(), other.id)
    assert (elsewhere.is_sure, elsewhere.name) == (False, "Anna de Vries")
    ((candidate, words),) = elsewhere.candidates
    assert candidate == anna.id
    assert "14-03-1941" in words
    assert all(desk.patients.file(p.id).pzp_versions == () for p in (anna, other))


def test_a_form_without_name_or_birth_date_is_surely_nobodys(desk: Desk, anna: Patient) -> None:
    found = desk.pzps.whose(form(pGeboortedatum="onbekend"), anna.id)
    assert (found.is_sure, found.candidates, found.can_be_new) == (False, (), False)


def test_whose_tells_that_the_same_form_is_elsewhere_already(desk: Desk, anna: Patient) -> None:
    other = add(desk, name=factories.a_name(achternaam="Bosma"))
    pdf = form(pGeboortedatum="onbekend")
    desk.pzps.read_in(pdf, anna.id)
    assert desk.pzps.whose(pdf, anna.id).is_sure
    with pytest.raises(Refused, match="al ingelezen bij patiënt 1: Mevrouw"):
        desk.pzps.whose(pdf, other.id)


# Recording, correcting, comparing


def test_a_talk_here_holds_at_once_and_needs_no_confirmation(desk: Desk, anna: Patient) -> None:
    made = desk.pzps.record(anna.id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    assert (made.source, made.number, made.recorded_by) == (FROM_TALK, 1, 1)
    assert all("tebevestigen" not in text for text in papers(desk, anna).values())


def test_a_correction_needs_a_reason_and_is_no_conflict(desk: Desk, anna: Patient) -> None:
    record = desk.pzps.record
    record(anna.id, {"4a": Answer("ja")}, talk_on=TODAY, held_by="dr. De Boer")
    with pytest.raises(BadInput, match="waarom"):
        record(anna.id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer")
    record(
        anna.id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="dr. De Boer", reason="verschreven"
    )
    assert "nietreanimeren" in limits(desk, anna)
    assert "letop" not in limits(desk, anna)
    assert "verschreven" in content(desk.papers.pzp(anna.id).data)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"9z": Answer("ja")}, "geen vraag"),
        ({"4a": Answer("misschien")}, "staat niet op het formulier"),
        ({"4a": Answer("nee"), "4a.beperking": Answer("schok")}, "passen niet bij de rest"),
        ({"4i": Answer("ja")}, "passen niet bij de rest"),
        ({"5a": Answer("x" * 20_001)}, r"20\.000"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(
    desk: Desk, anna: Patient, answers: dict[str, Answer], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        desk.pzps.record(anna.id, answers, talk_on=TODAY, held_by="dr. De Boer")
    assert desk.patients.file(anna.id).pzp_versions == ()


def test_a_talk_in_the_future_was_not_held(desk: Desk, anna: Patient) -> None:
    with pytest.raises(BadInput, match="toekomst"):
        desk.pzps.record(
            anna.id, {"4a": Answer("nee")}, talk_on=TODAY + timedelta(days=1), held_by="x"
        )


def test_what_changed_is_told_question_by_question_free_text_included(
    desk: Desk, anna: Patient
) -> None:
    desk.pzps.record(
        anna.id,
        {"4a": Answer("ja_maar"), "4a.beperking": Answer("één schok"), "6": Answer("hond Bobby")},
        talk_on=date(2026, 1, 5),
        held_by="dr. De Boer",
    )
    desk.pzps.record(
        anna.id,
        {"4a": Answer("nee"), "6": Answer("hond Bobby naar zus"), "5b": Answer("thuis")},
        talk_on=TODAY,
        held_by="R. Smit",
    )
    made = desk.pzps.compare(anna.id, 1, 2)
    assert [(d.number, d.old, d.new) for d in made] == [
        ("4a", "Ja, maar met beperkingen: één schok", "Nee"),
        ("5b", "niet ingevuld", "Thuis"),
        ("6", "hond Bobby", "hond Bobby naar zus"),
    ]
    assert desk.pzps.compare(anna.id, 2, 2) == ()
    with pytest.raises(Refused, match="bestaat niet"):
        desk.pzps.compare(anna.id, 1, 3)


# Leftovers


def test_a_hidden_leftover_is_told_at_the_import_and_stands_on_no_paper(
    desk: Desk, anna: Patient
) -> None:
    found = desk.pzps.read_in(
        form(
            **{
                "4a_check": "1",
                "4a_ja_beperking": "RESTANT-SCHOK",
                "1c_check": "2",
                "1c_veld": "RESTANT-BAND",
                "1d_check": "0",
                "1e_veld": "RESTANT-NAAM",
                "4h_check": "1",
                "4i_check": "2",
                "2_veld": "RESTANT-AANWEZIG",
            }
        )
    )
    report = " ".join(found.leftovers)
    for left in ("RESTANT-SCHOK", "RESTANT-BAND", "RESTANT-NAAM", "RESTANT-AANWEZIG"):
        assert left in report
    assert "ICD uitzetten" in report
    (kept,) = desk.patients.file(anna.id).pzp_versions
    assert "RESTANT" not in repr(kept.answers)
    for name, text in papers(desk, anna).items():
        assert "restant" not in text, name
        assert "uitzettenafgesproken" not in text, name
    assert "RESTANT" not in " ".join(found.proposals)


# Taking back


def test_taking_back_lists_what_was_printed_meanwhile_and_the_earlier_version_holds_again(
    desk: Desk, anna: Patient, clock: Clock
) -> None:
    desk.pzps.record(anna.id, {"4a": Answer("ja")}, talk_on=date(2026, 1, 5), held_by="dr. De Boer")
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30), patients=[anna.id])
    other = desk.meetings.plan(on=TODAY, starts=time(15, 0))
    desk.papers.sheet(anna.id)
    clock.forward(minutes=1)
    wrong = desk.pzps.read_in(form(**{"4a_check": "1"}), anna.id).version
    clock.forward(minutes=1)
    desk.papers.sheet(anna.id)
    desk.papers.agenda(meeting.id)
    desk.papers.agenda(other.id)
    desk.papers.home_sheet(anna.id)
    printed = desk.pzps.take_back(wrong, "van de andere mevrouw De Vries")
    assert [handout.kind for handout in printed] == [
        HandoutKind.PATIENT_SHEET,
        HandoutKind.AGENDA,
        HandoutKind.HOME_SHEET,
    ]
    assert desk.patients.rows()[0].resuscitation == "wel reanimeren"
    for text in papers(desk, anna).values():
        assert "nietreanimeren" not in text
    assert "teruggenomen" in content(desk.papers.pzp(anna.id, number=2).data)


def test_an_agenda_that_somebody_was_taken_off_since_is_still_called_back(
    desk: Desk, anna: Patient
) -> None:
    wrong = desk.pzps.read_in(form(**{"4a_check": "1"})).version
    meeting = desk.meetings.plan(on=TODAY, starts=time(12, 30))
    desk.papers.agenda(meeting.id)
    item = desk.meetings.add_item(meeting.id, patient_id=anna.id)
    printed = desk.papers.agenda(meeting.id).handout
    desk.meetings.take_off(item)
    desk.papers.agenda(meeting.id)
    assert desk.pzps.take_back(wrong, "van de andere mevrouw De Vries") == [printed]


def test_the_same_bytes_can_then_be_given_to_another_or_to_the_same_again(
    desk: Desk, anna: Patient
) -> None:
    other = add(desk, name=factories.a_name(achternaam="Bosma"))
    pdf = form()
    desk.pzps.take_back(desk.pzps.read_in(pdf, anna.id).version, "verkeerde persoon")
    assert desk.pzps.read_in(pdf, other.id).version.patient_id == other.id
    with pytest.raises(Refused, match=f"patiënt {other.id}"):
        desk.pzps.read_in(pdf, anna.id)
    desk.pzps.take_back(desk.pzps.read_in(pdf).version, "toch niet")
    again = desk.pzps.read_in(pdf, anna.id)
    assert (again.existing, again.version.number) == (False, 2)


def test_taking_back_needs_a_reason_happens_once_and_not_to_a_talk_of_our_own(
    desk: Desk, anna: Patient
) -> None:
    received = desk.pzps.read_in(form()).version
    with pytest.raises(BadInput, match="waarom"):
        desk.pzps.take_back(received, "")
    desk.pzps.take_back(received, "verkeerde persoon")
    for again in (
        lambda: desk.pzps.take_back(received, "nog eens"),
        lambda: desk.pzps.confirm(received, by="dr. De Boer", on=TODAY),
    ):
        with pytest.raises(Refused, match="al teruggenomen"):
            again()
    own = desk.pzps.record(anna.id, {"4a": Answer("nee")}, talk_on=TODAY, held_by="x")
    with pytest.raises(Refused, match="nieuwe versie"):
        desk.pzps.take_back(own, "vergissing")


def test_taking_the_only_pzp_back_leaves_nothing_discussed_and_the_talk_to_be_held(
    desk: Desk, anna: Patient
) -> None:
    desk.markeringen.record(factories.a_step(anna.id, MarkeringState.MARKED))
    wrong = desk.pzps.read_in(form(**{"4a_check": "1"})).version
    desk.pzps.take_back(wrong, "verkeerde persoon")
    file = desk.patients.file(anna.id)
    assert file.valid_pzp is None
    assert {r.kind for r in file.open_reviews} == {
        ReviewKind.PZP_TALK,
        ReviewKind.PZVP_MARKERING,
        ReviewKind.MEDICATION,
    }
    second = next(r for r in file.reviews if r.kind is ReviewKind.PZVP_PZP)
    assert (is_open(second), second.dropped) == (False, "PZP teruggenomen")
    assert "nognietbesproken" in limits(desk, anna)
    desk.pzps.record(anna.id, {"4a": Answer("ja")}, talk_on=TODAY, held_by="dr. De Boer")
    kinds = [r.kind for r in desk.patients.file(anna.id).open_reviews]
    assert ReviewKind.PZP_TALK not in kinds
    assert kinds.count(ReviewKind.PZVP_PZP) == 1


# What the form says of the people around


def test_whom_the_form_names_is_proposed_and_never_taken_over_by_itself(
    desk: Desk, anna: Patient
) -> None:
    said = {
        "1a_veld": "Marleen Jansen",
        "1b_veld": "06-87654321",
        "1c_check": "2",
        "1d_check": "1",
        "1e_veld": "Piet Jansen",
        "1g_check": "4",
    }
    found = desk.pzps.read_in(form(**said))
    assert found.proposals == (
        "wettelijk vertegenwoordiger volgens het formulier: Marleen Jansen (Kind, 06-87654321); "
        "nog niet vastgelegd",
        "eerste contactpersoon volgens het formulier: Piet Jansen (Echtgenoot/partner); "
        "nog niet vastgelegd",
    )
    assert desk.patients.file(anna.id).naasten == ()


def test_a_difference_with_the_care_network_is_shown_and_the_same_name_is_not(
    desk: Desk, anna: Patient
) -> None:
    desk.network.keep_naaste(
        factories.a_naaste(
            anna.id, name="MARLEEN  jansen", roles=(NaasteRole.LEGAL_REPRESENTATIVE,)
        )
    )
    desk.network.keep_naaste(factories.a_naaste(anna.id))
    found = desk.pzps.read_in(form(**{"1a_veld": "Marleen Jansen", "1d_check": "0"}))
    (only,) = found.proposals
    assert "eerste contactpersoon volgens het formulier: Marleen Jansen" in only
    assert "nu vastgelegd: Wim Jansen" in only


def test_somebody_who_died_may_still_get_a_form_and_nothing_becomes_due(
    desk: Desk, anna: Patient
) -> None:
    desk.patients.deceased(anna.id, on=TODAY, place="thuis")
    assert desk.pzps.read_in(form()).patient_id == anna.id
    assert desk.patients.file(anna.id).reviews == ()


def test_a_version_of_the_form_is_never_edited(desk: Desk, anna: Patient) -> None:
    version = desk.pzps.read_in(form()).version
    engine = desk.session.store.engine
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql("UPDATE pzp_version SET held_by = 'iemand'")
    assert desk.patients.file(anna.id).pzp_versions == (version,)
