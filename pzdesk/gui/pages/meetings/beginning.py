"""What Overleg says when it opens: of which day it is, what is kept, and what to do where nobody is on it."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton

from pzdesk.domain.mdo import AgendaItem, ItemNotes, Meeting, MeetingState
from pzdesk.domain.person import long_date
from pzdesk.gui.bench import Bench
from pzdesk.gui.parts import Card, button, empty
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import keys_of

NOBODY = "Er staat niets op de agenda"
HOW = "Een overleg gaat over wie op de agenda staat: zet daar eerst iemand op."
ADD = "Iemand op de agenda zetten"
KEPT_AS_TYPED = "Alles wordt bewaard terwijl u typt"


def add_button(bench: Bench, meeting: Meeting) -> QPushButton:
    """The way to somebody on the agenda."""
    there = Place(page="mdo", section="voorbereiden", meeting=meeting.id, act="new")
    return button(ADD, partial(bench.go, there), role="primary", keys=keys_of("new", "mdo"))


def nobody(add: QPushButton) -> Card:
    """What stands in a meeting with nobody on its agenda."""
    return empty(NOBODY, HOW, add)


def opened_words(meeting: Meeting, today: date) -> str:
    """That it opened; of one that is not of today when it is."""
    if _is_today(meeting, today):
        return "Overleg geopend"
    verb = "is pas" if meeting.on > today else "was"
    return f"Dit overleg {verb} op {long_date(meeting.on)}."


def heading_words(meeting: Meeting, today: date) -> str:
    """Whose meeting, and when; that is not today stays in sight."""
    not_today = "" if _is_today(meeting, today) else " · niet vandaag"
    return f"{meeting.kernteam} · {long_date(meeting.on)}{not_today}"


def kept_words(item: AgendaItem | None) -> str:
    """What is said after everything was kept: only what was."""
    if item is None:
        return "Er is niets te bewaren: er staat niemand op de agenda."
    notes = replace(item.notes, discussed=None)
    return "Notities bewaard" if notes != ItemNotes() else "Er is nog niets genoteerd."


def hint_words(item: AgendaItem | None, *, reads_along: bool, may_note: bool) -> str:
    """The line below the meeting."""
    if item is None:
        return "Ctrl+N iemand op de agenda"
    kept = "U leest mee: wat u typt, blijft een concept" if reads_along else KEPT_AS_TYPED
    kept = kept if may_note else "Notities maakt wie in dossiers schrijft"
    return f"{kept} · Ctrl+→ volgende · Ctrl+N afspraak"


def _is_today(meeting: Meeting, today: date) -> bool:
    """Of one that was held or is off, nobody thinks that it is now."""
    return meeting.on == today or meeting.state is not MeetingState.PREPARING
