"""Vandaag tells whoever answers for a file that somebody took emergency access, until they saw it."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pzdesk.domain.labels import label
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.pages.file.emergency import until_words
from pzdesk.gui.parts import Card, button, clear, column, line, row, text
from pzdesk.gui.places import file_of
from pzdesk.services.emergencies import EmergencyNotice

AT_ONCE, LONGEST = 3, 400
"""How many are shown at once, and how much of a reason: the work list stays in sight."""


class EmergencyNotices(QWidget):
    """Nothing, or a card above the work list; it stands there alike under "Mijn" and "Alle"."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.setVisible(False)

    def reload(self) -> None:
        """Read again what this user has to see; who never has to see any, asks nothing."""
        may = self.bench.desk.session.has
        if may(Right.AUDIT) or may(Right.CONFIRM):
            self.bench.read(
                "Noodtoegang lezen", self.bench.desk.emergencies.to_see, done=self._show
            )

    def _show(self, found: list[EmergencyNotice]) -> None:
        clear(self.body)
        self.setVisible(bool(found))
        if not found:
            return
        card = Card("Noodtoegang", "voor u om te zien", role="card-warning")
        for number, notice in enumerate(found[:AT_ONCE]):
            if number:
                card.add(line())
            card.add(self._notice(notice))
        if (left := len(found) - AT_ONCE) > 0:
            card.add(line(), text(f"Hierna nog {left}.", "muted"))
        self.body.addWidget(card)

    def _notice(self, notice: EmergencyNotice) -> QVBoxLayout:
        access, by, patient = notice.access, notice.by, notice.patient
        now = self.bench.desk.session.now
        who = f"{short(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"
        at = access.at.astimezone(now.tzinfo)
        roles = ", ".join(map(label, by.roles))
        lasts = "was open tot" if access.until <= now else "open tot"
        until = until_words(access.until, now)
        shown = access.reason
        if len(shown) > LONGEST:
            shown = f"{shown[:LONGEST].rsplit(' ', 1)[0]} …"
        reason = text(f"“{shown}”", select=True)
        reason.setToolTip(access.reason)
        said = column(
            text(f"{by.name} ({roles}) opende het dossier van {who}", "strong", select=True),
            reason,
            text(f"op {dutch_date(at.date())} om {at:%H.%M} uur, {lasts} {until}", "small"),
            gap=1,
        )
        seen = button("Gezien", partial(self._seen, notice))
        seen.setAccessibleName(f"Gezien: noodtoegang van {by.name} tot het dossier van {who}")
        parts = row(said, seen, gap=8)
        if self.bench.desk.session.has(Right.READ_FILE):
            look = button("Dossier openen", partial(self.bench.go, file_of(patient.id)))
            look.setAccessibleName(f"Dossier openen van {who}")
            parts.insertWidget(1, look)
        parts.setStretch(0, 1)
        return column(parts)

    def _seen(self, notice: EmergencyNotice) -> None:
        self.bench.act(
            lambda: self.bench.desk.emergencies.seen(notice.access),
            said="Vastgelegd dat u dit hebt gezien",
            change=Change(Topic.PRACTICE),
            then=lambda _: self.reload(),
        )
