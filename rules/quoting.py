"""The writer's own words: a mail text without what it quotes, without signature and the telephone's advertisement."""

import re

from rules.text import fold

_QUESTION = re.compile(r"\?|吗|请问|是否|能否|可否|怎么|如何|什么时候|几号|多少")

MAX_TEXT = 200_000
"""Characters that are looked at; nobody writes more about a report."""

# From such a line on, everything is another's: what mail programs put above the mail that they quote.
_FROM_HERE = re.compile(
    r"""
      [-_=*—–\s]{2,}\s*(?:原始邮件|原始邮件信息|原邮件|原始訊息|原始郵件|转发邮件|转发的邮件|转发邮件信息|回复的原邮件|邮件原件
                       |Original\ Message|Original|Forwarded\ (?:message|mail)|Replied\ Message|Reply\ message)\b.{0,60}
    | (?:在|于)?.{0,80}?\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}.{0,200}?(?:写道|寫道|写到|写了|wrote)\s?[:：]?
    | .{0,120}(?:<|&lt;|＜)?[\w.+-]+@[\w.-]+(?:>|&gt;|＞)?\s*(?:于.{0,60})?(?:写道|寫道|wrote)\s?[:：]
    | On\ .{4,200}\ wrote:
    | On\ .{4,200}\ 写道[:：]
    | _{20,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The head of a quoted mail: such a line followed by another one of them.
_HEAD = re.compile(
    r"\s*[*>|]{0,2}\s*(?:发\s*件\s*人|寄件者|寄件人|发送时间|发送日期|时\s*间|日\s*期|寄件日期|收\s*件\s*人|收件者|抄\s*送|主\s*题|主旨"
    r"|From|Sent|Date|To|Cc|Subject)\s*\*{0,2}\s*[:：]",
    re.IGNORECASE,
)
_HEAD_START = re.compile(r"\s*[*>|]{0,2}\s*(?:发\s*件\s*人|寄件者|寄件人|From)\s*\*{0,2}\s*[:：]", re.IGNORECASE)
_SIGNATURE = re.compile(r"--[ \u00a0]?|—{2,}|-{2,}\s*(?:Best regards|此致).*")
_QUOTED = re.compile(r"\s*(?:[>＞|│]|&gt;)")
_ADVERTISEMENT = re.compile(
    r"""
      (?:(?:发|發|來|来)自(?:于|於)?|(?:从|由|通过|用)\s?)\s*(?:我的|我)?.{0,40}?
          (?:iPhone|iPad|手机|手機|邮箱|郵箱|邮箱大师|Outlook|华为|小米|vivo|OPPO|Android|安卓|客户端|TOM|移动端|平板)
          .{0,20}?(?:发送|發送|发出|寄出)?
    | Sent\ (?:from|with)\ (?:my\ |Yahoo|Outlook|Mail|Foxmail|WeChat|QQ).{0,60}
    | Get\ Outlook\ for\ .{0,30}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def own_words(text: str) -> str:
    """What the writer of this mail typed. Quoted lines go, and all from the head of a quoted mail or a signature on.

    A mail that is nothing but a forwarded one therefore gives "".
    """
    lines = text[:MAX_TEXT].splitlines()
    kept: list[str] = []
    for number, line in enumerate(lines):
        bare = line.strip()[:400]
        if _ends_here(bare, line, lines[number + 1 : number + 4]):
            break
        if not _QUOTED.match(line) and not _ADVERTISEMENT.fullmatch(bare):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _ends_here(bare: str, line: str, following: list[str]) -> bool:
    if not bare:
        return False
    if _FROM_HERE.fullmatch(bare) or (line[:2] in ("--", "——") and _SIGNATURE.fullmatch(bare)):
        return True
    if _broken_over_lines(bare, following):
        return True
    return bool(_HEAD_START.match(bare)) and any(_HEAD.match(other) for other in following)


def _broken_over_lines(bare: str, following: list[str]) -> bool:
    """`On …, Somebody <…>` and `wrote:` on the next line: programs fold long lines."""
    if not following or not bare.startswith(("On ", "在")):
        return False
    joined = f"{bare} {following[0].strip()[:200]}"
    return joined.endswith((":", "：")) and bool(_FROM_HERE.fullmatch(joined))


def asks(words: str) -> bool:
    """The words put a question."""
    return _QUESTION.search(fold(words)) is not None
