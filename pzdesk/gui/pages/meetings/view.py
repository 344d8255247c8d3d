"""One of the views of the page MDO."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pzdesk.domain.mdo import AgendaItem
from pzdesk.gui.bench import Bench
from pzdesk.gui.places import Place


class MeetingView(QWidget):
    """A view reads when it is shown, and again when something changed."""

    holds_meeting = False

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench

    def show_place(self, place: Place) -> None:
        """Come here."""

    @property
    def item(self) -> AgendaItem | None:
        """The item of the agenda that is shown large, if any."""
        return None

    def open_act(self) -> str:
        """The act of the form that is open, as ``show_place`` begins it."""
        return "new" if getattr(self, "form", None) is not None else ""

    def reload(self) -> None:
        """Read and show again."""

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What the shortcuts do."""
        return {}

    def papers(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """What can be printed here, by its words."""
        return ()

    def begin_at(self) -> QWidget | None:
        """What gets the focus."""
        return None

    def back(self) -> bool:
        """Esc."""
        return False

    def leave(self) -> None:
        """Keep what was typed."""

    def hints(self) -> str:
        """The keys that matter here."""
        return ""


class _ToNext(QObject):
    """Lets Ctrl with an arrow go on to the window, where it means the next person."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def steps_on(control: QWidget) -> None:
    """In this field Ctrl with an arrow goes to the next person, not to the next word."""
    control.installEventFilter(_ToNext(control))
