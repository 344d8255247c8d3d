"""Which pages there are, for whom, and what stands at the top of the window."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pzdesk.gui.help import Help
from pzdesk.gui.page import Page
from pzdesk.gui.pages.actions import ActionsPage
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.meetings.page import MeetingsPage
from pzdesk.gui.pages.patients.page import PatientsPage
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.pages.today import TodayPage
from pzdesk.gui.rail import Entry
from pzdesk.gui.theme import theme
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


def pages_for(desk: Desk) -> dict[str, type[Page]]:
    """The pages by their key; a page that this user may not use is absent."""
    return {page.key: page for page in PAGES if page.may_see(desk)}


def entries_for(desk: Desk) -> Sequence[Entry]:
    """What the rail shows, in its order."""
    pages = pages_for(desk)
    return [Entry(key, pages[key].title, at_foot=key in AT_FOOT) for key in IN_RAIL if key in pages]


def top_parts(frame: "Frame") -> Sequence[QWidget | None]:
    """What stands at the top: search, then what can be begun from everywhere."""
    return [None]


def acts(frame: "Frame") -> Mapping[str, Callable[[], object]]:
    """What the shortcuts of search, help and scale do."""
    look = theme()
    return {
        "help": lambda: Help(frame.place.page, frame).open(),
        "larger": lambda: look.use(scale=look.next_scale(1)),
        "smaller": lambda: look.use(scale=look.next_scale(-1)),
    }


def counts(desk: Desk) -> Mapping[str, int]:
    """How much waits for this user, by page: what the page shows under "Mijn taken"."""
    if not TodayPage.may_see(desk):
        return {}
    return {TodayPage.key: desk.worklist.today().count}
