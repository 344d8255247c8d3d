"""What is recorded of a PZP: a talk, a correction, a confirmation, and that a form was somebody else's."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pzdesk.content import pzp_form
from pzdesk.domain import pzp
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import Handout
from pzdesk.domain.patient import Patient
from pzdesk.domain.pzp import Answers, PzpVersion
from pzdesk.domain.pzp_form import HEAD, Part
from pzdesk.domain.status import StatusKind
from pzdesk.domain.user import Role
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import DateField, TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.file import pzp_cards as cards
from pzdesk.gui.pages.file import pzp_reading as reading
from pzdesk.gui.pages.file.pzp_form import PzpQuestions, answers_or_none, not_filled, summary
from pzdesk.gui.parts import button, holder, row, text
from pzdesk.services import paper_words

if TYPE_CHECKING:
    from pzdesk.gui.pages.file.pzp import PzpSection
    from pzdesk.gui.section import Section

Made = tuple[Form, PzpQuestions, Callable[[], object]]
CLINICIANS = (Role.HUISARTS, Role.VS_PA, Role.WAARNEMER)
HOW = (
    "Vul in wat is gezegd; wat u leeg laat, blijft “niet ingevuld”. Niet besproken, of nog geen mening: "
    "kies (nog) onbekend. Enter gaat naar de volgende vraag; 1, 2, 3 kiest een antwoord; Delete, of nog "
    "eens klikken, wist het. Ctrl+PgDn gaat naar het volgende onderdeel."
)


def new_form(section: "PzpSection", file: PatientFile) -> Made:
    """A talk: it begins with what holds now, so that what was agreed before does not fall away unsaid."""
    valid = file.valid_pzp
    base = dict(valid.answers) if valid is not None else {}
    base.pop(cards.PRESENT, None)  # who were there is of each talk
    form = section.new_form("PZP vastleggen", lambda values: _record(section, values), "nieuw")
    form.put(text(HOW, "small"))
    on = DateField("datum", "Datum van het gesprek", section.bench.today, required=True, past=True)
    by = PickField("gevoerd_door", "Gevoerd door", section.people(), free=True, required=True)
    by.set_value(section.bench.desk.session.user.name)
    return _form(section, file, form, base, valid, (on, by, _function()))


def correction_form(section: "PzpSection", file: PatientFile, version: PzpVersion) -> Made:
    """The same talk again, with what was recorded wrongly mended."""
    form = section.new_form(
        f"Versie {version.number} verbeteren",
        lambda values: _record(section, values),
        f"verbeteren-{version.number}",
    )
    form.put(
        text("De oude versie blijft te lezen; uw verbetering wordt een nieuwe versie.", "small")
    )
    on = DateField("datum", "Datum van het gesprek", section.bench.today, required=True, past=True)
    on.set_value(version.talk_on)
    by = PickField("gevoerd_door", "Gevoerd door", section.people(), free=True, required=True)
    by.set_raw(version.held_by)
    function = _function()
    function.set_raw(version.held_by_function)
    return _form(section, file, form, version.answers, version, (on, by, function))


def confirm_form(section: "PzpSection", file: PatientFile, version: PzpVersion) -> Form:
    """Who confirms a received version, with all of it below; a missing date may be given."""
    desk, today = section.bench.desk, section.bench.today
    form = section.new_form(
        f"Versie {version.number} bevestigen",
        lambda values: _confirm(section, version, values),
        f"bevestigen-{version.number}",
        "Bevestigen",
    )
    by = PickField(
        "naam", "Bevestigd door (hoofdbehandelaar)", section.people(), free=True, required=True
    )
    responsible = file.professional_now(StatusKind.RESPONSIBLE)
    user = desk.session.user
    if set(user.roles) & set(CLINICIANS):
        by.set_value(user.name)
    elif responsible is not None:
        by.help.setText(f"Hoofdbehandelaar in dit dossier: {responsible.name}")
        by.help.show()
    on = DateField("datum", "Bevestigd op", today, required=True, past=True)
    on.set_value(today)
    form.row(by, on, shares=(2, 1))
    if version.talk_on is None:
        form.put(
            text(
                "Op het formulier staat geen leesbare datum van het gesprek. Weet u hem, vul hem dan in: "
                "pzdesk legt dezelfde antwoorden dan vast als nieuwe versie met die datum. Anders blijft "
                "de datum onbekend.",
                "warning",
            )
        )
        talk = DateField("datum_gesprek", "Datum van het gesprek", today, past=True)
        held = PickField("gevoerd_door", "Gevoerd door", section.people(), free=True)
        form.row(talk, *([] if version.held_by else [held]))
    form.put(cards.answers_card(version, "Dit bevestigt u"))
    return form


def take_back_form(section: "PzpSection", version: PzpVersion) -> Form:
    """Why a received version is not of this person."""
    form = section.new_form(
        f"Versie {version.number} terugnemen",
        lambda values: _take_back(section, version, values),
        f"terugnemen-{version.number}",
        "Terugnemen",
    )
    form.put(
        text(
            f"Voor een formulier dat van iemand anders is. {cards.version_name(version).capitalize()} "
            "geldt dan niet meer en blijft te lezen; wat daarvóór gold, geldt weer. Daarna ziet u wat er "
            "intussen van is afgedrukt. Is er alleen iets verkeerd ingevuld? Kies dan Verbeteren."
        )
    )
    form.row(TextField("reden", "Waarom hoort dit formulier hier niet?", required=True))
    return form


def question_form(
    section: "Section",
    patient: Patient,
    found: reading.Outcome,
    put: Callable[[reading.Outcome, dict[str, Any]], object],
) -> Form:
    """Whose form it is; without a draft, for the form itself is kept nowhere yet."""
    form = Form(
        "Van wie is dit formulier?",
        lambda values: put(found, values),
        cancel=section.close_form,
        cancel_words="Niet inlezen",
        words="Inlezen",
    )
    reading.fill_question(form, patient, found.owner)
    return form


def _function() -> PickField:
    """The function of who held the talk: of the national list, or in own words."""
    national = pzp_form()
    head = [
        q for q in national.questions if q.section == HEAD and q.role is Part.PART and q.options
    ]
    names = [(option.label, option.label) for question in head for option in question.options]
    return PickField("functie", "Functie", names, free=True)


def _form(
    section: "PzpSection",
    file: PatientFile,
    form: Form,
    base: Answers,
    before: PzpVersion | None,
    head: tuple[DateField, PickField, PickField],
) -> Made:
    national = pzp_form()
    on, by, function = head
    form.row(on, by, function)
    reason = TextField(
        "reden",
        "Waarom een nieuwe versie over hetzelfde gesprek?",
        required=True,
        help_="Van deze dag is al een PZP vastgelegd; dit wordt een verbetering daarvan.",
    )
    form.row(reason)
    people = {n.name: paper_words.phones(n.phones) for n in file.naasten if n.until is None}
    if before is not None:
        said = f"Ingevuld zoals in {cards.version_name(before)}. Verander wat nu anders is."
        wipe = button("Leeg beginnen", lambda: questions.clear())
        line = row(text(said), wipe, gap=12)
        line.setStretch(0, 1)
        form.put(holder(line))
    questions = PzpQuestions(form, national, base, people)
    tell = summary(form)
    days = {version.talk_on for version in file.live_pzp}

    def fit() -> None:
        try:
            day = on.value()
        except PzdeskError:
            day = None
        reason.setVisible(day is not None and day in days)
        now = answers_or_none(questions)
        if now is None:
            return
        changes = pzp.differences(national, before.answers, now) if before is not None else ()
        changes = tuple(d for d in changes if d.question != cards.PRESENT)
        words = "\n".join(f"{d.number}  {d.label}: {d.old} → {d.new}" for d in changes)
        since = cards.version_name(before) if before is not None else ""
        open_ = not_filled(national, now)
        tell(
            f"Anders dan {since}:\n{words}" if words else "",
            f"Niet ingevuld: {open_}" if open_ else "",
        )

    on.changed.connect(fit)
    return form, questions, fit


def _record(section: "PzpSection", values: dict[str, Any]) -> None:
    questions, file = section.questions, section.file
    if questions is None or file is None:
        return

    def work() -> PzpVersion:
        return section.bench.desk.pzps.record(
            file.patient.id,
            questions.answers(),
            talk_on=values["datum"],
            held_by=values["gevoerd_door"],
            held_by_function=values["functie"] or "",
            reason=values.get("reden", ""),
        )

    section.show_version(0)
    section.record(work, said="PZP vastgelegd")


def _confirm(section: "PzpSection", version: PzpVersion, values: dict[str, Any]) -> None:
    section.show_version(0)
    section.record(
        lambda: section.bench.desk.pzps.confirm(
            version,
            by=values["naam"],
            on=values["datum"],
            talk_on=values.get("datum_gesprek"),
            held_by=values.get("gevoerd_door") or "",
        ),
        said=f"PZP versie {version.number} bevestigd",
    )


def _take_back(section: "PzpSection", version: PzpVersion, values: dict[str, Any]) -> None:
    def work() -> list[Handout]:
        printed = section.bench.desk.pzps.take_back(version, values["reden"])
        section.show_notice(
            version.patient_id,
            lambda: reading.taken_back_card(version, printed, section.close_notice()),
        )
        return printed

    section.show_version(0)
    section.record(work, said=f"PZP versie {version.number} teruggenomen")
