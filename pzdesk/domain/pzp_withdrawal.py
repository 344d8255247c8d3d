"""A PZP version taken back: it was read in with the wrong person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pzdesk.domain.pzp import PzpVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpWithdrawal:
    """That a version holds no more, and why; the version itself stays as it was."""

    id: int = 0
    version_id: int
    reason: str
    recorded_at: datetime
    recorded_by: int


def not_withdrawn(
    versions: Sequence[PzpVersion], withdrawals: Sequence[PzpWithdrawal]
) -> tuple[PzpVersion, ...]:
    """The versions that were not taken back."""
    gone = {row.version_id for row in withdrawals}
    return tuple(version for version in versions if version.id not in gone)
