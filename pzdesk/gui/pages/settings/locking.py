"""Vergrendelen: after how long a window locks by itself, for everybody in the practice."""

from dataclasses import replace
from typing import Any

from pzdesk import content
from pzdesk.domain.practice import LONGEST_LOCK, LONGEST_MEETING_LOCK, LockTimes, Practice
from pzdesk.gui.fields import NumberField
from pzdesk.gui.pages.settings.copied import copied_card
from pzdesk.gui.pages.settings.part import ChangedByBeheerder
from pzdesk.gui.parts import Card, fact, text
from pzdesk.gui.shortcuts import keys_of, shown

_ALSO = (
    "Ook als u de computer zelf vergrendelt of laat slapen, en altijd met {}. Wat u typte, is dan als "
    "concept bewaard; met uw wachtzin gaat u verder waar u was."
)
_WHY = "Korter is veiliger als er mensen langs het scherm lopen. Nooit kan niet."


class LockPart(ChangedByBeheerder):
    """A beheerder sets it; everybody may read it."""

    key = "vergrendelen"
    title = "Vergrendelen"

    def build(self) -> None:
        now, usual = self.bench.desk.practice.practice().lock, content.lock_times()
        card = Card("Vanzelf vergrendelen")
        card.add(
            fact("Zonder toets of muis, na", _minutes(now.minutes, usual.minutes)),
            fact("Tijdens een overleg, na", _minutes(now.meeting_minutes, usual.meeting_minutes)),
            text(_ALSO.format(shown(keys_of("lock")))),
        )
        card.add(self.way_to_change())
        self.body.addWidget(card)
        self.body.addWidget(copied_card(self.bench))
        self.body.addStretch(1)

    def begin_change(self) -> None:
        practice = self.bench.desk.practice.practice()
        form = self.new_form(
            "Vanzelf vergrendelen", lambda values: self._save(practice, values), self.key
        )
        form.of_version(practice.version).put(text(_WHY, "small"))
        usual = NumberField(
            "minutes", "Zonder toets of muis, na (minuten)", 1, LONGEST_LOCK, required=True
        )
        usual.set_raw(str(practice.lock.minutes))
        meeting = NumberField(
            *("meeting_minutes", "Tijdens een overleg, na (minuten)", 1, LONGEST_MEETING_LOCK),
            required=True,
        )
        meeting.set_raw(str(practice.lock.meeting_minutes))
        self.open_form(form.row(usual, meeting))

    def _save(self, before: Practice, values: dict[str, Any]) -> None:
        service = self.bench.desk.practice
        after = replace(before, lock=LockTimes(**values))
        self.record(
            lambda: service.change(after),
            said=f"pzdesk vergrendelt voortaan na {_minutes(after.lock.minutes)}",
            undo=lambda made: service.change(replace(before, version=made.version)),
        )


def _minutes(number: int, usual: int | None = None) -> str:
    more = "" if usual in (None, number) else f" (standaard {usual})"
    return f"{number} {'minuut' if number == 1 else 'minuten'}{more}"
