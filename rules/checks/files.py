"""Family F: files that cannot be looked into. Each asks for the same report in a form that can be read."""

from collections.abc import Iterator

from rules.checks.rule import Remark, Unopened
from rules.kinds import suffix_of
from rules.text import clip
from rules.word import MAX_CHARACTERS, TOO_LONG

_NAMES = {
    "doc": ".doc",
    "wps": ".wps",
    "rtf": ".rtf",
    "odt": ".odt",
    "sheet": "表格",
}
_HOLDERS = {"archive": "是压缩包", "mail": "是一封邮件"}
_PICTURED = ("pdf", "image")
_CONVERTED = ("doc", "wps", "rtf", "odt")


def cannot_be_opened(subject: Unopened) -> Iterator[Remark]:
    """Also for a reason that no other rule of the family knows: an unread file never passes in silence."""
    if subject.file.rule in ("F2", "F3", "F4"):
        return
    if subject.file.detail == TOO_LONG:
        yield Remark(
            f"{_named(subject)}超过{MAX_CHARACTERS // 10_000}万字，不像是一份总结，没有检查内容。"
            "如果里面还有汇编或其他材料，请只把总结单独作为附件发送。"
        )
    elif subject.file.kind in _CONVERTED:
        yield Remark(
            f"{_named(subject)}打不开，可能已损坏，或格式比较特殊。"
            "请在电脑上确认能正常打开，用 Word 或 WPS 另存为 .docx 后重新发送。"
        )
    else:
        yield Remark(f"{_named(subject)}打不开，可能在传送中损坏。请在电脑上确认能正常打开后，重新作为附件发一次。")


def encrypted(subject: Unopened) -> Iterator[Remark]:
    if subject.file.rule == "F2" and subject.file.kind == "pdf":
        yield Remark(f"{_named(subject)}设有打开密码，无法查看。请去掉密码，最好发 Word 文档（.docx）。")
    elif subject.file.rule == "F2":
        yield Remark(f"{_named(subject)}设有打开密码，无法查看。请去掉密码另存一份（文件—信息—保护文档）后重新发送。")


def empty(subject: Unopened) -> Iterator[Remark]:
    if subject.file.rule == "F3":
        yield Remark(f"{_named(subject)}里没有文字（可能是空白文档，或只有图片）。请确认附上的是写好的总结后重新发送。")


def other_format(subject: Unopened) -> Iterator[Remark]:
    if subject.file.rule != "F4":
        return
    kind = subject.file.kind
    if kind in _PICTURED:
        yield Remark(f"收到{_named(subject)}。扫描件或照片无法检查内容，请另附 Word 文档（.docx）。")
    elif kind in _HOLDERS:
        yield Remark(f"{_named(subject)}{_HOLDERS[kind]}，没有检查里面的内容。请把其中的总结单独作为附件发送。")
    else:
        # What is called .doc is often rich text or a web page inside; the sender knows it by its name.
        own = suffix_of(subject.context.file_name)
        form = own if own in _NAMES.values() else _NAMES.get(kind, "")
        what = f"是{form}格式，" if form else "的格式"
        yield Remark(f"{_named(subject)}{what}暂时无法检查内容。请用 Word 或 WPS 另存为 .docx 后重新发送。")


def _named(subject: Unopened) -> str:
    return f"“{clip(subject.context.file_name, 40)}”" if subject.context.file_name else "附件"
