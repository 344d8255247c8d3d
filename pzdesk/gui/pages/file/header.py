"""The header of a file, which never scrolls away: who, limits in full words, and whom to call."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton

from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import age, dutch_date, formal, spoken
from pzdesk.domain.status import StatusKind
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.file.papers import papers_of
from pzdesk.gui.parts import button, chip, clear, column, fact, row, text, urgency_words
from pzdesk.gui.places import file_of
from pzdesk.gui.shortcuts import keys_of, shown
from pzdesk.gui.theme import mark
from pzdesk.services import paper_words

# What can change from week to week, and the act of the section Overzicht that records it.
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


class FileHeader(QFrame):
    """Made anew for each file that is shown."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.file: PatientFile | None = None
        mark(self, "head")
        self.setAccessibleName("Kop van het dossier")
        self.body = column(gap=4, margin=12)
        self.setLayout(self.body)

    def show_file(self, file: PatientFile) -> None:
        """Show the header of a file."""
        self.file = file
        clear(self.body)
        patient = file.patient
        name = text(formal(patient.name, patient.sex), "title")
        born = f"{dutch_date(patient.birth_date)} · {self._age(file)}"
        diagnosis = patient.diagnosis or "diagnose niet ingevuld"
        about = text(f"{born} · {diagnosis}", "muted")
        top = row(name, *self._menus(file), gap=8)
        top.setStretch(0, 1)
        self.body.addLayout(top)
        second = row(about, *self._chips(file), gap=8)
        second.setStretch(0, 1)
        self.body.addLayout(second)
        if file.death is not None:
            who = spoken(patient.name, patient.sex)
            died = paper_words.status_words(file.death)
            self.body.addWidget(text(f"{who[:1].upper()}{who[1:]} is {died}", "strong"))
        limits = " · ".join(paper_words.limits(file))
        self.limits = text(limits[:1].upper() + limits[1:], "strong", select=True)
        self.limits.setAccessibleName(f"Behandelgrenzen: {limits}")
        self.body.addWidget(self.limits)
        self.body.addLayout(self._facts(file))

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What the shortcuts do in every section."""
        if self.file is None:
            return {}
        acts: dict[str, Callable[[], object]] = {"copy-his": self.copy_for_his}
        if self._may(Right.WRITE_FILE):
            acts["edit"] = partial(self._go, "gegevens")
        if self._may(Right.PRINT_CLINICAL):
            acts["print"] = self._print
        return acts

    def copy_for_his(self) -> None:
        """Put the short text for the HIS on the clipboard; that is handing out."""
        if self.file is None:
            return
        patient = self.file.patient.id

        def copied(words: bytes) -> None:
            QApplication.clipboard().setText(words.decode())
            self.bench.tell("Gekopieerd: plak de tekst in het HIS met Ctrl+V.")

        self.bench.job(
            "Tekst voor het HIS maken",
            lambda _: self.bench.desk.papers.soep(patient).data,
            done=copied,
        )

    def _age(self, file: PatientFile) -> str:
        day = file.death.since if file.death else self.bench.today
        return f"{age(file.patient.birth_date, day)} jaar"

    def _chips(self, file: PatientFile) -> list[QLabel]:
        phase, urgency = file.now(StatusKind.PHASE), file.now(StatusKind.URGENCY)
        value = phase.value if phase else None
        words, kind = urgency_words(urgency.value if urgency else None, value)
        chips = [chip(words, kind)]
        if phase is not None and file.death is None:
            chips.append(chip(paper_words.status_words(phase), "accent"))
        elif phase is None:
            chips.append(chip(paper_words.markering_words(file)))
        if not file.is_active and file.death is None:
            chips.append(chip("uit zorg"))
        return chips

    def _menus(self, file: PatientFile) -> list[QPushButton]:
        made = []
        if self._may(Right.WRITE_FILE):
            entries = [(words, partial(self._go, act)) for words, act in CHANGES]
            if not file.is_active and file.death is None:
                entries = [(BACK_IN_CARE[0], partial(self._go, BACK_IN_CARE[1]))]
            entries.append(("Gegevens wijzigen", partial(self._go, "gegevens")))
            made.append(self._menu("Wijzigen", keys_of("edit"), entries))
        if self._may(Right.PRINT_CLINICAL):
            papers = [
                (paper.words, partial(paper.show, self.bench))
                for paper in papers_of(self.bench.desk, file)
            ]
            made.append(self._menu("Afdrukken", keys_of("print"), papers))
        keys = shown(keys_of("copy-his", "dossier"))
        made.append(button("Kopieer voor HIS", self.copy_for_his, tip=keys))
        return made

    def _menu(
        self, words: str, keys: str, entries: Sequence[tuple[str, Callable[[], object]]]
    ) -> QPushButton:
        menu = QMenu(self)
        for name, act in entries:
            menu.addAction(name).triggered.connect(lambda *_, act=act: act())
        made = button(words, lambda: None, tip=shown(keys))
        made.setMenu(menu)
        return made

    def _facts(self, file: PatientFile) -> QHBoxLayout:
        around = row(gap=14)
        where = file.now(StatusKind.WHEREABOUTS)
        told = [
            ("Gewenste plek van overlijden", paper_words.place_of_death(file) or "niet vastgelegd"),
            ("Verblijft nu", paper_words.status_words(where) if where else "niet vastgelegd"),
            ("Hoofdbehandelaar", paper_words.carer_line(file, StatusKind.RESPONSIBLE)),
            ("Centrale zorgverlener", paper_words.carer_line(file, StatusKind.CENTRAL_CARER)),
            ("Eerste contact", paper_words.first_contact(file)),
            ("Beslissen", paper_words.capacity(file)),
        ]
        for label, words in told:
            if words:
                part = fact(label, words)
                part.addStretch(1)
                around.addLayout(part, 1)
        return around

    def _go(self, act: str) -> None:
        if self.file is not None:
            self.bench.go(file_of(self.file.patient.id, "overzicht", act))

    def _print(self) -> None:
        if self.file is not None:
            papers_of(self.bench.desk, self.file)[0].show(self.bench)

    def _may(self, right: Right) -> bool:
        return self.bench.desk.session.has(right)
