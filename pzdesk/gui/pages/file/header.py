"""The header of a file, which never scrolls away: who, limits in full words, and whom to call."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QWidget

from pzdesk.domain.emergency import in_force
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.person import age, dutch_date, formal, spoken
from pzdesk.domain.status import Care, StatusKind, Urgency
from pzdesk.domain.user import Right
from pzdesk.gui import clipboard
from pzdesk.gui.bench import Bench
from pzdesk.gui.flow import FlowLayout, flow
from pzdesk.gui.icons import icon
from pzdesk.gui.pages.file import header_words as say
from pzdesk.gui.pages.file import rights, statements
from pzdesk.gui.pages.file.papers import papers_of
from pzdesk.gui.parts import (
    button,
    chip,
    clear,
    column,
    holder,
    one_line,
    row,
    text,
    urgency_words,
)
from pzdesk.gui.places import file_of
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.theme import mark, theme
from pzdesk.services import paper_words

# What can change from week to week, and the act of the section Overzicht that records it.
DETAILS = ("Gegevens", "gegevens")
CHANGES = (
    ("Fase", "fase"),
    ("Urgentie", "urgentie"),
    ("Complexiteit", "complexiteit"),
    ("Verblijf", "verblijf"),
    ("Centrale zorgverlener", "centrale_zorgverlener"),
    ("Hoofdbehandelaar", "hoofdbehandelaar"),
    ("Overleden", "overleden"),
    ("Uit zorg", "uit_zorg"),
)
BACK_IN_CARE = ("Terug in zorg", "terug")
EMERGENCY = "noodtoegang"
MOST_OF_PAGE = 0.45  # of the height; what takes more leaves too little for the section
MORE, LESS = "Wie te bellen en meer", "Minder"


class FileHeader(QFrame):
    """Made anew for each file that is shown.

    Where the whole of it takes too much of the page it folds: who, the limits in full words and who decides
    stay, the rest comes on demand.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.file: PatientFile | None = None
        self.menu: QMenu | None = None
        self._folding: list[QWidget] = []
        self._wants_all = False
        mark(self, "head")
        self.setAccessibleName("Kop van het dossier")
        self.body = column(gap=3)
        px = theme().px
        self.body.setContentsMargins(px(20), px(8), px(20), px(10))
        self.setLayout(self.body)

    def show_file(self, file: PatientFile) -> None:
        """Show the header of a file."""
        if self.file is None or self.file.patient.id != file.patient.id:
            self._wants_all = False
        self.file = file
        clear(self.body)
        self._folding = []
        patient = file.patient
        name = text(formal(patient.name, patient.sex), "title", select=True)
        top = row(name, *self._buttons(file), gap=8)
        top.setStretch(0, 1)
        self.body.addLayout(top)
        self.body.addLayout(self._about(file))
        limits = " · ".join(paper_words.limits(file))
        if file.death is not None:
            self.limits = text(f"Destijds: {limits}", "muted", select=True)
        else:
            self.limits = text(limits[:1].upper() + limits[1:], "strong", select=True)
        self.limits.setAccessibleName(f"Behandelgrenzen: {limits}")
        self.body.addWidget(self.limits)
        self.body.addLayout(self._facts(file))

    def fit(self, width: int, height: int) -> None:
        """Fold where all of it would take too much of a page of this size."""
        if self.file is None:
            return
        self.more.hide()
        for part in self._folding:
            part.show()
        if self.body.totalHeightForWidth(width) <= height * MOST_OF_PAGE:
            return
        self._show_rest()
        self.more.show()

    def _turn(self) -> None:
        self._wants_all = not self._wants_all
        self._show_rest()

    def _show_rest(self) -> None:
        for part in self._folding:
            part.setVisible(self._wants_all)
        self.more.setText(LESS if self._wants_all else MORE)
        self.more.setAccessibleName(f"Kop van het dossier: {self.more.text()}")

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What the shortcuts do in every section."""
        if self.file is None:
            return {}
        acts: dict[str, Callable[[], object]] = {}
        if self._may(Right.READ_FILE):
            acts["copy-his"] = self.copy_for_his
        if self._may(Right.WRITE_FILE):
            acts["edit"] = self.open_menu
        return acts

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """What can be printed of this patient."""
        if self.file is None:
            return ()
        found = papers_of(self.bench.desk, self.file)
        return [(paper.words, partial(paper.show, self.bench)) for paper in found]

    def open_menu(self) -> None:
        """Open what can be changed, under its button (F2)."""
        if self.menu is not None:
            at = self.change.mapToGlobal(QPoint(0, self.change.height()))
            self.menu.popup(at)
            self.menu.setActiveAction(self.menu.actions()[0])

    def copy_for_his(self) -> None:
        """Put the short text for the HIS on the clipboard; that is handing out.

        It begins with whom it is about: pasted into the wrong file, that is the first thing to be read.
        """
        if self.file is None:
            return
        about = self.file.patient
        patient = about.id
        who = f"{formal(about.name, about.sex)}, geboren {dutch_date(about.birth_date)}"

        def copied(words: bytes) -> None:
            clipboard.put(f"{who}\n{words.decode()}")
            self.bench.tell(
                "Gekopieerd: plak de tekst in het HIS met Ctrl+V. Hij blijft hooguit "
                f"{clipboard.MINUTES} minuten op het klembord."
            )

        self.bench.job(
            "Tekst voor het HIS maken",
            lambda _: self.bench.desk.papers.soep(patient).data,
            done=copied,
        )

    def _about(self, file: PatientFile) -> FlowLayout:
        patient = file.patient
        day = file.death.since if file.death else self.bench.today
        born = f"{dutch_date(patient.birth_date)} · {age(patient.birth_date, day)} jaar"
        diagnosis = patient.diagnosis or "diagnose niet ingevuld"
        parts: list[QWidget] = [one_line(f"{born} · {diagnosis}", "muted", select=True)]
        if file.death is not None:
            who = spoken(patient.name, patient.sex)
            died = paper_words.status_words(file.death)
            parts.append(one_line(f"{who[:1].upper()}{who[1:]} is {died}", "strong"))
        else:
            parts += self._chips(file)
        if file.last_change is not None:
            changed = say.changed_words(file.last_change, self.bench.today)
            parts.append(one_line(changed, "small"))
            self._folding.append(parts[-1])
        self.more = button(MORE, self._turn, role="quiet")
        self.more.hide()
        parts.append(self.more)
        return flow(*parts, gap=theme().px(10), line_gap=theme().px(2))

    def _chips(self, file: PatientFile) -> list[QLabel]:
        today = self.bench.today
        phase, urgency = file.now(StatusKind.PHASE), file.now(StatusKind.URGENCY)
        words, kind = urgency_words(
            urgency.value if urgency else None, phase.value if phase else None
        )
        since = f" sinds {say.short_day(urgency.since, today)}" if urgency is not None else ""
        urgent = chip(f"{words}{since}", kind)
        if urgency is not None:
            by = urgency.said_by or "wie dat vond is niet vastgelegd"
            urgent.setToolTip(f"Urgentie {label(Urgency(urgency.value))}{since}, volgens {by}")
        chips = [urgent]
        if phase is not None:
            chips.append(chip(say.phase_words(phase, today), "accent"))
        else:
            chips.append(chip(paper_words.markering_words(file)))
        care = file.now(StatusKind.CARE)
        if care is not None and care.value != Care.IN_CARE:
            why = label(Care(care.value))
            chips.append(chip(f"uit zorg sinds {dutch_date(care.since)}: {why}"))
        return chips

    def _buttons(self, file: PatientFile) -> list[QPushButton]:
        made = []
        self.menu = None
        if self._may(Right.WRITE_FILE):
            entries = (
                (DETAILS, *CHANGES) if file.is_active or file.death else (DETAILS, BACK_IN_CARE)
            )
            entries = (*entries, (statements.MENU, statements.READ))
            self.menu = QMenu(self)
            self.menu.setAccessibleName("Wijzigen")
            if self._may(Right.EMERGENCY) and not self._is_in_emergency(file):
                entries = (*entries, ("Noodtoegang…", EMERGENCY))
            entries = (*entries, *rights.entries(self.bench.desk))
            for words, act in entries:
                self.menu.addAction(words).triggered.connect(partial(self._go, act))
            keys = shown(keys_of("edit"))
            self.change = button("Wijzigen", lambda: None, keys=keys_of("edit"))
            self.change.setToolTip(f"Gegevens, fase, urgentie, verblijf en meer ({keys})")
            self.change.setIcon(icon("omlaag"))
            self.change.setMenu(self.menu)
            made.append(self.change)
        if self._may(Right.READ_FILE):
            keys = shown(keys_of("copy-his", "dossier"))
            made.append(button("Kopieer voor HIS", self.copy_for_his, tip=keys))
            self._folding.append(made[-1])
        return made

    def _is_in_emergency(self, file: PatientFile) -> bool:
        session = self.bench.desk.session
        found = in_force(file.emergencies, session.user.id, file.patient.id, session.now)
        return found is not None

    def _facts(self, file: PatientFile) -> FlowLayout:
        px = theme().px
        facts = []
        for told in say.facts(file, self.bench.today, self.bench.desk.session.now):
            facts.append(_fact(told))
            if told.label != say.DECIDES:
                self._folding.append(facts[-1])
        return flow(*facts, gap=px(18), line_gap=px(3))

    def _go(self, act: str, *_: object) -> None:
        if self.file is not None:
            self.bench.go(file_of(self.file.patient.id, "overzicht", act))

    def _may(self, right: Right) -> bool:
        return self.bench.desk.session.has(right)


def _fact(told: say.HeaderFact) -> QWidget:
    """A label above a name with its number; the number goes beneath where there is no room."""
    value = row(one_line(told.value, "strong", select=True), gap=4)
    if told.more:
        value.addWidget(one_line(told.more, select=True))
    value.addStretch(1)
    made = holder(column(one_line(told.label, "small"), value, gap=0))
    made.setAccessibleName(f"{told.label}: {told.value} {told.more}".strip())
    if told.tip:
        made.setToolTip(told.tip)
    return made
