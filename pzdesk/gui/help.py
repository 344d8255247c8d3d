"""Help for the page of now, with its shortcuts; and what pzdesk is."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from pzdesk import __version__, content
from pzdesk.gui.parts import button, column, holder, line, row, scroll, text
from pzdesk.gui.shortcuts import on_page, shown
from pzdesk.gui.theme import mark, theme

START = "start"
"""The help of the windows before a practice is open."""
PAGES = "De pagina’s in de balk links, van boven naar beneden"
LICENCE = "EUPL-1.2 (European Union Public Licence)"


def show_help(page: str, parent: QWidget) -> None:
    """Show the help of a page beside the work, in the place of what stood there; F1 again closes it."""
    was = ""
    for open_ in parent.findChildren(Help, options=Qt.FindChildOption.FindDirectChildrenOnly):
        was = open_.page if open_.isVisible() else was
        open_.close()
    if was == page:
        return
    made = Help(page, parent)
    corner = parent.frameGeometry().topRight()
    made.show()
    made.move(corner.x() - made.width() - theme().px(24), corner.y() + theme().px(64))


class Help(QDialog):
    """A few sentences about a page and the keys that work there; the work goes on beside it."""

    def __init__(self, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = page
        said = content.help_of(page)
        px = theme().px
        self.setWindowTitle(f"Hulp: {said.title}")
        self.setAccessibleName(f"Hulp: {said.title}")
        self.resize(px(460), px(580))
        inside = column(text(said.title, "title"), gap=10, margin=20)
        for words in said.lines:
            inside.addWidget(text(words, select=True))
        for heading, rows in keys_by_reach(page):
            inside.addWidget(line())
            inside.addWidget(text(heading, "heading"))
            keys = QGridLayout()
            keys.setHorizontalSpacing(px(16))
            keys.setVerticalSpacing(px(4))
            for number, (pressed, does) in enumerate(rows):
                shown_keys = text(pressed, "key", wrap=False)
                keys.addWidget(shown_keys, number, 0, Qt.AlignmentFlag.AlignTop)
                keys.addWidget(text(does), number, 1)
            keys.setColumnStretch(1, 1)
            inside.addLayout(keys)
        inside.addStretch(1)
        self.close_ = button("Sluiten", self.reject, role="primary", keys="Esc")
        about = button("Over pzdesk", lambda: About(self).open(), role="quiet")
        self.area = area = scroll(holder(inside))
        area.setAccessibleName(f"Hulp: {said.title}")
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark(area, "read")
        foot = row(about, None, self.close_, margin=12)
        self.setLayout(column(area, line(), foot, gap=0))
        QShortcut(QKeySequence("F1"), self).activated.connect(self.reject)
        # The keys stand below the fold: arrows and Page Down go there, Enter closes.
        self.close_.setDefault(True)
        area.setFocus(Qt.FocusReason.OtherFocusReason)


def keys_by_reach(page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys of a page and what they do, from the one table: its own first, then those of everywhere."""
    works = on_page(page)
    own = [(shown(one.keys), one.words) for one in works if one.where == page]
    numbers = [one for one in works if one.act.startswith("page-")]
    other = [one for one in works if one.where != page and one not in numbers]
    # Which page has which number is another thing for who may not see them all.
    everywhere = (
        [(f"{shown(numbers[0].keys)} t/m {numbers[-1].keys[-1]}", PAGES)] if numbers else []
    )
    everywhere += [(shown(one.keys), one.words) for one in other]
    if page == START:
        return [("Toetsen", [("Esc", "Terug"), ("F1", "Deze hulp")])]
    found = [("Toetsen op deze pagina", own), ("Toetsen overal", everywhere)]
    return [(heading, rows) for heading, rows in found if rows]


class About(QDialog):
    """Version, licence, and what pzdesk is for and is not for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Over pzdesk")
        self.setAccessibleName("Over pzdesk")
        px = theme().px
        wide = px(520)
        facts = (
            f"Versie {__version__}",
            f"Licentie: {LICENCE}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
        )
        inside = column(text("pzdesk", "title"), gap=8, margin=20)
        for words in facts:
            inside.addWidget(text(words, "muted", wrap=False, select=True))
        inside.addWidget(text("Beoogd gebruik", "heading"))
        inside.addWidget(text(content.intended_purpose(), select=True))
        diagnose = button("Diagnostisch bestand…", self._diagnose, role="quiet")
        close = button("Sluiten", self.accept, role="primary", keys="Esc")
        inside.addLayout(row(diagnose, None, close))
        self.setLayout(inside)
        self.setFixedSize(wide, inside.heightForWidth(wide))
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _diagnose(self) -> None:
        from pzdesk.gui.diagnostics import show_diagnostics  # no window needs it to begin

        show_diagnostics(self)
