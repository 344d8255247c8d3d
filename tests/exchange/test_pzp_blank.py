"""Our own fillable form has the fields of the official one."""

from pzdesk.domain.pzp import Answer
from pzdesk.exchange.pzp_blank import field_values, filled_form, form_objects
from tests.domain.pzp_samples import FORM


def test_the_same_values_give_the_same_bytes() -> None:
    values = {"4a-check": "1", "5a-veld": "rust, (haakjes) en Şahin"}
    assert filled_form(values) == filled_form(dict(reversed(values.items())))


def test_answers_become_values_of_fields() -> None:
    answers = {
        "0.datum": Answer("2026-11-19"),
        "1d": Answer("ja"),
        "2": Answer(ticked=("patient", "anders")),
        "2.anders": Answer("buurvrouw"),
        "3": Answer("symptoom"),
        "1b.email": Answer(rows=({"adres": "an@example.nl"},)),
    }
    assert field_values(answers) == {
        "datumInvullen": "19-11-2026",
        "1d-check": "0",
        "Selectievakje 2": "Ja",
        "Selectievakje 9": "Ja",
        "2-veld": "buurvrouw",
        "3-check": "1",
    }


def test_the_form_has_our_words_and_fields_that_only_draw() -> None:
    drawn = b" ".join(form_objects({}))
    assert b"/T(titel)" in drawn
    assert FORM.question("4a").label.encode() in drawn
