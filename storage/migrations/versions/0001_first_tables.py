"""The first tables.

Revision 0001, follows nothing. Once released it never changes. There is no way back down: going back would drop what
arrived; restore the backup instead.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _cursor()
    _letter()
    _mail()
    _setting()
    _standing()
    _trouble()
    _unit()
    _cases()
    _letter_address()
    _letter_unit()
    _receipt()


def _words(name: str, values: str) -> sa.Enum:
    return sa.Enum(*values.split(), name=name, native_enum=False, create_constraint=True, length=32)


def _cursor() -> None:
    op.create_table(
        "cursor",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "folder", name=op.f("pk_cursor")),
    )


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column(
            "kind",
            _words(
                "kind", "acknowledgement oversize review_request reminder overdue announcement phone_list daily alarm"
            ),
            nullable=False,
        ),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("content_sha256", TEXT, nullable=False),
        sa.Column("campaign", TEXT, nullable=False),
        sa.Column("answers", TEXT, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("state", _words("state", "waiting sending sent deferred failed cancelled"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", TIME, nullable=True),
        sa.Column("hold_until", TIME, nullable=True),
        sa.Column("last_error", TEXT, nullable=False),
        sa.Column("claimed_at", TIME, nullable=True),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state <> 'sending' OR claimed_at IS NOT NULL", name=op.f("ck_letter_claimed_at")),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_letter_sent_at")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_letter_attempts")),
        sa.CheckConstraint("length(content_sha256) = 64", name=op.f("ck_letter_content_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_created_at"), "letter", ["created_at"])
    op.create_index(op.f("ix_letter_sent_at"), "letter", ["sent_at"])
    op.create_index(op.f("ix_letter_state_next_at"), "letter", ["state", "next_at"])


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("sender", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column(
            "outcome", _words("outcome", "filed order automatic own not_ours set_aside duplicate"), nullable=False
        ),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("campaign", TEXT, nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
        sa.Column("move_to", TEXT, nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_mail_sha256")),
        sa.CheckConstraint("size >= 0 AND files >= 0", name=op.f("ck_mail_sizes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint(
            "account", "folder", "uidvalidity", "uid", name=op.f("uq_mail_account_folder_uidvalidity_uid")
        ),
    )
    op.create_index(op.f("ix_mail_account_moved"), "mail", ["account", "moved"])
    op.create_index(op.f("ix_mail_message_id_sha256"), "mail", ["message_id", "sha256"])
    op.create_index(op.f("ix_mail_received_at"), "mail", ["received_at"])


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("deliverable", TEXT, nullable=False),
        sa.Column(
            "state",
            _words("state", "missing incomplete awaiting_review returned accepted exempt partial complete"),
            nullable=False,
        ),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("completed_at", TIME, nullable=True),
        sa.Column("extended_to", TIME, nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.CheckConstraint("current_version >= 0 AND copies >= 0", name=op.f("ck_standing_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint("campaign", "unit", "deliverable", name=op.f("uq_standing_campaign_unit_deliverable")),
    )


def _trouble() -> None:
    op.create_table(
        "trouble",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("error", TEXT, nullable=False),
        sa.CheckConstraint("attempts >= 1", name=op.f("ck_trouble_attempts")),
        sa.PrimaryKeyConstraint("account", "folder", "uidvalidity", "uid", name=op.f("pk_trouble")),
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", _words("kind", "党总支 分党委 党支部 直属党支部"), nullable=False),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["parent"], ["unit.code"], name=op.f("fk_unit_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit")),
        sa.UniqueConstraint("position", name=op.f("uq_unit_position")),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("sender", TEXT, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("mail", sa.Integer(), nullable=True),
        sa.Column("campaign", TEXT, nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("opened_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["mail"], ["mail.id"], name=op.f("fk_cases_mail")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_closed_at"), "cases", ["closed_at"])
    op.create_index(op.f("ix_cases_mail"), "cases", ["mail"])


def _letter_address() -> None:
    op.create_table(
        "letter_address",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"], name=op.f("fk_letter_address_letter")),
        sa.PrimaryKeyConstraint("letter", "position", name=op.f("pk_letter_address")),
    )
    op.create_index(op.f("ix_letter_address_address"), "letter_address", ["address"])


def _letter_unit() -> None:
    op.create_table(
        "letter_unit",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"], name=op.f("fk_letter_unit_letter")),
        sa.PrimaryKeyConstraint("letter", "position", name=op.f("pk_letter_unit")),
        sa.UniqueConstraint("letter", "unit", name=op.f("uq_letter_unit_letter_unit")),
    )
    op.create_index(op.f("ix_letter_unit_unit"), "letter_unit", ["unit"])


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("sender", TEXT, nullable=False),
        sa.Column("mail", sa.Integer(), nullable=False),
        sa.Column("examination", sa.JSON(), nullable=False),
        sa.Column("identification", sa.JSON(), nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_receipt_sha256")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_receipt_version")),
        sa.ForeignKeyConstraint(["mail"], ["mail.id"], name=op.f("fk_receipt_mail")),
        sa.ForeignKeyConstraint(["standing"], ["standing.id"], name=op.f("fk_receipt_standing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("standing", "sha256", name=op.f("uq_receipt_standing_sha256")),
        sa.UniqueConstraint("standing", "version", name=op.f("uq_receipt_standing_version")),
    )
    op.create_index(op.f("ix_receipt_mail"), "receipt", ["mail"])
