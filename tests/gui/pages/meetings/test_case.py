"""The case beside the agenda: what is typed in it is kept, whatever happens around it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from pzdesk.domain.mdo import AgendaItem, Contribution
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.difference import THEIRS
from pzdesk.gui.fields import AreaField, TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.meetings.prepare import PrepareView
from pzdesk.gui.places import TODAY, Place
from pzdesk.services import writing
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle
from tests.gui.views import coming_meeting


def begin(window: Frame) -> PrepareView:
    window.go(Place(page="mdo", section="voorbereiden", meeting=coming_meeting(window.bench.desk)))
    settle()
    view = window.page.view  # type: ignore[attr-defined]
    assert isinstance(view, PrepareView)
    return view


def shown_input(view: PrepareView) -> Form | None:
    """The form for what an absent member sends in, as it stands on screen."""
    found = [form for form in view.case.findChildren(Form) if "by" in form._fields]
    return next((form for form in found if form.isVisibleTo(view)), None)


def begin_input(view: PrepareView) -> Form:
    wanted = "Inbreng toevoegen"
    next(b for b in view.case.findChildren(QPushButton) if b.text() == wanted).click()
    settle()
    form = shown_input(view)
    assert form is not None
    return form


def write(form: Form, key: str, words: str) -> None:
    field = form.field(key)
    assert isinstance(field, TextField | AreaField)
    QTest.keyClicks(field.edit, words)
    settle()


def first(window: Frame) -> AgendaItem:
    desk = window.bench.desk
    return desk.meetings.meeting(coming_meeting(desk))[1][0]


def test_a_question_and_what_is_sent_in_are_both_kept_by_ctrl_s(window: Frame) -> None:
    view, said = begin(window), len(first(window).contributions)
    form = begin_input(view)
    write(form, "by", "de wijkverpleging")
    write(form, "text", "slaapt slecht")
    assert view.case.form is not None
    write(view.case.form, "question", " En de nacht?")
    form.field("text").setFocus()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    kept = first(window)
    assert "En de nacht?" in kept.question
    assert [one.text for one in kept.contributions[said:]] == ["slaapt slecht"]
    assert f"mdo-inbreng-{kept.id}" not in window.bench.desk.drafts.left()
    assert shown_input(view) is None


def test_what_is_being_sent_in_stays_while_something_else_changes(window: Frame) -> None:
    view = begin(window)
    form = begin_input(view)
    write(form, "by", "de wijkverpleging")
    window.bench.changes.tell(Change(Topic.MEETING))
    settle()
    now = shown_input(view)
    assert now is not None
    assert now.field("by").raw() == "de wijkverpleging"


def test_the_keyboard_goes_back_to_the_agenda_when_a_question_is_saved(window: Frame) -> None:
    view = begin(window)
    view.agenda.table.setFocus()
    QTest.keyClick(view.agenda.table, Qt.Key.Key_Return)
    settle()
    here = QApplication.focusWidget()
    assert here is not None
    assert view.case.isAncestorOf(here)
    QTest.keyClicks(here, " En de nacht?")
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "En de nacht?" in first(window).question
    assert view.agenda.table.hasFocus()


def test_who_types_what_is_sent_in_types_on_while_something_else_changes(window: Frame) -> None:
    view = begin(window)
    write(begin_input(view), "by", "de wijk")
    patient = first(window).patient_id
    window.bench.changes.tell(Change(Topic.PATIENT, patient))
    settle()
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClicks(here, "verpleging")
    now = shown_input(view)
    assert now is not None
    assert now.field("by").raw() == "de wijkverpleging"


def test_what_is_being_sent_in_is_a_draft_as_soon_as_somebody_goes_elsewhere(window: Frame) -> None:
    view = begin(window)
    write(begin_input(view), "by", "de wijkverpleging")
    window.go(TODAY)
    settle()
    draft = window.bench.desk.drafts.kept(f"mdo-inbreng-{first(window).id}")
    assert draft is not None
    assert draft.fields["by"] == "de wijkverpleging"
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert shown_input(begin(window)) is not None


def test_what_somebody_else_asked_meanwhile_is_told_and_the_user_takes_one(
    window_over: Callable[[Desk], Frame], desk: Desk, other: Desk
) -> None:
    meeting = desk.meetings.plan(on=date(2026, 12, 1), starts=time(12, 30))
    item = desk.meetings.add_item(meeting.id, title="de vrijwilligers", question="hoeveel?")
    frame = window_over(desk)
    frame.go(Place(page="mdo", section="voorbereiden", meeting=meeting.id))
    settle()
    case = frame.page.view.case  # type: ignore[attr-defined]

    def changed(**values: object) -> None:
        writing.let_go(desk.session)
        now = other.meetings.meeting(meeting.id)[1][0]
        other.meetings.change_item(replace(now, **values))  # type: ignore[arg-type]
        writing.let_go(other.session)

    def now() -> AgendaItem:
        return desk.meetings.meeting(meeting.id)[1][0]

    assert case.form is not None
    case.form.field("question").set_raw("wie van hen?")
    changed(question="hoeveel nog?", brought_in_by="Anna de Vries")
    assert not case.save()
    told = case.form.difference
    assert told is not None
    assert told.who.text() == "Intussen gewijzigd door Anna de Vries om 14.05 uur."
    said = [line.text() for line in told.lines]
    assert any("is nu “hoeveel nog?”; u typte “wie van hen?”" in line for line in said)
    assert any("Ingebracht door: was leeg, is nu “Anna de Vries”." in line for line in said)
    assert case.form.field("question").raw() == "wie van hen?"
    assert told.choice is not None
    told.choice.set_raw(THEIRS)
    assert case.form.field("question").raw() == "hoeveel nog?"
    told.choice.set_raw("mijn")
    assert case.save()
    settle()
    assert (now().question, now().brought_in_by) == ("wie van hen?", "Anna de Vries")

    case.form.field("question").set_raw("en wanneer?")
    changed(contributions=(Contribution(by="de wijk", text="druk"),))
    assert case.save(), "what they changed is not what is typed here"
    settle()
    assert now().question == "en wanneer?"

    case.form.field("question").set_raw("en hoe lang?")
    changed(question="nog eens", minutes=20)
    frame.page.reload()
    assert case.form.difference is not None, "not written over in silence either"
    assert case.form.field("minuten").raw() == "20"
    assert case.form.field("question").raw() == "en hoe lang?"
    assert item.id == now().id
