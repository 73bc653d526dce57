"""Two more kinds of letters: the answer to a 预审, and what staff decided about a report.

Revision 0004, follows 0003. Once released it never changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "acknowledgement oversize review_request reminder overdue announcement phone_list daily alarm"
AFTER = (
    "acknowledgement preliminary oversize review_request decision reminder overdue announcement phone_list daily alarm"
)


def upgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.alter_column("kind", existing_type=_kinds(BEFORE), type_=_kinds(AFTER), existing_nullable=False)


def _kinds(values: str) -> sa.Enum:
    return sa.Enum(*values.split(), name="kind", native_enum=False, create_constraint=True, length=32)
