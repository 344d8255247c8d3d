"""Who saw or changed a file: the audit log of one patient, in words that the patient understands.

Asked for by the patient (Wabvpz article 15e); the columns are those of NEN 7513:2018 section 9: when, who,
in which role, what.
"""

from dataclasses import dataclass

from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import Grid, Section, blocks, running_head
from pzdesk.documents.style import NAME, SMALL, Imprint, text

WHAT_IT_IS = (
    "Op dit blad staat wie dit dossier in pzdesk heeft bekeken, gewijzigd of afgedrukt. Wat er gelezen of "
    "geschreven is, staat hier niet op; dat staat in het dossier zelf. Wat iemand op één dag vaker "
    "deed, staat op één regel."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """What somebody did on a day; ``times`` such as "09.12" or "09.12 tot 11.40 (4 keer)"."""

    day: str
    times: str
    who: str
    role: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPaper:
    """The sheet of one patient, the newest line first; ``period`` says from when until when."""

    imprint: Imprint
    name: str
    born: str
    period: str
    lines: tuple[AccessLine, ...] = ()


def access_sheet(paper: AccessPaper) -> bytes:
    """The sheet as PDF."""
    made = [
        *text(f"Wie heeft dit dossier gezien · {paper.imprint.practice}", SMALL),
        *text(f"{paper.name}, {paper.born}", NAME),
        *blocks(
            [
                Section(title="Dit blad", lines=(WHAT_IT_IS, f"Periode: {paper.period}"), empty=""),
                Grid(
                    title="Logboek",
                    columns=("Dag", "Tijd", "Wie", "Rol", "Wat"),
                    shares=(0.13, 0.2, 0.2, 0.18, 0.29),
                    rows=tuple(
                        (line.day, line.times, line.who, line.role, line.what)
                        for line in paper.lines
                    ),
                    empty="Er staat nog niets in het logboek.",
                ),
            ]
        ),
    ]
    running = running_head(f"Wie heeft dit dossier gezien: {paper.name}, {paper.born}")
    return pdf([Part(made, running)], paper.imprint, kind="Wie heeft dit dossier gezien")
