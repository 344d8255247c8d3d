"""${message}

Rules for the author of a migration:
- It runs in one transaction with foreign keys off; a batch recreate drops triggers, which are put back
  and asserted afterwards (store/migrate.py).
- Never import from pzdesk.domain or pzdesk.store.tables: what stands here must stay as it was released.
- Move data with plain SQL. A downgrade is not written: the copy made before is the way back.
- Add the revision to KNOWN and HEAD in store/migrate.py and a fixture of the schema before it.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
