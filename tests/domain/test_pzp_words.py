"""Limits and answers in full Dutch words."""

import pytest
from hypothesis import given

from pzdesk.domain.pzp import (
    Answer,
    Question,
    State,
    answer_in_words,
    answer_rows,
    limit_line,
    limits_in_words,
    limits_sentence,
)
from tests.domain.pzp_samples import FORM, any_answers, enabling, filled

LIMITS = {
    ("4a", "ja"): "wel reanimeren",
    ("4a", "nee"): "niet reanimeren",
    ("4a", "onbekend"): "reanimatie: nog onbekend",
    ("4a", ""): "reanimatie: niet ingevuld",
    ("4b", "ja"): "wel kunstmatig beademen",
    ("4b", "nee"): "niet kunstmatig beademen",
    ("4b", "onbekend"): "kunstmatige beademing: nog onbekend",
    ("4b", ""): "kunstmatige beademing: niet ingevuld",
    ("4c", "ja"): "wel naar de intensive care",
    ("4c", "nee"): "niet naar de intensive care",
    ("4c", "onbekend"): "opname op de intensive care: nog onbekend",
    ("4c", ""): "opname op de intensive care: niet ingevuld",
    ("4d", "ja"): "wel naar het ziekenhuis",
    ("4d", "nee"): "niet naar het ziekenhuis",
    ("4d", "onbekend"): "opname in het ziekenhuis: nog onbekend",
    ("4d", ""): "opname in het ziekenhuis: niet ingevuld",
    ("4e", "ja"): "wel antibiotica",
    ("4e", "nee"): "geen antibiotica",
    ("4e", "onbekend"): "antibiotica: nog onbekend",
    ("4e", ""): "antibiotica: niet ingevuld",
    ("4f", "ja"): "wel bloedproducten",
    ("4f", "nee"): "geen bloedproducten",
    ("4f", "onbekend"): "bloedproducten: nog onbekend",
    ("4f", ""): "bloedproducten: niet ingevuld",
    ("4g", "nee"): "geen overige behandelgrenzen",
    ("4g", "onbekend"): "overige behandelgrenzen: nog onbekend",
    ("4g", ""): "overige behandelgrenzen: niet ingevuld",
    ("4h", "ja"): "heeft een ICD",
    ("4h", "nee"): "geen ICD",
    ("4h", "onbekend"): "ICD: nog onbekend",
    ("4h", ""): "ICD: niet ingevuld",
    ("4i", "ja"): "ICD: uitzetten afgesproken",
    ("4i", "nee"): "ICD: nog geen besluit over uitzetten",
    ("4i", "niet_besproken"): "ICD: uitzetten niet besproken",
    ("4i", ""): "ICD: afspraak over uitzetten niet ingevuld",
}
WITH_RESTRICTION = {
    "4a": "wel reanimeren, met beperking",
    "4b": "wel kunstmatig beademen, met beperking",
    "4c": "wel naar de intensive care, met beperking",
    "4d": "wel naar het ziekenhuis, met beperking",
    "4e": "wel antibiotica, met beperking",
    "4f": "wel bloedproducten, met beperking",
}


@pytest.mark.parametrize(("asked", "words"), LIMITS.items())
def test_a_limit_is_said_in_full(asked: tuple[str, str], words: str) -> None:
    question_id, option = asked
    answers = {question_id: Answer(option)} if option else {}
    answers |= enabling(FORM.question(question_id))
    line = limit_line(FORM, question_id, answers)
    assert (line.words, line.note) == (words, "")
    assert line in limits_in_words(FORM, answers)


@pytest.mark.parametrize(("question_id", "words"), WITH_RESTRICTION.items())
def test_yes_but_never_stands_without_its_restriction(question_id: str, words: str) -> None:
    answers = {
        question_id: Answer("ja_maar"),
        f"{question_id}.beperking": Answer("alleen bij een breuk,\nkort {max} 3 dagen"),
    }
    said = limit_line(FORM, question_id, answers).words
    assert said == f"{words}: alleen bij een breuk, kort {{max}} 3 dagen"
    del answers[f"{question_id}.beperking"]
    said = limit_line(FORM, question_id, answers).words
    assert said == f"{words}en (welke is niet ingevuld)"


def test_every_answer_to_every_limit_has_been_worded_here() -> None:
    asked = {(q.id, o.id) for q in FORM.questions if q.is_limit for o in q.options}
    restricted = {(question, "ja_maar") for question in WITH_RESTRICTION}
    assert asked == {key for key in LIMITS if key[1]} | restricted | {("4g", "ja")}


