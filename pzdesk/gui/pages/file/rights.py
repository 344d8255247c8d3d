"""What a patient may ask: a copy of the whole file, who saw it, and that it, or a part, is destroyed."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLabel

from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, spoken
from pzdesk.domain.table_words import WORDS, rows_in_words
from pzdesk.domain.user import Right
from pzdesk.gui import clipboard
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import ChecksField, ChoiceField
from pzdesk.gui.fields import TextField, focus_soon
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.file.file_parts import parts_of
from pzdesk.gui.parts import text
from pzdesk.gui.places import PATIENTS, file_of
from pzdesk.gui.preview import show_paper
from pzdesk.gui.section import Section
from pzdesk.services.desk import Desk
from pzdesk.services.destructions import Done, Foreseen
from pzdesk.services.files import write_files
from pzdesk.services.inzage import FileCopy

COPY, WHO_SAW, DESTROY = "afschrift", "wie-zag", "vernietigen"
FOLDER = "inzage.map"
WHOLE, PART = "alles", "deel"
LAW = (
    "De patiënt mag hierom vragen (BW 7:455, WGBO). Het mag niet als bewaren van groot belang is voor iemand "
    "anders, of als een wet het verbiedt; dat weegt u als hulpverlener."
)
NOT_UNDONE = "Dit kan niet ongedaan worden gemaakt. Ook een back-up brengt het niet terug."
OUTSIDE = (
    "Wat is afgedrukt, opgeslagen of naar het HIS gekopieerd, haalt pzdesk niet terug; het dossier in het "
    "HIS is een eigen dossier."
)
STAYS = (
    "In het logboek blijft staan wie dit dossier zag en wijzigde, en dat het is vernietigd, wanneer, door "
    "wie en waarom. Er blijft niets staan van wat erin stond."
)


def entries(desk: Desk) -> list[tuple[str, str]]:
    """What of this the user may do, for the menu of the header."""
    found = [
        (Right.COPY_FILE, "Afschrift voor de patiënt…", COPY),
        (Right.ACCESS_PAPER, "Wie heeft dit dossier gezien…", WHO_SAW),
        (Right.DESTROY, "Vernietigen…", DESTROY),
    ]
    return [(words, act) for right, words, act in found if desk.session.has(right)]


def begin(section: Section, act: str) -> None:
    """Open the form of one of the entries in a section of the file."""
    if section.file is None or act not in {known for _, known in entries(section.bench.desk)}:
        return
    if act == WHO_SAW:
        show_who_saw(section.bench, section.file.patient.id)
        return
    form = _copy_form(section, section.file) if act == COPY else _what_form(section, section.file)
    section.open_form(form, act)
    if act == COPY:
        focus_soon(form.submit)  # there is nothing to fill in


def show_who_saw(bench: Bench, patient: PatientId) -> None:
    """The paper "wie heeft dit dossier gezien", for the patient: to be looked at, and then handed out."""
    papers = bench.desk.papers
    show_paper(
        bench,
        "Wie heeft dit dossier gezien",
        look=lambda: papers.preview_access(patient),
        hand_out=lambda: papers.access(patient),
        file_name=f"wie-zag-dit-dossier-{int(patient)}.pdf",
    )


def _copy_form(section: Section, file: PatientFile) -> Form:
    form = Form(
        "Afschrift van het hele dossier, voor de patiënt",
        lambda _: _choose(section, file),
        cancel=section.close_form,
        words="Map kiezen en opslaan…",
    )
    form.put(
        text(
            "Alles wat pzdesk over deze patiënt bewaart, met wie het vastlegde en wanneer, en wie het "
            "dossier zag: als document (PDF) en, met hetzelfde erin, als gegevens (JSON)."
        )
    )
    form.put(
        text(
            "Wat een mantelzorger op een vragenlijst antwoordde en wat een naaste in vertrouwen vertelde, "
            "staat er niet in: dat is van hen. Het afschrift zegt dat, met de regel waarop het berust "
            "(BW 7:456; AVG artikel 15 lid 4). Een verzoek om euthanasie staat er wel in.",
            "muted",
        )
    )
    form.put(text("Lees het door voordat u het meegeeft.", "strong"))
    return form


def _choose(section: Section, file: PatientFile) -> None:
    kept = section.bench.desk.preferences.remembered(FOLDER, "")
    chosen = QFileDialog.getExistingDirectory(section, "Waar komt het afschrift?", kept)
    if chosen:
        save_copy(section, file, Path(chosen))


def save_copy(section: Section, file: PatientFile, folder: Path) -> None:
    """Make the copy and write both files in a folder."""
    desk, form = section.bench.desk, section.form

    def write(made: FileCopy) -> FileCopy:
        found = {f"{made.name}.pdf": made.pdf, f"{made.name}.json": made.data}
        write_files(folder, found, store=desk.session.store.folder)
        return made

    def done(made: FileCopy) -> None:
        desk.preferences.remember(FOLDER, str(folder))
        section.close_form(saved=True)
        section.bench.tell(f"Afschrift opgeslagen: {made.name}.pdf en {made.name}.json in {folder}")

    section.bench.job(
        "Afschrift maken",
        lambda _: write(desk.inzage.copy(file.patient.id)),
        done=done,
        wrong=form,
    )


def _what_form(section: Section, file: PatientFile) -> Form:
    """First what has to go; what that takes with it is shown before anything happens."""
    parts = parts_of(file)
    form = Form(
        "Vernietigen: wat moet er weg?",
        lambda values: _foresee(section, file, values),
        cancel=section.close_form,
        words="Bekijken wat er verdwijnt",
    )
    form.put(text(LAW))
    what = ChoiceField(
        "wat",
        "Wat moet er weg?",
        [(WHOLE, "het hele dossier"), *([(PART, "een deel ervan")] if parts else [])],
        required=True,
    )
    form.row(what)
    fields = [ChecksField(part.key, part.title, part.rows) for part in parts]
    for field in fields:
        form.row(field)
        field.setVisible(False)

    def show_parts() -> None:
        for field in fields:
            field.setVisible(what.value() == PART)

    what.changed.connect(show_parts)
    return form


def _foresee(section: Section, file: PatientFile, values: dict[str, Any]) -> None:
    form, destructions = section.form, section.bench.desk.destructions
    rows = [name for key, names in values.items() if key != "wat" for name in names]
    if values["wat"] == PART and not rows:
        if form is not None:
            form.field("wat").set_error("Kies ten minste één onderdeel.")
        return
    section.bench.job(
        "Bekijken wat er verdwijnt",
        lambda _: destructions.foresee(file.patient.id, rows),
        done=lambda seen: _ask(section, file, rows, seen),
        wrong=form,
    )


def _ask(section: Section, file: PatientFile, rows: list[str], seen: Foreseen) -> None:
    """Show what would go; the keyboard begins at the top: it is to be read before anything is chosen."""
    warning = text(NOT_UNDONE, "warning", select=True)
    section.open_form(_sure_form(section, file, rows, seen, warning), DESTROY)
    focus_soon(warning)


def _sure_form(
    section: Section, file: PatientFile, rows: list[str], seen: Foreseen, warning: QLabel
) -> Form:
    patient = file.patient
    who = f"{spoken(patient.name, patient.sex)}, {dutch_date(patient.birth_date)}"
    form = Form(
        f"Vernietigen: {'een deel van ' if rows else ''}het dossier van {who}",
        lambda values: _destroy(section, file, rows, values),
        cancel=section.close_form,
        words="Voorgoed vernietigen",
    )
    form.put(warning)
    form.part("Dit verdwijnt")
    goes = [rows_in_words(table, seen.goes[table]) for table in WORDS if table in seen.goes]
    form.put(text(" · ".join(goes), "strong"))
    form.part("Dit blijft")
    form.put(text(STAYS))
    for said in (*_elsewhere(seen), *_backups(seen), OUTSIDE):
        form.put(text(said))
    form.part("Waarom")
    asked = [(one.value, label(one)) for one in AskedBy]
    form.row(ChoiceField("gevraagd", "Op wiens verzoek", asked, required=True))
    form.row(
        TextField(
            *("reden", "Reden"),
            required=True,
            help_="Deze regel blijft staan: noem niet wie het was.",
        )
    )
    form.row(
        TextField(
            *("bevestiging", "Typ de achternaam of de geboortedatum van deze persoon"),
            required=True,
        )
    )
    return form


def _destroy(section: Section, file: PatientFile, rows: list[str], values: dict[str, Any]) -> None:
    destructions, patient = section.bench.desk.destructions, file.patient.id
    section.bench.job(
        "Vernietigen",
        lambda _: destructions.destroy(
            *(patient, rows),
            asked_by=AskedBy(values["gevraagd"]),
            reason=values["reden"],
            typed=values["bevestiging"],
        ),
        done=partial(_gone, section, file, is_whole=not rows),
        wrong=section.form,
    )


def _gone(section: Section, file: PatientFile, done: Done, *, is_whole: bool) -> None:
    """Leave the file, let every page forget it, and come back where a part of it is still there."""
    bench, patient = section.bench, file.patient.id
    bench.forget_undo()  # an earlier act would bring something back
    clipboard.forget()
    section.close_form(saved=True, rebuild=False)
    bench.go(PATIENTS)
    bench.changes.tell(Change(Topic.DESTROYED, patient))
    if not is_whole:
        bench.go(file_of(patient))
    what = "Het dossier is vernietigd" if is_whole else "Dit deel van het dossier is vernietigd"
    later = (
        ""
        if done.is_swept
        else (
            ". Een ander venster leest nog mee: de laatste resten gaan weg als de praktijk weer wordt geopend"
        )
    )
    bench.tell(what + later)


def _elsewhere(seen: Foreseen) -> list[str]:
    found = [rows_in_words(table, count) for table, count in seen.named_elsewhere.items()]
    if not found:
        return []
    return [
        f"Deze achternaam staat ook elders: in {', '.join(found)}. Dat kan iemand anders zijn, of een tekst "
        "over deze persoon: kijk dat zelf na."
    ]


def _backups(seen: Foreseen) -> list[str]:
    said = []
    if seen.backups and seen.until is not None:
        oldest = min(backup.about.made_at for backup in seen.backups)
        many = (
            "Een back-up bevat dit nog"
            if len(seen.backups) == 1
            else f"{len(seen.backups)} back-ups bevatten dit nog, de oudste van {dutch_date(oldest.date())}"
        )
        said.append(
            f"{many}. De laatste verdwijnt vanzelf rond {dutch_date(seen.until)}. Wordt er een teruggezet, "
            "dan vernietigt pzdesk dit opnieuw voordat iemand het ziet."
        )
    if seen.copies:
        names = ", ".join(path.name for path in seen.copies)
        said.append(
            f"Kopieën van de hele praktijk in de map met back-ups verdwijnen niet vanzelf: {names}. Gooi weg "
            "wat u niet meer nodig hebt."
        )
    return said
