"""Wat mag welke rol: the matrix of rights as it holds, a line per right with its roles and why."""

from PySide6.QtWidgets import QVBoxLayout

from pzdesk import content
from pzdesk.content import RightWords
from pzdesk.domain.labels import label
from pzdesk.domain.restricted import RESTRICTED
from pzdesk.domain.user import Right
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, chip, column, line, row, text

IN_FILES = {
    *(Right.SEE_WHO, Right.READ_FILE, Right.WRITE_FILE, Right.CONFIRM, Right.PRINT_CLINICAL),
    *(Right.COPY_FILE, Right.ACCESS_PAPER, Right.DESTROY, Right.EMERGENCY),
}
HOW = (
    "Iemand kan meer rollen hebben en mag dan wat elk ervan mag. Het geldt overal: wat iemand niet mag zien, "
    "staat ook op geen lijst, zoekresultaat of papier. Wie welke rol heeft, stelt de beheerder in bij "
    "Gebruikers."
)


class RightsPart(SettingsPart):
    """Everybody may know what everybody may; it is read from the same file as the services ask."""

    key = "rechten"
    title = "Wat mag welke rol"

    def build(self) -> None:
        self.body.addWidget(text(HOW, "muted"))
        rows = content.rights()
        groups = {
            "In dossiers": [row_ for row_ in rows if row_.right in IN_FILES],
            "Beperkt, in elk dossier": [row_ for row_ in rows if row_.right in RESTRICTED],
            "In de praktijk": [
                row_ for row_ in rows if row_.right not in IN_FILES and row_.right not in RESTRICTED
            ],
        }
        for words, found in groups.items():
            card = Card(words)
            for right in found:
                card.add(line(), self._right(right))
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _right(self, right: RightWords) -> QVBoxLayout:
        top = row(text(right.what, "strong", select=True), gap=8)
        top.setStretch(0, 1)
        if self.bench.desk.session.has(right.right):
            top.addWidget(chip("u ook", "accent"))
        roles = ", ".join(map(label, right.who))
        why = [text(right.why, "small", select=True)] if right.why else []
        return column(top, text(f"{roles[:1].upper()}{roles[1:]}", select=True), *why, gap=1)
