"""What staff decided about a version, and the fingerprint of each report's text, for finding near-copies.

Revision 0003, follows 0002. Once released it never changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("receipt", sa.Column("decision", sa.JSON(), nullable=True))
    op.create_table(
        "text_print",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_text_print_sha256")),
        sa.CheckConstraint("characters >= 0", name=op.f("ck_text_print_characters")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_text_print")),
    )
