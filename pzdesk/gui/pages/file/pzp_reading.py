"""A filled PZP form read in from somebody's file: chosen or dropped, asked about, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from pzdesk.domain.errors import UnreadableFile
from pzdesk.domain.handout import Handout
from pzdesk.domain.labels import label
from pzdesk.domain.matching import matches, written_name
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.person import dutch_date, formal, inside
from pzdesk.domain.pzp import PzpVersion
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import ChoiceField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import Card, column, fact, row, text
from pzdesk.services.files import read_file
from pzdesk.services.pzp_import import FormOwner, PzpImport

FOLDER = "map-voor-formulieren"
HERE, NEW = "hier", "nieuw"
BOTH = "Naam en geboortedatum zijn anders dan in dit dossier."
UNSURE = "Het is niet zeker dat dit formulier bij dit dossier hoort."
NO_PDF = "Dit is geen PDF. Neem het ingevulde formulier zoals u het kreeg."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of looking at a form: it was read in, or whose it is must be asked first."""

    data: bytes
    owner: FormOwner
    report: PzpImport | None


def chosen_form(bench: Bench, parent: QWidget) -> Path | None:
    """The file that the user chose."""
    folder = bench.desk.preferences.remembered(FOLDER, str(Path.home()))
    name, _ = QFileDialog.getOpenFileName(
        parent, "PZP-formulier inlezen", folder, "PZP-formulier (*.pdf);;Alles (*)"
    )
    if not name:
        return None
    bench.desk.preferences.remember(FOLDER, str(Path(name).parent))
    return Path(name)


def dropped_form(mime: QMimeData) -> Path | None:
    """The one file that is dragged here, or nothing."""
    urls = mime.urls() if mime.hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def look(bench: Bench, path: Path, here: PatientId) -> Outcome:
    """Read a file, and read it in where it surely is of this patient; the work of a job.

    Raises:
        UnreadableFile: it is no form that can be read.
        Refused: it was read in with somebody else.
    """
    data = read_file(path, what="Het formulier")
    if b"%PDF" not in data[:1024]:
        raise UnreadableFile(NO_PDF)
    owner = bench.desk.pzps.whose(data, here)
    report = bench.desk.pzps.read_in(data, here) if owner.is_sure else None
    return Outcome(data, owner, report)


def fill_question(form: Form, patient: Patient, owner: FormOwner) -> None:
    """Ask whose form it is; nothing is chosen beforehand.

    This file comes first only where one thing may have been written otherwise.
    """
    here = f"{formal(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"
    born = dutch_date(owner.birth_date) or "geen leesbare geboortedatum"
    said = f"{owner.name or 'geen naam'}, {born}"
    unlike = unlike_words(patient, owner)
    form.put(text(" ".join((*unlike, UNSURE)), "warning"))
    for words, who in (("Op het formulier", said), ("Dit dossier", here)):
        part = QWidget()
        part.setLayout(fact(words, who))
        form.put(part)
    in_this = (HERE, f"In dit dossier, van {inside(here)}")
    choices = [(str(key), f"In het dossier van {inside(words)}") for key, words in owner.candidates]
    if owner.can_be_new:
        choices.append((NEW, f"Bij een nieuwe patiënt: {said}"))
    choices.insert(len(choices) if unlike == (BOTH,) else 0, in_this)
    form.row(ChoiceField("bij_wie", "Waar hoort dit formulier?", choices, required=True))


def unlike_words(patient: Patient, owner: FormOwner) -> tuple[str, ...]:
    """What the form says otherwise than the file, or does not say; nothing where others are as likely."""
    named = matches(written_name(owner.name), patient.birth_date, [patient])[0]
    if owner.name and not named and owner.birth_date not in (None, patient.birth_date):
        return (BOTH,)
    told = []
    if not owner.name:
        told.append("Op het formulier staat geen naam.")
    elif not named:
        told.append("De naam is anders dan in dit dossier.")
    if owner.birth_date is None:
        told.append("De geboortedatum op het formulier is niet te lezen.")
    elif owner.birth_date != patient.birth_date:
        told.append("De geboortedatum is anders dan in dit dossier.")
    return tuple(told)


def report_card(found: PzpImport, close: QPushButton, add: QPushButton | None) -> Card:
    """What came of a form: the version, what could not be settled, what differs from the file.

    That it waits to be confirmed stands beneath, where that is done.
    """
    number = found.version.number
    heading = (
        f"Al ingelezen: versie {number}" if found.existing else f"Ingelezen als versie {number}"
    )
    card = Card(heading, role="card-accent")
    talk = dutch_date(found.version.talk_on) or "datum niet leesbaar"
    card.add(text(f"Gesprek: {talk}.", "strong"))
    _list(card, "Let op", found.remarks)
    _list(card, "Verborgen op het formulier, telt niet mee", found.leftovers)
    _list(card, "Anders dan in het zorgnetwerk", found.proposals)
    buttons = [add] if add is not None and found.proposals else []
    card.add(row(*buttons, close, None))
    return card


def taken_back_card(version: PzpVersion, printed: Sequence[Handout], close: QPushButton) -> Card:
    """What was printed while a version of somebody else held here."""
    card = Card(f"Versie {version.number} is teruggenomen", role="card-warning")
    if printed:
        papers = [
            f"{label(one.kind)}, {dutch_date(one.printed_at.astimezone().date())}"
            for one in printed
        ]
        _list(card, "Intussen afgedrukt of gekopieerd; haal dit terug", papers)
    else:
        card.add(text("Er is intussen niets van afgedrukt."))
    card.add(row(close, None))
    return card


def wrong_card(sentence: str, again: QPushButton, close: QPushButton) -> Card:
    """Why a form was not read in."""
    card = Card("Niet ingelezen", role="card-warning")
    return card.add(text(sentence, "error"), row(again, close, None))


def _list(card: Card, heading: str, lines: Sequence[str]) -> None:
    if lines:
        parts = [text(line[:1].upper() + line[1:], select=True) for line in lines]
        card.add(column(text(heading, "small"), *parts, gap=2))
