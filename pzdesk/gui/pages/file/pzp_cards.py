"""What is known of the PZP, as cards: one version whole, what changed, all versions, two side by side."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from pzdesk.content import pzp_form
from pzdesk.domain import pzp
from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import dutch_date
from pzdesk.domain.pzp import (
    FROM_FORM,
    STANDING_WORDS,
    AnswerRow,
    Part,
    PzpVersion,
    Standing,
    State,
)
from pzdesk.domain.pzp_form import HEAD
from pzdesk.gui.flow import flow
from pzdesk.gui.parts import Card, button, chip, clear, column, fact, line, row, text
from pzdesk.gui.theme import theme
from pzdesk.services import paper_words

LABEL = 124  # pixels at 100 %: the longest word of a question, which would be cut
ANSWER = 136  # and that of an answer
ComparedRow = tuple[str, list[tuple[str, str]]]
"""A question, and what each version said with how it is printed."""
PRESENT = "2"  # the question of the form about who were there
TOP = Qt.AlignmentFlag.AlignTop
TAKEN_BACK = "teruggenomen"
KINDS = {Standing.VALID: "accent", Standing.TO_CONFIRM: "warning", Standing.OLDER: "neutral"}
SHORT = {
    Standing.VALID: "geldend",
    Standing.TO_CONFIRM: "te bevestigen",
    Standing.OLDER: "ouder",
}


def version_name(version: PzpVersion) -> str:
    """What a version is called: its number and the day of the talk."""
    return f"versie {version.number} van {dutch_date(version.talk_on) or 'onbekende datum'}"


def is_live(file: PatientFile, version: PzpVersion) -> bool:
    """Whether a version was not taken back."""
    return any(other.id == version.id for other in file.live_pzp)


def standing_of(file: PatientFile, version: PzpVersion) -> tuple[str, str]:
    """One word for where a version stands, and the kind of its chip."""
    if not is_live(file, version):
        return TAKEN_BACK, "error"
    if version in pzp.conflicts(file.live_pzp):
        return "tegenspraak", "error"
    found = pzp.standing(version, file.live_pzp, file.pzp_confirmations)
    return SHORT[found], KINDS[found]


def head_card(file: PatientFile, version: PzpVersion, buttons: Sequence[QPushButton]) -> Card:
    """Which version it is, how it stands, and who held the talk with whom."""
    words, kind = standing_of(file, version)
    card = Card()
    top = row(
        text(f"PZP versie {version.number}", "heading", wrap=False), chip(words, kind), None, gap=8
    )
    card.add(top)
    by = ", ".join(part for part in (version.held_by, version.held_by_function) if part)
    card.add(
        row(
            _fact("Gesprek op", dutch_date(version.talk_on) or "datum niet bekend"),
            _fact("Gevoerd door", by or pzp.NOT_FILLED),
            _fact("In bijzijn van", paper_words.answer(version, PRESENT)),
            gap=20,
        )
    )
    card.add(text(_origin(file, version), "muted", select=True))
    if version.reason:
        card.add(text(f"Reden van deze versie: {version.reason}", "muted", select=True))
    gone = next((w for w in file.pzp_withdrawals if w.version_id == version.id), None)
    if gone is not None:
        on = dutch_date(gone.recorded_at.astimezone().date())
        card.add(text(f"Teruggenomen op {on}: {gone.reason}", "error", select=True))
    elif pzp.standing(version, file.live_pzp, file.pzp_confirmations) is Standing.TO_CONFIRM:
        said = STANDING_WORDS[Standing.TO_CONFIRM]
        card.add(text(f"{said[:1].upper()}{said[1:]}.", "warning"))
    if buttons:
        card.add(flow(*buttons))
    return card


def answers_card(version: PzpVersion, heading: str = "Wat is gezegd") -> Card:
    """Every question that is asked, in whole words; what is not filled in says so."""
    national = pzp_form()
    card = Card(heading, f"versie {version.number}")
    rows = pzp.answer_rows(national, version.answers)
    for section in national.sections:
        mine = [r for r in rows if r.section == section.id]
        if section.id == HEAD or not mine:
            continue
        grid = QGridLayout()
        grid.setColumnStretch(0, 2)
        grid.setColumnMinimumWidth(0, theme().px(LABEL))
        grid.setColumnStretch(1, 3)
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(14)
        for number, found in enumerate(mine):
            grid.addWidget(text(f"{found.number}  {found.label}", "muted"), number, 0, TOP)
            grid.addLayout(_answer(found), number, 1, TOP)
        card.add(line(), text(f"{section.id}. {section.title}", "heading"), grid)
    return card


def changes_card(older: PzpVersion, newer: PzpVersion) -> Card:
    """What became otherwise since the version before, free text included."""
    found = pzp.differences(pzp_form(), older.answers, newer.answers)
    card = Card(f"Anders dan {version_name(older)}")
    if not found:
        card.add(text("Niets: alle antwoorden zijn gelijk.", "muted"))
    for change in found:
        card.add(
            column(
                text(f"{change.number}  {change.label}", "small"),
                text(f"{change.old} → {change.new}", select=True),
                gap=0,
            )
        )
    return card


def versions_card(
    file: PatientFile,
    shown: PzpVersion | None,
    look: Callable[[int], object],
    compare: Callable[[], object],
) -> Card:
    """Every version, the newest talk first; those that were taken back last."""
    card = Card("Versies")
    in_order = sorted(file.pzp_versions, key=pzp.talk_rank, reverse=True)
    live = [v for v in in_order if is_live(file, v)]
    for number, version in enumerate([*live, *(v for v in in_order if v not in live)]):
        if number:
            card.add(line())
        words, kind = standing_of(file, version)
        day = dutch_date(version.talk_on) or "datum onbekend"
        name = text(f"{version.number} · {day}", "strong", wrap=False)
        parts = row(name, chip(words, kind), None, gap=8)
        if shown is None or version.id != shown.id:
            see = button("Bekijken", partial(look, version.number), role="quiet")
            see.setAccessibleName(f"Bekijken: versie {version.number}")
            parts.addWidget(see)
        card.add(column(parts, text(_origin(file, version), "small"), gap=0))
    if len(file.pzp_versions) > 1:
        card.add(row(button("Naast elkaar", compare), None))
    return card


def conflict_card(versions: Sequence[PzpVersion], mend: Sequence[QPushButton]) -> Card:
    """Versions of one talk that say otherwise, side by side."""
    card = Card("Deze versies spreken elkaar tegen", role="card-warning")
    day = dutch_date(versions[0].talk_on) or "zonder datum"
    how = "Leg vast wat is afgesproken; tot dan wordt geen blad voor thuis gemaakt."
    card.add(text(f"Ze gaan over hetzelfde gesprek ({day}). {how}"))
    card.add(side_by_side(versions, only_changes=True))
    if mend:
        card.add(flow(*mend))
    return card


class SideBySide(QWidget):
    """Answers of versions in columns; where there is no room, under each other beneath their question."""

    def __init__(self, versions: Sequence[PzpVersion], rows: Sequence[ComparedRow]) -> None:
        super().__init__()
        self._names = [f"Versie {version.number}" for version in versions]
        self._is_narrow: bool | None = None
        self._rows = rows
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._lay(is_narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        needed = LABEL + ANSWER * len(self._names)
        is_narrow = event.size().width() < theme().px(needed)
        if is_narrow != self._is_narrow:
            self._lay(is_narrow=is_narrow)

    def _lay(self, *, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        clear(self._grid)
        versions = len(self._names)
        for place in range(versions + 1):
            share = 2 if not place else 3
            self._grid.setColumnStretch(place, int(place == 1) if is_narrow else share)
        if not self._rows:
            same = text("De antwoorden zijn gelijk.", "muted")
            self._grid.addWidget(same, 1, 0, 1, versions + 1)
        if not is_narrow:
            for place, name in enumerate(self._names, start=1):
                self._grid.addWidget(text(name, "strong"), 0, place)
        high = versions + 1 if is_narrow else 1
        for number, (label, answers) in enumerate(self._rows):
            at = 1 + number * high
            self._grid.addWidget(text(label, "muted"), at, 0, 1, 2 if is_narrow else 1, TOP)
            for place, (said, role) in enumerate(answers):
                answer = text(said, role, select=True)
                if is_narrow:
                    version = text(self._names[place], "small", wrap=False)
                    self._grid.addWidget(version, at + place + 1, 0, TOP)
                    self._grid.addWidget(answer, at + place + 1, 1, TOP)
                else:
                    self._grid.addWidget(answer, at, place + 1, TOP)


def side_by_side(versions: Sequence[PzpVersion], *, only_changes: bool) -> SideBySide:
    """The questions of versions; one that was answered otherwise says so in a word."""
    national, first = pzp_form(), versions[0]
    changed = {
        d.question
        for other in versions[1:]
        for d in pzp.differences(national, first.answers, other.answers)
    }
    rows: list[ComparedRow] = []
    for question in national.questions:
        is_told = question.id in changed or (not only_changes and question.role is Part.ANSWER)
        if question.section == HEAD or not is_told:
            continue
        words = [pzp.answer_in_words(national, question, v.answers) for v in versions]
        if question.id not in changed and all(said == pzp.NOT_FILLED for said in words):
            continue
        as_told = "strong" if question.id in changed else ""
        answers = [(said, "muted" if said == pzp.NOT_FILLED else as_told) for said in words]
        rows.append((f"{question.number}  {question.label}", answers))
    return SideBySide(versions, rows)


def _answer(found: AnswerRow) -> QVBoxLayout:
    empty = found.state is State.EMPTY and found.answer == pzp.NOT_FILLED
    said = found.answer if empty or not found.limit else found.limit
    label = text(said[:1].upper() + said[1:], "muted" if empty else "", select=True)
    notes = [text(words, "small", select=True) for words in (found.note, found.advice) if words]
    return column(label, *notes, gap=0)


def _fact(label: str, value: str) -> QVBoxLayout:
    made = fact(label, value)
    made.addStretch(1)
    return made


def _origin(file: PatientFile, version: PzpVersion) -> str:
    """How a version came here, and who confirmed it when."""
    on = dutch_date(version.recorded_at.astimezone().date())
    if version.source != FROM_FORM:
        return f"vastgelegd op {on}"
    said = [f"ontvangen formulier, ingelezen op {on}"]
    said += [
        f"bevestigd op {dutch_date(c.confirmed_on)} door {c.confirmed_by}"
        for c in file.pzp_confirmations
        if c.version_id == version.id
    ]
    return " · ".join(said)
