"""The PZP form."""

from dataclasses import replace

from pzdesk.documents.pzp_form import PzpPaper, PzpRow, PzpSection, pzp_form
from tests.documents.reading import content, pages, signs, squeezed
from tests.documents.samples import IMPRINT, PZP


def test_a_form_filled_normally_takes_two_pages_and_the_second_says_whose_it_is() -> None:
    first, second = pages(pzp_form(PZP))
    assert "Mevrouw A. (Anna) Jansen-de Vries, 14-03-1941" in first
    assert "PZP Mevrouw A. (Anna) Jansen-de Vries, 14-03-1941 · versie 3 · vervolg" in second


def test_every_question_stands_with_its_answer_and_note() -> None:
    told = content(pzp_form(PZP))
    for section in PZP.sections:
        assert squeezed(f"{section.number} {section.title}") in told
        for row in section.rows:
            assert squeezed(f"{row.number} {row.label} {row.answer} {row.note}") in told


def test_the_talk_is_told_with_who_held_it_and_with_whom() -> None:
    told = content(pzp_form(PZP))
    assert squeezed("gesprek op 19-11-2026 gevoerd door dr. J. de Boer, huisarts") in told
    assert squeezed("in bijzijn van mevrouw zelf; dochter Marleen Jansen") in told


def test_what_changed_stands_at_the_top_and_at_the_answer() -> None:
    told = content(pzp_form(PZP))
    assert squeezed("Wat is anders dan in versie 2 van 12-08-2026 3 Doel") in told
    assert squeezed("4d Opname in het ziekenhuis wel → ja, maar alleen bij een breuk") in told
    assert squeezed("vorige versie: Wel uitvoeren") in told


def test_an_answer_that_was_not_there_before_says_so() -> None:
    row = PzpRow(number="4a", label="Reanimatie", answer="Niet uitvoeren", changed=True)
    section = PzpSection(number="4", title="Behandelgrenzen", rows=(row,))
    told = content(pzp_form(replace(PZP, sections=(section,))))
    assert squeezed("Niet uitvoeren vorige versie: niet ingevuld") in told


def test_a_first_version_has_no_comparison_and_an_equal_one_says_nothing_changed() -> None:
    first = replace(PZP, changes_since="", changes=())
    assert "Watisanders" not in content(pzp_form(first))
    equal = replace(PZP, changes=())
    assert squeezed("Wat is anders dan in versie 2 van 12-08-2026 Niets.") in content(
        pzp_form(equal)
    )


def test_treatment_limits_are_larger_than_other_answers() -> None:
    sizes = {sign.size for sign in signs(pzp_form(PZP))}
    limits = [row.answer for section in PZP.sections if section.limits for row in section.rows]
    large = "".join(sign.sign for sign in signs(pzp_form(PZP)) if sign.size == 11)
    assert {9.6, 11.0} <= {round(size, 1) for size in sizes}
    assert all(squeezed(answer) in large for answer in limits)


def test_a_version_that_does_not_hold_says_so_in_large_letters() -> None:
    standing = "ontvangen, te bevestigen door de hoofdbehandelaar"
    pdf = pzp_form(replace(PZP, standing=standing, holds=False))
    large = "".join(sign.sign for sign in signs(pdf) if sign.size == 11)
    assert squeezed(f"Versie 3, {standing}") in large


def test_a_section_that_was_not_filled_in_says_so() -> None:
    sections = (PzpSection(number="7", title="Wat eerder is vastgelegd"),)
    told = content(pzp_form(replace(PZP, sections=sections)))
    assert squeezed("Wat eerder is vastgelegd niet ingevuld") in told


def test_a_bsn_prints_only_where_the_value_carries_it() -> None:
    assert "BSN" not in content(pzp_form(PZP))
    ticked = replace(PZP, patient=(*PZP.patient, ("BSN", "999990019")))
    assert "BSN999990019" in content(pzp_form(ticked))


def test_the_emptiest_form_prints() -> None:
    paper = PzpPaper(
        imprint=IMPRINT, name="A", born="", version="1", standing="geldend", holds=True
    )
    (page,) = pages(pzp_form(paper))
    assert "Versie 1, geldend" in page
