"""Help for the page of now, with its shortcuts; and what pzdesk is."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from pzdesk import __version__, content
from pzdesk.gui.parts import button, column, holder, line, row, scroll, text
from pzdesk.gui.shortcuts import on_page, shown
from pzdesk.gui.theme import theme

LICENCE = "EUPL-1.2 (European Union Public Licence)"


class Help(QDialog):
    """A few sentences about a page and the keys that work there; it stays beside the work."""

    def __init__(self, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        said = content.help_of(page)
        px = theme().px
        self.setWindowTitle(f"Hulp: {said.title}")
        self.setAccessibleName(f"Hulp: {said.title}")
        self.resize(px(560), px(560))
        inside = column(text(said.title, "title"), gap=10, margin=20)
        for words in said.lines:
            inside.addWidget(text(words, select=True))
        inside.addWidget(line())
        inside.addWidget(text("Toetsen", "heading"))
        keys = QGridLayout()
        keys.setHorizontalSpacing(px(16))
        keys.setVerticalSpacing(px(4))
        for number, shortcut in enumerate(on_page(page)):
            keys.addWidget(text(shown(shortcut.keys), "key", wrap=False), number, 0)
            keys.addWidget(text(shortcut.words), number, 1)
        keys.setColumnStretch(1, 1)
        inside.addLayout(keys)
        inside.addStretch(1)
        self.close_ = button("Sluiten", self.accept, role="primary", keys="Esc")
        about = button("Over pzdesk", lambda: About(self).exec(), role="quiet")
        area = scroll(holder(inside))
        foot = row(about, None, self.close_, margin=12)
        self.setLayout(column(area, line(), foot, gap=0))
        self.close_.setFocus(Qt.FocusReason.OtherFocusReason)


class About(QDialog):
    """Version, licence, and what pzdesk is for and is not for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Over pzdesk")
        self.setAccessibleName("Over pzdesk")
        px = theme().px
        self.setFixedWidth(px(520))
        facts = (
            f"Versie {__version__}",
            f"Licentie: {LICENCE}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
        )
        inside = column(text("pzdesk", "title"), gap=8, margin=20)
        for words in facts:
            inside.addWidget(text(words, "muted", select=True))
        inside.addWidget(text("Beoogd gebruik", "heading"))
        inside.addWidget(text(content.intended_purpose(), select=True))
        close = button("Sluiten", self.accept, role="primary", keys="Esc")
        inside.addLayout(row(None, close))
        self.setLayout(inside)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
