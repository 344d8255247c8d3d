"""The text for the HIS: what was agreed, in the four letters of the episode."""

from datetime import date

from pzdesk.domain.file import PatientFile
from pzdesk.domain.person import dutch_date
from pzdesk.domain.status import StatusKind
from pzdesk.services import paper_words as words


def soep(file: PatientFile, today: date, by: str) -> str:
    """A short SOEP text for the episode A20 (gesprek levenseinde/behandelwensen).

    A20 is where Dutch practices record it (NHG 2011; HZD); it stands in the text, no code is sent.
    """
    version = file.valid_pzp
    lines = ["A20 Gesprek levenseinde/behandelwensen"]
    if version is None:
        lines.append("S: PZP nog niet besproken.")
    else:
        talk = dutch_date(version.talk_on) or "datum onbekend"
        present = words.answer(version, "2")
        held = words.held_by(version) or "niet vastgelegd door wie"
        lines.append(f"S: PZP-gesprek {talk}, {held}; in bijzijn van: {present}.")
        lines += [f"   {wish}" for wish in words.wishes(version)]
    lines.append(f"O: {', '.join(words.facts_line(file, today))}.")
    capable = words.capacity(file)
    lines += [f"   {capable}."] if capable else []
    lines.append(f"E: {' · '.join(words.limits_with_notes(file))}.")
    place = words.place_of_death(file)
    lines += [f"   Gewenste plek van overlijden: {place}."] if place else []
    lines.append(f"P: PZP: {words.pzp_line(file)}.")
    lines += [
        f"   {action.what} ({action.who}{f', {dutch_date(action.due)}' if action.due else ''})."
        for action in file.open_actions
    ]
    lines.append(f"   Centrale zorgverlener: {words.carer_line(file, StatusKind.CENTRAL_CARER)}.")
    lines.append(f"   {by}, {dutch_date(today)}.")
    return "\n".join(lines) + "\n"
