"""Icons of our own, drawn as SVG in one colour of the palette."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pzdesk.content import icon_source
from pzdesk.gui.theme import theme


def picture(name: str, role: str = "text", size: int = 18) -> QPixmap:
    """An icon as a picture, in a colour of the palette, twice as fine as the screen needs."""
    look = theme()
    return _drawn(icon_source(name), look.palette.colour(role), look.px(size))


def icon(name: str, role: str = "text") -> QIcon:
    """An icon for a button."""
    return QIcon(picture(name, role))


def _drawn(source: str, colour: QColor, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("INK", colour.name()).encode()))
    made = QPixmap(size * 2, size * 2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    made.setDevicePixelRatio(2)
    return made
