"""Lijst inlezen: a list from the HIS, looked at first; every possible double is asked."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from pzdesk.domain.errors import BadInput, PzdeskError
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import inside
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import ChoiceField, ComboField
from pzdesk.gui.head import head
from pzdesk.gui.parts import Card, button, clear, column, holder, row, show_keys, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import mark
from pzdesk.services.files import read_file
from pzdesk.services.patient_lists import Asked, ListColumns, ListReport

DRAFT = "lijst-inlezen"
NEW, SKIP = "nieuw", "overslaan"
MOST_FAULTS = 50


class ListImport(QWidget):
    """The list, its columns, and what would happen; nothing is kept before the last step."""

    def __init__(self, bench: Bench, close: Callable[[], object]) -> None:
        super().__init__()
        self.bench = bench
        self._close = close
        self._data = b""
        self._fields: dict[str, ComboField] = {}
        self._asked: dict[int, ChoiceField] = {}
        self._report: ListReport | None = None
        self._is_done = False
        self.setAcceptDrops(True)
        self.setAccessibleName("Lijst inlezen")
        self.paste = QPlainTextEdit()
        self.paste.setAccessibleName("Geplakte lijst")
        self.paste.setPlaceholderText(
            "Plak hier de lijst uit het HIS, met de regel met kolomnamen erbij"
        )
        self.paste.setTabChangesFocus(True)
        self.paste.setFixedHeight(110)
        self.wrong = text("", "error")
        self.wrong.hide()
        self.restored = text("", "small")
        self.restored.hide()
        self.begin_look = button(
            "Plakken en bekijken", self._look_at_pasted, role="primary", keys=keys_of("save")
        )
        self._next = self.begin_look
        first = Card("Lijst inlezen")
        first.add(
            text(
                "Sleep een CSV-bestand hierheen, kies het, of plak de lijst. Er komt niets in pzdesk "
                "voordat u het hebt gezien.",
                "muted",
            ),
            self.restored,
            self.paste,
            self.wrong,
            head(
                holder(row(button("Bestand kiezen…", self._choose), self.begin_look)),
                button("Annuleren", self._close, keys="Esc"),
            ),
        )
        self.first = first
        self.second = column()
        self.third = column()
        self.setLayout(column(first, self.second, self.third, gap=12))
        self._restore()

    def begin(self) -> None:
        """Ready for a paste."""
        self.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_draft(self) -> None:
        """Keep what was pasted and not read in."""
        words = self.paste.toPlainText()
        if self._is_done or not words.strip():
            return
        try:
            self.bench.desk.drafts.keep(DRAFT, {"lijst": words})
        except PzdeskError as problem:
            self.bench.tell(str(problem), is_error=True)

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Say what is wrong with the list."""
        self.wrong.setText(str(problem))
        self.wrong.show()
        if self._fields:
            self._show_grid(is_shown=True)  # most often a column was not understood
        self._in_sight(self.wrong)

    def read(self, path: Path) -> None:
        """Read a file."""
        try:
            data = read_file(path, what="De lijst")
        except PzdeskError as problem:
            self.tell_wrong(problem)
            return
        self.look(data)

    def look(self, data: bytes) -> None:
        """Look which columns a list has."""
        self.wrong.hide()
        self._data = data
        clear(self.second)
        clear(self.third)
        self.bench.job(
            "Lijst bekijken",
            lambda _: self.bench.desk.patient_lists.columns(data),
            done=self._show_columns,
            wrong=self,
        )

    def go_on(self) -> None:
        """The next step: take in when everything is told, else look; when it is done, close."""
        if self._is_done:
            self._close()
        elif self._report is not None:
            self._take_in()
        elif self._fields:
            self._preview()
        else:
            self._look_at_pasted()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            self.read(Path(urls[0].toLocalFile()))
        elif event.mimeData().hasText():
            self.look(event.mimeData().text().encode())

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Lijst uit het HIS", str(Path.home()), "Lijst (*.csv *.txt *.tsv);;Alles (*)"
        )
        if name:
            self.read(Path(name))

    def _look_at_pasted(self) -> None:
        words = self.paste.toPlainText() or QApplication.clipboard().text()
        self.paste.setPlainText(words)
        if words.strip():
            self.look(words.encode())
        else:
            self.tell_wrong(
                BadInput("Er is nog niets geplakt. Kopieer de lijst in het HIS en plak hem hier.")
            )
            self.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_columns(self, found: ListColumns) -> None:
        self._report = None
        clear(self.second)
        self._fields = {}
        regels = "1 regel" if found.rows == 1 else f"{found.rows} regels"
        card = Card("Kolommen", regels)
        self.grid = QWidget()
        grid = QGridLayout(self.grid)
        grid.setContentsMargins(0, 0, 0, 0)
        mapping = dict(found.mapping)
        choices = [(name, name) for name in found.header]
        for number, (field, words) in enumerate(found.fields):
            made = ComboField(field, words, choices, nothing="geen kolom")
            made.set_raw(mapping.get(field, ""))
            self._fields[field] = made
            grid.addWidget(made, number // 4, number % 4, Qt.AlignmentFlag.AlignTop)
        self.understood = text("")
        self.turn = button("Kolommen wijzigen", lambda: self._show_grid(is_shown=True))
        self.look_button = button("Bekijken wat er gebeurt", self._preview)
        card.add(self.understood, self.grid, row(self.turn, self.look_button, None))
        self.second.addWidget(card)
        for made in self._fields.values():
            made.changed.connect(self._forget_report)
        self._words = dict(found.fields)
        self._show_keys(self.look_button)
        self._show_grid(is_shown=False)
        self._preview()

    def _show_grid(self, *, is_shown: bool) -> None:
        """The columns one by one, or only which were understood."""
        had_focus = self.turn.hasFocus()
        self.grid.setVisible(is_shown)
        self.look_button.setVisible(is_shown)
        self.turn.setVisible(not is_shown)
        known = [
            f"{self._words[key]} uit “{made.value()}”"
            for key, made in self._fields.items()
            if made.value()
        ]
        self.understood.setText(
            "Kies per gegeven de kolom. pzdesk onthoudt uw keuze."
            if is_shown
            else f"Zo begrijpt pzdesk de lijst: {', '.join(known) or 'nog geen enkele kolom'}."
        )
        if is_shown and had_focus:
            next(iter(self._fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_sight(self, part: QWidget) -> None:
        """Scroll to a part, once it has its place."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            see = partial(area.ensureWidgetVisible, part)
            # First the area gets the height of what is new in it, then there is something to scroll to.
            QTimer.singleShot(0, part, partial(QTimer.singleShot, 0, part, see))

    def _restore(self) -> None:
        kept = self.bench.desk.drafts.kept(DRAFT)
        if kept is None:
            return
        self.paste.setPlainText(kept.fields.get("lijst", ""))
        when = f"{kept.when:%d-%m} om {kept.when:%H.%M} uur"
        self.restored.setText(f"Wat u op {when} plakte, is teruggezet.")
        self.restored.show()

    def _forget_report(self) -> None:
        self._report = None
        clear(self.third)
        self._show_keys(self.look_button)

    def _show_keys(self, following: QPushButton) -> None:
        """The keys, and the colour, stand at what comes next, and nowhere else."""
        if isValid(self._next):
            show_keys(self._next, "")
            mark(self._next, "")
        self._next = following
        show_keys(following, keys_of("save"))
        mark(following, "primary")

    def _mapping(self) -> bytes:
        return json.dumps({key: made.value() for key, made in self._fields.items()}).encode()

    def _preview(self) -> None:
        data, mapping = self._data, self._mapping()
        self.wrong.hide()
        self.bench.job(
            "Lijst bekijken",
            lambda progress: self.bench.desk.patient_lists.preview(
                data, mapping, progress=progress.step, cancelled=progress.is_cancelled
            ),
            done=self._show_report,
            wrong=self,
            can_cancel=True,
        )

    def _show_report(self, report: ListReport) -> None:
        self._report = report
        clear(self.third)
        self._asked = {}
        card = Card("Wat er gebeurt")
        new, known = len(report.new), len(report.known)
        faults = len(report.faults)
        counts = (
            (new, f"{_people(new)} nieuw"),
            (known, f"{_people(known)} al bekend"),
            (len(report.asked), f"{_people(len(report.asked))} misschien dubbel"),
            (faults, f"{faults} {'regel' if faults == 1 else 'regels'} met een fout"),
        )
        said = [words for count, words in counts if count]
        card.add(text(f"{', '.join(said) or 'Er staat niemand op deze lijst'}.", "strong"))
        for line, who in report.first:
            card.add(text(f"Regel {line}: {who}", select=True))
        if new > len(report.first):
            card.add(text(f"en nog {new - len(report.first)}", "small"))
        for asked in report.asked:
            card.add(self._question(asked))
        self.take = button("Inlezen", self._take_in)
        if not new and not report.asked:
            nobody = "Er komt niemand bij"
            all_known = f"{nobody}: iedereen op deze lijst is al bekend."
            card.add(text(all_known if known and not faults else f"{nobody}.", "muted"))
            self.take.setAccessibleName("Klaar")
        for fault in report.faults[:MOST_FAULTS]:
            card.add(text(f"Regel {fault.line} wordt overgeslagen: {fault.reason}", "warning"))
        if faults > MOST_FAULTS:
            card.add(text(f"en nog {faults - MOST_FAULTS} regels met een fout", "warning"))
        for line, remark in report.remarks[:MOST_FAULTS]:
            card.add(text(f"Regel {line}: {remark}", "small"))
        card.add(row(self.take, None))
        if report.unused:
            card.add(text(f"Niet overgenomen kolommen: {', '.join(report.unused)}", "small"))
        self._show_keys(self.take)
        self.third.addWidget(card)
        begin = next(iter(self._asked.values()), self.take)
        begin.setFocus(Qt.FocusReason.OtherFocusReason)
        self._in_sight(card)
        self._in_sight(begin)

    def _question(self, asked: Asked) -> ChoiceField:
        choices = [
            (str(int(key)), f"dezelfde als {inside(words)}")
            for key, words in zip(asked.ids, asked.candidates, strict=True)
            if key > 0
        ]
        choices += [(NEW, "iemand anders: toevoegen"), (SKIP, "nu overslaan")]
        like = [words for key, words in zip(asked.ids, asked.candidates, strict=True) if key < 0]
        made = ChoiceField(
            f"regel-{asked.line}",
            f"Regel {asked.line}: wie is {inside(asked.who)}?",
            choices,
            help_=f"Lijkt op {' en op '.join(like)}" if like else "",
        )
        self._asked[asked.line] = made
        return made

    def _take_in(self) -> None:
        if self._report is None:
            return
        answers: dict[int, PatientId | Literal["nieuw"]] = {}
        for line, field in self._asked.items():
            said = field.value()
            if said is None:
                field.set_error("Kies wie dit is, of sla deze regel nu over.")
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                self._in_sight(field)
                return
            if said == NEW:
                answers[line] = "nieuw"
            elif said != SKIP:
                answers[line] = PatientId(int(said))
        data, mapping = self._data, self._mapping()
        self.take.setEnabled(False)
        self.bench.job(
            "Lijst inlezen",
            lambda progress: self.bench.desk.patient_lists.take_in(
                data, mapping, answers, progress=progress.step, cancelled=progress.is_cancelled
            ),
            done=self._taken,
            failed=partial(self.take.setEnabled, True),  # noqa: FBT003 - Qt's
            wrong=self,
            can_cancel=True,
        )

    def _taken(self, report: ListReport) -> None:
        self._is_done = True
        self.bench.desk.drafts.forget(DRAFT)
        self.bench.changes.tell(Change(Topic.PATIENT))
        left = f", {_people(len(report.known))} al bekend" if report.known else ""
        left += f", {_people(len(report.asked))} overgeslagen" if report.asked else ""
        faults = len(report.faults)
        if faults:
            left += f", {faults} {'regel' if faults == 1 else 'regels'} met een fout niet ingelezen"
        said = f"Lijst ingelezen: {_people(len(report.added))} toegevoegd{left}"
        self.bench.tell(said)
        if faults or report.asked or report.remarks:
            self._show_left(said, report)
        else:
            self._close()

    def _show_left(self, said: str, report: ListReport) -> None:
        """Which lines were not read in or not wholly, and why: to mend in the HIS, or to copy."""
        lines = [f"Regel {asked.line}: {asked.who}, overgeslagen" for asked in report.asked]
        lines += [f"Regel {fault.line}: {fault.reason}" for fault in report.faults]
        self.first.hide()
        clear(self.second)
        clear(self.third)
        card = Card("Ingelezen")
        card.add(text(f"{said}.", "strong"))
        _add_lines(card, "Deze regels staan niet in pzdesk:", lines)
        remarks = [f"Regel {number}: {remark}" for number, remark in report.remarks]
        _add_lines(card, "Let op bij deze regels:", remarks)
        ready = button("Klaar", self._close)
        card.add(row(ready, None))
        self._show_keys(ready)
        self.third.addWidget(card)
        ready.setFocus(Qt.FocusReason.OtherFocusReason)
        self._in_sight(card)


def _add_lines(card: Card, title: str, lines: list[str]) -> None:
    if lines:
        card.add(text(title), *(text(one, select=True) for one in lines[:MOST_FAULTS]))
    if len(lines) > MOST_FAULTS:
        card.add(text(f"en nog {len(lines) - MOST_FAULTS}", "small"))


def _people(count: int) -> str:
    return f"{count} {'persoon' if count == 1 else 'mensen'}"
