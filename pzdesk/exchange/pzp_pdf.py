"""Reads the official PZP form as a filled PDF: every answer as it stands, or a told error.

The fields come raw from the guarded child; here they become answers of our form. Nothing is guessed:
no date, no brother or sister for "Broer/zus", and an answer that the form hides goes to the report only.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pzdesk.content import pzp_form
from pzdesk.domain.errors import UnreadableFile
from pzdesk.domain.person import MONTHS, WEEKDAYS, dutch_date
from pzdesk.domain.pzp import (
    Answer,
    Kind,
    Leftover,
    Option,
    PzpForm,
    Question,
    checked,
    split_leftovers,
)
from pzdesk.domain.pzp_form import acro_fields
from pzdesk.domain.texts import clean_text, one_line
from pzdesk.exchange.guarded import checked_size, read_pdf, unreadable

NO_FORM = "Dit is geen ingevuld uniform PZP-formulier: de velden van het formulier ontbreken."
FLATTENED = (
    "Dit PZP-formulier is platgeslagen (afgedrukt of gescand als PDF): de antwoorden zijn niet meer als "
    "velden aanwezig. Vraag het invulbare formulier op, of neem de antwoorden zelf over."
)
BLANK = "Dit PZP-formulier is niet ingevuld."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """What a filled form says; ``answers`` count, ``leftovers`` are hidden by another answer.

    Names and dates of the head also stand as they were written (``…_text``); ``birth_date`` and
    ``talk_on`` are empty where that is no full date. ``remarks`` are Dutch sentences for the user.
    ``digest`` is the SHA-256 of the file.
    """

    digest: str
    answers: dict[str, Answer]
    leftovers: tuple[Leftover, ...] = ()
    patient_name: str = ""
    birth_date: date | None = None
    birth_text: str = ""
    talk_on: date | None = None
    talk_text: str = ""
    held_by: str = ""
    held_by_function: str = ""
    remarks: tuple[str, ...] = ()


def read_form(pdf: bytes, *, today: date | None = None) -> ReadForm:
    """A filled official form, read in a child process with limits.

    ``today``: a talk in the future is a slip of the pen, so its date is not taken over.

    Raises:
        UnreadableFile: it is damaged, foreign, blank, flattened, locked, too large, or contradicts itself.
        BadInput: an answer is longer than 20,000 characters.
    """
    return _form_from(pzp_form(), read_pdf(pdf), pdf, today)


def parse_form(pdf: bytes, *, today: date | None = None) -> ReadForm:
    """The same as ``read_form`` within this process, without limits: for files of our own."""
    from pzdesk.exchange.acroform import Unusable, read_fields  # pypdf is loaded in the child only

    checked_size(pdf)
    try:
        raw = read_fields(pdf)
    except Unusable as reason:
        raise unreadable(reason.kind) from reason
    return _form_from(pzp_form(), raw, pdf, today)


def read_day(text: str) -> date | None:
    """A day with a year of four digits, day first, or nothing: it is never guessed.

    >>> read_day("1-10-2020") == read_day("1 oktober 2020") == read_day("2020-10-01")
    True
    """
    bare = clean_text(text).lower().rstrip(".")
    for pattern in _DAYS:
        if found := pattern.fullmatch(bare):
            month = found["month"]
            number = _MONTHS.get(month) or int(month)
            try:
                return date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                return None
    return None


_MONTHS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, start=1)},
    "mrt": 3,
    "sept": 9,
}
_DAYS = (
    re.compile(r"(?P<day>[0-9]{1,2})\s?([-/.])\s?(?P<month>[0-9]{1,2})\s?\2\s?(?P<year>[0-9]{4})"),
    re.compile(
        rf"(?:(?:{'|'.join(WEEKDAYS)}),? )?"
        rf"(?P<day>[0-9]{{1,2}})[ -](?P<month>{'|'.join(_MONTHS)})\.?[ -](?P<year>[0-9]{{4}})"
    ),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
)
_SHORT_YEAR = re.compile(r".*\D’?'?[0-9]{2}")
_OLDEST = 1890


def _form_from(form: PzpForm, raw: Mapping[str, Any], pdf: bytes, today: date | None) -> ReadForm:
    fields = _known_fields(form, raw)
    head = {q.id: _head_text(fields, q) for q in form.questions if q.section == "0" and q.acro}
    talk_on, talk_remark = _talk_day(head["0.datum"], today)
    birth_date, birth_remark = _birth_day(head["0.geboortedatum"], today)
    days = {"0.datum": talk_on, "0.geboortedatum": birth_date}
    given = {}
    for question in form.questions:
        if question.id in days:
            day = days[question.id]
            given[question.id] = Answer(day.isoformat() if day else "")
        elif question.acro:
            given[question.id] = _answer(fields[question.acro], question)
        elif question.kind is Kind.MULTI and any(o.acro_field for o in question.options):
            given[question.id] = Answer(ticked=_ticked(fields, question))
    answers, leftovers = split_leftovers(form, checked(form, given))
    if not answers and not leftovers:
        raise UnreadableFile(BLANK)
    no_name = "" if head["0.naam"] else "Op het formulier staat geen naam van de patiënt."
    return ReadForm(
        digest=hashlib.sha256(pdf).hexdigest(),
        answers=answers,
        leftovers=leftovers,
        patient_name=head["0.naam"],
        birth_date=birth_date,
        birth_text=head["0.geboortedatum"],
        talk_on=talk_on,
        talk_text=head["0.datum"],
        held_by=head["0.gevoerd_door"],
        held_by_function=head["0.functie"],
        remarks=tuple(filter(None, (talk_remark, no_name, birth_remark))),
    )


def _known_fields(form: PzpForm, raw: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Each answer field of the form, by its name; also where they were put below a common name."""
    wanted = acro_fields(form)
    fields: list[dict[str, Any]] = raw["fields"]
    by_name = _by_name(wanted, ((field["name"], field) for field in fields))
    if len(by_name) < len(wanted):
        below = ((field["name"].rpartition(".")[2], field) for field in fields)
        by_name = _by_name(wanted, below)
    missing = [name for name in wanted if name not in by_name]
    if not by_name:
        raise UnreadableFile(FLATTENED if raw.get("words") else NO_FORM)
    if missing:
        raise UnreadableFile(
            f"Dit is geen (volledig) uniform PZP-formulier: {len(missing)} van de {len(wanted)} velden "
            f"ontbreken, waaronder dat van {_named(wanted[missing[0]])}."
        )
    return by_name


