"""预审: a mail that asks for a look at a report beforehand, and hands nothing in."""

import re
from collections.abc import Iterable

from rules.campaign import Campaign
from rules.text import fold, squeeze
from rules.triage_words import names_of

WORD = "预审"
# In quotation marks it is the name of something; “预审” alone is the word itself.
_QUOTED = re.compile(r"《([^》]*)》|“([^”]*)”|「([^」]*)」|\"([^\"]*)\"")
# What is past (已预审, 预审通过, 按预审意见修改), not wanted (非预审), or the business of others (资格预审).
_OTHERWISE = re.compile(
    r"(?:已|经|已经|经过|通过|不是|并非|非|无需|不用|不必|免)(?:于\S{0,8})?预审"
    r"|预审(?:已?通过|合格|之?后|完|过|意见|修改)"
    r"|(?:资格|对象|入党|发展|招标|预算|决算|项目|论文)[^,。、\s]{0,6}预审"
)
# The subject of a reply stays what it was: the words below it say that it is meant in earnest now.
_IN_EARNEST = re.compile(r"(?:现在?|这次是?|此次为?|本次为?|特此?|以此)正式(?:报送|上报|提交|报)")


def asks_for_a_look(subject: str, words: str, campaigns: Iterable[Campaign]) -> bool:
    """The subject says 预审, be it 【预审】 or behind Re: and 转发, and neither it nor his own words take it back."""
    said = _QUOTED.sub(_unquoted, fold(subject)).replace(" ", "")
    for campaign in campaigns:
        for name in names_of(campaign):
            said = said.replace(name, "") if WORD in name else said
    if WORD not in _OTHERWISE.sub("", said):
        return False
    return _IN_EARNEST.search(squeeze(words)) is None


def _unquoted(match: re.Match[str]) -> str:
    inside = next(group for group in match.groups() if group is not None)
    return inside if inside.strip() == WORD else ""
