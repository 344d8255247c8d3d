"""Hands on the keyboard: the real window, worked with keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton, QWidget

from pzdesk.domain.patient import PatientId
from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.places import file_of
from tests.gui.conftest import settle, shown_texts

NONE = Qt.KeyboardModifier.NoModifier
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MOST_STOPS = 250


class Hands:
    """What somebody does who has no mouse: keys, and the name of what has the focus."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    @property
    def here(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    @property
    def name(self) -> str:
        """What a screen reader says of it."""
        return self.here.accessibleName()

    @property
    def dossier(self) -> DossierPage:
        """The file that is open."""
        page = self.frame.page
        assert isinstance(page, DossierPage)
        return page

    def open_file(self, patient: PatientId, section: str = "overzicht", act: str = "") -> None:
        """Come to a file, as the list of patients does."""
        self.frame.go(file_of(patient, section, act))
        settle()

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other."""
        for key in keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.frame
            QTest.keyClick(target, key, with_)
            settle()

    def tab_to(self, name: str) -> None:
        """Tab until something has this name, or one that begins with it."""
        for _ in range(MOST_STOPS):
            focus = QApplication.focusWidget()
            if focus is not None and focus.accessibleName().startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name!r}")

    def enter(self, name: str) -> None:
        """Tab to a button and press it with Enter."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Return)

    def write(self, name: str, words: str) -> None:
        """Tab to a field and type over what is in it."""
        self.tab_to(name)
        QTest.keyClick(self.here, Qt.Key.Key_A, CTRL)
        if not words:
            QTest.keyClick(self.here, Qt.Key.Key_Backspace)
        for letter in words:  # a list of what fits may open between two letters, and takes the keys
            QTest.keyClicks(QApplication.activePopupWidget() or self.here, letter)
            QApplication.processEvents()
        settle()

    def choose(self, name: str, words: str) -> None:
        """Choose in a list, or among circles, by keys."""
        self.tab_to(name)
        here = self.here
        if isinstance(here, QComboBox):
            for _ in range(here.count()):
                self.press(Qt.Key.Key_Down)
                if here.currentText() == words:
                    return
        else:
            for _ in range(20):
                now = self.here
                assert isinstance(now, QRadioButton)
                if now.text() == words:
                    if not now.isChecked():
                        self.press(Qt.Key.Key_Space)
                    return
                self.press(Qt.Key.Key_Right)
        raise AssertionError(f"{words!r} cannot be chosen in {name!r}")

    def save(self) -> None:
        """Ctrl+S: save the form that is open."""
        self.press(Qt.Key.Key_S, with_=CTRL)

    def undo(self) -> None:
        """Ctrl+Z outside a field."""
        self.press(Qt.Key.Key_Z, with_=CTRL)

    def section(self, letter: Qt.Key) -> None:
        """Alt and the letter of a section."""
        self.press(letter, with_=ALT)

    @property
    def said(self) -> str:
        """What the bar says."""
        return self.frame.bar.words.text()

    @property
    def read(self) -> str:
        """All that stands in the section of now."""
        return "\n".join(shown_texts(self.dossier.section))

    @property
    def head(self) -> str:
        """All that stands in the header of the file."""
        return "\n".join(shown_texts(self.dossier.header))

    @property
    def is_form_open(self) -> bool:
        """Whether something is being filled in."""
        return self.dossier.section.form is not None

    def wrong(self) -> list[str]:
        """The errors that stand under the fields of the form that is open."""
        form = self.dossier.section.form
        assert form is not None
        fields = form._fields.values()
        return [f.error.text() for f in fields if f.error.isVisibleTo(form) and f.error.text()]
