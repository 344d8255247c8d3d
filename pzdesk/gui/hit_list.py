"""What a search found, by kind, in a list over the page."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pzdesk.domain.search import Hit, HitKind, Hits
from pzdesk.gui.parts import column, holder, row, text
from pzdesk.gui.theme import mark, theme

KEYS = "↑↓ kiezen · Enter opent · Esc sluit"
KINDS = {
    HitKind.PATIENT: "Patiënten",
    HitKind.MEETING: "Overleggen",
    HitKind.ACTION: "Open acties",
    HitKind.PAGE: "Pagina’s",
}
HIT = Qt.ItemDataRole.UserRole
WIDE = 560  # pixels at 100 %
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
Index = QModelIndex | QPersistentModelIndex


class HitList(QFrame):
    """What was found, by kind, over the page; ``chosen`` is told with a hit that was clicked.

    It never has the focus: the field moves through it.
    """

    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        mark(self, "search-list")
        self.setAccessibleName("Gevonden")
        self.words = text("", "heading")
        self.more = text("", "muted")
        self.items = QListWidget()
        mark(self.items, "hits")
        self.items.setAccessibleName("Gevonden")
        self.items.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.items.setItemDelegate(_HitPainter(self.items))
        self.items.itemClicked.connect(self._clicked)
        self.foot = text(KEYS, "small", wrap=False)
        self.said = holder(column(self.words, self.more, gap=2, margin=12))
        self.found = holder(column(self.items, row(self.foot, None, margin=8), gap=0))
        around = column(self.said, self.found, gap=0)
        around.setContentsMargins(1, theme().px(4), 1, 1)  # inside the border
        self.setLayout(around)
        self.hide()

    def say(self, words: str, more: str) -> None:
        """Show a sentence instead of hits."""
        self.clear()
        self.words.setText(words)
        self.more.setText(more)
        mark(self.words, "heading" if more else "muted")
        self.more.setVisible(bool(more))
        self._show(self.said)

    def show_hits(self, found: Sequence[Hits]) -> None:
        """Show hits by kind; the cursor stands on the first."""
        self.clear()
        for hits in found:
            rest = f" · {len(hits.shown)} van {hits.count}" if hits.count > len(hits.shown) else ""
            heading = QListWidgetItem(f"{KINDS[hits.kind]}{rest}")
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.items.addItem(heading)
            for hit in hits.shown:
                item = QListWidgetItem(hit.title)
                item.setData(HIT, hit)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(hit))
                self.items.addItem(item)
        self._show(self.found)
        self.step(1)

    def clear(self) -> None:
        """Forget what was found."""
        self.items.clear()
        self.words.setText("")
        self.more.setText("")

    def hits(self) -> list[Hit]:
        """The hits that are shown, in their order."""
        found = (self.items.item(at).data(HIT) for at in range(self.items.count()))
        return [hit for hit in found if hit is not None]

    def current(self) -> Hit | None:
        """The hit of the cursor."""
        item = self.items.currentItem()
        hit = item.data(HIT) if item is not None and not self.found.isHidden() else None
        return hit if isinstance(hit, Hit) else None

    def current_words(self) -> str:
        """The hit of the cursor, as it is said."""
        hit = self.current()
        if hit is None:
            return ""
        every = self.hits()
        return f"{every.index(hit) + 1} van {len(every)}: {spoken(hit)}"

    def step(self, by: int) -> None:
        """Move the cursor over the hits; at an end it stays."""
        places = [at for at in range(self.items.count()) if self.items.item(at).data(HIT)]
        if not places:
            return
        here = self.items.currentRow()
        at = places.index(here) if here in places else -1
        there = min(max(at + by, 0), len(places) - 1)
        self.items.setCurrentRow(places[there])
        # The heading of the first kind comes into sight with the first hit.
        self.items.scrollToItem(self.items.item(places[there] if there else 0))

    def _clicked(self, item: QListWidgetItem) -> None:
        if isinstance(hit := item.data(HIT), Hit):
            self.chosen.emit(hit)

    def _show(self, part: QWidget) -> None:
        """Beneath the field, as wide as the window lets it and as high as what it shows."""
        for one in (self.said, self.found):
            one.setVisible(one is part)
        px, window = theme().px, self._field.window()
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + px(4)))
        wide = min(max(self._field.width(), px(WIDE)), window.width() - corner.x() - px(20))
        most = window.height() - corner.y() - px(24)
        high = self._high(wide)
        self.setGeometry(QRect(corner, QSize(wide, min(high, most))))
        around = self.layout()
        if around is not None:
            around.invalidate()  # measuring moved the parts
            around.activate()
        self.show()
        self.raise_()

    def _high(self, wide: int) -> int:
        px = theme().px
        edges = px(4) + 1
        inner = self.said.layout()
        if not self.said.isHidden() and inner is not None:
            return edges + inner.totalHeightForWidth(wide - 2)
        self.resize(wide, self.height())
        self.found.resize(wide - 2, self.found.height())
        self.items.resize(wide - 2, self.items.height())
        rows = sum(self.items.sizeHintForRow(at) for at in range(self.items.count()))
        return edges + rows + self.foot.sizeHint().height() + px(16) + px(4)


def spoken(hit: Hit) -> str:
    """A hit as it is said and shown in full."""
    return ", ".join(part for part in (hit.title, hit.detail.replace(" · ", ", ")) if part)


class _HitPainter(QStyledItemDelegate):
    """A heading, or a hit: its title, and muted beneath it what tells it from others of that name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        p, px = look.palette, look.px
        hit, rect = index.data(HIT), option.rect
        painter.save()
        if hit is None:
            painter.setFont(_small(option, strong=True))
            painter.setPen(p.colour("muted"))
            inner = rect.adjusted(px(12), 0, -px(12), -px(3))
            painter.drawText(
                inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, index.data()
            )
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, p.colour("accent_soft"))
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), p.colour("accent"))
        inner = rect.adjusted(px(12), px(5), -px(12), -px(5))
        font = _strong(option)
        painter.setFont(font)
        painter.setPen(p.colour("text"))
        painter.drawText(inner, WRAP, hit.title)
        if hit.detail:
            high = _height(font, hit.title, inner.width())
            painter.setFont(_small(option))
            painter.setPen(p.colour("muted"))
            painter.drawText(inner.adjusted(0, high, 0, 0), WRAP, hit.detail)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        px = theme().px
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else px(WIDE)
        hit = index.data(HIT)
        if hit is None:
            return QSize(width, px(30))
        inner = width - px(24)
        high = _height(_strong(option), hit.title, inner)
        if hit.detail:
            high += _height(_small(option), hit.detail, inner)
        return QSize(width, max(high + px(10), theme().target(34)))


def _strong(option: QStyleOptionViewItem) -> QFont:
    font = QFont(option.font)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _small(option: QStyleOptionViewItem, *, strong: bool = False) -> QFont:
    font = _strong(option) if strong else QFont(option.font)
    font.setPixelSize(theme().px(13))
    return font


def _height(font: QFont, words: str, width: int) -> int:
    box = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 20), 10_000), WRAP, words)
    return box.height()
