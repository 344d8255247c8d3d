"""The patient sheet."""

from dataclasses import replace

from pzdesk.documents.parts import PersonHead, Section
from pzdesk.documents.patient_sheet import PatientPaper, patient_sheet
from tests.documents.reading import content, pages, squeezed
from tests.documents.samples import IMPRINT, PATIENT


def test_a_normal_sheet_takes_at_most_two_pages() -> None:
    assert len(pages(patient_sheet(PATIENT))) <= 2


def test_a_colleague_finds_limits_numbers_naasten_and_plans() -> None:
    told = content(patient_sheet(PATIENT))
    for words in (
        "Niet reanimeren · geen beademing · geen IC · wel ziekenhuis, alleen bij een breuk",
        "fase symptoomgericht, sinds 12-11-2026 (dr. De Boer)",
        "F. Hoekstra wijkverpleging, centrale zorgverlener 06-12 34 56 78 0592-99 88 77 02-11-2026",
        "Marleen Jansen dochter eerste contact, schriftelijk gemachtigde 06-87 65 43 21 alles",
        "ingelicht apotheek 24-06-2026",
        "medicatiereview vóór 10-12-2026",
        "toename benauwdheid Morfine uit de palliakit",
        "Nachtzorg aanvragen: F. Hoekstra, 27-11, open sinds 20-10",
        "Nachtzorg vanaf eind november",
    ):
        assert squeezed(words) in told, words


def test_what_is_not_recorded_is_said() -> None:
    head = PersonHead(name="Mevrouw A", born="14-03-1941")
    told = content(patient_sheet(PatientPaper(imprint=IMPRINT, head=head)))
    for words in (
        "Behandelgrenzen: nog niet vastgelegd",
        "Zorgnetwerk niets vastgelegd",
        "Vier dimensies nog niet beoordeeld",
        "Vooruitkijken geen scenario’s vastgelegd",
        "Open acties geen open acties",
        "Laatste MDO nog niet besproken",
    ):
        assert squeezed(words) in told, words


def test_what_somebody_ticked_is_printed_last() -> None:
    told = content(
        patient_sheet(replace(PATIENT, extra=(Section(title="BSN", lines=("999990019",)),)))
    )
    assert told.index("BSN999990019") > told.index("LaatsteMDO")
    assert "BSN" not in content(patient_sheet(PATIENT))
