"""Screening of mantelzorgers, and the follow-up that stays open until it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pzdesk import instruments
from pzdesk.domain import instrument as rule
from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.errors import BadInput, Refused
from pzdesk.domain.network import Naaste
from pzdesk.domain.patient import PatientId
from pzdesk.domain.practice import Intervals
from pzdesk.domain.restricted import Terms, visible
from pzdesk.domain.screening import FollowUp, Screening, is_open
from pzdesk.domain.texts import limited, one_line, required
from pzdesk.domain.user import Right
from pzdesk.services.session import TERMS, Session, practice_of, terms_of
from pzdesk.store.unit import Unit

# The two categories of the volhoudtijd under a month ask for a shorter follow-up (care-process, "Defaults").
_SHORT = frozenset({("volhoudtijd", "1"), ("volhoudtijd", "2")})


@dataclass(frozen=True, slots=True)
class _Term:
    """By when something is done, and whether somebody chose that or it follows from the answers."""

    due: date
    is_chosen: bool


_Becomes = Callable[[tuple[_Term, ...], Unit], tuple[_Term, ...]]
"""The terms of a follow-up, the one of now first, after an act."""


class ScreeningService:
    """What a user records of mantelzorgers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # The terms that were agreed over here, the last first: who undoes that may not have seen them.
        self._before: dict[tuple[int, int], tuple[_Term, ...]] = {}

    def screen(
        self,
        patient_id: PatientId,
        naaste_id: int,
        instrument_id: str,
        answers: Mapping[str, object],
        *,
        on: date,
        by: str = "",
        follow_up: str = "",
        who: str = "",
        due: date | None = None,
    ) -> tuple[Screening, FollowUp]:
        """Record what a mantelzorger answered; a follow-up is opened with it, also when nobody is named.

        Without ``due`` its term follows from the answers, also when it is said what is done: only who sees
        the answers sees that term. A day that is chosen everybody sees.

        Raises:
            BadInput: an item or answer is unknown, nothing was answered, or the day is later than today.
            Refused: the naaste belongs to another patient.
        """
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        instrument = instruments.load(instrument_id)
        given = rule.checked_answers(instrument, answers)
        result = rule.score(instrument, answers)
        if not given:
            first = f"item-{instrument.items[0].id}"
            raise BadInput("Er is nog niets beantwoord.", field=first)
        with self._session.writing(Right.CAREGIVER) as unit:
            naaste = unit.get(Naaste, naaste_id)
            if naaste.patient_id != patient_id:
                raise Refused("Deze naaste hoort bij iemand anders.")
            after = practice_of(unit).intervals
            screening = unit.add(
                Screening(
                    patient_id=patient_id,
                    naaste_id=naaste_id,
                    on=on,
                    by=one_line(by) or self._session.user.name,
                    instrument=instrument.id,
                    instrument_version=instrument.version,
                    answers=given,
                    scores=dict(result.scores),
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            waiting = unit.add(
                FollowUp(
                    patient_id=patient_id,
                    naaste_id=naaste_id,
                    screening_id=screening.id,
                    what=follow_up,
                    who=who,
                    due=due or _term(screening, after),
                    recorded_at=self._session.now,
                    recorded_by=self._session.user.id,
                )
            )
            _keep_terms(unit, waiting, is_chosen=due is not None)
            unit.commit(
                AuditEvent.SCREENED,
                What.CREATE,
                patient=patient_id,
                kind="screening",
                key=screening.id,
            )
        return screening, waiting

    def agree_follow_up(self, follow_up: FollowUp, *, what: str, who: str, due: date) -> FollowUp:
        """Say what is done after a screening, by whom and when.

        Raises:
            BadInput: what or who is missing.
            Refused: it was closed before.
            Stale: somebody else changed it since it was read.
        """
        what, who = limited(what, field="wat"), one_line(who, field="wie")
        if not what or not who:
            raise BadInput("Vul in wat er gebeurt en wie dat doet.", field="vervolg")
        agreed = _Term(due, is_chosen=True)
        return self._changed(
            replace(follow_up, what=what, who=who), lambda course, _: (agreed, *course)
        )

    def undo_agreement(self, follow_up: FollowUp, was: FollowUp) -> FollowUp:
        """Put back what was agreed of a follow-up before, or that nothing was, with the term it had then.

        Raises:
            Refused: it was closed meanwhile.
            Stale: somebody else changed it since it was read.
        """
        back = replace(follow_up, what=was.what, who=was.who, due=was.due)
        return self._changed(
            back, lambda course, unit: course[1:] or (self._term_before(unit, back),)
        )

    def close_follow_up(self, follow_up: FollowUp, *, on: date, outcome: str) -> FollowUp:
        """Record that a follow-up is done, and what came of it.

        Raises:
            BadInput: the outcome is missing, or the day is later than today.
            Refused: it was closed before.
            Stale: somebody else changed it since it was read.
        """
        outcome = required(outcome, "Vul in wat het vervolg heeft opgeleverd.", field="uitkomst")
        if on > self._session.today:
            raise BadInput("De datum ligt in de toekomst.", field="datum")
        return self._changed(replace(follow_up, done_on=on, outcome=outcome))

    def not_now(self, follow_up: FollowUp, reason: str) -> FollowUp:
        """Put a follow-up aside with a reason ("niet nu", in the dying phase).

        Raises:
            BadInput: no reason is given.
            Refused: it was closed before.
            Stale: somebody else changed it since it was read.
        """
        reason = required(reason, "Geef aan waarom dit nu niet past.", field="reden")
        return self._changed(replace(follow_up, not_now=reason))

    def reopen_follow_up(self, follow_up: FollowUp) -> FollowUp:
        """Open a follow-up again that was closed or put aside by mistake.

        Raises:
            Refused: it is open.
            Stale: somebody else changed it since it was read.
        """
        opened = replace(follow_up, done_on=None, outcome="", not_now="")
        return self._kept(opened, None, was_open=False)

    def _changed(self, follow_up: FollowUp, becomes: _Becomes | None = None) -> FollowUp:
        """Keep a follow-up that is open in another form, and its term, also by who does not see that."""
        return self._kept(follow_up, becomes, was_open=True)

    def _kept(self, follow_up: FollowUp, becomes: _Becomes | None, *, was_open: bool) -> FollowUp:
        with self._session.writing(Right.WRITE_FILE) as unit:
            hidden, unit.hidden = unit.hidden, frozenset()
            stored = unit.get(FollowUp, follow_up.id)
            if is_open(stored) is not was_open:
                raise Refused(
                    "Dit vervolg is al afgesloten." if was_open else "Dit vervolg staat al open."
                )
            now = _Term(stored.due, terms_of(unit).is_chosen(stored))
            course = (now, *self._before.get((stored.id, follow_up.version), ()))
            if becomes is not None:
                course = becomes(course, unit)
            kept = unit.replace(replace(follow_up, due=course[0].due))
            terms = _keep_terms(unit, kept, is_chosen=course[0].is_chosen)
            unit.commit(
                *(AuditEvent.FOLLOW_UP_CHANGED, What.UPDATE),
                patient=follow_up.patient_id,
                kind="vervolg",
                key=kept.id,
            )
        self._before[kept.id, kept.version] = course[1:]
        return visible([kept], hidden, terms)[0]

    def _term_before(self, unit: Unit, back: FollowUp) -> _Term:
        """The term to put back where it was agreed elsewhere: as it was seen, or as it follows anew."""
        screening = unit.get(Screening, back.screening_id)
        follows = _Term(_term(screening, practice_of(unit).intervals), is_chosen=False)
        if back.what:
            return _Term(back.due, is_chosen=True)
        if not self._session.has(Right.CAREGIVER) or back.due == follows.due:
            return follows
        return _Term(back.due, is_chosen=True)


def _keep_terms(unit: Unit, waiting: FollowUp, *, is_chosen: bool) -> Terms:
    """Keep whether the term of a follow-up was chosen, where that is not told by what was agreed."""
    before = terms_of(unit)
    terms = before.with_chosen(waiting, is_chosen=is_chosen)
    if terms != before:
        unit.keep_setting(TERMS, sorted(terms.otherwise))
    return terms


def _term(screening: Screening, after: Intervals) -> date:
    """When a follow-up is due of which nobody said when."""
    short = bool(_SHORT & screening.answers.items())
    days = after.follow_up_short_days if short else after.follow_up_days
    return screening.on + timedelta(days=days)
