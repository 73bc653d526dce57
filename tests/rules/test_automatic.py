"""Machines told from people: signals in pairs, and the score on real bounces. People and addresses are invented."""

import json
from pathlib import Path

import pytest

from mailbot.parse import parse
from rules.automatic import SHORT, SIGNALS, automatic, mere_thanks, short_thanks
from rules.model import Address, File, Mail

CORPORA = Path(__file__).parents[2] / "../shared/corpora"
SAMPLES = Path(__file__).parents[1] / "mail"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared corpora (../shared/corpora) are not here")


PERSON = Address("张三", "zhangsan@jsj.example.edu.cn")


def mail(
    *headers: tuple[str, str],
    subject: str = "支部总结",
    text: str = "总结见附件。",
    sender: Address = PERSON,
    content_type: str = "multipart/mixed",
    files: tuple[File, ...] = (),
) -> Mail:
    return Mail("1@x", sender, subject, text, headers=headers, content_type=content_type, files=files)


def part(kind: str) -> tuple[File, ...]:
    return (File("x.txt", b"x", f"message/{kind}"),)


def report(kind: str) -> Mail:
    return mail(("content-type", f'multipart/report; report-type="{kind}"'), content_type="multipart/report")


MACHINES = {
    "DSN": (report("delivery-status"), "bounce"),
    "DSN told by its part": (mail(content_type="multipart/report", files=part("delivery-status")), "bounce"),
    "MDN": (report("disposition-notification"), "receipt"),
    "ARF": (report("feedback-report"), "complaint"),
    "another report": (report("dmarc"), "report"),
    "DSN without frame": (mail(files=part("delivery-status")), "bounce"),
    "MDN without frame": (mail(files=part("disposition-notification")), "receipt"),
    "ARF without frame": (mail(files=part("feedback-report")), "complaint"),
    "Hotmail's loop": (mail(subject="complaint about message from 192.0.2.1"), "complaint"),
    "Exim": (mail(("x-failed-recipients", "a@example.com")), "bounce"),
    "MAILER-DAEMON": (mail(sender=Address("", "mailer-daemon@example.com")), "bounce"),
    "postmaster": (mail(sender=Address("", "postmaster@qq.example.com")), "bounce"),
    "a name": (mail(sender=Address("Mail Delivery System", "x@example.com")), "bounce"),
    "系统退信": (mail(subject="系统退信/Systems bounce", text="收件人 550 User not found"), "bounce"),
    "退信 of NetEase": (mail(subject="退信：支部总结", text="很抱歉，您的邮件被退回"), "bounce"),
    "English bounce": (mail(subject="Undelivered Mail Returned to Sender", text="could not be delivered"), "bounce"),
    "RFC 3834": (mail(("auto-submitted", "auto-replied")), "auto-reply"),
    "RFC 3834, vacation": (mail(("auto-submitted", "auto-replied (vacation)")), "auto-reply"),
    "RFC 3834, generated": (mail(("auto-submitted", "auto-generated")), "auto-generated"),
    "Precedence: auto_reply": (mail(("precedence", "auto_reply")), "auto-reply"),
    "X-Autoreply": (mail(("x-autoreply", "yes")), "auto-reply"),
    "subject 自动回复": (mail(subject="自动回复: 支部总结"), "auto-reply"),
    "subject 自动回复, full width": (mail(subject="自动回复：Re：支部总结"), "auto-reply"),
    "subject 自動回覆": (mail(subject="自動回覆: 支部总结"), "auto-reply"),
    "subject Re: 自动答复": (mail(subject="Re: 自动答复: 支部总结"), "auto-reply"),
    "subject Automatic reply": (mail(subject="Automatic reply: 支部总结"), "auto-reply"),
    "subject Auto-Reply": (mail(subject="[Auto-Reply] 支部总结"), "auto-reply"),
    "subject Out of Office": (mail(subject="Out of Office: back on Monday"), "auto-reply"),
    "QQ's words": (mail(text="这是来自QQ邮箱的假期自动回复邮件。\n您好"), "auto-reply"),
    "QQ's other words": (mail(text="  这是来自QQ邮箱的自动回复邮件。".strip()), "auto-reply"),
    "subject 已读": (mail(subject="已读: 支部总结"), "receipt"),
    "subject 读取回执": (mail(subject="读取回执：支部总结"), "receipt"),
    "subject Read": (mail(subject="Read: 支部总结"), "receipt"),
    "null return path": (mail(("return-path", "<>")), "null return path"),
    "From <>": (mail(("from", '"Mail System" <>'), sender=Address("Mail System", "")), "null return path"),
    "a list": (mail(("list-id", "<a.example.com>"), ("list-unsubscribe", "<x>")), "list"),
    "a list by Precedence": (mail(("list-id", "<a.example.com>"), ("precedence", "bulk")), "list"),
    "no-reply": (mail(sender=Address("", "no-reply@example.com")), "auto-generated"),
}

