"""The course of a dimension on screen: the geometry of the paper, painted in the colours of the palette."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pzdesk.domain.course import Reading, course
from pzdesk.gui.theme import theme


class CourseView(QWidget):
    """Steps from geen (below) to ernstig (above); ``words`` says the same for who cannot see it."""

    def __init__(
        self,
        readings: Sequence[Reading],
        words: str,
        *,
        since: date | None = None,
        until: date | None = None,
        top: int = 3,
    ) -> None:
        super().__init__()
        self._readings, self._since, self._until, self._top = tuple(readings), since, until, top
        self.setAccessibleName(words)
        self.setToolTip(words)
        px = theme().px
        self.setMinimumSize(px(72), px(34))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        px = theme().px
        return QSize(px(120), px(34))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        px, p = theme().px, theme().palette
        made = course(
            self._readings,
            width=self.width(),
            height=self.height(),
            since=self._since,
            until=self._until,
            top=self._top,
            dot=px(2),
            last_dot=px(4),
        )
        high = self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(p.colour("line"), 1))
        for y in made.grid:
            painter.drawLine(QPointF(made.left, high - y), QPointF(made.right, high - y))
        painter.setPen(QPen(p.colour("accent"), max(px(1.5), 1)))
        painter.drawPolyline(QPolygonF([QPointF(at.x, high - at.y) for at in made.line]))
        # As on paper: a line around the last dot would lie outside the box.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.colour("accent"))
        for mark in made.marks:
            painter.drawEllipse(QPointF(mark.at.x, high - mark.at.y), mark.radius, mark.radius)
        painter.end()
