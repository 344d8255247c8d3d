"""The agenda of a kernteam MDO: one overview, then a case page for each person.

The same paper with the minutes filled in is the report afterwards.
"""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from pzdesk.documents.layout import FIRM, HAIR, Columns, heading, kept
from pzdesk.documents.page import Part, draw_down, height_of, height_of_first_page, pdf
from pzdesk.documents.parts import (
    ActionLine,
    Block,
    PersonHead,
    action,
    blocks,
    facts,
    person_head,
    running_head,
)
from pzdesk.documents.style import (
    BETWEEN,
    RIGHT,
    SMALL,
    TITLE,
    WIDTH,
    Imprint,
    Run,
    italic,
    muted,
    strong,
    text,
)
from pzdesk.domain.mdo import AgendaMinutes
from pzdesk.domain.person import long_date

_TIME, _WHO, _WHY, _BY, _PZP, _GAP = 33.0, 100.0, 132.0, 46.0, 64.0, 6.0


@dataclass(frozen=True, slots=True)
class _Look:
    """How close the overview stands: the least height of a row, and who brings in has a column or not."""

    least: float
    pad: float
    has_by: bool

    @property
    def why(self) -> float:
        """The width of reason and question, in points."""
        return _WHY if self.has_by else _WHY + _GAP + _BY


@dataclass(frozen=True, slots=True)
class _Pen:
    """The least room to write on a case page, and how high a line for who, what and when is."""

    room: float
    line: float