def _by_name(
    wanted: Mapping[str, Question], named: Iterable[tuple[str, dict[str, Any]]]
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, field in named:
        if name not in wanted:
            continue
        if name in found:
            raise UnreadableFile(
                f"Dit formulier heeft twee velden voor {_named(wanted[name])}; "
                "welk antwoord geldt, is niet te zien."
            )
        found[name] = field
    return found


def _answer(field: Mapping[str, Any], question: Question) -> Answer:
    if question.kind is not Kind.CHOICE:
        return Answer(_of_kind(field, "text", question)["value"] or "")
    value = _button(field, question)
    for option in question.options:
        if value and option.acro == value:
            return Answer(option.id)
    if value:
        raise _strange(question)
    return Answer()


def _ticked(fields: Mapping[str, Mapping[str, Any]], question: Question) -> tuple[str, ...]:
    return tuple(o.id for o in question.options if _is_ticked(fields[o.acro_field], o, question))


def _is_ticked(field: Mapping[str, Any], option: Option, question: Question) -> bool:
    value = _button(field, question)
    if value and value != option.acro:
        raise _strange(question)
    return bool(value)


def _button(field: Mapping[str, Any], question: Question) -> str:
    """The value of a button field, which its widgets must show."""
    made = _of_kind(field, "button", question)
    value, shown = made["value"], [state for state in made["on"] if state]
    if value and value not in made["states"]:
        raise _strange(question)
    if set(shown) != ({value} if value else set()):
        raise UnreadableFile(
            f"Dit formulier spreekt zichzelf tegen bij {_named(question)}: wat is opgeslagen, "
            "is niet wat het laat zien. Laat het opnieuw opslaan of neem de antwoorden zelf over."
        )
    return str(value)


def _of_kind(field: Mapping[str, Any], kind: str, question: Question) -> Mapping[str, Any]:
    if field["kind"] != kind:
        raise UnreadableFile(
            f"Dit is geen uniform PZP-formulier: het veld van {_named(question)} is van een andere soort."
        )
    return field


def _strange(question: Question) -> UnreadableFile:
    return UnreadableFile(
        f"Dit formulier heeft bij {_named(question)} een antwoord dat het uniforme formulier niet kent."
    )


def _named(question: Question) -> str:
    number = f"{question.number} " if question.number else ""
    return f"“{number}{question.label}”"


def _head_text(fields: Mapping[str, Mapping[str, Any]], question: Question) -> str:
    written = _of_kind(fields[question.acro], "text", question)["value"] or ""
    return one_line(written)


def _talk_day(text: str, today: date | None) -> tuple[date | None, str]:
    if not text:
        return None, "Op het formulier staat geen datum van het gesprek. Vul die aan."
    day = read_day(text)
    if day is None or day.year < _OLDEST:
        return None, _unclear("datum van het gesprek", text)
    if today is not None and day > today:
        return None, (
            f"De datum van het gesprek, {dutch_date(day)}, ligt in de toekomst en is niet overgenomen. "
            "Vul de juiste datum in."
        )
    return day, ""


def _birth_day(text: str, today: date | None) -> tuple[date | None, str]:
    if not text:
        return None, "Op het formulier staat geen geboortedatum."
    day = read_day(text)
    if day is None or day.year < _OLDEST or (today is not None and day > today):
        return None, _unclear("geboortedatum", text)
    return day, ""


def _unclear(what: str, text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    if _SHORT_YEAR.fullmatch(shown):
        return (
            f"De {what} “{shown}” heeft een jaartal van twee cijfers; de eeuw wordt niet geraden."
        )
    return f"De {what} is niet te lezen: “{shown}”. Een datum staat er als dd-mm-jjjj."