PEOPLE = {
    "plain": mail(),
    "Precedence: bulk alone": mail(("precedence", "bulk")),
    "Auto-Submitted: no": mail(("auto-submitted", "no")),
    "suppression asked for by Exchange": mail(("x-auto-response-suppress", "All")),
    "a receipt asked for": mail(("disposition-notification-to", "zhangsan@jsj.example.edu.cn")),
    "List-Unsubscribe alone": mail(("list-unsubscribe", "<mailto:x@example.com>")),
    "a return path": mail(("return-path", "<zhangsan@jsj.example.edu.cn>")),
    "words about bounces": mail(subject="Re: 退信", text="上次的邮件被退回，重发一次。"),
    "subject of a bounce, text of a person": mail(subject="退信", text="重发总结，请查收"),
    "已读 with a file": mail(subject="已读: 总结", files=(File("总结.docx", b"1"),)),
    "已读 in a subject": mail(subject="《创先争优》已读心得"),
    "自动 in a subject": mail(subject="自动化学院党总支总结"),
    "自动回复 in the middle": mail(subject="关于自动回复的问题"),
    "QQ's words quoted": mail(text="收到了一封邮件，写着：\n> 这是来自QQ邮箱的自动回复邮件"),
    "auto school": mail(subject="Auto club report"),
    "post office": mail(sender=Address("邮局党支部", "postoffice@example.edu.cn")),
    "a forwarded mail": mail(files=(File("x.eml", b"x", "message/rfc822"),)),
}


@pytest.mark.parametrize("case", MACHINES)
def test_a_machine_is_told_with_its_reason(case: str) -> None:
    message, reason = MACHINES[case]
    assert automatic(message) == reason


@pytest.mark.parametrize("case", PEOPLE)
def test_people_are_left_alone(case: str) -> None:
    assert automatic(PEOPLE[case]) is None


def test_every_signal_has_a_case_that_it_alone_decides() -> None:
    first = {next(signal for signal in SIGNALS if signal.holds(message)) for message, _ in MACHINES.values()}
    assert first == set(SIGNALS)


def test_samples_are_told_apart() -> None:
    reasons = {path.stem: automatic(parse(path.read_bytes())) for path in SAMPLES.glob("*.eml")}
    assert {name: reason for name, reason in reasons.items() if reason} == {"qq-auto-reply-html-only": "auto-reply"}


def test_hand_written_thanks_are_neither_filed_nor_answered() -> None:
    thanks = parse((SAMPLES / "unmarked-auto-reply.eml").read_bytes())
    assert automatic(thanks) is None
    assert short_thanks(thanks, is_reply=True)
    assert not short_thanks(thanks, is_reply=False)
    assert short_thanks(mail(text="邮件已收到\n\n在 2012-09-10 16:42，组织部 写道：\n" + "长" * 500), is_reply=True)
    assert not short_thanks(mail(text="长" * SHORT), is_reply=True)
    assert not short_thanks(mail(text="见附件", files=(File("总结.docx", b"1"),)), is_reply=True)
    assert short_thanks(mail(text="谢谢", files=(File("logo.gif", b"1", "image/gif", inline=True),)), is_reply=True)


