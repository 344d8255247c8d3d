"""The columns of the list of patients, and the choices above it."""

from collections.abc import Callable
from datetime import date

from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.person import dutch_date, folded, short, sort_key
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.status import Care, Phase, Urgency, Whereabouts
from pzdesk.gui.parts import urgency_words
from pzdesk.gui.tables import Cell, Column

NOT_YET = "nog niet"
IN_CARE, DECEASED, LEFT = "in_zorg", "overleden", "uit_zorg"
STANDS = ((IN_CARE, "In zorg"), (DECEASED, "Overleden"), (LEFT, "Uit zorg"))
_URGENCY = {Urgency.NOW: 0, Urgency.SOON: 1, Urgency.CALM: 2, Urgency.UNDECIDED: 3}

Choice = tuple[str, str, Callable[[PatientRow], bool]]
CHOICES: tuple[Choice, ...] = (
    ("geen_pzp", "Geen PZP", lambda row: row.pzp_on is None and not row.pzp_count),
    ("nu", "Nu of stervensfase", lambda row: urgency_rank(row) <= 1),
    (
        "te_beoordelen",
        "Te beoordelen",
        lambda row: row.markering in (None, MarkeringState.TO_JUDGE),
    ),
    *(
        (phase.value, label(phase).capitalize(), lambda row, phase=phase: row.phase == phase)
        for phase in (Phase.DISEASE, Phase.SYMPTOM, Phase.TERMINAL)
    ),
)


def stand_of(row: PatientRow) -> str:
    """In which of the three lists somebody stands."""
    if row.phase == Phase.DECEASED:
        return DECEASED
    return IN_CARE if row.is_active else LEFT


def urgency_rank(row: PatientRow) -> int:
    """The order of urgency: the dying phase first, then as chosen."""
    if row.phase == Phase.DYING:
        return 0
    return 1 + _URGENCY[Urgency(row.urgency or Urgency.UNDECIDED)]


def search_words(row: PatientRow) -> str:
    """What typing looks in: name, birth date in two ways, diagnosis, carer, place; folded."""
    born = row.birth_date
    words = (short(row.name, row.sex), row.name.roepnaam, row.name.achternaam, row.diagnosis)
    more = (
        row.central_carer or "",
        f"{born:%d-%m-%Y}",
        f"{born:%d%m%Y}",
        f"{born.day} {born.month}",
    )
    return folded(" ".join((*words, *more)))


def columns(today: date) -> tuple[Column[PatientRow], ...]:
    """Every column, in their usual order."""

    def review(row: PatientRow) -> Cell:
        if row.next_review is None:
            return Cell("geen")
        return Cell(dutch_date(row.next_review), is_late=row.next_review < today)

    return (
        Column("name", "Naam", _name, lambda r: sort_key(r.name), 20),
        Column("diagnosis", "Diagnose, fase", _diagnosis, lambda r: folded(r.diagnosis), 16),
        Column("urgency", "Urgentie", _urgency, urgency_rank, 15),
        Column("carer", "Centrale zorgverlener", _carer, lambda r: r.central_carer, 15),
        Column("where", "Verblijft nu", _where, lambda r: r.whereabouts, 12),
        Column("pzp", "PZP", _pzp, lambda r: r.pzp_on, 11),
        Column("resuscitation", "Reanimatie", lambda r: Cell(r.resuscitation), None, 13),
        Column("review", "Volgend moment", review, lambda r: r.next_review, 11),
        Column("meeting", "Laatste MDO", _meeting, lambda r: r.last_meeting, 10),
    )


def _name(row: PatientRow) -> Cell:
    return Cell(short(row.name, row.sex), dutch_date(row.birth_date), is_strong=True)


def _diagnosis(row: PatientRow) -> Cell:
    phase = label(Phase(row.phase)) if row.phase else ""
    if not phase:
        state = MarkeringState(row.markering) if row.markering else None
        phase = label(state) if state else "nog niet beoordeeld"
    return Cell(row.diagnosis or "niet ingevuld", phase)


def _urgency(row: PatientRow) -> Cell:
    words, kind = urgency_words(row.urgency, row.phase)
    since = row.phase_since if row.phase in (Phase.DYING, Phase.DECEASED) else row.urgency_since
    return Cell(words, f"sinds {dutch_date(since)}" if since else "", kind)


def _carer(row: PatientRow) -> Cell:
    return Cell(row.central_carer or NOT_YET)


def _where(row: PatientRow) -> Cell:
    if not row.is_active and row.phase != Phase.DECEASED and row.care:
        return Cell(label(Care(row.care)))
    return Cell(label(Whereabouts(row.whereabouts)) if row.whereabouts else "niet vastgelegd")


def _pzp(row: PatientRow) -> Cell:
    waits = "te bevestigen" if row.pzp_to_confirm else ""
    if row.pzp_on is None:
        return Cell("zonder datum" if row.pzp_count else NOT_YET, waits)
    return Cell(dutch_date(row.pzp_on), waits)


def _meeting(row: PatientRow) -> Cell:
    return Cell(dutch_date(row.last_meeting) or NOT_YET)
