"""Which pages there are, for whom, and what stands at the top of the window."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.person import long_date
from pzdesk.domain.search import Hit, HitKind, PageWords
from pzdesk.domain.user import Right
from pzdesk.gui.help import show_help
from pzdesk.gui.page import Page
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.file import SECTIONS
from pzdesk.gui.pages.meetings.page import MeetingsPage
from pzdesk.gui.pages.patients.page import PatientsPage
from pzdesk.gui.pages.settings.backups import moment_words
from pzdesk.gui.pages.settings.page import PARTS, SettingsPage
from pzdesk.gui.pages.today import TodayPage
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.preview import show_paper
from pzdesk.gui.rail import RailEntry
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.theme import theme
from pzdesk.gui.top import Entry, MenuButton, TopBar
from pzdesk.services.desk import Desk

if TYPE_CHECKING:
    from pzdesk.gui.frame import Frame

PAGES: tuple[type[Page], ...] = (
    TodayPage,
    PatientsPage,
    MeetingsPage,
    ActionsPage,
    DossierPage,
    SettingsPage,
)
IN_RAIL = ("vandaag", "patienten", "mdo", "acties", "beheer")
AT_FOOT = ("beheer",)
# What can be begun from everywhere, where that is, and the right it takes.
NEW = (
    ("Patiënt", Place(page="patienten", act="new"), Right.IMPORT),
    ("Overleg", Place(page="mdo", act="new"), Right.PLAN_MEETING),
    ("Actie", Place(page="acties", act="new"), Right.ACTIONS),
)
ACT_WORDS = {"Patiënt": "Nieuwe patiënt", "Overleg": "Nieuw overleg", "Actie": "Nieuwe actie"}
WITH_AGENDA = ("vandaag", "mdo")
NO_PAPERS = "Op deze pagina is niets af te drukken"
# The menu that a shortcut opens where the page itself has nothing for it.
MENU_OF = (("new", "Nieuw"), ("print", "Afdrukken"))


def pages_for(desk: Desk) -> dict[str, type[Page]]:
    """The pages by their key; a page that this user may not use is absent."""
    return {page.key: page for page in PAGES if page.may_see(desk)}


def entries_for(desk: Desk) -> Sequence[RailEntry]:
    """What the rail shows, in its order."""
    pages = pages_for(desk)
    return [
        RailEntry(key, pages[key].title, at_foot=key in AT_FOOT) for key in IN_RAIL if key in pages
    ]


def top_bar(frame: "Frame") -> TopBar:
    """The top of the window for this user: search, then what can be begun and printed."""
    has = frame.bench.desk.session.has
    menus = []
    if any(has(right) for _, _, right in NEW):
        tip = f"Iets nieuws beginnen ({shown(keys_of('new'))})"
        menus.append(MenuButton("Nieuw", lambda: new_entries(frame), "", tip))
    if has(Right.PRINT_CLINICAL) or has(Right.PLAN_MEETING):
        tip = f"Afdrukken wat bij deze pagina past ({shown(keys_of('print'))})"
        menus.append(MenuButton("Afdrukken", lambda: papers(frame), NO_PAPERS, tip))
    found = partial(findable, frame)
    return TopBar(
        frame.bench, lambda: [words for words, _ in found()], partial(open_hit, frame), menus
    )


def new_entries(frame: "Frame") -> list[Entry]:
    """What this user can begin; the keys stand with what they begin on the page of now."""
    has, go = frame.bench.desk.session.has, frame.bench.go
    return [
        Entry(words, partial(go, place), keys_of("new") if place.page == frame.place.page else "")
        for words, place, right in NEW
        if has(right) and place.page in frame.page_keys
    ]


def papers(frame: "Frame") -> list[Entry]:
    """What can be printed of the page of now; where that is nothing, the agenda of the next meeting."""
    here = frame.page.papers()
    if here:
        return [
            Entry(words, show, keys_of("print") if number == 0 else "")
            for number, (words, show) in enumerate(here)
        ]
    desk = frame.bench.desk
    if not desk.session.has(Right.PLAN_MEETING) or frame.place.page not in WITH_AGENDA:
        return []
    coming = [m for m in desk.meetings.meetings() if m.state is MeetingState.PREPARING]
    following = min(coming, key=lambda meeting: (meeting.on, meeting.starts), default=None)
    if following is None:
        return []
    words = f"Agenda van {long_date(following.on)}"
    show = partial(
        show_paper,
        frame.bench,
        "Agenda",
        look=partial(desk.papers.preview_agenda, following.id),
        hand_out=partial(desk.papers.agenda, following.id),
    )
    return [Entry(words, show, keys_of("print"))]


def findable(frame: "Frame") -> list[tuple[PageWords, Place]]:
    """The pages, parts and acts that search finds, with where they are."""
    desk, keys = frame.bench.desk, frame.page_keys
    made = [
        (PageWords(f"pagina-{key}", frame.page_title(key), "pagina"), Place(page=key))
        for key in IN_RAIL
        if key in keys
    ]
    if frame.place.page == DossierPage.key and frame.place.patient is not None:
        patient = frame.place.patient
        made += [
            (
                PageWords(f"deel-{kind.key}", kind.title, "in dit dossier"),
                file_of(patient, kind.key),
            )
            for kind in SECTIONS
        ]
    if SettingsPage.key in keys:
        made += [
            (PageWords(f"beheer-{part.key}", part.title, "in Beheer"), _part(part.key))
            for part in PARTS
            if part.may_see(desk)
        ]
    acts = [*NEW, ("Lijst inlezen", Place(page=PatientsPage.key, act="inlezen"), Right.IMPORT)]
    acts += [
        (words, Place(page=SettingsPage.key, section="gebruikers", act=act), Right.USERS)
        for words, act in (("Sleutel vernieuwen", "sleutel"), ("Laptop of stick kwijt", "kwijt"))
    ]
    made += [
        (
            PageWords(f"doen-{place.page}-{place.act}", ACT_WORDS.get(words, words), "beginnen"),
            place,
        )
        for words, place, right in acts
        if desk.session.has(right) and place.page in keys
    ]
    return made


def open_hit(frame: "Frame", hit: Hit) -> None:
    """Go to what was found; who may not read files comes to the person in the list."""
    go = frame.bench.go
    if hit.patient is not None:
        in_file = frame.bench.desk.session.has(Right.READ_FILE)
        go(file_of(hit.patient) if in_file else Place(page=PatientsPage.key, patient=hit.patient))
    elif hit.kind is HitKind.MEETING:
        go(Place(page=MeetingsPage.key, section="voorbereiden", meeting=hit.number))
    elif hit.kind is HitKind.ACTION:
        go(Place(page=ActionsPage.key, item=hit.number))
    else:
        place = next((place for words, place in findable(frame) if words.key == hit.page), None)
        if place is not None:
            go(place)


def _part(key: str) -> Place:
    return Place(page=SettingsPage.key, section=key)


def acts(frame: "Frame") -> Mapping[str, Callable[[], object]]:
    """What the shortcuts of search, help and scale do."""
    look = theme()
    menus = () if frame.top.isHidden() else frame.top.menus
    top = {menu.accessibleName(): menu.showMenu for menu in menus}
    begun = {act: top[words] for act, words in MENU_OF if words in top}
    return {
        **begun,
        "search": frame.search,
        "help": lambda: show_help(frame.place.page, frame),
        "larger": lambda: look.use(scale=look.next_scale(1)),
        "smaller": lambda: look.use(scale=look.next_scale(-1)),
    }


def backup_words(desk: Desk) -> str:
    """When the last back-up was made, for the status line; nothing for who may make none."""
    if not desk.session.has(Right.BACKUP):
        return ""
    newest = desk.backups.state.newest
    if newest is None:
        return "Nog geen back-up"
    return f"Back-up {moment_words(newest.about.made_at, desk.session.now)}, gecontroleerd"


def counts(desk: Desk) -> Mapping[str, int]:
    """How much waits for this user, by page: what the page then shows under "Mijn"."""
    found = {}
    if TodayPage.may_see(desk):
        found[TodayPage.key] = desk.worklist.today().waiting
    if ActionsPage.may_see(desk):
        found[ActionsPage.key] = len(desk.actions.both()[0])
    return found
