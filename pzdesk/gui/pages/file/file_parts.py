"""What of a file can be destroyed by itself: its rows, in words, by what they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pzdesk.domain.destruction import row_name
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.person import dutch_date
from pzdesk.gui.pages.file.standing import row_words

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FilePart:
    """One kind of rows: the key of its field, its title, and each row by name and words."""

    key: str
    title: str
    rows: tuple[Row, ...]


def parts_of(file: PatientFile) -> list[FilePart]:
    """The rows of a file, by kind; kinds of which there are none are left out."""
    names = {naaste.id: naaste.name for naaste in file.naasten}
    days = {meeting.id: dutch_date(meeting.on) for meeting in file.meetings}

    def of(title: str, table: str, rows: Iterable[Any], words: Callable[[Any], str]) -> FilePart:
        return FilePart(
            table, title, tuple((row_name(table, r.id), _short(words(r))) for r in rows)
        )

    made = [
        of("PZP-versies", "pzp_version", file.pzp_versions, _pzp),
        of("Vier dimensies", "assessment", file.assessments, lambda r: f"van {dutch_date(r.on)}"),
        of("Noodplannen", "acute_plan", file.plans, lambda r: f"van {dutch_date(r.on)}"),
        of("Naasten, met hun screeningen", "naaste", file.naasten, lambda r: str(r.name)),
        of(
            *("Screeningen, met hun vervolg", "screening", file.screenings),
            lambda r: f"{names.get(r.naaste_id, 'mantelzorger')}, {dutch_date(r.on)}",
        ),
        of("Standen", "status", file.statuses, lambda r: row_words(file, r)),
        of(
            *("Markering", "markering", file.markeringen),
            lambda r: f"{dutch_date(r.on)}: {label(r.state)}",
        ),
        of("Ingelicht", "told", file.told, lambda r: f"{dutch_date(r.on)}: {label(r.whom)}"),
        of("Reviews", "review", file.reviews, lambda r: f"{dutch_date(r.due)}: {label(r.kind)}"),
        of(
            *("Besproken in het MDO", "agenda_item", file.items),
            lambda r: f"overleg van {days.get(r.meeting_id, '')}",
        ),
        of(
            "Voorstellen",
            "advice",
            file.advices,
            lambda r: f"{dutch_date(r.since)}: {label(r.kind)}",
        ),
        of("Acties", "action", file.actions, lambda r: str(r.what)),
        of(
            *("Toestemming", "consent", file.consents),
            lambda r: f"{dutch_date(r.on)}: {label(r.kind)}, {label(r.answer)}",
        ),
        of(
            *("Verzoek om euthanasie", "euthanasia_request", file.euthanasia),
            lambda r: f"{dutch_date(r.on)}: {label(r.state)}",
        ),
        of(
            *("Eigen verklaringen", "statement", file.statements),
            lambda r: f"{dutch_date(r.on)}: {r.text}".replace("\n", " "),
        ),
        of(
            *("Wat is afgedrukt", "handout", file.handouts),
            lambda r: f"{dutch_date(r.printed_at.date())}: {label(r.kind)}",
        ),
    ]
    return [part for part in made if part.rows]


def _pzp(version: Any) -> str:
    talk = f" van {dutch_date(version.talk_on)}" if version.talk_on else ""
    return f"versie {version.number}{talk}"


def _short(words: str, most: int = 44) -> str:
    """So much of a text that it can be told from the others."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
