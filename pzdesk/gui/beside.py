"""Parts beside each other, and below each other where there is no room for that."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pzdesk.gui.theme import theme


class Beside(QWidget):
    """``least`` is the width, in pixels at 100 %, from which the parts stand beside each other."""

    def __init__(
        self, *parts: QWidget, least: int, shares: Sequence[int] = (), gap: int = 12
    ) -> None:
        super().__init__()
        self._least = least
        self._shares = tuple(shares) or (1,) * len(parts)
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme().px(gap))
        for part, share in zip(parts, self._shares, strict=True):
            self.line.addWidget(part, share)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        has_room, way = event.size().width() >= theme().px(self._least), QBoxLayout.Direction
        self.line.setDirection(way.LeftToRight if has_room else way.TopToBottom)
        for number, share in enumerate(self._shares):
            self.line.setStretch(number, share if has_room else 0)
