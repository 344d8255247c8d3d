"""For every eye and ear: names, targets, widths and the way through by Tab, of every page and form."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from pzdesk import content
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.pages import catalogue
from pzdesk.gui.places import Place
from pzdesk.gui.shortcuts import EVERYWHERE, SHORTCUTS
from pzdesk.gui.status_line import Cut
from pzdesk.gui.theme import SCALES, TARGET, theme
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle
from tests.gui.views import coming_meeting, lengthen, rich_patient, trust_views, views

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


@pytest.fixture
def small(window: Frame) -> Frame:
    """The window of the POH at its least size."""
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    return window


def all_views(frame: Frame) -> list[tuple[str, Callable[[], None]]]:
    desk = frame.bench.desk
    found = views(desk, rich_patient(desk), coming_meeting(desk))

    def shows(place: object) -> Callable[[], None]:
        def show() -> None:
            frame.go(place)  # type: ignore[arg-type]
            settle()

        return show

    return [(view.name, shows(view.place)) for view in found]


def visible(frame: Frame, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    return [
        part for part in frame.findChildren(QWidget) if isinstance(part, kinds) and part.isVisible()
    ]


def nameless(frame: Frame) -> list[str]:
    """What can have the keyboard and says nothing to a screen reader."""
    found = []
    for part in visible(frame, CONTROLS):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        said = QAccessible.queryAccessibleInterface(part)
        if said is None or not said.text(QAccessible.Text.Name).strip():
            found.append(f"{part} has no name")
    return found


def read_as_mark_up(frame: Frame) -> list[str]:
    """Labels that would show what a user typed as mark-up."""
    labels = [part for part in visible(frame, (QLabel,)) if isinstance(part, QLabel)]
    return [one.text()[:40] for one in labels if one.textFormat() != Qt.TextFormat.PlainText]


def with_mnemonic(frame: Frame) -> list[str]:
    """Buttons that take an Alt letter, which belongs to the sections of a file."""
    buttons = visible(frame, (QAbstractButton,))
    said = [part.text() for part in buttons if isinstance(part, QAbstractButton)]
    return [words for words in said if "&" in words.replace("&&", "")]


def tabbed_through(frame: Frame) -> int:
    """How many parts Tab comes by before it is back; 0 where the keyboard is lost on the way."""
    seen: list[QWidget] = []
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget() or frame, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None:
            return 0
        if now in seen:
            return len(seen)
        seen.append(now)
    return 0


def test_every_page_is_named_plain_without_mnemonics_and_walked_by_tab(small: Frame) -> None:
    for name, show in all_views(small):
        show()
        assert nameless(small) == [], name
        assert read_as_mark_up(small) == [], name
        assert with_mnemonic(small) == [], name
        assert tabbed_through(small) >= 3, name


def test_what_can_be_pressed_is_at_least_thirty_two_pixels_high_at_the_smallest_scale(
    window: Frame,
) -> None:
    theme().use(scale=SCALES[0])
    pressed = (QAbstractButton, QLineEdit, QComboBox, QRadioButton, QCheckBox)
    for name, show in all_views(window):
        show()
        for part in visible(window, pressed):
            parent = part.parentWidget()
            if isinstance(parent, QComboBox | QAbstractItemView):
                continue
            assert part.height() >= TARGET, (
                f"{name}: {part.accessibleName()} is {part.height()} high"
            )


def too_small(frame: Frame) -> list[str]:
    """What is cut, or falls outside what it stands in."""
    found = []
    for area in visible(frame, (QScrollArea,)):
        assert isinstance(area, QScrollArea)
        inside = area.widget()
        assert inside is not None
        if inside.width() > area.viewport().width():
            found.append(f"{inside.accessibleName() or area} is too wide")
    for part in visible(frame, (QLabel,)):
        assert isinstance(part, QLabel)
        room, wide = part.contentsRect().width(), part.fontMetrics().horizontalAdvance
        words = part.text()
        if part.wordWrap() and words and part.height() < part.heightForWidth(part.width()):
            found.append(f"{words[:60]!r} is cut at its foot")
        if isinstance(part, Cut):  # it says as much as there is room for
            continue
        # A line goes on after a dash, and after a slash of an address.
        breaks = words.replace("-", "- ").replace("/", "/ ")
        pieces = breaks.split() if part.wordWrap() else [words]
        if max(map(wide, pieces), default=0) > room:
            found.append(f"{words[:60]!r} is cut at its side")
    for part in visible(frame, (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)):
        least, above = part.minimumSizeHint(), part.parentWidget()
        if isinstance(part, QAbstractButton) and least.expandedTo(part.size()) != part.size():
            found.append(f"{part.accessibleName()!r} is cut")
        if above is not None and not above.rect().contains(part.geometry()):
            found.append(f"{part.accessibleName()!r} falls outside")
    return found


def test_at_the_largest_scale_nothing_is_cut_in_the_smallest_window(small: Frame) -> None:
    theme().use(scale=SCALES[-1])
    settle()
    desk = small.bench.desk
    for view in views(desk, rich_patient(desk), coming_meeting(desk)):
        name = view.name
        small.go(view.place)
        assert too_small(small) == [], f"{name}, at once"  # what a slow computer paints first
        settle()
        assert small.width() == LEAST_WIDTH, f"{name} makes the window wider"
        assert too_small(small) == [], name
    # Where parts still stand beside each other they are the narrowest.
    theme().use(scale=SCALES[SCALES.index(100) + 1])
    small.go(Place(page="mdo", section="voorbereiden", meeting=coming_meeting(desk)))
    settle()
    assert too_small(small) == []


def test_at_the_largest_scale_nothing_of_beheer_is_cut_in_the_smallest_window(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    theme().use(scale=SCALES[-1])
    frame = window_over(demo_desk("beheer"))
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    for view in trust_views(frame.bench.desk, rich_patient(frame.bench.desk)):
        frame.go(view.place)
        settle()
        assert frame.width() == LEAST_WIDTH, f"{view.name} makes the window wider"
        assert too_small(frame) == [], view.name


def test_the_longest_texts_neither_widen_a_page_nor_fall_outside_it(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    desk = demo_desk("poh")
    lengthen(desk, rich_patient(desk))
    frame = window_over(desk)
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    for name, show in all_views(frame):
        show()
        assert frame.width() == LEAST_WIDTH, f"{name} makes the window wider"
        assert too_small(frame) == [], name


def test_every_page_has_help_and_every_shortcut_belongs_to_a_page_that_exists() -> None:
    keys = {page.key for page in catalogue.PAGES}
    for page in keys:
        assert content.help_of(page).lines
    assert {shortcut.where for shortcut in SHORTCUTS} <= keys | {EVERYWHERE}
    pairs = [(shortcut.where, shortcut.keys) for shortcut in SHORTCUTS]
    assert len(set(pairs)) == len(pairs)