def test_other_limits_are_said_with_what_they_are() -> None:
    answers = {"4g": Answer("ja"), "4g.toelichting": Answer("geen sondevoeding")}
    line = limit_line(FORM, "4g", answers)
    assert (line.words, line.note) == ("overige behandelgrenzen: geen sondevoeding", "")
    line = limit_line(FORM, "4g", {"4g": Answer("ja")})
    assert line.words == "overige behandelgrenzen: ja (welke is niet ingevuld)"


def test_a_restriction_left_over_from_another_answer_is_not_said() -> None:
    answers = {"4a": Answer("nee"), "4a.beperking": Answer("alleen met getuigen")}
    line = limit_line(FORM, "4a", answers)
    assert (line.words, line.note) == ("niet reanimeren", "")


def test_the_toelichting_belongs_to_the_line() -> None:
    answers = {"4e": Answer("nee"), "4e.toelichting": Answer("ook niet oraal")}
    line = limit_line(FORM, "4e", answers)
    assert (line.words, line.note) == ("geen antibiotica", "ook niet oraal")
    assert line.state is State.VALUE


def test_the_icd_agreement_is_not_asked_without_an_icd() -> None:
    answers = {"4h": Answer("nee"), "4i": Answer("ja"), "4h.toelichting": Answer("pacemaker")}
    lines = limits_in_words(FORM, answers)
    assert [line.question for line in lines] == [f"4{letter}" for letter in "abcdefgh"]
    assert (lines[-1].words, lines[-1].note) == ("geen ICD", "pacemaker")


def test_a_header_joins_the_limits_and_shortens_nothing() -> None:
    answers = {
        "4a": Answer("nee"),
        "4b": Answer("nee"),
        "4c": Answer("nee"),
        "4d": Answer("ja_maar"),
        "4d.beperking": Answer("alleen bij een breuk"),
        "4e": Answer("onbekend"),
        "4g": Answer("nee"),
        "4h": Answer("ja"),
        "4i": Answer("ja"),
    }
    assert limits_sentence(FORM, answers) == (
        "niet reanimeren · niet kunstmatig beademen · niet naar de intensive care · "
        "wel naar het ziekenhuis, met beperking: alleen bij een breuk · antibiotica: nog onbekend · "
        "bloedproducten: niet ingevuld · geen overige behandelgrenzen · ICD: uitzetten afgesproken"
    )


def test_without_a_pzp_the_limits_were_not_talked_about() -> None:
    assert limits_sentence(FORM, None) == "behandelgrenzen nog niet besproken"
    assert limits_in_words(FORM, None) == ()


def test_with_a_pzp_that_leaves_them_open_the_limits_are_not_filled_in() -> None:
    assert limits_sentence(FORM, {"5a": Answer("rust")}) == "behandelgrenzen niet ingevuld"


