"""The form of a meeting: when, where, who leads it, and who of the kernteam is invited."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from pzdesk.domain.labels import label
from pzdesk.domain.mdo import Invitee, Meeting
from pzdesk.domain.network import Professional
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import ChecksField
from pzdesk.gui.fields import DateField, NumberField, TextField, TimeField
from pzdesk.gui.forms import Form

LONGEST = 480  # minutes


def meeting_form(
    bench: Bench,
    save: Callable[[dict[str, Any]], object],
    cancel: Callable[[], object],
    *,
    meeting: Meeting | None,
    last: Meeting | None,
) -> Form:
    """A form for a new meeting, with the time and place of the last one, or for one that changes."""
    like, desk = meeting or last, bench.desk
    form = Form(
        "Overleg wijzigen" if meeting is not None else "Nieuw overleg",
        save,
        cancel=cancel,
        words="Opslaan" if meeting is not None else "Overleg plannen",
        place=f"mdo-overleg-{meeting.id}" if meeting is not None else "mdo-nieuw",
        drafts=desk.drafts,
    )
    on = DateField("datum", "Datum", bench.today, required=True, past=False)
    if meeting is not None:
        form.of_version(meeting.version)
        on.set_value(meeting.on)
    starts = TimeField("starts", "Begint om", required=True)
    starts.set_raw(f"{(like.starts if like else time(12, 30)):%H.%M}")
    minutes = NumberField("minuten", "Duur in minuten", 1, LONGEST, required=True)
    usual = desk.practice.practice().meeting.minutes
    minutes.set_raw(str(like.minutes if like else usual))
    where = TextField("place", "Plaats (mag leeg blijven)")
    where.set_raw(like.place if like else "")
    chair = TextField("chair", "Voorzitter (mag leeg blijven)")
    if meeting is not None:
        chair.set_raw(meeting.chair)
    form.row(on, starts, minutes).row(where, chair)
    people = choices(team(bench), meeting.invited if meeting is not None else ())
    if people:
        invited = ChecksField(
            "invited", "Uitgenodigd", [(name, words) for name, words, _ in people]
        )
        chosen = {who.name for who in meeting.invited} if meeting is not None else None
        invited.set_raw("\n".join(n for n, _, _ in people if chosen is None or n in chosen))
        form.row(invited)
    return form.ready()


def team(bench: Bench) -> list[Professional]:
    """Who belongs to the kernteam."""
    return [who for who in bench.desk.network.region()[0] if who.kernteam]


def choices(
    members: Sequence[Professional], invited: Sequence[Invitee]
) -> list[tuple[str, str, Invitee]]:
    """Who can be invited, by name: the kernteam, and who is invited besides."""
    known = {
        who.name: Invitee(name=who.name, discipline=who.discipline, professional_id=who.id)
        for who in members
    }
    known |= {who.name: who for who in invited}
    return [(n, f"{n}, {label(who.discipline)}", who) for n, who in known.items()]


def chosen_invitees(
    bench: Bench, values: dict[str, Any], before: Sequence[Invitee] = ()
) -> tuple[Invitee, ...]:
    """Who is ticked."""
    ticked = values.get("invited", ())
    return tuple(who for name, _, who in choices(team(bench), before) if name in ticked)


def changed(bench: Bench, meeting: Meeting, values: dict[str, Any]) -> Meeting:
    """The meeting with what the form says."""
    on: date = values["datum"]
    return replace(
        meeting,
        on=on,
        starts=values["starts"],
        minutes=values["minuten"],
        place=values["place"],
        chair=values["chair"],
        invited=chosen_invitees(bench, values, meeting.invited),
    )
