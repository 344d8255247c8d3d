"""A new passphrase, twice, with what is asked of it told while it is typed."""

from collections.abc import Callable

from pzdesk.domain.errors import BadInput
from pzdesk.gui.fields import SecretField
from pzdesk.gui.parts import text
from pzdesk.gui.theme import mark

RULES = (
    "Ten minste 15 tekens; spaties mogen. Vijf losse woorden die niets met elkaar te maken hebben zijn "
    "goed te onthouden en moeilijk te raden."
)
GOOD = "Deze wachtzin is goed."
SAME = "De twee zijn gelijk."
DIFFERENT = "De twee wachtzinnen zijn niet gelijk. Typ hem nog een keer."


class _New(SecretField):
    """Tells what is wrong with it under itself, before the second field is asked for."""

    def __init__(self, problem: Callable[[], str]) -> None:
        super().__init__("wachtzin", "Nieuwe wachtzin", help_="Nog niets getypt.")
        self._problem = problem

    def value(self) -> str:
        if self.raw() and (problem := self._problem()):
            raise BadInput(problem)
        return super().value()


class NewSecret:
    """The two fields, for a form; ``names`` gives the login and the practice that it may not consist of."""

    def __init__(self, names: Callable[[], tuple[str, str]]) -> None:
        self._names = names
        self.rules = text(RULES, "small")
        self.first = _New(self.problem)
        self.again = SecretField("nogmaals", "Nog een keer", help_="Tegen tikfouten.")
        self.first.changed.connect(self.tell)
        self.again.changed.connect(self.tell)

    def problem(self) -> str:
        """Why what was typed cannot be the passphrase; empty when it can."""
        from pzdesk.services import opening

        login, practice = self._names()
        try:
            opening.check_passphrase(self.first.raw(), login=login, practice=practice)
        except BadInput as problem:
            return str(problem)
        return ""

    def tell(self) -> None:
        """Say under each field how it stands, as help and not as an error."""
        typed, again = self.first.raw(), self.again.raw()
        problem = self.problem() if typed else "Nog niets getypt."
        self._say(self.first, problem or GOOD, is_good=not problem)
        said = "Tegen tikfouten."
        if again:
            said = SAME if typed == again else "Nog niet gelijk."
        self._say(self.again, said, is_good=said == SAME)

    def is_right(self) -> bool:
        """Whether both are right; what is not is told under its field, which gets the focus."""
        if problem := self.problem():
            self.first.set_error(problem)
            self.first.setFocus()
            return False
        if self.first.raw() != self.again.raw():
            self.again.set_error(DIFFERENT)
            self.again.setFocus()
            return False
        return True

    def _say(self, field: SecretField, words: str, *, is_good: bool) -> None:
        field.help.setText(words)
        mark(field.help, "good" if is_good else "small")
        field.control.setAccessibleDescription(words)
