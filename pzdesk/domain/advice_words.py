"""An advice in words: what is proposed, by whom it is confirmed, and what became of it."""

from pzdesk.domain.advice import STATUS_OF, Advice, is_open
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.person import dutch_date
from pzdesk.domain.status import VALUES, Status, StatusKind


def advice_words(advice: Advice, carer: str = "", before: str = "") -> str:
    """What is proposed: "urgentie: binnenkort (weken) → nu (dagen)"; ``carer`` is who is named."""
    about = label(advice.kind)
    if advice.kind not in STATUS_OF:
        return f"{about}: {advice.text}"
    kinds = VALUES[STATUS_OF[advice.kind]]
    after = label(kinds(advice.value)) if kinds is not None else carer or "niemand"
    change = f"{before} → {after}" if before and before != after else after
    return f"{about}: {change}{f' ({advice.text})' if advice.text else ''}"


def advice_in(file: PatientFile, advice: Advice) -> str:
    """What is proposed in a file: with what holds now while it waits."""
    named = file.professionals.get(advice.professional_id or 0)
    before = ""
    if is_open(advice) and advice.kind in STATUS_OF:
        before = _value(file, file.now(STATUS_OF[advice.kind]))
    return advice_words(advice, named.name if named is not None else "", before)


def outcome_words(file: PatientFile, advice: Advice) -> str:
    """Where it stands: "te bevestigen door dr. De Boer", "bevestigd op 02-12-2026 door dr. De Boer"."""
    if advice.outcome is None:
        return f"te bevestigen door {confirmer(file)}"
    why = f": {advice.reason}" if advice.reason else ""
    said = f"{label(advice.outcome)} op {dutch_date(advice.decided_on)} door {advice.decided_by}"
    return said + why


def confirmer(file: PatientFile) -> str:
    """Who confirms: the responsible clinician by name, or the words for it where nobody is recorded."""
    who = file.professional_now(StatusKind.RESPONSIBLE)
    return who.name if who is not None else "de hoofdbehandelaar"


def _value(file: PatientFile, row: Status | None) -> str:
    if row is None:
        return ""
    kinds = VALUES[row.kind]
    if kinds is not None:
        return label(kinds(row.value))
    who = file.professionals.get(row.professional_id or 0)
    return who.name if who is not None else ""
