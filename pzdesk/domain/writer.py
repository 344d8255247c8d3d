"""Who is writing in a practice: one at a time, and everybody else is told who."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody who writes; what was left unsaid is empty. ``token`` differs each time somebody begins.

    ``last_sign`` is when the computer of the store last heard of this window, by the clock of that computer.
    """

    login: str = ""
    name: str = ""
    computer: str = ""
    since: datetime | None = None
    last_sign: datetime | None = None
    token: str = ""

    @property
    def who(self) -> str:
        """The name, as far as it is known."""
        return self.name or self.login or "Iemand anders"


def writes_words(writer: Writer, now: datetime) -> str:
    """Who writes, since when and where: "Anna de Vries schrijft sinds 16.40 uur op BALIE-2"."""
    since = f" sinds {clock_words(writer.since, now)}" if writer.since else ""
    computer = f" op {writer.computer}" if writer.computer else ""
    return f"{_begins(writer.who)} schrijft{since}{computer}"


def busy_words(writer: Writer, now: datetime) -> str:
    """Why nothing can be saved while somebody else writes."""
    return (
        f"{writes_words(writer, now)}. Lezen kan wel; opslaan kan zodra dat klaar is, of als u het "
        "schrijven overneemt."
    )


def alone_words(writer: Writer, now: datetime) -> str:
    """Why what must be done while nobody writes, such as putting a backup back, cannot be done now."""
    return (
        f"{writes_words(writer, now)}. Sluit dat venster eerst, of wacht tot het klaar is. "
        "Reageert die computer niet meer, zet hem dan uit."
    )


def taken_words(writer: Writer, now: datetime) -> str:
    """Who took over the writing, and when: "Piet Bos heeft het schrijven overgenomen om 16.55 uur"."""
    at = f" om {clock_words(writer.since, now)}" if writer.since else ""
    return f"{_begins(writer.who)} heeft het schrijven overgenomen{at}."


def _begins(name: str) -> str:
    """A name as a sentence begins with it: "Dr. De Boer"."""
    return f"{name[:1].upper()}{name[1:]}"


def clock_words(moment: datetime, now: datetime) -> str:
    """A moment by the clock on the wall here; with its day where that is not today."""
    here = moment.astimezone(now.tzinfo)
    day = "" if here.date() == now.date() else f"{here:%d-%m-%Y} "
    return f"{day}{here:%H.%M} uur"
