"""At the right: who is invited, who gave no consent for whom, and what goes on paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pzdesk.domain.labels import label
from pzdesk.domain.mdo import KIND_OF, Invitee, Meeting, MeetingState, ParticipantKind
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import short
from pzdesk.domain.rows import PersonRow
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import PickField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import Card, button, clear, column, text
from pzdesk.gui.preview import show_paper
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import mark, theme
from pzdesk.services import paper_words

WITH_CAREGIVER = "mantelzorg"
OPTIONS = (
    ("with_caregiver", "met screening naaste"),
    ("only_changed", "alleen gewijzigd"),
)
"""What can be ticked for the paper of the treating: what caregivers answered, and changed pages only."""


class AroundView(QWidget):
    """Invited members by name; the papers, one version for each kind of participant."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.meeting: Meeting | None = None
        self.with_caregiver = self.only_changed = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme().px(12))

    def show_meeting(
        self,
        meeting: Meeting,
        team: Sequence[Professional],
        refused: dict[ParticipantKind, list[PatientId]],
        people: dict[PatientId, PersonRow],
    ) -> None:
        """Show who is invited and what can be printed."""
        self.meeting = meeting
        clear(self.body)
        names = {
            kind: [short(people[key].name, people[key].sex) for key in keys if key in people]
            for kind, keys in refused.items()
        }
        if meeting.state is MeetingState.HELD:
            self.body.addWidget(_attended(meeting))
        else:
            self.body.addWidget(self._invited(meeting, team, names))
        self.body.addWidget(self._papers(meeting, names))
        self.body.addStretch(1)

    def print(self, audience: ParticipantKind | None = None) -> None:
        """The agenda, or after the meeting the report, on screen; from there to paper or a file."""
        if self.meeting is None:
            return
        papers, meeting = self.bench.desk.papers, self.meeting
        is_held = meeting.state is MeetingState.HELD
        words = "Verslag" if is_held else "Agenda"
        if audience is not None:
            words = f"{words} voor {label(audience)}"
        for_all = audience is None
        extras = frozenset({WITH_CAREGIVER} if self.with_caregiver and for_all else ())
        asked: dict[str, Any] = {
            "audience": audience,
            "extras": extras,
            "only_changed": self.only_changed and for_all,
        }
        show_paper(
            self.bench,
            words,
            look=partial(papers.preview_agenda, meeting.id, **asked),
            hand_out=partial(papers.agenda, meeting.id, **asked),
        )

    def papers(self) -> list[tuple[str, Callable[[], object]]]:
        """The agenda for each kind of participant that is invited and needs one of its own."""
        kinds = _kinds(self.meeting) if self.meeting is not None else ()
        return [(f"Agenda voor {label(kind)}", partial(self.print, kind)) for kind in kinds]

    def _invited(
        self,
        meeting: Meeting,
        team: Sequence[Professional],
        refused: dict[ParticipantKind, list[str]],
    ) -> Card:
        card = Card("Uitgenodigd")
        invited = {who.name for who in meeting.invited}
        known = {
            who.name: Invitee(name=who.name, discipline=who.discipline, professional_id=who.id)
            for who in team
        }
        known |= {who.name: who for who in meeting.invited}
        for who in known.values():
            chair = ", voorzitter" if who.name == meeting.chair else ""
            box = QCheckBox(who.name)
            box.setAccessibleName(f"{who.name}, {label(who.discipline)}{chair}, uitgenodigd")
            box.setChecked(who.name in invited)
            box.toggled.connect(partial(self._tick, box, who))
            what = text(f"{label(who.discipline)}{chair}", "small")
            what.setContentsMargins(theme().px(29), 0, 0, theme().px(4))
            box.setMinimumHeight(theme().target())
            card.add(column(box, what, gap=0))
            kind = KIND_OF.get(who.discipline)
            if kind is not None and who.name in invited and refused.get(kind):
                without = text(f"geen toestemming: {', '.join(refused[kind])}", "warning")
                without.setContentsMargins(theme().px(29), 0, 0, theme().px(4))
                card.add(without)
        card.add(self._someone_else())
        if not known:
            card.add(text("Zet bij Beheer, Telefoonnummers wie bij het kernteam hoort.", "muted"))
        return card

    def _someone_else(self) -> Form:
        """Somebody who does not belong to the kernteam: of the region, or any name."""
        region = self.bench.desk.network.region()[0]
        people = [(str(who.id), f"{who.name}, {label(who.discipline)}") for who in region]
        form = Form("", self._invite_name, words="Uitnodigen", enter_saves=True)
        form.row(PickField("name", "Iemand anders", people, free=True, required=True))
        mark(form, "plain")
        form.body.setContentsMargins(0, theme().px(4), 0, 0)
        return form.ready()

    def _invite_name(self, values: dict[str, Any]) -> None:
        region = {str(who.id): who for who in self.bench.desk.network.region()[0]}
        known = region.get(values["name"])
        if known is None:
            self._invite(Invitee(name=values["name"]), is_invited=True)
            return
        self._invite(
            Invitee(name=known.name, discipline=known.discipline, professional_id=known.id),
            is_invited=True,
        )

    def _tick(self, box: QCheckBox, who: Invitee, is_invited: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Invite or not; where that is refused, the tick shows what stands."""
        if not self._invite(who, is_invited=is_invited):
            with QSignalBlocker(box):
                box.setChecked(not is_invited)

    def _invite(self, who: Invitee, *, is_invited: bool) -> bool:
        if self.meeting is None:
            return False
        meetings, before = self.bench.desk.meetings, self.meeting
        others = tuple(one for one in before.invited if one.name != who.name)
        after = replace(before, invited=(*others, who) if is_invited else others)
        words = "uitgenodigd" if is_invited else "niet meer uitgenodigd"
        return self.bench.act(
            lambda: meetings.change(after),
            said=f"{who.name} is {words}",
            change=Change(Topic.MEETING, meeting=after.id),
            undo=lambda kept: meetings.change(replace(before, version=kept.version)),
        )

    def _papers(self, meeting: Meeting, refused: dict[ParticipantKind, list[str]]) -> Card:
        card = Card("Op papier")
        card.add(
            button(
                "Verslag afdrukken" if meeting.state is MeetingState.HELD else "Agenda afdrukken",
                self.print,
                role="primary",
                keys=keys_of("print"),
            )
        )
        may_tick = self.bench.desk.session.has(Right.CAREGIVER)
        for name, words in OPTIONS if may_tick else OPTIONS[1:]:
            box = QCheckBox(words)
            box.setChecked(getattr(self, name))
            box.toggled.connect(partial(setattr, self, name))
            card.add(box)
        for kind in _kinds(meeting):
            card.add(button(f"Voor {label(kind)}", partial(self.print, kind)))
            if refused.get(kind):
                card.add(text(f"zonder {', '.join(refused[kind])}", "small"))
        card.add(
            text(
                "Wie geen toestemming gaf, staat op geen enkel papier voor die deelnemers.", "small"
            )
        )
        return card


def _attended(meeting: Meeting) -> Card:
    """Who was there, after the meeting."""
    card = Card("Aanwezig")
    for who in meeting.invited:
        said = paper_words.invitee_words(who)
        if who.attended:
            card.add(text(said, select=True))
        else:
            card.add(text(f"{said} (afwezig)", "muted", select=True))
    return card


def _kinds(meeting: Meeting) -> list[ParticipantKind]:
    """The kinds of participant that are invited and get a paper of their own."""
    kinds = {KIND_OF[who.discipline] for who in meeting.invited if who.discipline in KIND_OF}
    return [kind for kind in ParticipantKind if kind in kinds]
