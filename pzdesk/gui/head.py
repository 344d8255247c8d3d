"""The head of a page: its title at the left and what can be done at the right, as far as there is room."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from pzdesk.gui.flow import FlowLayout
from pzdesk.gui.theme import theme


class HeadLayout(FlowLayout):
    """On one line the rest stands at the right; where there is no room it goes on below, nothing is cut."""

    def _lay(self, rect: QRect, *, move: bool) -> int:
        high = super()._lay(rect, move=move)
        lines = self._lines(rect.width())
        if move and len(lines) == 1 and len(lines[0]) > 1:
            last, size = lines[0][-1]
            shift = rect.right() + 1 - (last.geometry().x() + size.width())
            for item, _ in lines[0][1:]:
                item.setGeometry(item.geometry().translated(QPoint(shift, 0)))
        return high


def head(*parts: QWidget) -> HeadLayout:
    """A title and what stands beside it."""
    made = HeadLayout(gap=theme().px(10), line_gap=theme().px(6))
    for part in parts:
        made.addWidget(part)
    return made
