"""Bewaartermijn: whose file may go, never by itself, and what was destroyed."""

from datetime import date

from pzdesk.domain.destruction import AskedBy, Destruction
from pzdesk.domain.labels import label
from pzdesk.domain.person import dutch_date, short
from pzdesk.domain.retention import KEEP_YEARS, LOG_YEARS, SOURCE, Overdue, kept_until
from pzdesk.domain.user import Right
from pzdesk.gui.pages.file.rights import DESTROY
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, text
from pzdesk.gui.places import file_of
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk

RULE = (
    f"Een dossier wordt {KEEP_YEARS} jaar bewaard na de laatste wijziging ({SOURCE}), en zoveel langer als "
    "goede zorg vraagt: leg dan in het dossier vast waarom, de termijn begint daarmee opnieuw. Daarna mag "
    "het worden vernietigd. pzdesk doet dat nooit uit zichzelf."
)
LOG = (
    f"Het logboek moet ten minste {LOG_YEARS} jaar blijven (Stcrt. 2019, 38007). pzdesk laat er niets uit "
    "weg, ook niet na vernietigen: er staat niet in wat er in een dossier stond."
)


MOST = 8  # rows in sight; what comes after them scrolls


class RetentionPart(SettingsPart):
    """Enter on a file opens it where it is destroyed."""

    key = "bewaartermijn"
    title = "Bewaartermijn"

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.DESTROY)

    def build(self) -> None:
        destructions = self.bench.desk.destructions
        due, gone = destructions.kept_too_long(), destructions.destroyed()
        card = Card("Termijn voorbij", f"{len(due)}" if due else "")
        card.add(text(RULE))
        if due:
            table = ValueTable[Overdue](_DUE, "Termijn voorbij", hugs=True)
            table.show_rows(due)
            table.setMinimumHeight(theme().px(40 + 52 * min(len(due), MOST)))
            table.opened.connect(self._open)
            card.add(table)
            card.add(
                text("Enter opent het dossier bij Vernietigen; u beslist, per persoon.", "small")
            )
        else:
            card.add(text("Van niemand is de bewaartermijn voorbij.", "good"))
        self.body.addWidget(card)
        done = Card("Wat is vernietigd")
        if gone:
            past = ValueTable[Destruction](_GONE, "Wat is vernietigd", hugs=True)
            past.show_rows(gone)
            done.add(past)
        else:
            done.add(text("Er is nog niets vernietigd.", "muted"))
        done.add(text(LOG, "small"))
        self.body.addWidget(done)
        self.body.addStretch(1)

    def _open(self, due: Overdue) -> None:
        self.bench.go(file_of(due.patient.id, act=DESTROY))


def _name(due: Overdue) -> Cell:
    person = due.patient
    return Cell(short(person.name, person.sex), dutch_date(person.birth_date), is_strong=True)


def _until(due: Overdue) -> date:
    return kept_until(due.last_change)


def _why(gone: Destruction) -> Cell:
    asked = label(AskedBy(gone.asked_by)) if gone.asked_by in set(AskedBy) else gone.asked_by
    return Cell(gone.reason, asked)


def _what(gone: Destruction) -> Cell:
    if gone.whole:
        return Cell("heel dossier")
    count = len(gone.rows)
    return Cell("een deel", f"{count} {'regel' if count == 1 else 'regels'}")


_DUE: list[Column[Overdue]] = [
    Column("name", "Naam", _name, None, 40),
    Column(
        *("last", "Laatste wijziging", lambda due: Cell(dutch_date(due.last_change))),
        *(lambda due: due.last_change, 25),
    ),
    Column("until", "Te bewaren tot en met", lambda due: Cell(dutch_date(_until(due))), _until, 25),
]
_GONE: list[Column[Destruction]] = [
    Column("on", "Op", lambda gone: Cell(dutch_date(gone.on)), lambda gone: gone.on, 14),
    Column(
        *("who", "Patiënt", lambda gone: Cell(f"nummer {gone.was_patient}")),
        *(lambda gone: gone.was_patient, 14),
    ),
    Column("what", "Wat", _what, None, 18),
    Column("why", "Waarom", _why, None, 54),
]