# A heading goes overleaf a little before it would not fit; also what its space before it takes.
_SLACK = 24.0
_ROOMY, _TIGHT = _Pen(52.0, 23.0), _Pen(36.0, 20.0)
_CLOSE = _Look(least=50.0, pad=3.0, has_by=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """A row of the overview: a person, or a subject without a file (``title`` alone).

    ``details`` stand below the name: birth date, urgency in words, or the day of death. ``reasons`` are
    neutral words. ``agreed`` is empty before the meeting, and leaves room to write. ``open_actions`` are
    those of last time, in the opening row.
    """

    start: time
    minutes: int
    title: str
    number: str = ""
    details: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    question: str = ""
    brings_in: str = ""
    pzp: str = ""
    consent: str = ""
    agreed: tuple[str, ...] = ()
    open_actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """What was agreed in the meeting: who does what, when."""

    who: str
    what: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What was said and agreed, as far as recorded; ``writing_room`` leaves lines to write on.

    ``notes`` are pairs of a dimension (or "vooruitkijken") and the note. ``proposals`` are what was
    proposed, each with who confirms or confirmed it. ``feedback`` is to whom it is told ("mevrouw en
    naaste"); empty leaves that line out.
    """

    title: str = "Afspraken, vooruitkijken"
    notes: tuple[tuple[str, str], ...] = ()
    agreements: tuple[str, ...] = ()
    actions: tuple[NewAction, ...] = ()
    proposals: tuple[str, ...] = ()
    no_action: bool = False
    feedback: str = ""
    feedback_by: str = ""
    feedback_before: str = ""
    writing_room: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything the meeting needs about one person, in the order in which it is printed.

    The usual order: Bespreekvraag, Gewijzigd sinds het overleg van ..., Vier dimensies, Mantelzorg,
    Wensen, Inbreng vooraf, Open acties, Vooruitkijken. An evaluation after death has other headings.
    """

    head: PersonHead
    blocks: tuple[Block, ...] = ()
    minutes: Minutes = Minutes()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper:
    """The agenda of one meeting; without ``rows`` only the case pages are printed.

    ``minutes`` are those of the whole meeting, also where somebody does not stand on this paper.
    ``expected`` (before), ``present`` and ``absent`` (after) and ``beforehand`` are names with what
    somebody is ("F. Hoekstra (wijkverpleging)").
    ``note`` says what a reprint holds ("Opnieuw afgedrukt: punt 2 is gewijzigd").
    """

    imprint: Imprint
    on: date
    starts: time
    ends: time
    minutes: AgendaMinutes
    place: str = ""
    chair: str = ""
    expected: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    beforehand: tuple[str, ...] = ()
    note: str = ""
    title: str = "Agenda kernteam-MDO"
    rows: tuple[AgendaRow, ...] = ()
    cases: tuple[CasePage, ...] = ()


def agenda(paper: AgendaPaper) -> bytes:
    """The agenda as PDF."""
    return pdf(agenda_parts(paper), paper.imprint, kind=f"{paper.title} {long_date(paper.on)}")


def agenda_parts(paper: AgendaPaper) -> list[Part]:
    """The agenda before it is laid on pages: the overview, then each person."""
    most = height_of_first_page(paper.imprint)
    cases = [_case(case, most) for case in paper.cases]
    return [_overview(paper), *cases] if paper.rows or not cases else cases


def _overview(paper: AgendaPaper) -> Part:
    """The overview with room to write, or closer where that keeps it on one page."""
    people = sum(1 for row in paper.rows if row.details)
    roomy = _Look(least=min(76.0, max(54.0, 510 / max(people, 1))), pad=5.0, has_by=True)
    most = height_of_first_page(paper.imprint)
    for look in (roomy, replace(roomy, least=_CLOSE.least), _CLOSE):
        made = _on_overview(paper, look)
        if height_of(made, WIDTH) <= most:
            break
    else:
        look, made = roomy, _on_overview(paper, roomy)
    title = running_head(f"{paper.title} · {long_date(paper.on)}")
    return Part(made, [*title, _column_names(look)], "Overzicht")


def _on_overview(paper: AgendaPaper, look: _Look) -> list[Flowable]:
    practice = paper.imprint.practice
    made: list[Flowable] = [
        Columns([(0, text(paper.title, TITLE)), (200, [Spacer(0, 7), *text(practice, RIGHT)])]),
        Spacer(0, 3),
        *text(BETWEEN.join(_facts(paper)), SMALL),
    ]
    if paper.note:
        made += [Spacer(0, 4), *text(strong(paper.note))]
    if not paper.rows:
        return [*made, Spacer(0, 20), *text(muted("Er staat nog niets op deze agenda."))]
    rows = [_row(row, look) for row in paper.rows]
    return [*made, Spacer(0, 12), _column_names(look), *rows, *_total(paper)]


def _facts(paper: AgendaPaper) -> list[str]:
    chair = f"voorzitter {paper.chair}" if paper.chair else ""
    people = [
        f"{who}: {', '.join(names)}"
        for who, names in (
            ("verwacht", paper.expected),
            ("aanwezig", paper.present),
            ("afwezig", paper.absent),
            ("inbreng vooraf", paper.beforehand),
        )
        if names
    ]
    when = f"{long_date(paper.on)}, {paper.starts:%H.%M}–{paper.ends:%H.%M} uur"
    return [fact for fact in (when, paper.place, chair, *people) if fact]


def _columns(cells: list[list[Flowable]], look: _Look, **more: Any) -> Columns:
    widths = (_TIME, _WHO, look.why, *((_BY,) if look.has_by else ()), _PZP, 0.0)
    return Columns(list(zip(widths, cells, strict=True)), gap=_GAP, **more)


def _column_names(look: _Look) -> Flowable:
    why = ("Waarom, vraag", "Brengt in") if look.has_by else ("Waarom, vraag, wie brengt in",)
    names = ("Tijd", "Patiënt", *why, "PZP", "Afspraak")
    return _columns([text(strong(name), SMALL) for name in names], look, rule=FIRM, below=4)


def _row(row: AgendaRow, look: _Look) -> Flowable:
    minutes = f"{row.minutes} min" if row.minutes else ""
    when = [*text(f"{row.start:%H.%M}"), *text(minutes, SMALL)]
    number = f"{row.number} · " if row.number else ""
    agreed = [made for line in row.agreed for made in text(line)]
    lines: Any = {"rule": HAIR, "above": look.pad, "below": look.pad + 1, "again": (1,)}
    why = text(BETWEEN.join(row.reasons))
    aside = [*text(row.pzp), *(text(f"toestemming: {row.consent}", SMALL) if row.consent else [])]
    if row.details or row.pzp or row.consent:
        who = text(strong(f"{number}{row.title}"))
        who += [made for line in row.details for made in text(line, SMALL)]
        if look.has_by:
            asked = [[*why, *text(italic(row.question))], text(row.brings_in)]
        else:
            by = muted(f" ({row.brings_in})") if row.brings_in else ""
            asked = [[*why, *text([italic(row.question), by])]]
        return _columns([when, who, *asked, aside, agreed], look, least=look.least, **lines)
    subject = text(strong(f"{number}{row.title}") if number else row.title)
    subject += [*why, *text(italic(row.question))]
    subject += [action(item) for item in row.open_actions]
    subject += text(muted(f"brengt in: {row.brings_in}") if row.brings_in else "")
    wide = _WHO + _WHY + _BY + _PZP + 3 * _GAP
    least = 40.0 if look.has_by else 0.0
    return Columns([(_TIME, when), (wide, subject), (0, agreed)], gap=_GAP, least=least, **lines)


def _total(paper: AgendaPaper) -> list[Flowable]:
    minutes = paper.minutes
    total = f"gepland {minutes.planned} minuten, beschikbaar {minutes.available} minuten"
    more = strong(f" · {minutes.over} minuten te veel") if minutes.over else ""
    return [Spacer(0, 5), *text([total, more], SMALL)]


def _case(case: CasePage, most: float) -> Part:
    """The page about somebody; closer where that keeps the room to write on it."""
    head = case.head
    number = f"{head.number} · " if head.number else ""
    running = running_head(f"{number}{head.name}, {head.born}")
    made = _case_page(case, _ROOMY, close=False)
    if _least(made) > most:
        closer = _case_page(case, _TIGHT, close=True)
        made = closer if _least(closer) <= most else made
    return Part(made, running, f"Punt {head.number}" if head.number else "")


def _case_page(case: CasePage, pen: _Pen, *, close: bool) -> list[Flowable]:
    found = blocks(case.blocks, close=close)
    return [*person_head(case.head), *found, *_minutes(case.minutes, pen)]


def _least(made: list[Flowable]) -> float:
    """How high a page is when the room to write takes no more than it must."""
    foot = sum(one.least - one.closing + _SLACK for one in made if isinstance(one, _ToTheFoot))
    return foot + height_of((one for one in made if not isinstance(one, _ToTheFoot)), WIDTH)


def _minutes(minutes: Minutes, pen: _Pen) -> list[Flowable]:
    said = facts(minutes.notes, label=80.0)
    said += [made for line in minutes.agreements for made in text(line)]
    if minutes.no_action:
        said += text("Geen actie nodig.")
    if minutes.proposals:
        said += [Spacer(0, 4), *text(strong("Voorstellen"))]
        said += [made for line in minutes.proposals for made in text(line)]
    names = _task(strong("Wie"), strong("Wat"), strong("Wanneer"), pen)
    tasks = [_task(item.who, item.what, item.when, pen) for item in minutes.actions]
    if tasks:
        said += [Spacer(0, 6), names, *tasks]
    if minutes.writing_room:
        foot = _ToTheFoot([] if tasks else [names], _feedback(minutes), pen)
        rest = [Spacer(0, 3), *said, foot, *_feedback(minutes)]
        whole = [] if said else [CondPageBreak(foot.least + 40)]
        return [*whole, *kept(heading(minutes.title), rest)]
    said = said or text(muted("Er is niets vastgelegd."))
    return kept(heading(minutes.title), [Spacer(0, 3), *said, *_feedback(minutes)])


def _task(who: str | Run, what: str | Run, when: str | Run, pen: _Pen) -> Flowable:
    cells = [(108.0, text(who)), (0.0, text(what)), (92.0, text(when))]
    return Columns(
        cells,
        rule=FIRM if isinstance(who, Run) else HAIR,
        above=6,
        below=3,
        least=pen.line,
        again=(0,),
    )


def _feedback(minutes: Minutes) -> list[Flowable]:
    if not minutes.feedback:
        return []
    by = minutes.feedback_by or "_" * 24
    before = minutes.feedback_before or "_" * 13
    words = f"Terugkoppeling aan {minutes.feedback} door: {by}  vóór: {before}"
    return [Spacer(0, 9), *text(words, SMALL)]


class _ToTheFoot(Flowable):  # type: ignore[misc]
    """Room to write and lines for who, what and when, down to what closes the page."""

    def __init__(self, names: list[Flowable], closing: list[Flowable], pen: _Pen) -> None:
        super().__init__()
        self.names, self.pen = names, pen
        self.fixed = height_of(names, WIDTH)
        self.closing = min(height_of(closing, WIDTH), 80) + 1
        self.least = self.fixed + pen.room + 3 * pen.line + self.closing

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, max(height, self.least) - self.closing
        return self.width, self.height

    def draw(self) -> None:
        spare = self.height + self.closing - self.least
        lines = 3 if spare < self.pen.line else (4 if spare < 150 else 6)
        rows = [*self.names, *(_task("", "", "", self.pen) for _ in range(lines))]
        draw_down(self.canv, rows, 0, self.fixed + lines * self.pen.line, self.width)
