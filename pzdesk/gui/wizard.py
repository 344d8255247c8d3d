"""A new practice in three steps: the practice, you, your passphrase; then the recovery sheet."""

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.labels import label
from pzdesk.domain.user import Role, checked_login
from pzdesk.gui.choices import ChecksField
from pzdesk.gui.fields import TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import button, column, holder, row, text
from pzdesk.gui.start_open import see_secrets
from pzdesk.gui.wizard_secret import NewSecret
from pzdesk.gui.wizard_sheet import SheetStep

if TYPE_CHECKING:
    from pzdesk.gui.start import StartWindow

BUSY = "De praktijk wordt gemaakt. Dit duurt enkele seconden…"
STEPS = ("De praktijk", "Uzelf", "Uw wachtzin", "Het herstelblad")
ROLES = tuple((role.value, label(role)) for role in Role if role is not Role.BEHEERDER)
# On which step a field stands that the service finds fault with.
STEP_OF = {"praktijk": 0, "plaats": 0, "naam": 1, "login": 1, "rol": 1, "wachtzin": 2}


class Wizard(QWidget):
    """The steps; nothing is on disk before the last one is left."""

    def __init__(self, window: "StartWindow") -> None:
        super().__init__()
        self._window = window
        self._place_typed = False
        self.code = ""
        self.title = text("", "title")
        self.where = text("", "muted")
        self.practice = TextField("praktijk", "Naam van de praktijk", required=True, most=200)
        self.place = TextField("plaats", "Map op deze computer", required=True, most=1000)
        self.name = TextField(
            "naam", "Uw naam", required=True, placeholder="dr. A. de Boer", most=200
        )
        self.login = TextField(
            "login",
            "Gebruikersnaam",
            required=True,
            most=32,
            help_="Kleine letters en cijfers, zoals deboer. Hiermee opent u de praktijk.",
        )
        self.roles = ChecksField(
            "rol", "Uw rol of rollen", ROLES, help_="U wordt ook beheerder van de praktijk."
        )
        self.secret = NewSecret(lambda: (self.login.raw().strip(), self.practice.raw().strip()))
        self.steps = QStackedWidget()
        self.sheet = SheetStep(self._made, self.back)
        self.forms = (self._first(), self._second(), self._third(), self.sheet.form)
        for form in self.forms[:-1]:
            self.steps.addWidget(holder(column(form, None)))
        self.steps.addWidget(self.sheet)
        self.practice.changed.connect(self._suggest)
        self.place.edit.textEdited.connect(self._own_place)
        self.setLayout(column(self.title, self.where, self.steps, gap=8))

    @property
    def step(self) -> int:
        """The step of now, from 0."""
        return self.steps.currentIndex()

    def begin(self) -> None:
        """Show the first step."""
        self._suggest()
        self._go(0)

    def back(self) -> bool:
        """To the step before; false on the first one."""
        if self.step == 0 or not self.isEnabled():
            return False
        self._go(self.step - 1)
        return True

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.title.setText(STEPS[step])
        if step < len(STEPS) - 1:
            self.where.setText(f"Nieuwe praktijk, stap {step + 1} van {len(STEPS) - 1}")
        else:
            self.where.setText(self.practice.raw().strip())
        self.forms[step].begin()

    def _first(self) -> Form:
        choose = button("Andere plaats kiezen…", self._choose)
        form = Form(
            "", self._place_told, words="Verder", enter_saves=True, cancel=self._window.back
        )
        form.row(self.practice).row(self.place)
        form.put(
            text(
                "In deze map komt alles, versleuteld. Kies een map op deze computer zelf: geen "
                "netwerkschijf en geen map die met internet wordt gesynchroniseerd.",
                "small",
            )
        )
        self.warning = text("", "warning")
        self.warning.hide()
        form.put(self.warning)
        form.body.addLayout(row(choose, None))
        return form.ready()

    def _second(self) -> Form:
        form = Form(
            "",
            self._you_told,
            words="Verder",
            enter_saves=True,
            cancel=self.back,
            cancel_words="Terug",
        )
        return form.row(self.name).row(self.login).row(self.roles).ready()

    def _third(self) -> Form:
        form = Form(
            "",
            self._secret_told,
            words="Verder",
            enter_saves=True,
            cancel=self.back,
            cancel_words="Terug",
        )
        form.put(self.secret.rules).row(self.secret.first).row(self.secret.again)
        return form.put(see_secrets(self.secret.first, self.secret.again)).ready()

    def _place_told(self, values: dict[str, Any]) -> None:
        from pzdesk.services import opening

        folder = Path(values["plaats"]).expanduser()
        try:
            if not folder.is_absolute():
                folder = Path.home() / folder
                self.place.set_raw(str(folder))
            opening.check_new_place(folder)
        except PzdeskError as problem:
            self.place.set_error(str(problem))
            self.place.setFocus()
            return
        warning = opening.warning_about(folder)
        # A warning is shown once; going on after it is the user's choice.
        if warning and warning != self.warning.text():
            self.warning.setText(warning)
            self.warning.show()
            return
        self._go(1)

    def _you_told(self, values: dict[str, Any]) -> None:
        try:
            checked_login(values["login"])
        except PzdeskError as problem:
            self.forms[1].tell_wrong(problem)
            return
        if not values["rol"]:
            self.roles.set_error("Kies ten minste één rol.")
            self.roles.setFocus()
            return
        self._go(2)

    def _secret_told(self, values: dict[str, Any]) -> None:
        if not self.secret.is_right():
            return
        from pzdesk.services import opening

        # The sheet comes first: a slot of which nobody has the code would look like a way back.
        self.code = self.code or opening.new_recovery_code()
        self.sheet.show_code(self.code, self.practice.raw().strip(), self.name.raw().strip())
        self._go(3)

    def _made(self) -> None:
        said = {
            "practice": self.practice.value(),
            "login": self.login.value(),
            "name": self.name.value(),
            "roles": tuple(Role(role) for role in self.roles.value()),
            "secret": self.secret.first.raw(),
            "recovery_code": self.code,
        }
        folder = Path(self.place.value())

        def work(_progress: object) -> object:
            from pzdesk.services import opening

            return opening.make_practice(folder, **said)

        self._set_busy(BUSY)
        self._window.run(
            "Praktijk maken",
            work,
            done=self._window.enter,
            wrong=self._wrong,
            ended=lambda: self._set_busy(""),
        )

    def _wrong(self, problem: PzdeskError) -> None:
        field = getattr(problem, "field", "")
        if field in STEP_OF:
            self._go(STEP_OF[field])
            self.forms[STEP_OF[field]].tell_wrong(problem)
        else:
            # Whatever else stands in the way is about the place: taken meanwhile, full, not writable.
            self._go(0)
            self.place.set_error(str(problem))

    def _set_busy(self, words: str) -> None:
        self.setEnabled(not words)
        self.sheet.busy.setText(words)
        self.sheet.busy.setVisible(bool(words))

    def _suggest(self) -> None:
        if not self._place_typed:
            self.place.set_raw(str(Path.home() / "pzdesk" / folder_name(self.practice.raw())))

    def _own_place(self) -> None:
        self._place_typed = True

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Waar de map van de praktijk komt")
        if chosen:
            self._place_typed = True
            self.place.set_raw(str(Path(chosen) / folder_name(self.practice.raw())))


def folder_name(practice: str) -> str:
    """A name for the folder of a practice: small letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", practice).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "praktijk"
