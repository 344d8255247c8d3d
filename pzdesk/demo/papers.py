"""What lies beside the demo store: papers, files to read in, passphrases, and how to begin."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from string import Template

from pzdesk import content, paths
from pzdesk.demo import pzp_acts
from pzdesk.demo.story import FOLDER, Said, Story, coming_meeting
from pzdesk.demo.telling import Telling
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import ParticipantKind
from pzdesk.domain.user import Role
from pzdesk.services import opening
from pzdesk.services.papers import PaperService

PRINTER = "poh"
"""Who prints; the passphrase of this user also lies apart, for a command to read."""

LIST, FORM = "patientenlijst.csv", "pzp-formulier.pdf"


def print_all(telling: Telling, folder: Path) -> list[str]:
    """Print the papers as of now, each through its service; returns their names in order."""
    folder.mkdir()
    papers = telling.desks[PRINTER].papers
    made: dict[str, bytes] = {
        "agenda-komend-overleg.pdf": papers.agenda(telling.meetings["komende"]).data,
        "agenda-komend-overleg-welzijn.pdf": papers.agenda(
            telling.meetings["komende"], audience=ParticipantKind.WELFARE
        ).data,
        "verslag-vorig-overleg.pdf": telling.reports["vorige"],
    }
    for kind, people in content.read_json(f"{FOLDER}/papers.json").items():
        for key in people:
            name, data = _paper(papers, kind, key, telling)
            made[name] = data
    users = telling.story.practice["users"]
    made["herstelblad.pdf"] = opening.recovery_paper(
        telling.recovery_code, telling.story.practice["name"], users[0]["name"]
    )
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return list(made)


def _paper(papers: PaperService, kind: str, key: str, telling: Telling) -> tuple[str, bytes]:
    patient = telling.patients[key]
    match kind:
        case "pzp":
            return f"pzp-{key}.pdf", papers.pzp(patient).data
        case "patientblad":
            return f"patientblad-{key}.pdf", papers.sheet(patient).data
        case "thuisblad":
            return f"thuisblad-{key}.pdf", papers.home_sheet(patient).data
        case "soep":
            return f"soep-{key}.txt", papers.soep(patient).data
    raise KeyError(kind)


def files_to_read_in(telling: Telling, folder: Path) -> None:
    """A patient list from a HIS and a filled PZP form, for a new user to try with."""
    folder.mkdir()
    said = content.read_json(f"{FOLDER}/to-read-in.json")
    rows = [";".join(row) for row in said["list"]]
    (folder / LIST).write_bytes("".join(f"{row}\r\n" for row in rows).encode("utf-8-sig"))
    form = said["form"]
    person = telling.story.people[form["person"]]
    (folder / FORM).write_bytes(pzp_acts.form_of(person, form, telling.story.today))


def passphrase_of(story: Story, login: str) -> str:
    """The passphrase of a user of the story."""
    users = story.practice["users"]
    return str(next(user["passphrase"] for user in users if user["login"] == login))


def read_me(telling: Telling, printed: Sequence[str]) -> str:
    """The Dutch text that tells a new user where to begin, with commands that work as they stand."""
    text = Template((paths.resources() / FOLDER / "leesmij.txt").read_text(encoding="utf-8"))
    users = telling.story.practice["users"]
    coming = coming_meeting(telling.story.today)
    return text.substitute(
        practice=telling.story.practice["name"],
        users="\n".join(
            f"  {user['login']:<9}{user['name']:<15}{_roles(user):<20}{user['passphrase']}"
            for user in users
        ),
        papers="\n".join(f"  {name}" for name in printed),
        patient=telling.patients["jansen"],
        meeting=telling.meetings["komende"],
        coming=coming.isoformat(),
        after=(coming + timedelta(days=42)).isoformat(),
        list=LIST,
        form=FORM,
    )


def _roles(user: Said) -> str:
    return ", ".join(label(Role(role)) for role in user["roles"])
