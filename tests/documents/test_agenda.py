"""The agenda of a kernteam MDO."""

from dataclasses import replace
from datetime import time

from pzdesk.documents.agenda import AgendaPaper, AgendaRow, CasePage, Minutes, NewAction, agenda
from pzdesk.documents.page import height_of
from pzdesk.documents.parts import PersonHead, Section, blocks
from pzdesk.documents.style import WIDTH
from pzdesk.domain.mdo import AgendaMinutes
from tests.documents.reading import content, pages, squeezed
from tests.documents.samples import AGENDA, CASE, EVALUATION, HEAD, IMPRINT, REPORT

BARE = AgendaPaper(
    imprint=IMPRINT,
    on=AGENDA.on,
    starts=time(12, 30),
    ends=time(13, 0),
    minutes=AgendaMinutes(available=30),
)


def case_only(case: CasePage) -> bytes:
    return agenda(replace(AGENDA, rows=(), cases=(case,)))


def test_the_overview_fits_on_one_page_and_each_person_on_the_next() -> None:
    overview, second, seventh = pages(agenda(AGENDA))
    assert "Mw. A. Jansen-de" in overview
    assert second.strip().startswith("2 · Mevrouw A. (Anna) Jansen-de Vries, 14-03-1941")
    assert seventh.strip().startswith("7 · De heer K. (Klaas) Dijkstra, 30-09-1938")


def test_seven_people_with_long_questions_still_fit_on_one_page() -> None:
    row = replace(
        AGENDA.rows[2],
        details=("14-03-1941", "urgentie: binnenkort (weken)"),
        reasons=("fase veranderd 11-11: symptoomgericht", "urgentie veranderd 11-11"),
        question="Wie voert welk deel van het PZP-gesprek, en hoe bereiden we de keuze voor?",
        brings_in="F. Hoekstra",
    )
    subject = AgendaRow(start=time(13, 20), minutes=5, title="Werkafspraken", number="8")
    paper = replace(AGENDA, rows=(AGENDA.rows[0], *[row] * 7, subject), cases=())
    (only,) = pages(agenda(paper))
    assert "F. Hoekstra" in only
    assert "gepland" in only
    roomy = replace(AGENDA, rows=(AGENDA.rows[0], *[row] * 3), cases=())
    assert squeezed("Brengt in") in content(agenda(roomy))
    many = pages(agenda(replace(AGENDA, rows=(row,) * 20, cases=())))
    assert len(many) > 1
    assert "Brengt in" in many[1]


def test_the_top_tells_day_time_place_chair_and_who_is_expected() -> None:
    told = content(agenda(AGENDA))
    assert squeezed("dinsdag 1 december 2026, 12.30–13.30 uur · vergaderkamer") in told
    assert squeezed("voorzitter M. Wiersma (POH) · verwacht: dr. De Boer, F. Hoekstra") in told
    assert squeezed("inbreng vooraf: J. Mulder (apotheker)") in told


def test_a_person_stands_on_the_overview_with_reason_question_pzp_and_consent() -> None:
    told = content(agenda(replace(AGENDA, cases=())))
    for words in (
        "12.45 10 min",
        "2 · Mw. A. Jansen-de Vries 14-03-1941 urgentie: binnenkort",
        "fase veranderd · volhoudtijd echtgenoot korter Hoe ontlasten we de echtgenoot",
        "F. Hoekstra ja, 19-11-2026 toestemming: ja",
    ):
        assert squeezed(words) in told


def test_an_item_without_a_file_needs_no_more_than_a_title() -> None:
    row = AgendaRow(start=time(12, 30), minutes=5, title="Kwetsbare ouderen")
    told = content(agenda(replace(BARE, rows=(row,))))
    assert squeezed("12.30 5 min Kwetsbare ouderen") in told


def test_the_opening_shows_the_open_actions_of_last_time() -> None:
    told = content(agenda(AGENDA))
    assert (
        squeezed("Lijst VPTZ-vrijwilligers opvragen: L. Oosting, 30-11, open sinds 20-10") in told
    )


def test_the_foot_of_the_table_holds_planned_against_available_minutes() -> None:
    assert squeezed("gepland 60 minuten, beschikbaar 60 minuten") in content(agenda(AGENDA))
    told = content(agenda(replace(AGENDA, minutes=replace(AGENDA.minutes, available=45))))
    assert squeezed("gepland 60 minuten, beschikbaar 45 minuten · 15 minuten te veel") in told


def test_column_names_and_title_are_repeated_where_the_overview_continues() -> None:
    every = pages(agenda(replace(AGENDA, rows=AGENDA.rows * 3, cases=())))
    assert len(every) == 3
    assert all("Waarom, vraag" in page for page in every)
    assert "vervolg" not in every[0]
    assert all(
        "Agenda kernteam-MDO · dinsdag 1 december 2026 · vervolg" in page for page in every[1:]
    )


def test_an_agenda_without_items_says_so() -> None:
    assert squeezed("Er staat nog niets op deze agenda.") in content(agenda(BARE))