@pytest.mark.parametrize("words", ["收到，谢谢！", "好的", "您好，邮件已收到。", "老师，收到了，辛苦！", ""])
def test_words_that_decide_nothing_are_mere_thanks(words: str) -> None:
    assert mere_thanks(mail(text=words))


@pytest.mark.parametrize("words", ["同意", "已审核", "收到，同意报送。", "请退回修改", "收到。有一处要改", "可以"])
def test_a_decision_is_more_than_thanks(words: str) -> None:
    assert not mere_thanks(mail(text=words))


# Bounces and reports that are taken for people's mail, and why.
MISSED = {
    "flufl-bounce/groupwise_03.txt": "a person's answer, without any mark of a bounce",
    "flufl-bounce/simple_20.txt": "a French text under a reply's subject",
    "php-bounce-handler/arf6.txt": "an advertisement as it was first sent, not a report about it",
    "php-bounce-handler/unsubscribe.txt": "the log of a program with a mail in it",
}

# Mails of the corpora of ordinary mail that are a machine's; the rest are people's.
BY_MACHINES = {
    "flanker/aol.eml": "complaint",
    "flanker/broken-mime.eml": "bounce",
    "flanker/delayed.eml": "bounce",
    "flanker/disposition-notification.eml": "receipt",
    "flanker/gmail-invalid-address.eml": "bounce",
    "flanker/gmail-no-dns.eml": "bounce",
    "flanker/long-links.eml": "bounce",
    "flanker/mailbox-full.eml": "bounce",
    "flanker/no-mx.eml": "bounce",
    "flanker/office365.eml": "bounce",
    "flanker/yahoo.eml": "complaint",
    "flanker/zed.eml": "bounce",
    "imap_tools/error_emails/encoding_madness.eml": "auto-generated",
    "imap_tools/mime_emails/raw_email_with_mimepart_without_content_type.eml": "bounce",
    "imap_tools/multipart_report_emails/multi_address_bounce1.eml": "bounce",
    "imap_tools/multipart_report_emails/multi_address_bounce2.eml": "bounce",
    "imap_tools/multipart_report_emails/multipart_report_multiple_status.eml": "bounce",
    "imap_tools/multipart_report_emails/report_422.eml": "bounce",
    "imap_tools/multipart_report_emails/report_530.eml": "bounce",
    "imap_tools/plain_emails/raw_email_trailing_dot.eml": "auto-generated",
    "nodemailer-mailparser/delivery-status.eml": "bounce",
    "nodemailer-mailparser/large_text.eml": "list",
    "nodemailer-mailparser/spam.eml": "auto-generated",
    "php-mime-mail-parser/m0009.eml": "auto-generated",
    "webklex-php-imap/1366671050@github.com.eml": "list",
    "webklex-php-imap/example_bounce.eml": "bounce",
    "webklex-php-imap/issue-382.eml": "bounce",
    "webklex-php-imap/issue-462.eml": "bounce",
}
# Among them written by people: one sent by postmaster@, which nobody may answer; two on trackers, which are lists.
PEOPLE_TAKEN_FOR_MACHINES = {
    "flanker/long-links.eml",
    "nodemailer-mailparser/large_text.eml",
    "webklex-php-imap/1366671050@github.com.eml",
}


@needs_corpora
def test_real_bounces_are_told() -> None:
    labels = json.loads((CORPORA / "automated/labels.json").read_text("utf-8"))
    missed = {name for name in labels if automatic(parse((CORPORA / "automated" / name).read_bytes())) is None}
    assert missed == set(MISSED)
    assert len(missed) / len(labels) <= 0.03


@needs_corpora
def test_ordinary_mail_is_not_taken_for_a_machines() -> None:
    root = CORPORA / "mail"
    paths = [path for path in sorted(root.rglob("*")) if path.suffix in (".eml", ".txt")]
    told = {str(path.relative_to(root)): automatic(parse(path.read_bytes())) for path in paths}
    assert {name: reason for name, reason in told.items() if reason} == BY_MACHINES
    assert set(BY_MACHINES) >= PEOPLE_TAKEN_FOR_MACHINES
    assert len(PEOPLE_TAKEN_FOR_MACHINES) / len(paths) < 0.01
