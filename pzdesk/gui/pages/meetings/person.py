"""Who is discussed, above Overleg: the name in large type, and beside it what tells people apart."""

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from pzdesk.domain.file import PatientFile
from pzdesk.domain.mdo import AgendaItem
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.rows import PersonRow
from pzdesk.gui.parts import Card, column, text
from pzdesk.gui.theme import theme
from pzdesk.services import paper_words


class PersonLine(QWidget):
    """The name with its facts beside it, or below it where there is no room."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__()
        self.name = text(name, "large-title")
        self.about = text(about, "large-muted")
        self._gap = theme().px(14)
        self.line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(0)
        self.line.addWidget(self.name)
        self.line.addWidget(self.about)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        name = _width(self.name)
        fits = name + self._gap + _width(self.about) <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self.line.direction() is way:
            return
        self.line.setDirection(way)
        self.line.setSpacing(self._gap if fits else 0)
        self.line.setStretch(1, 1 if fits else 0)
        self.name.setMinimumWidth(name if fits else theme().px(40))


def _width(label: QLabel) -> int:
    label.ensurePolished()
    return QFontMetrics(label.font()).horizontalAdvance(label.text()) + 2


def person_head(
    item: AgendaItem, file: PatientFile | None, row: PersonRow | None, place: str
) -> QWidget:
    """Name, birth date, diagnosis and which of how many; under it the limits in full words."""
    if file is None:
        if row is None:
            return PersonLine(item.title or "Deze persoon", place)
        return PersonLine(short(row.name, row.sex), f"{dutch_date(row.birth_date)} · {place}")
    patient = file.patient
    about = (dutch_date(patient.birth_date), patient.diagnosis, place)
    line = PersonLine(short(patient.name, patient.sex), " · ".join(part for part in about if part))
    made = QWidget()
    if file.death is not None:
        told = f"Overleden op {dutch_date(file.death.since)}"
    else:
        told = " · ".join(paper_words.limits(file))
    limits = text(told[:1].upper() + told[1:], "large-strong", select=True)
    made.setLayout(column(line, limits, gap=2))
    return made


def question_card(item: AgendaItem) -> Card:
    """What is asked, and what those who are absent sent in."""
    card = Card(role="card-accent")
    px = theme().px
    card.body.setContentsMargins(px(16), px(10), px(16), px(10))
    card.add(text(item.question or "Geen bespreekvraag.", "large", select=True))
    for said in item.contributions:
        card.add(text(f"Vooraf van {said.by}: {said.text}", "large-muted", select=True))
    return card