@pytest.mark.parametrize(
    ("question_id", "answers", "words"),
    [
        ("4a", {}, "niet ingevuld"),
        ("4a", {"4a": Answer("onbekend")}, "Onbekend"),
        ("4a", {"4a": Answer("ja_maar")}, "Ja, maar met beperkingen (welke is niet ingevuld)"),
        (
            "4a",
            {"4a": Answer("ja_maar"), "4a.beperking": Answer("één keer")},
            "Ja, maar met beperkingen: één keer",
        ),
        ("4i", {"4h": Answer("nee"), "4i": Answer("ja")}, "niet van toepassing"),
        ("0.datum", {"0.datum": Answer("2026-11-09")}, "09-11-2026"),
        ("1c", {"1c": Answer("broer_zus")}, "Broer/zus"),
        ("1c", {"1c": Answer("broer_zus", split=("zuster",))}, "Broer/zus (Zuster)"),
        (
            "1c",
            {"1c": Answer("mentor_curator", split=("mentor", "broer"))},
            "Mentor/Curator (Mentor, Broer)",
        ),
        ("1c", {"1c": Answer("anders"), "1c.anders": Answer("buurvrouw")}, "Anders: buurvrouw"),
        ("1c", {"1c": Answer("anders")}, "Anders (niet ingevuld)"),
        (
            "2",
            {
                "2": Answer(ticked=("patient", "kind", "anders"), split=("zoon", "dochter")),
                "2.anders": Answer("de dominee"),
            },
            "Patiënt, Kind (Zoon, Dochter), Anders: de dominee",
        ),
        ("5b", {"5b": Answer("anders"), "5b.toelichting": Answer("aan zee")}, "Anders: aan zee"),
        ("5b", {"5b": Answer("anders")}, "Anders"),
        ("5b", {"5b": Answer("thuis"), "5b.toelichting": Answer("in bed")}, "Thuis"),
        ("5a", {"5a": Answer("rust\nen muziek")}, "rust\nen muziek"),
        ("1a", {"1a.voornamen": Answer("An"), "1a.achternaam": Answer("Bos")}, "An Bos"),
        ("1a", {"1a": Answer("An Bos"), "1a.achternaam": Answer("Bos")}, "An Bos (Bos)"),
        ("1a", {"1a": Answer("Bos"), "1a.achternaam": Answer("Bos")}, "Bos"),
        (
            "1b",
            {
                "1b.telefoon": Answer(
                    rows=(
                        {"nummer": "06-12345678", "toestel": "mobiel", "toelichting": "’s avonds"},
                        {"nummer": "0592-123456"},
                    )
                ),
                "1b.email": Answer(rows=({"adres": "an@example.nl", "soort": "prive"},)),
            },
            "06-12345678 (mobiel, ’s avonds); 0592-123456; an@example.nl (privé)",
        ),
        (
            "0.functie",
            {"0.functie": Answer("dokter"), "0.functie.code": Answer("huisarts")},
            "dokter (Huisarts)",
        ),
        ("4h", {"4h": Answer("ja"), "4h.product": Answer("icd")}, "Ja (ICD)"),
    ],
)
def test_an_answer_in_words(question_id: str, answers: dict[str, Answer], words: str) -> None:
    assert answer_in_words(FORM, FORM.question(question_id), answers) == words


@pytest.mark.parametrize("question", FORM.questions, ids=lambda q: q.id)
def test_every_answer_stands_on_the_paper(question: Question) -> None:
    for answer in filled(question, "een bijzondere wens"):
        answers = {**enabling(question), question.id: answer}
        rows = answer_rows(FORM, answers)
        words = answer_in_words(FORM, question, answers)
        assert words not in ("", "niet ingevuld", "niet van toepassing")
        if question.section == "0":
            continue
        main = next(row for row in rows if row.question == (question.of or question.id))
        assert words in f"{main.answer}\n{main.note}"
        # On the paper a toelichting stands once.
        assert f"{main.answer}\n{main.note}".count("een bijzondere wens") <= 1


def test_a_question_that_is_not_asked_is_not_on_the_paper() -> None:
    shown = {row.question for row in answer_rows(FORM, {"7a": Answer("nee")})}
    assert "7b" not in shown
    assert "4i" not in shown
    assert "7a" in shown


def test_a_question_without_an_answer_says_so_on_the_paper() -> None:
    rows = {row.question: row for row in answer_rows(FORM, {})}
    assert rows["4a"].answer == "niet ingevuld"
    assert rows["4a"].limit == "reanimatie: niet ingevuld"
    assert rows["5c"].limit == ""
    assert rows["5c"].state is State.EMPTY


@given(any_answers())
def test_a_leftover_stands_nowhere_in_words(answers: dict[str, Answer]) -> None:
    hidden = {**answers, "4a": Answer("nee"), "4a.beperking": Answer("VERBORGEN")}
    hidden |= {"1d": Answer("ja"), "1e": Answer("VERBORGEN"), "7a": Answer("nee")}
    hidden |= {"4h": Answer("nee"), "4i.toelichting": Answer("VERBORGEN")}
    hidden |= {"1c": Answer("kind")}
    hidden |= {"1c.anders": Answer("VERBORGEN"), "2": Answer(), "2.anders": Answer("VERBORGEN")}
    said = [limits_sentence(FORM, hidden), *map(str, answer_rows(FORM, hidden))]
    said += [str(line) for line in limits_in_words(FORM, hidden)]
    assert "VERBORGEN" not in " ".join(said)


@given(any_answers())
def test_every_limit_that_is_asked_has_words(answers: dict[str, Answer]) -> None:
    lines = limits_in_words(FORM, answers)
    assert len(lines) in (8, 9)
    assert all(line.words and "{}" not in line.words.split(":")[0] for line in lines)
    assert limits_sentence(FORM, answers)
