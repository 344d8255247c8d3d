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
from pzdesk.gui.shortcuts import EVERYWHERE, SHORTCUTS
from pzdesk.gui.status_line import Cut
from pzdesk.gui.theme import SCALES, TARGET, theme
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle
from tests.gui.views import coming_meeting, lengthen, rich_patient, views

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


def test_every_control_of_every_page_has_a_name_that_a_screen_reader_says(small: Frame) -> None:
    for name, show in all_views(small):
        show()
        for part in visible(small, CONTROLS):
            if part.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            said = QAccessible.queryAccessibleInterface(part)
            assert said is not None
            assert said.text(QAccessible.Text.Name).strip(), f"{name}: {part} has no name"


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
        pieces = words.replace("-", "- ").split() if part.wordWrap() else [words]
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


def test_labels_never_read_what_a_user_typed_as_mark_up(small: Frame) -> None:
    for name, show in all_views(small):
        show()
        for part in visible(small, (QLabel,)):
            assert isinstance(part, QLabel)
            assert part.textFormat() == Qt.TextFormat.PlainText, f"{name}: {part.text()[:40]}"


def test_tab_walks_through_every_page_and_comes_back(small: Frame) -> None:
    for name, show in all_views(small):
        show()
        seen: list[QWidget] = []
        for _ in range(400):
            QTest.keyClick(QApplication.focusWidget() or small, Qt.Key.Key_Tab)
            now = QApplication.focusWidget()
            assert now is not None, name
            if now in seen:
                break
            seen.append(now)
        assert len(seen) >= 3, name


def test_no_mnemonic_takes_a_letter_that_opens_a_section(small: Frame) -> None:
    for name, show in all_views(small):
        show()
        for part in visible(small, (QAbstractButton,)):
            assert isinstance(part, QAbstractButton)
            assert "&" not in part.text().replace("&&", ""), f"{name}: {part.text()}"


def test_every_page_has_help_and_every_shortcut_belongs_to_a_page_that_exists() -> None:
    keys = {page.key for page in catalogue.PAGES}
    for page in keys:
        assert content.help_of(page).lines
    assert {shortcut.where for shortcut in SHORTCUTS} <= keys | {EVERYWHERE}
    pairs = [(shortcut.where, shortcut.keys) for shortcut in SHORTCUTS]
    assert len(set(pairs)) == len(pairs)
