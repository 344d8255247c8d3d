"""Opening one practice: who, and the passphrase; what is wrong is told where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from pzdesk.domain.errors import PzdeskError, WrongPassphrase
from pzdesk.gui.choices import CheckField, ComboField
from pzdesk.gui.fields import SecretField, focus_soon
from pzdesk.gui.jobs import Progress
from pzdesk.gui.parts import Card, button, column, row, text
from pzdesk.gui.patience import Patience
from pzdesk.gui.quick_open import ASKING, OpenForm

if TYPE_CHECKING:
    from pzdesk.gui.start import StartWindow


class OpenPanel(QWidget):
    """The card of a practice that is still locked."""

    def __init__(
        self, window: "StartWindow", folder: Path, *, practice: str = "", login: str = ""
    ) -> None:
        super().__init__()
        self._window, self.folder, self._login = window, folder, login
        self._patience = Patience()
        self.name = practice or folder.name
        self.user = ComboField(
            "login", "Gebruiker", [(login, login)] if login else [], required=True
        )
        self.user.set_raw(login)
        self.secret = SecretField("wachtzin", "Wachtzin")
        self.see = see_secrets(self.secret)
        self.busy = text("", "muted")
        self.warning = text("", "warning")
        self._quick: frozenset[str] = frozenset()
        self.form = OpenForm(self.name, self._open, self.secret)
        self.form.put(text(str(folder), "small", select=True))
        self.form.put(self.warning)
        self.form.row(self.user).put(self.form.offer_words).row(self.secret).put(self.see).ready()
        self.user.changed.connect(self._offer)
        self.form.put(self.busy)
        self.recover = button("Herstelblad gebruiken", self._recover, role="quiet")
        self.form.buttons.insertWidget(1, self.recover)
        self.gone = Card(self.name)
        self.gone_words = text("", "error")
        self.gone.add(text(str(folder), "small", select=True), self.gone_words)
        self.again = button("Opnieuw kijken", self._look, role="primary")
        self.off_list = button("Uit de lijst halen", lambda: window.forget(folder))
        self.gone.add(row(self.again, self.off_list, None))
        self.off_list.setVisible(bool(practice))
        self.setLayout(column(text("Praktijk openen", "title"), self.form, self.gone, gap=12))
        for later in (self.warning, self.gone, self.recover, self.busy):
            later.hide()

    def begin(
        self,
        secret: str | None = None,
        *,
        later: Callable[[Callable[[], object]], object] | None = None,
    ) -> None:
        """Look who has a key, perhaps ``later``; the passphrase can be typed meanwhile."""
        (self.secret if self._login else self.user).setFocus()
        if later is not None:
            later(self._look_if_there)
        else:
            self._look()
        if secret is not None:
            self.secret.set_raw(secret)
            self._open({"login": self._login, "wachtzin": secret})

    def _look_if_there(self) -> None:
        if isValid(self):  # another practice may have been chosen meanwhile
            self._look()

    def _look(self) -> None:
        def work(_progress: object) -> tuple[tuple[str, ...], str, frozenset[str]]:
            from pzdesk.services import opening, quick_unlock

            told = opening.warning_about(self.folder), opening.who_writes(self.folder)
            warning = " ".join(sentence for sentence in told if sentence)
            return opening.logins(self.folder), warning, quick_unlock.offered(self.folder)

        self._window.run(
            *("Praktijk bekijken", work),
            done=self._found,
            wrong=self._gone,
            ended=lambda: None,
            opens=False,
        )

    def _found(self, told: tuple[tuple[str, ...], str, frozenset[str]]) -> None:
        logins, warning, self._quick = told
        self.recover.show()
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        chosen = self.user.raw() or self._login or (logins[0] if len(logins) == 1 else "")
        box = self.user.box
        quiet = QSignalBlocker(box)
        while box.count() > 1:
            box.removeItem(1)
        for login in logins:
            box.addItem(login, login)
        self.user.set_raw(chosen)
        quiet.unblock()
        self._offer()
        if self.gone.isVisibleTo(self):
            self.gone.hide()
            self.form.show()
        if chosen and not self.secret.raw():
            self.secret.setFocus()

    def _gone(self, problem: PzdeskError) -> None:
        self.gone_words.setText(str(problem))
        self.form.hide()
        self.gone.show()
        self.again.setFocus()

    def _open(self, values: dict[str, Any]) -> None:
        def work(progress: Progress) -> object:
            from pzdesk.services import opening

            self._patience.wait(progress)
            return opening.open_practice(self.folder, values["login"], values["wachtzin"])

        self._set_busy(self._patience.words)
        self._window.run(
            "Praktijk openen",
            work,
            done=self._window.enter,
            wrong=self._wrong,
            ended=lambda: self._set_busy(""),
        )

    def _offer(self) -> None:
        self.form.offer(self._open_quickly if self.user.raw() in self._quick else None)

    def _open_quickly(self) -> None:
        login = self.user.raw()

        def work(_progress: object) -> object:
            from pzdesk.services import quick_unlock

            return quick_unlock.open_quickly(self.folder, login)

        self._set_busy(ASKING)
        self._window.run(
            "Praktijk snel openen",
            work,
            done=self._window.enter,
            wrong=lambda problem: self._not_quick(login, problem),
            ended=lambda: self._set_busy(""),
        )

    def _not_quick(self, login: str, problem: PzdeskError) -> None:
        self._quick -= {login}
        self._offer()
        self.form.tell_wrong(problem)
        focus_soon(self.secret)  # after the form, which begins at its first field

    def _wrong(self, problem: PzdeskError) -> None:
        self._patience.note(problem)
        if isinstance(problem, WrongPassphrase):
            tell_wrong_secret(self.secret, problem)
        else:
            self.form.tell_wrong(problem)

    def _set_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
        self.form.setEnabled(not words)

    def _recover(self) -> None:
        self._window.recover(self.folder, self.user.raw(), self.name)


def tell_wrong_secret(field: SecretField, problem: PzdeskError) -> None:
    """Show that a passphrase opens nothing, ready to be typed again."""
    field.set_error(str(problem))
    field.setFocus()
    field.edit.selectAll()


def see_secrets(*fields: SecretField) -> CheckField:
    """A tick that shows what is typed in these fields."""
    made = CheckField("tonen", "Wachtzin tonen")

    def show() -> None:
        mode = QLineEdit.EchoMode.Normal if made.value() else QLineEdit.EchoMode.Password
        for field in fields:
            field.edit.setEchoMode(mode)

    made.changed.connect(show)
    return made
