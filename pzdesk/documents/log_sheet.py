"""A part of the audit log on paper, for who keeps watch over it: the columns of NEN 7513:2018, section 9."""

from dataclasses import dataclass

from pzdesk.documents.page import Part, pdf
from pzdesk.documents.parts import Grid, Section, blocks, running_head
from pzdesk.documents.style import NAME, SMALL, Imprint, text

WHAT_IT_IS = (
    "Wie in pzdesk iets bekeek, vastlegde of afdrukte. Wat er gelezen of geschreven is, staat niet in het "
    "logboek; dat staat in het dossier zelf."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPaper:
    """Lines as when, who, role, what, about whom; the newest first. ``asked`` says which lines these are."""

    imprint: Imprint
    asked: str
    lines: tuple[tuple[str, str, str, str, str], ...] = ()


def log_sheet(paper: LogPaper) -> bytes:
    """The lines as PDF."""
    made = [
        *text(f"Logboek · {paper.imprint.practice}", SMALL),
        *text("Logboek", NAME),
        *blocks(
            [
                Section(title="Dit overzicht", lines=(WHAT_IT_IS, paper.asked), empty=""),
                Grid(
                    title="Regels",
                    columns=("Wanneer", "Wie", "Rol", "Wat", "Patiënt"),
                    shares=(0.15, 0.18, 0.17, 0.28, 0.22),
                    rows=paper.lines,
                    empty="Er zijn geen regels die hierbij passen.",
                ),
            ]
        ),
    ]
    return pdf([Part(made, running_head("Logboek"))], paper.imprint, kind="Logboek")
