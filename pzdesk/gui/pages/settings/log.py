"""Logboek: who saw or did what, and when, in words that a patient understands."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from pzdesk.domain.audit import REFUSED, AuditRow
from pzdesk.domain.audit_log import LogFilter, LogKind
from pzdesk.domain.errors import BadInput
from pzdesk.domain.labels import LABELS
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.beside import Beside
from pzdesk.gui.choices import CheckField, ComboField, PickField
from pzdesk.gui.fields import DateField
from pzdesk.gui.head import head
from pzdesk.gui.pages.file.rights import show_who_saw
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import button, row, text
from pzdesk.gui.preview import show_paper
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk
from pzdesk.services.files import write_file
from pzdesk.services.logs import PAGE, LogLines, LogNames, moment_words, role_and_behalf

ABOUT = (
    "Elke regel hangt aan de vorige: wie er een wijzigt of weghaalt, wordt gevonden bij de controle. Niemand "
    "kan regels weghalen; ze blijven staan zolang de praktijk bestaat. Wat er gelezen of getypt is, staat "
    "niet in het logboek. Enter op een regel maakt het blad “wie heeft dit dossier gezien” voor die patiënt."
)
BESIDE = 480  # pixels at 100 % from which what can be asked stands beside each other
ASKED_AFTER_MS = 200


class LogPart(SettingsPart):
    """The newest lines first, some hundreds at a time: however long the log is, the page is there at once."""

    key = "logboek"
    title = "Logboek"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.asked = LogFilter()
        self._rows: list[AuditRow] = []
        self._names = LogNames(users={}, people={})
        self._count = self._reading = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ASKED_AFTER_MS)
        self._soon.timeout.connect(self._ask)

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.AUDIT)

    def build(self) -> None:
        today = self.bench.today
        self.patient = PickField("patient", "Over welke patiënt", [])
        self.user = ComboField("user", "Door wie", [], nothing="iedereen")
        self.what = ComboField(
            "kind", "Wat", [(k.value, LABELS[LogKind][k]) for k in LogKind], nothing="alles"
        )
        self.since = DateField("since", "Vanaf", today, past=True)
        self.until = DateField("until", "Tot en met", today, past=True)
        self.emergencies = CheckField("emergencies", "Alleen noodtoegang")
        self.everything = button("Alles tonen", self.show_everything, role="quiet")
        who = (self.patient, self.user, self.what)
        self.body.addWidget(Beside(*who, least=BESIDE, shares=(3, 2, 2)))
        when = (self.since, self.until, self.emergencies, self.everything)
        self.body.addWidget(Beside(*when, least=BESIDE, shares=(1, 1, 0, 0)))
        self.count = text("", "muted", wrap=False)
        self.count.setAccessibleName("Aantal regels")
        self.print_ = button("Afdrukken…", self._print)
        self.save_ = button("Opslaan als tabel…", self._save)
        self.body.addLayout(head(self.count, self.print_, self.save_))
        self.nothing = text("Er zijn geen regels die hierbij passen.", "muted")
        self.table = ValueTable[AuditRow](self._columns(), "Logboek")
        self.table.setMinimumHeight(theme().px(320))
        self.table.opened.connect(self._open)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table, 1)
        self.older = button("", self._read_older)
        self.body.addLayout(row(self.older, None))
        self.body.addWidget(text(ABOUT, "small"))
        self._put_back()
        for field in self._fields():
            field.changed.connect(self._soon.start)
        self._read()

    def show_everything(self) -> None:
        """Leave nothing out any more."""
        self.asked = LogFilter()
        self._put_back()
        self._read()

    def _fields(self) -> tuple[PickField | ComboField | DateField | CheckField, ...]:
        return (self.patient, self.user, self.what, self.since, self.until, self.emergencies)

    def _put_back(self) -> None:
        """The fields as what is asked now; who is named comes with the lines."""
        asked = self.asked
        for field in self._fields():
            field.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._give_names()
        self.what.set_raw(asked.kind.value if asked.kind else "")
        self.since.set_value(asked.since)
        self.until.set_value(asked.until)
        self.emergencies.set_raw("ja" if asked.emergencies else "")
        for field in self._fields():
            field.blockSignals(False)  # noqa: FBT003 - Qt's own

    def _give_names(self) -> None:
        asked, names = self.asked, self._names
        self.patient.set_choices([(str(key), words) for key, words in names.people.items()])
        self.patient.set_raw(names.whom(asked.patient))
        self.user.set_choices(list(names.users.items()))
        self.user.set_raw(asked.login)

    def _ask(self) -> None:
        """Read what the fields ask; what is half typed waits until it says something."""
        try:
            patient = self.patient.value()
            asked = LogFilter(
                patient=PatientId(int(patient)) if patient else None,
                login=self.user.value() or "",
                kind=LogKind(kind) if (kind := self.what.value()) else None,
                since=self.since.value(),
                until=self.until.value(),
                emergencies=bool(self.emergencies.value()),
            )
        except BadInput:
            return
        if asked != self.asked:
            self.asked = asked
            self._read()

    def _read(self, before: int | None = None) -> None:
        self._reading += 1
        logs, asked = self.bench.desk.logs, self.asked
        self.bench.read(
            "Logboek lezen",
            partial(logs.lines, asked, before=before),
            done=partial(self._show, self._reading, before),
        )

    def _read_older(self) -> None:
        self._read(self._rows[-1].sequence)

    def _show(self, number: int, before: int | None, found: LogLines) -> None:
        if number != self._reading:  # something else was asked meanwhile
            return
        is_first = not self._names.users
        self._names = found.names
        if before is None:  # each reading leaves a line of its own, which nobody asked for
            self._count = found.count
        self._rows = [*self._rows, *found.rows] if before is not None else list(found.rows)
        if is_first:
            self._put_back()
        self.table.show_rows(self._rows, same=lambda one: one.sequence)
        shown, noun = len(self._rows), "regel" if self._count == 1 else "regels"
        self.count.setText(
            f"{_number(self._count)} {noun}"
            if shown == self._count
            else f"De nieuwste {_number(shown)} van {_number(self._count)} {noun}"
        )
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        left = self._count - shown
        if not left and self.older.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.older.setVisible(left > 0)
        self.older.setText(f"Toon {min(left, PAGE)} oudere")
        self.older.setAccessibleName(self.older.text())
        self.everything.setVisible(self.asked != LogFilter())

    def _open(self, line: AuditRow) -> None:
        if line.patient_id is None:
            self.bench.tell("Deze regel gaat niet over één patiënt.")
            return
        show_who_saw(self.bench, line.patient_id)

    def _print(self) -> None:
        logs, asked = self.bench.desk.logs, replace(self.asked)
        show_paper(
            self.bench,
            "Logboek",
            look=lambda: logs.preview(asked),
            hand_out=lambda: logs.paper(asked),
            file_name="logboek.pdf",
        )

    def _save(self) -> None:
        place = str(Path.home() / "logboek.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Opslaan als tabel", place, "Tabel voor een rekenblad (*.csv)"
        )
        if not chosen:
            return
        desk, asked = self.bench.desk, replace(self.asked)

        def made() -> None:
            write_file(Path(chosen), desk.logs.table(asked), store=desk.session.store.folder)

        self.bench.job(
            "Logboek opslaan",
            lambda _: made(),
            done=lambda _: self.bench.tell(f"Opgeslagen: {Path(chosen).name}"),
        )

    def _columns(self) -> list[Column[AuditRow]]:
        return [
            Column("at", "Wanneer", lambda r: Cell(moment_words(r)), lambda r: r.sequence, 16),
            Column("who", "Wie", self._who, lambda r: r.login, 24),
            Column("what", "Wat", self._what, None, 38),
            Column("patient", "Patiënt", lambda r: Cell(self._names.whom(r.patient_id)), None, 26),
        ]

    def _who(self, line: AuditRow) -> Cell:
        who = self._names.who(line.login)
        return Cell(who, role_and_behalf(line, self._names), is_strong=True)

    def _what(self, line: AuditRow) -> Cell:
        reason = self._names.reason(line)
        more = f"“{reason}”" if reason else "geweigerd" if line.outcome == REFUSED else ""
        return Cell(self._names.what(line), more)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