def test_a_reprint_says_what_it_holds() -> None:
    told = content(agenda(replace(AGENDA, note="Opnieuw afgedrukt: punt 2 is gewijzigd.")))
    assert squeezed("Opnieuw afgedrukt: punt 2 is gewijzigd.") in told


def test_a_case_page_tells_limits_in_full_and_all_its_sections() -> None:
    told = content(case_only(CASE))
    assert squeezed("wel ziekenhuis, alleen bij een breuk · antibiotica ja") in told
    for words in (
        "PZP versie 3 van 19-11-2026, dr. De Boer met mevrouw en dochter",
        "gewenste plek van overlijden thuis",
        "centrale zorgverlener F. Hoekstra, wijkverpleging, 06-12 34 56 78",
        "Bespreekvraag Hoe ontlasten we de echtgenoot",
        "Gewijzigd sinds het overleg van 20 oktober",
        "Mantelzorg Wim Jansen, echtgenoot, 87",
        "Inbreng vooraf Apotheker J. Mulder",
        "Vooruitkijken geen scenario’s vastgelegd",
        "Afspraken, vooruitkijken Wie Wat Wanneer",
        "Terugkoppeling aan mevrouw en naaste door: ____",
    ):
        assert squeezed(words) in told, words


def test_a_normal_case_fits_on_one_page_with_room_to_write() -> None:
    assert len(pages(case_only(CASE))) == 1
    assert len(pages(case_only(REPORT))) == 1


def test_a_full_case_stands_closer_where_that_keeps_the_room_to_write_on_its_page() -> None:
    more = [Section(title=f"Kop {number}", lines=("kort",)) for number in range(30)]
    sheets = [
        len(pages(case_only(replace(CASE, blocks=(*CASE.blocks, *more[:extra])))))
        for extra in range(30)
    ]
    first_on_two = sheets.index(2)
    closer = replace(CASE, blocks=(*CASE.blocks, *more[: first_on_two - 1]))
    (only,) = pages(case_only(closer))
    assert "Wanneer" in only
    assert "Terugkoppeling aan" in only
    assert sheets == sorted(sheets), "what is longer never takes less paper"
    high, close = (height_of(blocks(closer.blocks, close=how), WIDTH) for how in (False, True))
    assert close < high - 60, "it would not have fitted as it stands otherwise"


def test_somebody_who_died_has_an_evaluation_with_its_own_headings() -> None:
    told = content(case_only(EVALUATION))
    assert squeezed("Wat ging goed nog niets vastgelegd") in told
    assert "Bespreekvraag" not in told


def test_a_case_that_runs_on_says_vervolg_with_name_and_birth_date() -> None:
    long = replace(CASE, blocks=(*CASE.blocks, Section(title="Verslag", lines=("regel",) * 90)))
    first, *more = pages(case_only(long))
    assert "vervolg" not in first
    assert more
    head = "2 · Mevrouw A. (Anna) Jansen-de Vries, 14-03-1941 · vervolg"
    assert all(head in page for page in more)


def test_the_same_paper_is_the_report_afterwards() -> None:
    told = content(case_only(REPORT))
    for words in (
        "Lichamelijk Furosemide ’s middags erbij, eerst nierfunctie.",
        "Echtgenoot krijgt een eigen gesprek bij sociaal werk.",
        "F. Hoekstra Nachtzorg regelen 30-11-2026",
        "Terugkoppeling aan mevrouw en naaste door: F. Hoekstra vóór: 03-12-2026",
    ):
        assert squeezed(words) in told, words
    assert "____" not in told


def test_minutes_recorded_so_far_leave_room_to_write() -> None:
    minutes = Minutes(
        agreements=("Eerst bellen.",), actions=(NewAction(who="dr. B", what="bellen"),)
    )
    told = content(case_only(replace(CASE, minutes=replace(minutes, feedback="mevrouw"))))
    assert squeezed("Eerst bellen. Wie Wat Wanneer dr. B bellen") in told
    assert told.count("Wanneer") == 1
    assert squeezed("Terugkoppeling aan mevrouw door: ____") in told


def test_no_action_needed_and_nothing_recorded_are_not_the_same() -> None:
    none = Minutes(no_action=True, writing_room=False)
    assert "Geenactienodig." in content(case_only(replace(CASE, minutes=none)))
    silent = Minutes(writing_room=False)
    assert "Erisnietsvastgelegd." in content(case_only(replace(CASE, minutes=silent)))


def test_the_emptiest_case_still_says_who_it_is_and_leaves_room() -> None:
    case = CasePage(head=PersonHead(name="Mevrouw A", born="14-03-1941"))
    (page,) = pages(case_only(case))
    assert "Mevrouw A, 14-03-1941" in page
    assert "Wanneer" in page


def test_limits_of_any_length_push_the_rest_to_the_next_page() -> None:
    head = replace(HEAD, limits=HEAD.limits * 60)
    told = content(case_only(replace(CASE, head=head)))
    assert told.count("reanimeren") == told.count("ICD:") == 60
