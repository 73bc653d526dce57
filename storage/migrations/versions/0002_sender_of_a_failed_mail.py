"""Who sent a mail that failed: a unit whose mail waits to be tried again is not reminded.

Revision 0002, follows 0001. Once released it never changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trouble", sa.Column("sender", sa.Text(), nullable=False, server_default=""))
