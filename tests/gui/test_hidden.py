"""What is restricted stands nowhere in the window of who may not see it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from pzdesk.domain.euthanasia import EuthanasiaState
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.patient import PatientId
from pzdesk.gui.frame import Frame
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.views import coming_meeting, rich_patient, views

CONFIDENCE, REQUEST, ANSWER = "vertrouwdIk", "verzoekIk", "een week tot een maand"
SECRETS = (CONFIDENCE, REQUEST, ANSWER)


def seed(desk: Desk) -> PatientId:
    rich = rich_patient(desk)
    naaste = desk.patients.file(rich).naasten_with(NaasteRole.MANTELZORGER)[0]
    desk.network.keep_naaste(replace(naaste, confidence=CONFIDENCE))
    desk.euthanasia.record(rich, EuthanasiaState.RUNNING, on=desk.session.today, note=REQUEST)
    return rich


def all_text(frame: Frame) -> Iterator[str]:
    """Everything that any part of the window holds, shown or not: also what scrolled or is folded away."""
    yield from shown_texts(frame)
    for part in frame.findChildren(QWidget):
        yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription())
        if isinstance(part, QLineEdit):
            yield part.text()
        elif isinstance(part, QPlainTextEdit):
            yield part.toPlainText()
        elif isinstance(part, QAbstractItemView) and not isinstance(part.parent(), QComboBox):
            model = part.model()
            for row in range(model.rowCount() if model is not None else 0):
                for column in range(model.columnCount()):
                    yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))


def seen(frame: Frame, patient: PatientId, *only: str) -> set[str]:
    """Which secrets stand in any place of a window, or in those that are named."""
    desk = frame.bench.desk
    found: set[str] = set()
    for view in views(desk, patient, coming_meeting(desk)):
        if only and view.name not in only:
            continue
        frame.go(view.place)
        settle()
        said = "\n".join(all_text(frame))
        found |= {word for word in SECRETS if word in said}
    return found


def test_no_place_of_the_window_shows_what_is_restricted_to_who_may_not_see_it(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    rich = seed(demo_desk("deboer"))
    assert seen(window_over(demo_desk("brouwer")), rich) == set()


def test_the_same_walk_finds_all_of_it_for_who_may(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    rich = seed(demo_desk("deboer"))
    window = window_over(demo_desk("deboer"))
    places = ("dossier-netwerk", "dossier-pzp", "dossier-mantelzorg")
    assert seen(window, rich, *places) == set(SECRETS)
