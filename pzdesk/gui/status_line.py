"""The quiet line at the foot of the window: as much as there is room for, and nothing cut half way."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from pzdesk.gui.theme import mark, theme

HELP = "F1 hulp"
BETWEEN = " · "


class Cut(QLabel):
    """One line that ends in dots where there is no room; its tip says it whole."""

    side = Qt.AlignmentFlag.AlignLeft

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(words)
        mark(self, "small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def shown(self) -> str:
        """What there is room for."""
        dots = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), dots, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setPen(theme().palette.colour("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | self.side, self.shown())


class Hints(Cut):
    """The keys that matter on the page; where there is no room the last ones go, but never that of help."""

    side = Qt.AlignmentFlag.AlignRight

    def __init__(self) -> None:
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_hints(self, hints: str) -> None:
        """Show the hints of a page, with help behind them."""
        self.setText(BETWEEN.join(part for part in (hints, HELP) if part))
        self.setToolTip(self.text())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._wide(HELP), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._wide(self.text()), super().sizeHint().height())

    def shown(self) -> str:
        parts = self.text().split(BETWEEN)
        while len(parts) > 1 and self._wide(BETWEEN.join(parts)) > self.width():
            del parts[-2]
        return BETWEEN.join(parts)

    def _wide(self, words: str) -> int:
        self.ensurePolished()  # before it is shown it does not know its letters yet
        return self.fontMetrics().horizontalAdvance(words) + 2
