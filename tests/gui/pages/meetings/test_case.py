"""The case beside the agenda: what is typed in it is kept, whatever happens around it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from pzdesk.domain.mdo import AgendaItem
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.fields import AreaField, TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.meetings.prepare import PrepareView
from pzdesk.gui.places import TODAY, Place
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


def test_a_question_and_what_is_sent_in_are_both_kept_by_one_button(window: Frame) -> None:
    view, said = begin(window), len(first(window).contributions)
    form = begin_input(view)
    write(form, "by", "de wijkverpleging")
    write(form, "text", "slaapt slecht")
    assert view.case.form is not None
    write(view.case.form, "question", " En de nacht?")
    form.try_save()
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
