"""Folders and moving, against a real Dovecot."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.errors import FolderMissing
from mailbot.inbox import Inbox
from tests.mailbox import account, mail, opened
from tests.servers import Dovecot
from tests.servers_start import require

pytestmark = pytest.mark.server

WITHOUT_MOVE = "IMAP4rev1 IDLE NAMESPACE UIDPLUS LITERAL+"
WITH_NEITHER = "IMAP4rev1 NAMESPACE LITERAL+"


def test_uidvalidity_stays_over_a_reconnection_and_differs_after_the_folder_was_made_anew(dovecot: Dovecot) -> None:
    settings = account(dovecot)
    with Inbox(settings) as inbox:
        inbox.ensure_folder("一")
        first = inbox.select("一").uidvalidity
    with Inbox(settings) as inbox:
        assert inbox.select("一").uidvalidity == first
    with dovecot.connect(settings.username) as behind:
        behind.delete('"&TgA-"')
    time.sleep(1.1)  # Dovecot makes UIDVALIDITY from the second
    with Inbox(settings) as inbox:
        inbox.ensure_folder("一")
        assert inbox.select("一").uidvalidity != first


def test_folders_have_chinese_names_and_are_made_once(dovecot: Dovecot) -> None:
    with opened(dovecot) as (inbox, address):
        for name in ("已归档", "待人工处理", "归档/二〇一二", "A & B", "已归档"):
            assert inbox.ensure_folder(name) == name
        assert {"INBOX", "已归档", "待人工处理", "归档/二〇一二", "A & B"} <= set(inbox.folders())
        assert inbox.select("待人工处理").exists == 0
        with dovecot.connect(address) as behind:
            _, subscribed = behind.lsub()
        assert b"&XfJfUmhj-" in b"".join(line for line in subscribed if isinstance(line, bytes))
        with pytest.raises(FolderMissing, match="没有这个"):
            inbox.select("没有这个")


def test_folders_lie_below_the_namespace_of_the_server() -> None:
    require("dovecot")
    with Dovecot(prefix="INBOX.", separator=".") as server, opened(server) as (inbox, address):
        assert inbox.ensure_folder("已归档/一") == "INBOX.已归档.一"
        assert inbox.ensure_folder("已归档/一") == "INBOX.已归档.一"
        server.append(address, mail())
        inbox.select("INBOX")
        inbox.move([1], "已归档/一")
        assert inbox.select("已归档/一").exists == 1


@pytest.mark.parametrize("capability", ["", WITHOUT_MOVE, WITH_NEITHER])
def test_a_moved_mail_is_only_in_the_other_folder_and_keeps_its_unread_mark(capability: str) -> None:
    require("dovecot")
    with Dovecot(capability=capability) as server, opened(server) as (inbox, address):
        assert ("MOVE" in inbox.capabilities) == (capability == "")
        server.append(address, mail("first"))
        server.append(address, mail("second"))
        inbox.ensure_folder("已归档")
        inbox.select("INBOX")
        inbox.move([1], "已归档")
        inbox.move([1], "已归档")  # again, as after a crash: nothing happens
        assert [kept.uid for kept in server.messages(address)] == [2]
        (moved,) = server.messages(address, "已归档")
        assert (moved.raw, moved.flags) == (mail("first"), frozenset())
        with pytest.raises(FolderMissing):
            inbox.move([2], "没有")


@pytest.mark.parametrize("capability", ["", WITHOUT_MOVE, WITH_NEITHER])
def test_a_move_that_ended_half_way_is_finished_without_a_second_copy(capability: str) -> None:
    require("dovecot")
    raw = b"Message-ID: <one@example.com>\r\n" + mail("first")
    at = datetime(2012, 9, 3, 8, 0, tzinfo=UTC)
    with Dovecot(capability=capability) as server, opened(server) as (inbox, address):
        # The first was copied and stayed; the second was not reached; the third is the first, delivered once more.
        for each, arrived in ((raw, at), (mail("second"), at), (raw, at + timedelta(minutes=1))):
            server.append(address, each, arrived)
        inbox.ensure_folder("已归档")
        inbox.select("INBOX")
        with server.connect(address) as behind:
            behind.select()
            behind.copy("1", '"&XfJfUmhj-"')
        inbox.move([1, 2, 3], "已归档", again=True)
        assert server.messages(address) == []
        inside = [kept.raw for kept in server.messages(address, "已归档")]
        assert sorted(inside) == sorted([raw, mail("second"), raw, *([raw] if capability == "" else [])])


@pytest.mark.parametrize("capability", [WITHOUT_MOVE, WITH_NEITHER])
def test_what_other_people_have_marked_deleted_is_never_expunged(capability: str) -> None:
    require("dovecot")
    with Dovecot(capability=capability) as server, opened(server) as (inbox, address):
        server.append(address, mail("ours"))
        server.append(address, mail("theirs"))
        with server.connect(address) as behind:
            behind.select()
            behind.store("2", "+FLAGS", "\\Deleted")
        inbox.ensure_folder("已归档")
        inbox.select("INBOX")
        inbox.move([1], "已归档")
        assert [kept.raw for kept in server.messages(address, "已归档")] == [mail("ours")]
        left = {kept.raw: kept.flags for kept in server.messages(address)}
        assert left[mail("theirs")] == {"\\Deleted"}
        assert left.get(mail("ours"), {"\\Deleted"}) == {"\\Deleted"}
