"""The blank screen: it lies over the whole window, title and counts included."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from pzdesk.gui.parts import column, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import mark


class Cover(QWidget):
    """Nothing of anybody in sight, and nothing that is typed goes anywhere."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        keys = keys_of("blank", "mdo")
        self.setAccessibleName(f"Leeg scherm; {keys} toont het overleg weer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mark(self, "ground")
        hint = text(f"{keys} toont het overleg weer", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(None, hint, margin=24))
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and window is not None:
            self.setGeometry(window.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt's
        """Tab stays here: what is under the cover is not reached."""
        return True
