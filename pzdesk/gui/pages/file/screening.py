"""The form of an instrument: answers taken over from the official form, and what they add up to so far."""

from datetime import date

from pzdesk.domain import instrument as rule
from pzdesk.domain.instrument import Instrument
from pzdesk.gui.choices import ChoiceField, ComboField, PickField
from pzdesk.gui.fields import AreaField, DateField, Field
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import text

BESIDE = 2  # questions beside each other
MOST_IN_SIGHT = 6  # with more answers than this a list is quieter than a row of circles


def screening_form(
    form: Form, instrument: Instrument, today: date, people: list[tuple[str, str]]
) -> None:
    """Fill a form with the questions of an instrument, the score so far, and the follow-up."""
    on = DateField("datum", "Datum", today, required=True, past=True)
    on.set_value(today)
    by = PickField("by", "Afgenomen door", people, free=True)
    by.set_value(people[0][0] if people else "")
    form.put(text(f"{instrument.recording} Bron: {instrument.rights.source}", "small"))
    form.row(on, by)
    questions = {item.id: question(instrument, item) for item in instrument.items}
    every = list(questions.values())
    for start in range(0, len(every), BESIDE):
        form.row(*every[start : start + BESIDE])
    score = text("", "strong")
    score.setAccessibleName("Uitkomst tot nu toe")
    form.put(score)

    def count() -> None:
        score.setText(score_words(instrument, {key: q.raw() for key, q in questions.items()}))

    for made in questions.values():
        made.changed.connect(count)
    count()
    form.part("Vervolg")
    form.put(
        text(
            "Spreek het vervolg hier af, of later: tot dan staat het open bij Mantelzorg en op uw "
            "werklijst.",
            "muted",
        )
    )
    form.row(AreaField("what", "Wat gebeurt er?", lines=1))
    form.row(
        PickField("who", "Wie doet dat?", people, free=True),
        DateField("due", "Vóór (leeg: volgens de termijn van de praktijk)", today, past=False),
    )


def question(instrument: Instrument, item: rule.Item) -> Field:
    """One item; nothing is chosen beforehand."""
    choices = [(option.key, option.label) for option in item.options]
    topic = f"{item.topic[:1].upper()}{item.topic[1:]}"
    label = topic if len(instrument.items) == 1 else f"{item.id}. {topic}"
    key = f"item-{item.id}"
    if len(choices) > MOST_IN_SIGHT:
        return ComboField(key, label, choices, nothing="niet beantwoord")
    return ChoiceField(key, label, choices)


def score_words(instrument: Instrument, answers: dict[str, str]) -> str:
    """What was answered so far: a score only when it is complete, a band only with its source."""
    given = {key: answer for key, answer in answers.items() if answer}
    result = rule.score(instrument, given)
    if result.missing and given:
        left = len(result.missing)
        return (
            f"Nog {left} {'vraag' if left == 1 else 'vragen'} niet beantwoord: nog geen uitkomst."
        )
    parts = []
    for made in instrument.scores:
        value = result.scores[made.id]
        if value is None or len(instrument.items) == 1:
            continue
        band = result.bands[made.id]
        where = f"; {band.label} (bron: {band.source})" if band is not None else ""
        parts.append(f"{made.label}: {value:g} van {made.high:g}{where}")
    return " · ".join(parts)
