"""The papers of one patient, as they can be looked at and handed out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import surname
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.preview import show_paper
from pzdesk.services.desk import Desk
from pzdesk.services.papers import Paper

HOME_SHEET = "Blad voor thuis"


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One paper: its words, how it is looked at and how it is handed out."""

    words: str
    look: Callable[[], bytes]
    hand_out: Callable[[], Paper]
    file_name: str

    def show(self, bench: Bench) -> None:
        """Show it on screen."""
        show_paper(
            bench, self.words, look=self.look, hand_out=self.hand_out, file_name=self.file_name
        )


def pzp_paper_of(desk: Desk, file: PatientFile, number: int) -> PaperChoice:
    """The PZP form of one version."""
    patient, papers = file.patient.id, desk.papers
    return PaperChoice(
        f"PZP-formulier, versie {number}",
        partial(papers.preview_pzp, patient, number=number),
        partial(papers.pzp, patient, number=number),
        f"pzp-versie-{number}-{_file_name(file)}.pdf",
    )


def _file_name(file: PatientFile) -> str:
    return "".join(c if c.isalnum() else "-" for c in surname(file.patient.name)).strip("-")


def papers_of(desk: Desk, file: PatientFile) -> list[PaperChoice]:
    """What can be printed of a patient; what may not be ticked by default is a choice of its own."""
    patient, papers = file.patient.id, desk.papers
    name = _file_name(file)
    may = desk.session.has
    if not may(Right.PRINT_CLINICAL):  # in an emergency
        return [_home_sheet(desk, file)] if file.death is None else []
    made = [
        PaperChoice(
            "Patiëntblad",
            partial(papers.preview_sheet, patient),
            partial(papers.sheet, patient),
            f"patientblad-{name}.pdf",
        ),
    ]
    ticks = [("mantelzorg", "mantelzorg")] if may(Right.CAREGIVER) else []
    if file.euthanasia and may(Right.EUTHANASIA):
        ticks.append(("euthanasie", "verzoek om euthanasie"))
    for tick, words in ticks:
        made.append(
            PaperChoice(
                f"Patiëntblad met {words}",
                partial(papers.preview_sheet, patient, extras=frozenset({tick})),
                partial(papers.sheet, patient, extras=frozenset({tick})),
                f"patientblad-{tick}-{name}.pdf",
            )
        )
    if file.valid_pzp is not None:
        made.append(
            PaperChoice(
                "PZP-formulier",
                partial(papers.preview_pzp, patient),
                partial(papers.pzp, patient),
                f"pzp-{name}.pdf",
            )
        )
    if file.death is None:
        made.append(_home_sheet(desk, file))
    return made


def _home_sheet(desk: Desk, file: PatientFile) -> PaperChoice:
    patient, papers = file.patient.id, desk.papers
    return PaperChoice(
        HOME_SHEET,
        partial(papers.preview_home_sheet, patient),
        partial(papers.home_sheet, patient),
        f"blad-voor-thuis-{_file_name(file)}.pdf",
    )
