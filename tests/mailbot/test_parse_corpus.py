"""Mail that nobody here wrote: scored against what other projects expect of it, and never an exception."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailbot.parse import parse
from mailbot.unpack import UnpackLimits, unpack
from rules.model import File, Mail
from rules.text import visible

CORPORA = Path(__file__).parents[2] / "../shared/corpora"
MAIL = CORPORA / "mail"
FOLDERS = (
    "mail/ddeboer-imap",
    "mail/flanker",
    "mail/imap_tools",
    "mail/letters",
    "mail/nodemailer-mailparser",
    "mail/php-mime-mail-parser",
    "mail/webklex-php-imap",
    "automated/flufl-bounce",
    "automated/php-bounce-handler",
)

pytestmark = pytest.mark.skipif(not MAIL.is_dir(), reason="the shared corpora (../shared/corpora) are not here")

# Attachments of imap_tools that are none for us, and why.
NO_ATTACHMENTS = {
    "text_with_content_id.eml": "its only part is the text of the mail; a Content-ID makes it no attachment",
    "multipart_report_emails/multipart_report_multiple_status.eml": (
        "two of the three are the text, plain and HTML, of the message inside, which is one file for us"
    ),
}
# Attachments that we find inside the attached message, when it is unpacked, and not beside it.
INSIDE = {"attachment_emails/attachment_message_rfc822.eml": "broken.pdf"}
OTHER_SUBJECTS = {
    "error_emails/invalid_subject_characters.eml": "raw Latin-1 bytes without a label: left out there, guessed here",
    "plain_emails/raw_email_incorrect_header.eml": "we read on behind a field with a space in its name",
    "rfc2822/example14.eml": "the space between a plain word and an encoded one is kept, as RFC 2047 says",
}
OTHER_SENDERS = {
    "plain_emails/mix_caps_content_type.eml": "From without angle brackets: we find the address in it",
    "plain_emails/raw_email_incorrect_header.eml": "we read on behind a field with a space in its name",
}


def _expected(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MAIL / folder / "expected.json").read_text("utf-8"))
    return found


def _files(mail: Mail) -> tuple[File, ...]:
    """Those of the mail and those of attached messages."""
    return (*mail.files, *(file for file in unpack(mail, UnpackLimits()).files if file.via))


def _pairs() -> Iterator[tuple[str, dict[str, str], tuple[File, ...]]]:
    for name, wanted in _expected("imap_tools").items():
        files = _files(parse((MAIL / "imap_tools" / name).read_bytes()))
        for attachment in wanted["attachments"]:
            yield name, attachment, files


def _has_name(attachment: dict[str, str], files: tuple[File, ...]) -> bool:
    """A nameless part has a name of our making: then any will do."""
    return any(file.name == attachment["filename"] or not attachment["filename"] for file in files)


def _has_both(attachment: dict[str, str], files: tuple[File, ...]) -> bool:
    return any(
        file.sha256 == attachment["sha256"] and (file.name == attachment["filename"] or not attachment["filename"])
        for file in files
    )


def test_names_and_contents_of_attachments_are_found() -> None:
    pairs = [pair for pair in _pairs() if pair[0] not in NO_ATTACHMENTS]
    without_name = [name for name, attachment, files in pairs if not _has_name(attachment, files)]
    without_content = [name for name, attachment, files in pairs if not _has_both(attachment, files)]
    assert len(pairs) >= 40
    assert without_name == []
    assert without_content == []


def test_even_with_every_difference_of_opinion_counted_recall_is_high() -> None:
    """Names 1.0 and contents 0.93; the standard library's naive walk reaches 0.617 of both."""
    pairs = list(_pairs())
    assert sum(_has_name(attachment, files) for _, attachment, files in pairs) / len(pairs) >= 0.97
    assert sum(_has_both(attachment, files) for _, attachment, files in pairs) / len(pairs) >= 0.93


def test_the_listed_differences_are_still_there() -> None:
    missed = {name for name, attachment, files in _pairs() if not _has_both(attachment, files)}
    assert missed == set(NO_ATTACHMENTS)
    (name, inner), *_ = INSIDE.items()
    mail = parse((MAIL / "imap_tools" / name).read_bytes())
    assert inner not in {file.name for file in mail.files}
    assert inner in {file.name for file in unpack(mail, UnpackLimits()).files}


def test_subjects_and_senders_are_read() -> None:
    subjects, senders = set(), set()
    for name, wanted in _expected("imap_tools").items():
        mail = parse((MAIL / "imap_tools" / name).read_bytes())
        if mail.subject.split() != visible(wanted["subject"]).split():
            subjects.add(name)
        if mail.sender.address != wanted["from"].lower():
            senders.add(name)
    assert subjects == set(OTHER_SUBJECTS)
    assert senders == set(OTHER_SENDERS)


def _php(text: str) -> str:
    return base64.b64decode(text).decode("utf-8")


# Nameless parts: their parser says "noname1", we say what they are.
PHP_NAMES = {"m0010.eml": ("noname1", "无名附件1.bin"), "m0020.eml": ("noname1", "无名附件1.ics")}


def test_the_expectations_of_a_second_project_hold() -> None:
    for name, wanted in _expected("php-mime-mail-parser").items():
        mail = parse((MAIL / "php-mime-mail-parser" / name).read_bytes())
        theirs, ours = PHP_NAMES.get(name, ("", ""))
        names = {theirs: ours} if theirs else {}
        expected = [(names.get(_php(file[0]), _php(file[0])), file[1]) for file in wanted["atts"]]
        assert [(file.name, file.size) for file in mail.files] == expected, name
        # Runs of white space count as one (m0022.eml).
        assert mail.subject == " ".join(_php(wanted["subject"]).split()), name
        assert mail.sender.address == wanted["fromaddr"].lower(), name


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_mail_of_a_corpus_raises(folder: str) -> None:
    paths = [path for path in sorted((CORPORA / folder).rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        raw = path.read_bytes()
        mail = parse(raw)
        assert mail.size == len(raw)
        assert all(file.name and file.name == visible(file.name) and "/" not in file.name for file in mail.files), path
        unpack(mail, UnpackLimits())


def test_the_same_letter_reads_the_same_in_every_charset() -> None:
    """161 generated letters: one per language and structure, in several charsets and transfer encodings."""
    letters: dict[tuple[str, ...], set[tuple[object, ...]]] = {}
    for path in sorted((MAIL / "letters").glob("*.txt")):
        mail = parse(path.read_bytes())
        assert "\ufffd" not in mail.subject + mail.text + mail.sender.name, path.name
        if "_ascii_" not in path.name:
            key = tuple(path.name.split("_")[1:4])
            names = tuple(file.name for file in mail.files)
            letters.setdefault(key[:3] if key[1] == "multipart" else key[:2], set()).add(
                (mail.subject, mail.sender.address, names, mail.text)
            )
    assert len(letters) >= 30
    assert [key for key, read in letters.items() if len(read) > 1] == []
