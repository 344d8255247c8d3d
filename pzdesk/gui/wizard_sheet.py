"""The recovery sheet on screen: the code in large groups, to be printed or kept before going on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from pzdesk.domain.errors import PzdeskError
from pzdesk.gui.choices import CheckField
from pzdesk.gui.flow import FlowLayout, flow
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import button, clear, column, holder, text
from pzdesk.gui.theme import theme

SURE = "Ik heb het herstelblad afgedrukt of bewaard"
FIRST = "Druk het herstelblad eerst af of sla het op, en zet dan hier het vinkje."


class SheetStep(QWidget):
    """The last step; ``go_on`` is called when the user says that the sheet is safe."""

    def __init__(
        self,
        go_on: Callable[[], object],
        back: Callable[[], object],
        *,
        words: str = "Praktijk maken",
    ) -> None:
        super().__init__()
        self._go_on = go_on
        self._code = self._practice = self._name = ""
        self.groups = FlowLayout(gap=theme().px(10))
        self.told = text("", "small")
        self.busy = text("", "muted")
        self.sure = CheckField("zeker", SURE)
        self.form = Form(
            "",
            self._done,
            words=words,
            cancel=back,
            cancel_words="Terug",
            enter_saves=True,
        )
        self.form.put(
            text(
                "Weet niemand zijn wachtzin meer, dan gaat de praktijk alleen nog met deze code open. Wie de "
                "code heeft, kan alles lezen. Leg het blad in de kluis, niet bij de computer.",
            )
        )
        self.form.put(holder(self.groups))
        self.form.put(
            holder(flow(button("Opslaan als PDF…", self._save), button("Afdrukken…", self._print)))
        )
        self.form.put(self.told)
        self.form.row(self.sure).ready().put(self.busy)
        self.busy.hide()
        self.setLayout(column(self.form, None))

    def show_code(self, code: str, practice: str, name: str) -> None:
        """Show a code; it is on screen only here and nowhere on disk."""
        from pzdesk.services import opening

        self._code, self._practice, self._name = code, practice, name
        clear(self.groups)
        for number, group in enumerate(opening.recovery_groups(code), start=1):
            signs = text(group, "code", wrap=False, select=True)
            signs.setAccessibleName(f"Groep {number}: {' '.join(group)}")
            above = text(f"groep {number}", "small", wrap=False)
            group_ = holder(column(above, signs, gap=1))
            group_.setMinimumWidth(theme().px(92))  # so that the groups stand in columns
            self.groups.addWidget(group_)

    def paper(self) -> bytes:
        """The sheet as PDF."""
        from pzdesk.services import opening

        return opening.recovery_paper(self._code, self._practice, self._name)

    def keep_at(self, path: Path) -> None:
        """Write the sheet where the user chose."""
        from pzdesk.services import files

        try:
            files.write_file(path, self.paper())
        except PzdeskError as problem:
            self.told.setText(str(problem))
            return
        self.told.setText(f"Het herstelblad staat in {path}. Druk het af en verwijder het bestand.")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Herstelblad opslaan", str(Path.home() / "herstelblad.pdf"), "PDF (*.pdf)"
        )
        if name:
            self.keep_at(Path(name))

    def _print(self) -> None:
        from pzdesk.gui.preview import print_pdf

        if print_pdf(self.paper(), self, "Herstelblad"):
            self.told.setText("Het herstelblad is naar de printer gestuurd.")

    def _done(self, values: dict[str, Any]) -> None:
        if not values["zeker"]:
            self.sure.set_error(FIRST)
            self.sure.setFocus()
            return
        self._go_on()
