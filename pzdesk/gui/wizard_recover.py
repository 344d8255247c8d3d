"""Opening with the recovery sheet: the code as it stands on paper, and a new passphrase."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from pzdesk.domain.errors import PzdeskError, WrongPassphrase
from pzdesk.gui.choices import ComboField
from pzdesk.gui.fields import TextField, focus_soon
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import column, text
from pzdesk.gui.start_open import see_secrets
from pzdesk.gui.wizard_secret import NewSecret

if TYPE_CHECKING:
    from pzdesk.gui.start import StartWindow

BUSY = "De herstelcode wordt nagekeken…"


class RecoverPanel(QWidget):
    """One form: who, the code, and a passphrase that takes the place of the lost one."""

    def __init__(
        self, window: "StartWindow", folder: Path, login: str, *, practice: str = ""
    ) -> None:
        super().__init__()
        from pzdesk.services import opening

        self._window, self._folder = window, folder
        logins = opening.logins(folder)
        self.code = TextField(
            "herstelcode",
            "Herstelcode",
            required=True,
            most=400,
            help_="Acht groepen van vijf tekens; hoofdletters of kleine letters maakt niet uit.",
        )
        self.user = ComboField("login", "Gebruiker", [(one, one) for one in logins], required=True)
        self.user.set_raw(login or (logins[0] if len(logins) == 1 else ""))
        self.secret = NewSecret(lambda: (self.user.raw(), ""))
        self.busy = text("", "muted")
        self.form = Form(
            practice or folder.name,
            self._open,
            words="Openen",
            enter_saves=True,
            cancel=window.back,
            cancel_words="Terug",
        )
        self.form.row(self.user).row(self.code).put(self.secret.rules)
        self.form.row(self.secret.first).row(self.secret.again)
        self.form.put(see_secrets(self.secret.first, self.secret.again)).ready().put(self.busy)
        self.busy.hide()
        self.setLayout(column(text("Openen met het herstelblad", "title"), self.form, gap=12))

    def begin(self) -> None:
        """The code has the keyboard where it is known whose passphrase is lost."""
        focus_soon(self.code if self.user.raw() else self.user)

    def _open(self, values: dict[str, Any]) -> None:
        if not self.secret.is_right():
            return

        def work(_progress: object) -> object:
            from pzdesk.services import opening

            return opening.recover(
                self._folder, values["herstelcode"], values["login"], values["wachtzin"]
            )

        self._set_busy(BUSY)
        self._window.run(
            "Praktijk herstellen",
            work,
            done=self._window.enter,
            wrong=self._wrong,
            ended=lambda: self._set_busy(""),
        )

    def _wrong(self, problem: PzdeskError) -> None:
        if isinstance(problem, WrongPassphrase):
            self.code.set_error(str(problem))
            self.code.setFocus()
        else:
            self.form.tell_wrong(problem)

    def _set_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
        self.form.setEnabled(not words)
