"""PZP: what was said and agreed, version by version; recorded here, or received on the national form."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from pzdesk.domain import pzp
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.file import PatientFile
from pzdesk.domain.pzp import FROM_FORM, PzpVersion, Standing
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.pages.file import euthanasia
from pzdesk.gui.pages.file import pzp_cards as cards
from pzdesk.gui.pages.file import pzp_record as record
from pzdesk.gui.pages.file.papers import pzp_paper_of
from pzdesk.gui.pages.file.pzp_compare import comparison_card
from pzdesk.gui.pages.file.pzp_form import PzpQuestions
from pzdesk.gui.pages.file.pzp_intake import PzpIntake
from pzdesk.gui.parts import button, column, empty, row
from pzdesk.gui.theme import theme

EMPTY = (
    "Hier komt te staan wat met de patiënt is besproken over behandelgrenzen en wensen, met wie en "
    "wanneer. Leg een gesprek vast, of lees een ingevuld formulier in: kies de PDF, of sleep hem hierheen."
)


WIDE = 760  # pixels at 100 % from which two columns are pleasant to read


class PzpSection(PzpIntake):
    """A version is never edited: a correction is a new one with its reason."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.questions: PzpQuestions | None = None
        self._is_wide = False
        self._compared: tuple[int, int] | None = None

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        version = file.valid_pzp
        if version is None:
            return ""
        if pzp.conflicts(file.live_pzp):
            return "tegenspraak"
        found = pzp.standing(version, file.live_pzp, file.pzp_confirmations)
        return "te bevestigen" if found is Standing.TO_CONFIRM else f"versie {version.number}"

    @property
    def open_act(self) -> str:
        """Also the two versions that stand side by side."""
        if self.form is None and self._compared is not None:
            return "vergelijken-{}-{}".format(*self._compared)
        return super().open_act

    def show_file(self, file: PatientFile, act: str = "") -> None:
        if self.file is None or self.file.patient.id != file.patient.id:
            self._number, self._compared = 0, None
        super().show_file(file, act)

    def close_form(self, *, saved: bool = False, rebuild: bool = True) -> None:
        self.questions = None
        super().close_form(saved=saved, rebuild=rebuild)

    def build(self, file: PatientFile) -> None:
        self._hint = None
        if self._notice is not None and self._notice[0] == file.patient.id:
            self.body.addWidget(self._notice[1]())
        if self._compared is not None:
            self.body.addWidget(comparison_card(file, *self._compared, self.compare, self.back))
            self.body.addStretch(1)
            return
        version = self._shown(file)
        if version is None and not file.pzp_versions:
            self.body.addWidget(empty("Nog geen PZP", EMPTY, *self._begins(primary=True)))
            self.body.addStretch(1)
            return
        conflict = pzp.conflicts(file.live_pzp)
        if conflict:
            mend = [self._settle(v) for v in conflict if self.may_write and v.talk_on is not None]
            self.body.addWidget(cards.conflict_card(conflict, mend))
        if version is None:
            how = "Alle versies zijn teruggenomen. " + EMPTY
            self.body.addWidget(empty("Geen PZP die geldt", how, *self._begins(primary=True)))
        else:
            self.body.addWidget(cards.head_card(file, version, self._buttons(file, version)))
        self._content(file, version)
        self.body.addStretch(1)

    def fill(self) -> None:
        super().fill()
        card = euthanasia.request_card(self, self.file) if self.file is not None else None
        if card is not None and self._compared is None:
            self.body.insertWidget(self.body.count() - 1, card)

    def _content(self, file: PatientFile, version: PzpVersion | None) -> None:
        """Answers beside what changed and all versions; under each other where there is no room."""
        versions = cards.versions_card(file, version, self._look_at, self._begin_compare)
        if version is None:
            self.body.addWidget(versions)
            return
        answers = cards.answers_card(version)
        older = pzp.before(version, file.live_pzp) if cards.is_live(file, version) else None
        changes = [cards.changes_card(older, version)] if older is not None else []
        self._is_wide = self.width() >= theme().px(WIDE)
        if self._is_wide:
            around = row(column(answers, None), column(*changes, versions, None, gap=12), gap=12)
            around.setStretch(0, 3)
            around.setStretch(1, 2)
        else:
            around = row(column(*changes, answers, versions, gap=12))
        self.body.addLayout(around)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if (self.width() >= theme().px(WIDE)) is not self._is_wide:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        if self.isVisible() and (self.width() >= theme().px(WIDE)) is not self._is_wide:
            self._is_wide = not self._is_wide
            self._again()

    def begin(self, act: str) -> None:
        file = self.file
        if file is None:
            return
        kind, _, rest = act.partition("-")
        version = self._of(file, rest) if rest else file.valid_pzp
        if act == euthanasia.ACT and self._may(Right.EUTHANASIA):
            self.open_form(euthanasia.request_form(self, file))
        elif kind == "nieuw" and self.may_write:
            self._open(record.new_form(self, file))
        elif kind == "inlezen" and self._may(Right.IMPORT):
            self.choose()
        elif kind == "vergelijken":
            self._begin_compare(rest)
        elif version is not None:
            self._number = version.number
            received = version.source == FROM_FORM and cards.is_live(file, version)
            if kind == "verbeteren" and self.may_write and version.talk_on is not None:
                self._open(record.correction_form(self, file, version))
            elif kind == "bevestigen" and self._may(Right.CONFIRM) and self._waits(file, version):
                self.open_form(record.confirm_form(self, file, version))
            elif kind == "terugnemen" and self.may_write and received:
                self.open_form(record.take_back_form(self, version))
            elif self.form is None:
                self._again()

    def acts(self) -> Mapping[str, Callable[[], object]]:
        acts = dict(super().acts())
        if self.form is not None:
            if self.questions is not None:
                acts["part-next"] = partial(self.questions.next_part, 1)
                acts["part-previous"] = partial(self.questions.next_part, -1)
            return acts
        version = self._shown(self.file) if self.file is not None else None
        if self.may_write:
            acts["new"] = partial(self.begin, "nieuw")
        if version is not None and self._may(Right.PRINT_CLINICAL):
            acts["print"] = partial(self._print, version)
        return acts

    def back(self) -> bool:
        if super().back():
            return True
        if self._compared is None:
            return False
        self._compared = None
        self._again()
        return True

    def _begins(self, *, primary: bool = False) -> list[QPushButton]:
        made = []
        if self.may_write:
            role = "primary" if primary else ""
            made.append(
                button("PZP vastleggen", partial(self.begin, "nieuw"), role=role, keys="Ctrl+N")
            )
        if self._may(Right.IMPORT):
            made.append(button("Formulier inlezen", self.choose))
        return made

    def _buttons(self, file: PatientFile, version: PzpVersion) -> list[QPushButton]:
        made = []
        waits = self._waits(file, version) and self._may(Right.CONFIRM)
        if waits:
            act = f"bevestigen-{version.number}"
            made.append(button("Bevestigen", partial(self.begin, act), role="primary"))
        made += self._begins(primary=not waits)
        live = cards.is_live(file, version)
        if self.may_write and live:
            if version.talk_on is not None and version == file.valid_pzp:
                made.append(self._correct(version))
            if version.source == FROM_FORM:
                act = f"terugnemen-{version.number}"
                made.append(button("Terugnemen", partial(self.begin, act)))
        if self._may(Right.PRINT_CLINICAL):
            made.append(button("Afdrukken", partial(self._print, version), keys="Ctrl+P"))
        return made

    def _correct(self, version: PzpVersion) -> QPushButton:
        act = f"verbeteren-{version.number}"
        return button("Verbeteren", partial(self.begin, act))

    def _settle(self, version: PzpVersion) -> QPushButton:
        """Settle a conflict by a correction that begins with what this version says."""
        act = f"verbeteren-{version.number}"
        return button(f"Uitgaan van versie {version.number}", partial(self.begin, act))

    def _begin_compare(self, numbers: str = "") -> None:
        file = self.file
        if file is None or len(file.pzp_versions) < 2:
            return
        old, _, new = numbers.partition("-")
        first, second = self._of(file, old), self._of(file, new)
        if first is None or second is None:
            second = self._shown(file) or file.pzp_versions[-1]
            others = [v for v in file.pzp_versions if v.id != second.id]
            first = pzp.before(second, others) or others[-1]
        self.compare(first.number, second.number)

    def compare(self, old: int, new: int) -> None:
        """Show two versions side by side; looking is recorded as such."""
        if self.file is None:
            return
        try:
            self.bench.desk.pzps.compare(self.file.patient.id, old, new)
        except PzdeskError as problem:
            self.bench.tell(str(problem), is_error=True)
            return
        self._compared = (old, new)
        self._again()

    def show_version(self, number: int) -> None:
        """Show this version when the section is shown next; 0 is the one that holds."""
        self._number = number

    def _look_at(self, number: int) -> None:
        self._number = number
        self._again()

    def _open(self, made: record.Made) -> None:
        form, questions, fit = made
        self.open_form(form)
        self.questions = questions
        questions.watch(fit)

    def _shown(self, file: PatientFile) -> PzpVersion | None:
        return self._of(file, str(self._number)) or file.valid_pzp

    def _print(self, version: PzpVersion) -> None:
        if self.file is not None:
            pzp_paper_of(self.bench.desk, self.file, version.number).show(self.bench)

    @staticmethod
    def _waits(file: PatientFile, version: PzpVersion) -> bool:
        confirmed = any(row.version_id == version.id for row in file.pzp_confirmations)
        return version.source == FROM_FORM and not confirmed and cards.is_live(file, version)

    @staticmethod
    def _of(file: PatientFile, number: str) -> PzpVersion | None:
        return next((v for v in file.pzp_versions if str(v.number) == number), None)
