"""${message}

Revision ${up_revision}, follows ${down_revision | comma,n}. Once released it never changes. There is no way back down:
going back would drop what arrived; restore the backup instead.
"""

import sqlalchemy as sa
import sqlmodel  # alembic may write sqlmodel.sql.sqltypes; ruff says when it did not
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
