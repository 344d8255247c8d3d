"""A section of a patient's file: a part of the page Dossier with its own content and forms."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, TypeVar

from pzdesk.domain.file import PatientFile
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.form_place import FormPlace

T = TypeVar("T")


class Section(FormPlace):
    """One section. It gets the file as a value whenever that was read again; it never reads by itself.

    ``new_act`` is what Ctrl+N begins.
    """

    paper: ClassVar[str] = ""
    """The paper that is printed here before the others, by its words; usually the patient sheet."""
    new_act: ClassVar[str] = ""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.file: PatientFile | None = None

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        """A few words beside the title, such as "vervolg open"; usually none."""
        return ""

    @property
    def may_write(self) -> bool:
        """Whether this user may record in a file; without it no button that records exists."""
        return self.bench.desk.session.has(Right.WRITE_FILE)

    @property
    def may_plan(self) -> bool:
        """Whether this user plans meetings; to the others the page MDO does not exist."""
        return self.bench.desk.session.has(Right.PLAN_MEETING)

    def people(self) -> list[tuple[str, str]]:
        """Names to choose from where a form asks by whom: this user first, then who is in the file."""
        user = self.bench.desk.session.user.name
        known = self.file.professionals.values() if self.file is not None else ()
        return [(name, name) for name in dict.fromkeys((user, *(who.name for who in known)))]

    def draft_of(self, act: str) -> str:
        patient = self.file.patient.id if self.file is not None else 0
        return f"dossier-{patient}-{self.key}-{act}"

    def record(
        self,
        work: Callable[[], T],
        *,
        said: str,
        topic: Topic = Topic.PATIENT,
        undo: Callable[[T], object] | None = None,
    ) -> bool:
        """Do what the open form, or a button, asks for this patient; the form closes when it was done."""
        patient = self.file.patient.id if self.file is not None else None
        return self.do(work, Change(topic, patient), said=said, undo=undo, rebuild=False)

    def show_file(self, file: PatientFile, act: str = "") -> None:
        """Show what is known; ``act`` names a form to begin. An open form stays open, with what was typed."""
        same = self.file is not None and self.file.patient.id == file.patient.id
        self.file = file
        if self.form is not None and not same:
            self.close_form(rebuild=False)
        if not same:
            self._opener = None
        if self.form is None:
            self.fill_again(keep_focus=same)
        if act:
            self.begin(act)

    def renew(self) -> None:
        if self.file is not None:
            self.file = self.bench.desk.patients.file(self.file.patient.id)

    def fill(self) -> None:
        if self.file is not None:
            self.build(self.file)

    def build(self, file: PatientFile) -> None:
        """Put the parts of this section in ``self.body``."""

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What shortcuts do in this section; an open form takes Ctrl+S, and Ctrl+N does nothing over it."""
        if self.form is not None:
            return {"save": self.form.try_save}
        can_begin = self.new_act and self.may_write
        return {"new": partial(self.begin, self.new_act)} if can_begin else {}
