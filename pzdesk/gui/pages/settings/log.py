"""Logboek: who saw or did what, and when, in words that a patient understands."""

from collections.abc import Mapping

from pzdesk.domain.audit import AuditRow, wall_time
from pzdesk.domain.audit_words import audit_words, role_words
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, folded, short
from pzdesk.domain.user import Right
from pzdesk.gui.fields import TextField
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import empty, row, text
from pzdesk.gui.preview import show_paper
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk

NEWEST = 3000


class LogPart(SettingsPart):
    """The newest lines first; typing filters by name, patient, day or what was done."""

    key = "logboek"
    title = "Logboek"

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.AUDIT)

    def build(self) -> None:
        desk = self.bench.desk
        rows = desk.practice.log(newest=NEWEST)[::-1]
        self._users = {user.login: user.name for user in desk.practice.users()}
        self._people = {
            person.id: f"{short(person.name, person.sex)}, {dutch_date(person.birth_date)}"
            for person in desk.patients.rows(everybody=True)
        }
        if not rows:
            self.body.addWidget(empty("Het logboek is leeg", "Wat u doet, komt hier te staan."))
            return
        self._rows = [(row_, folded(self._line(row_))) for row_ in rows]
        self.filter = TextField(
            "filter", "", placeholder="Filter op naam, patiënt, dag of wat er is gedaan"
        )
        self.filter.edit.setAccessibleName("Filter het logboek")
        self.filter.changed.connect(self._show)
        self.count = text("", "muted", wrap=False)
        self.body.addLayout(row(self.filter, self.count, gap=12))
        self.table = ValueTable[AuditRow](self._columns(), "Logboek")
        self.table.setMinimumHeight(theme().px(460))
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(
            text(
                "Elke regel hangt aan de vorige: wie er een wijzigt of weghaalt, wordt gevonden bij de "
                "controle. Enter op een regel maakt het blad “wie heeft dit dossier gezien” voor die "
                "patiënt. "
                "Wat er gelezen of getypt is, staat niet in het logboek.",
                "small",
            )
        )
        self._show()

    def _show(self) -> None:
        wanted = folded(self.filter.raw()).split()
        found = [one for one, words in self._rows if all(word in words for word in wanted)]
        self.table.show_rows(found)
        noun = "regel" if len(found) == 1 else "regels"
        newest = " (de nieuwste)" if len(self._rows) == NEWEST else ""
        self.count.setText(f"{len(found)} {noun}{newest}")

    def _open(self, line: AuditRow) -> None:
        patient, papers = line.patient_id, self.bench.desk.papers
        if patient is None:
            self.bench.tell("Deze regel gaat niet over één patiënt.")
            return
        show_paper(
            self.bench,
            "Wie heeft dit dossier gezien",
            look=lambda: papers.preview_access(patient),
            hand_out=lambda: papers.access(patient),
            file_name=f"inzage-{int(patient)}.pdf",
        )

    def _columns(self) -> list[Column[AuditRow]]:
        return [
            Column("at", "Wanneer", lambda r: Cell(_when(r)), lambda r: r.sequence, 16),
            Column("who", "Wie", self._who, lambda r: r.login, 22),
            Column("what", "Wat", lambda r: Cell(audit_words(r.event)), None, 40),
            Column("patient", "Patiënt", self._whom, None, 26),
        ]

    def _who(self, line: AuditRow) -> Cell:
        who = self._users.get(line.login, line.login)
        return Cell(who, role_words(line.roles), is_strong=True)

    def _whom(self, line: AuditRow) -> Cell:
        return Cell(_named(self._people, line.patient_id))

    def _line(self, line: AuditRow) -> str:
        parts = (
            _when(line),
            line.login,
            self._users.get(line.login, ""),
            audit_words(line.event),
            _named(self._people, line.patient_id),
        )
        return " ".join(parts)


def _when(line: AuditRow) -> str:
    return f"{wall_time(line.at, line.offset_minutes):%d-%m-%Y %H.%M}"


def _named(people: Mapping[PatientId, str], patient: PatientId | None) -> str:
    return people.get(patient, f"patiënt {patient}") if patient is not None else ""
