"""Makes the demo: a folder with a store, papers, files to read in and a text that says how to begin."""

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pzdesk.demo import meeting_acts, papers, person_acts, practice_acts, pzp_acts
from pzdesk.demo.story import Event, Story, read_story
from pzdesk.demo.telling import Telling, begin, present
from pzdesk.domain.errors import Refused

ACTS: dict[str, Callable[[Telling, Event], None]] = {
    "praktijk": practice_acts.settle,
    "organisaties": practice_acts.organisations,
    "zorgverleners": practice_acts.professionals,
    "nummers_nabellen": practice_acts.check_numbers,
    "overleg_plannen": meeting_acts.plan,
    "overleg_houden": meeting_acts.hold,
    "komt": person_acts.arrive,
    "gegevens": person_acts.change,
    "stand": person_acts.status,
    "stand_intrekken": person_acts.retract,
    "overleden": person_acts.died,
    "uit_zorg": person_acts.left,
    "markering": person_acts.mark,
    "ingelicht": person_acts.tell,
    "naaste": person_acts.naaste,
    "team": person_acts.team,
    "beoordeling": person_acts.assess,
    "noodplan": person_acts.plan,
    "screening": person_acts.screen,
    "vervolg": person_acts.follow_up,
    "review": person_acts.review,
    "review_plannen": person_acts.plan_review,
    "toestemming": person_acts.consent,
    "verklaring": person_acts.state,
    "actie": person_acts.action,
    "actie_klaar": person_acts.close_action,
    "uitreiken": person_acts.hand_out,
    "pzp": pzp_acts.record,
    "pzp_ontvangen": pzp_acts.receive,
    "pzp_bevestigen": pzp_acts.confirm,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What was made: a value for ``--json`` and Dutch lines."""

    value: dict[str, Any]
    lines: tuple[str, ...]


def make(folder: Path) -> Demo:
    """Make the demo in a new or empty folder, whole or not at all.

    Raises:
        Refused: there is something at that place already, or it cannot be written.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"Op deze plaats staat al iets: {folder}. Kies een nieuwe of lege map.")
    making = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        making.mkdir(mode=0o700)
        made = _made(making, target)
        if target.exists():
            target.rmdir()
        making.rename(target)
    except OSError as problem:
        raise Refused(
            f"De demo kon niet worden gemaakt: de schijf is vol of {folder} is niet te beschrijven."
        ) from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return made


def tell(folder: Path, story: Story) -> Telling:
    """Make a store in which the whole story happened, each event on its day; it is left open."""
    telling = begin(folder, story, story.events[0].on)
    try:
        for event in story.events:
            telling.clock.go_to(event.on, event.at)
            ACTS[event.says["do"]](telling, event)
            telling.clock.tick()
    except BaseException as problem:
        problem.add_note(f"{event.on} {event.person}: {dict(event.says)}")
        telling.session.close()
        raise
    return telling


def _made(making: Path, target: Path) -> Demo:
    story = read_story(date.today())
    told = tell(making / "store", story)
    try:
        now = present(told)
        printed = papers.print_all(now, making / "papier")
        papers.files_to_read_in(now, making / "inlezen")
        passphrase = papers.passphrase_of(story, papers.PRINTER)
        (making / "passphrase.txt").write_text(f"{passphrase}\n", encoding="utf-8", newline="\n")
        text = papers.read_me(now, [f"papier/{name}" for name in printed])
        (making / "LEESMIJ.txt").write_text(text, encoding="utf-8", newline=os.linesep)
    finally:
        told.session.close()
    return _demo(target, told, printed)


def _demo(target: Path, told: Telling, printed: list[str]) -> Demo:
    story = told.story
    logins = [user["login"] for user in story.practice["users"]]
    people, meetings = len(story.people), len(story.meetings)
    return Demo(
        value={
            "out": str(target),
            "store": str(target / "store"),
            "user": papers.PRINTER,
            "passphrase_file": str(target / "passphrase.txt"),
            "users": logins,
            "patients": people,
            "meetings": meetings,
            "coming_meeting": told.meetings["komende"],
            "papers": [str(target / "papier" / name) for name in printed],
        },
        lines=(
            f"De demo van {story.practice['name']} staat in {target}: {people} fictieve mensen, "
            f"{meetings} overleggen, {len(logins)} gebruikers.",
            f"Papieren: {target / 'papier'}",
            f"Begin met {target / 'LEESMIJ.txt'}: daarin staan de wachtzinnen en wat u kunt proberen.",
        ),
    )
