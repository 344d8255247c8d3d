"""Every answer of the official form comes through: into the version, and onto the PZP paper in words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pzdesk.content import pzp_form
from pzdesk.domain.pzp import Answer, Kind, Question
from pzdesk.domain.pzp_form import acro_fields
from pzdesk.exchange import pzp_pdf
from pzdesk.exchange.pzp_blank import filled_form
from pzdesk.services import pzp_import, pzps
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.papers import PaperService
from tests import factories
from tests.conftest import BEGIN, Clock
from tests.documents.reading import lines_of, squeezed

FORM = pzp_form()
FIELDS = acro_fields(FORM)
PERSON = {"pNaam": "Anna de Vries", "pGeboortedatum": "14-03-1941", "datumInvullen": "01-11-2026"}
TEXT = "Zoals gezegd: <penicilline> & ĳs, 100% zeker"

# What a treatment limit is called, by its field and its value on the form: per question and answer,
# never from the code alone. {} is where the restriction stands.
LIMITS = {
    "4a-check": (
        "reanimatie: nog onbekend",
        "niet reanimeren",
        "wel reanimeren, met beperking: {}",
        "wel reanimeren",
    ),
    "4b-check": (
        "kunstmatige beademing: nog onbekend",
        "niet kunstmatig beademen",
        "wel kunstmatig beademen, met beperking: {}",
        "wel kunstmatig beademen",
    ),
    "4c-check": (
        "opname op de intensive care: nog onbekend",
        "niet naar de intensive care",
        "wel naar de intensive care, met beperking: {}",
        "wel naar de intensive care",
    ),
    "4d-check": (
        "opname in het ziekenhuis: nog onbekend",
        "niet naar het ziekenhuis",
        "wel naar het ziekenhuis, met beperking: {}",
        "wel naar het ziekenhuis",
    ),
    "4e-check": (
        "antibiotica: nog onbekend",
        "geen antibiotica",
        "wel antibiotica, met beperking: {}",
        "wel antibiotica",
    ),
    "4f-check": (
        "bloedproducten: nog onbekend",
        "geen bloedproducten",
        "wel bloedproducten, met beperking: {}",
        "wel bloedproducten",
    ),
    "4g-check": (
        "overige behandelgrenzen: nog onbekend",
        "geen overige behandelgrenzen",
        "overige behandelgrenzen: {}",
    ),
    "4h-check": ("ICD: nog onbekend", "geen ICD", "heeft een ICD"),
    "4i-check": (
        "ICD: uitzetten niet besproken",
        "ICD: nog geen besluit over uitzetten",
        "ICD: uitzetten afgesproken",
    ),
}


def cases() -> Iterator[tuple[str, str]]:
    """Every field with every value that it can have on the form."""
    for name, question in FIELDS.items():
        values = [option.acro for option in question.options if option.acro_field in ("", name)]
        if question.kind is Kind.DATE:
            yield name, "7 februari 2020"
        for value in values or ([TEXT] if question.kind is not Kind.DATE else []):
            yield name, value


def enabled(question: Question) -> dict[str, str]:
    """The answers that make the form show a question."""
    condition = question.shown_when
    if condition is None:
        return {}
    parent = FORM.question(condition.question)
    option = parent.option(condition.options[0])
    assert option is not None
    return {**enabled(parent), (option.acro_field or parent.acro): option.acro}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, new_store: Path, key: bytes) -> Iterator[Desk]:
    """One store for the module: each case is a patient of its own."""
    roles = factories.a_user().roles
    place = tmp_path_factory.mktemp("vormen") / "praktijk"
    session = factories.a_session(place, key, Clock(BEGIN), roles)
    yield desk_over(session)
    session.close()


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pzps, "read_form", pzp_pdf.parse_form)


def read(desk: Desk, values: dict[str, str]) -> tuple[pzp_import.PzpImport, str]:
    """What came of a form for a new patient, and the PZP paper of it without white space."""
    patient = desk.patients.add(factories.a_patient())
    named = {**PERSON, "pNaam": f"Anna de Vries ({patient.id})"}
    found = desk.pzps.read_in(filled_form({**named, **values}), patient.id)
    kept = desk.patients.file(patient.id).pzp_versions[0]
    assert kept == found.version
    return found, lines_of(PaperService(desk.session).pzp(patient.id).data)


def test_the_form_has_sixty_two_answers() -> None:
    assert len(FIELDS) == 62
    assert {name for name, _ in cases()} == set(FIELDS)


@pytest.mark.parametrize(("name", "value"), list(cases()))
def test_every_answer_of_the_form_stands_in_the_version_and_on_paper(
    desk: Desk, name: str, value: str
) -> None:
    question = FIELDS[name]
    chosen = next(
        (o for o in question.options if o.acro == value and o.acro_field in ("", name)), None
    )
    values = {**enabled(question), name: value}
    detail = FORM.question(chosen.detail) if chosen is not None and chosen.detail else None
    if detail is not None:
        values[detail.acro] = TEXT
    found, paper = read(desk, values)
    kept = found.version.answers[question.id]
    assert found.leftovers == ()
    if question.kind is Kind.DATE:
        assert kept == Answer("2020-02-07")
        assert "07-02-2020" in paper
    elif chosen is None:
        assert kept == Answer(TEXT)
        assert squeezed(TEXT) in paper
    elif name in LIMITS:
        assert kept == Answer(chosen.id)
        assert squeezed(LIMITS[name][int(value)].replace("{}", TEXT)) in paper
    else:
        said = kept.ticked if question.kind is Kind.MULTI else (kept.value,)
        assert said == (chosen.id,)
        words = f"{chosen.label}: {TEXT}" if detail is not None else chosen.label
        assert squeezed(f"{question.label}{words}") in paper


@pytest.mark.parametrize("name", [name for name in LIMITS if name[:2] not in ("4h", "4i")])
def test_yes_but_never_stands_without_its_restriction(desk: Desk, name: str) -> None:
    _, paper = read(desk, {name: "2"})
    assert "welkeisnietingevuld" in paper


def test_a_form_without_answers_says_of_every_question_that_it_is_not_filled_in(desk: Desk) -> None:
    _, paper = read(desk, {})
    assert paper.count("nietingevuld") >= 20
    for never in ("Nee", "nietreanimeren", "welreanimeren", "geenICD"):
        assert never not in paper
    assert "ICDuitzetten" not in paper


def test_a_merged_option_stays_merged(desk: Desk) -> None:
    found, paper = read(desk, {"1c-check": "1"})
    assert found.version.answers["1c"] == Answer("broer_zus")
    assert "Broer/zus" in paper
    assert "Zuster" not in paper


def test_the_paper_tells_who_held_the_talk_with_whom_and_when(desk: Desk) -> None:
    _, paper = read(
        desk,
        {
            "ggdNaam": "F. Hoekstra",
            "ggdFuntie": "wijkverpleegkundige",
            "Selectievakje 2": "Ja",
            "Selectievakje 9": "Ja",
            "2-veld": "buurvrouw",
        },
    )
    assert "GevoerddoorF.Hoekstra,wijkverpleegkundige" in paper
    assert "InbijzijnvanPatiënt,Anders:buurvrouw" in paper
    assert "Gesprekop01-11-2026" in paper


def test_the_bsn_stands_on_the_pzp_only_when_ticked(desk: Desk) -> None:
    patient = desk.patients.add(
        factories.a_patient(bsn="999990019", bsn_verified=True, birth_date=date(1940, 1, 1))
    )
    desk.pzps.record(
        patient.id, {"4a": Answer("nee")}, talk_on=date(2026, 11, 1), held_by="dr. De Boer"
    )
    assert "999990019" not in lines_of(desk.papers.pzp(patient.id).data)
    ticked = desk.papers.pzp(patient.id, extras=frozenset({"bsn"}))
    assert "999990019(geverifieerd)" in lines_of(ticked.data)


@pytest.mark.parametrize(("answer", "told"), [("ja", True), ("nee", False), ("onbekend", False)])
def test_what_the_form_advises_where_earlier_wishes_differ_is_printed(
    desk: Desk, answer: str, *, told: bool
) -> None:
    patient = desk.patients.add(factories.a_patient())
    desk.pzps.record(
        patient.id,
        {"7a": Answer("ja"), "7b": Answer(answer)},
        talk_on=factories.TODAY,
        held_by="dr. De Boer",
    )
    text = lines_of(desk.papers.pzp(patient.id).data)
    assert ("alleenbijdenotarisworden" in text) is told
