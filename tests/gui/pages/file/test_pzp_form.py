"""The national form on screen: what goes in comes out, and what does not apply stays out."""

from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from pzdesk.domain import pzp
from pzdesk.domain.pzp import Answer
from pzdesk.domain.pzp_form import HEAD, Part
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.file.pzp_form import PzpQuestions, not_filled
from tests.domain.pzp_samples import FORM, any_answers, enabling, filled

ONCE = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def asked(answers: dict[str, Answer]) -> tuple[Form, PzpQuestions]:
    form = Form("PZP", lambda _: None)
    questions = PzpQuestions(form, FORM, answers, {})
    form.ready()
    questions.watch(lambda: None)
    return form, questions


def gone(form: Form) -> None:
    """Away at once: what is left standing is dressed again with every palette."""
    form.deleteLater()
    QApplication.sendPostedEvents(form, QEvent.Type.DeferredDelete)


def about_the_patient(answers: dict[str, Answer]) -> dict[str, Answer]:
    counted = pzp.counting(FORM, answers)
    return {key: said for key, said in counted.items() if FORM.question(key).section != HEAD}


@ONCE
@given(answers=any_answers())
def test_what_is_left_as_it_was_comes_out_as_it_went_in(
    light: None, answers: dict[str, Answer]
) -> None:
    form, questions = asked(answers)
    assert questions.answers() == about_the_patient(answers)
    gone(form)


@ONCE
@given(answers=any_answers(), other=any_answers())
def test_a_question_is_there_exactly_where_its_answer_would_count(
    light: None, answers: dict[str, Answer], other: dict[str, Answer]
) -> None:
    form, questions = asked(answers)
    for key, said in other.items():
        question = FORM.question(key)
        if question.section != HEAD and question.role is not Part.PART and question.options:
            form.field(key).set_raw(said.value or "\n".join(said.ticked))
    now = questions.answers()
    for question in FORM.questions:
        if question.section == HEAD or question.role is Part.PART:
            continue
        shown = form.field(question.id).isVisibleTo(form)
        assert shown is pzp.is_shown(FORM, question, now)
    gone(form)


def test_every_answer_to_every_question_can_be_given(light: None) -> None:
    for question in FORM.questions:
        if question.section == HEAD or question.role is Part.PART:
            continue
        form, questions = asked(enabling(question))
        for said in filled(question):
            form.field(question.id).set_raw(said.value or "\n".join(said.ticked))
            assert questions.answers()[question.id] == said
        gone(form)


def test_the_parts_of_a_name_go_when_somebody_else_is_named(light: None) -> None:
    answers = {"1a": Answer("Anna Bos"), "1a.achternaam": Answer("Bos"), "6": Answer("x")}
    form, questions = asked(answers)
    assert questions.answers() == answers
    form.field("1a").set_raw("Piet Smit")
    assert questions.answers() == {"1a": Answer("Piet Smit"), "6": Answer("x")}
    gone(form)


def test_a_mentor_may_be_a_brother_too_and_a_son_is_not_asked_whether_he_is_a_mentor(
    light: None,
) -> None:
    form, questions = asked({"1c": Answer("mentor_curator")})
    form.field("1c.preciezer").set_raw("mentor\nbroer")
    assert questions.answers() == {"1c": Answer("mentor_curator", split=("mentor", "broer"))}
    gone(form)
    form, questions = asked({"1c": Answer("kind")})
    boxes = form.field("1c.preciezer")._boxes  # type: ignore[attr-defined]
    assert [key for key, box in boxes.items() if not box.isHidden()] == ["zoon", "dochter"]
    gone(form)


def test_what_is_not_filled_in_is_listed_and_what_does_not_apply_is_not(light: None) -> None:
    assert "4h ICD (inwendige" in not_filled(FORM, {})
    said = not_filled(FORM, {"4a": Answer("onbekend"), "4h": Answer("nee")})
    assert "4b Kunstmatig beademen" in said
    assert "4a" not in said
    assert "4i" not in said


def test_the_parts_of_a_name_go_when_nobody_is_named_any_more(light: None) -> None:
    # A coded form may bring the parts alone; the field then shows them in words.
    form, questions = asked({"1a.achternaam": Answer("Bos"), "6": Answer("x")})
    assert form.field("1a").raw()
    assert "1a.achternaam" in questions.answers()
    form.field("1a").set_raw("")
    assert questions.answers() == {"6": Answer("x")}
    form.field("6").set_raw("")
    questions.clear()
    assert questions.answers() == {}
    gone(form)
