"""The columns of the list of patients, and the choices above it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.person import dutch_date, folded, short, short_date, sort_key
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.status import Care, Phase, Urgency, Whereabouts
from pzdesk.gui.parts import urgency_words
from pzdesk.gui.tables import Cell, Column

NOT_YET, NOT_DISCUSSED = "nog niet", "nog niet besproken"
WITHOUT_FILE = ("name", "carer", "where", "meeting")
"""The columns for who may not read files."""
IN_CARE, DECEASED, LEFT = "in_zorg", "overleden", "uit_zorg"
STANDS = ((IN_CARE, "In zorg"), (DECEASED, "Overleden"), (LEFT, "Uit zorg"))
# Short enough for a column; a tip and a screen reader say it whole.
_MOMENTS: dict[str, str] = {
    ReviewKind.PZVP_MARKERING: "met PZVP",
    ReviewKind.PZVP_PZP: "met PZVP",
    ReviewKind.MEDICATION: "medicatie",
    ReviewKind.PZP_TALK: "gesprek",
    ReviewKind.PZP_REVISION: "PZP herzien",
    ReviewKind.CAREGIVER: "mantelzorg",
}
_KINDS = frozenset(ReviewKind)
_URGENCY: dict[str, int] = {Urgency.NOW: 0, Urgency.SOON: 1, Urgency.CALM: 2, Urgency.UNDECIDED: 3}


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice within a list; of one ``kind`` only one can be chosen at a time."""

    key: str
    words: str
    fits: Callable[[PatientRow], bool]
    kind: str = ""


CHOICES: tuple[Choice, ...] = (
    Choice("geen_pzp", "Geen PZP", lambda row: row.pzp_on is None and not row.pzp_count),
    Choice(
        "te_beoordelen",
        "Te beoordelen",
        lambda row: row.markering in (None, MarkeringState.TO_JUDGE),
    ),
    Choice("nu", "Nu of stervensfase", lambda row: urgency_rank(row) <= 1, "urgentie"),
    *(
        Choice(
            urgency.value,
            words,
            lambda row, rank=rank: urgency_rank(row) == rank,  # type: ignore[misc]
            "urgentie",
        )
        for urgency, words, rank in (
            (Urgency.SOON, "Binnenkort", 2),
            (Urgency.CALM, "Rustig", 3),
            (Urgency.UNDECIDED, "Niet bepaald", 4),
        )
    ),
    *(
        Choice(
            phase.value,
            label(phase).capitalize(),
            lambda row, phase=phase: row.phase == phase,  # type: ignore[misc]
            "fase",
        )
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
    return 1 + _URGENCY[row.urgency or Urgency.UNDECIDED]


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


def columns(today: date, *, clinical: bool, narrow: bool = False) -> tuple[Column[PatientRow], ...]:
    """Every column in its usual order; without those that tell of a file for who may not read one.

    ``narrow``: which place it is where somebody stays is only in the tip.
    """
    day = partial(_day, today)

    def urgency(row: PatientRow) -> Cell:
        words, kind = urgency_words(row.urgency, row.phase)
        ends = row.phase in (Phase.DYING, Phase.DECEASED)
        since = row.phase_since if ends else row.urgency_since
        return Cell(words, f"sinds {short_date(since, today)}" if since else "", kind)

    def pzp(row: PatientRow) -> Cell:
        waits = "te bevestigen" if row.pzp_to_confirm else ""
        if row.pzp_on is None:
            return Cell("zonder datum" if row.pzp_count else NOT_YET, waits)
        return day(row.pzp_on, waits)

    def review(row: PatientRow) -> Cell:
        if row.next_review is None:
            return Cell("geen")
        about, is_late = row.next_review_about, row.next_review < today
        whole = label(ReviewKind(about)) if about in _KINDS else about
        late = "te laat" if is_late else ""
        spoken = _listed(dutch_date(row.next_review), whole, late)
        words = _listed(_MOMENTS.get(about, whole), late)
        return replace(day(row.next_review, words), is_late=is_late, spoken=spoken)

    def meeting(row: PatientRow) -> Cell:
        return Cell(NOT_YET) if row.last_meeting is None else day(row.last_meeting)

    made = (
        Column("name", "Naam", _name, lambda r: sort_key(r.name), 20, 98),
        Column("diagnosis", "Diagnose, fase", _diagnosis, lambda r: folded(r.diagnosis), 16, 112),
        Column("urgency", "Urgentie", urgency, urgency_rank, 8, 114),
        Column("carer", "Centrale zorgverlener", _carer, lambda r: r.central_carer, 12, 92),
        Column("where", "Verblijft nu", partial(_where, narrow), lambda r: r.whereabouts, 10, 78),
        Column("pzp", "PZP", pzp, lambda r: r.pzp_on, 8, 68),
        Column("resuscitation", "Reanimatie", _resuscitation, None, 16, 86),
        Column("review", "Volgend moment", review, lambda r: r.next_review, 10, 68),
        Column("meeting", "Laatste MDO", meeting, lambda r: r.last_meeting, 8, 62),
    )
    return made if clinical else tuple(one for one in made if one.key in WITHOUT_FILE)


def _day(today: date, day: date, second: str = "") -> Cell:
    return Cell(short_date(day, today), second, spoken=_listed(dutch_date(day), second))


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))


def _name(row: PatientRow) -> Cell:
    return Cell(short(row.name, row.sex), dutch_date(row.birth_date), is_strong=True)


def _diagnosis(row: PatientRow) -> Cell:
    phase = label(Phase(row.phase)) if row.phase else ""
    if not phase:
        state = MarkeringState(row.markering) if row.markering else None
        phase = label(state) if state else "nog niet beoordeeld"
    return Cell(row.diagnosis or "niet ingevuld", phase)


def _carer(row: PatientRow) -> Cell:
    return Cell(row.central_carer or NOT_YET)


def _where(narrow: bool, row: PatientRow) -> Cell:  # noqa: FBT001 - one switch
    if not row.is_active and row.phase != Phase.DECEASED and row.care:
        return Cell(label(Care(row.care)))
    if not row.whereabouts:
        return Cell("niet vastgelegd")
    kind = label(Whereabouts(row.whereabouts))
    whole = f"{kind}: {row.place}" if row.place else ""
    return Cell(kind, "" if narrow else row.place, spoken=whole)


def _resuscitation(row: PatientRow) -> Cell:
    said = row.resuscitation.removeprefix("reanimatie: ").removeprefix("behandelgrenzen ")
    return Cell(said or NOT_DISCUSSED)
