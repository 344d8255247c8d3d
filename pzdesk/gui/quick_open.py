"""The form that opens a practice: with the passphrase, or with Enter alone where that was turned on here.

One button, which says what it does: with nothing typed it opens quickly, as soon as something is typed it
opens with that. What fails once is not offered again on this card.
"""

from collections.abc import Callable
from typing import Any

from pzdesk.gui.fields import SecretField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import text
from pzdesk.gui.shortcuts import shown

WORDS, QUICK_WORDS = "Openen", "Snel openen"
OFFER = "Op deze computer opent u zonder te typen: druk op Enter. Uw wachtzin typen kan ook."
ASKING = "De sleutelbos van deze computer wordt gevraagd…"


class OpenForm(Form):
    """A form whose only secret may stay empty while opening quickly is offered."""

    def __init__(
        self, heading: str, save: Callable[[dict[str, Any]], object], secret: SecretField
    ) -> None:
        super().__init__(heading, save, words=WORDS, enter_saves=True)
        self._secret = secret
        self._quick: Callable[[], object] | None = None
        self.offer_words = text(OFFER, "good")
        self.offer_words.hide()
        secret.changed.connect(self._show)

    @property
    def is_offered(self) -> bool:
        """Whether Enter with nothing typed opens."""
        return self._quick is not None

    def offer(self, act: Callable[[], object] | None) -> None:
        """Offer to open quickly, or do so no more."""
        self._quick = act
        self._show()

    def try_save(self) -> None:
        if self._quick is not None and not self._secret.raw():
            self._secret.set_error("")
            self._quick()
        else:
            super().try_save()

    def _show(self) -> None:
        is_quick = self._quick is not None and not self._secret.raw()
        words = QUICK_WORDS if is_quick else WORDS
        self.submit.setText(f"{words}   {shown('Return')}")
        self.submit.setAccessibleName(words)
        self.offer_words.setVisible(self._quick is not None)
