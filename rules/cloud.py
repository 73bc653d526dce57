"""Cloud attachments (超大附件): links that stand where a file should be. Recognised and named, never fetched."""

import re
from dataclasses import dataclass

from rules.text import clip, visible

MAX_TEXT = 200_000
MAX_FOUND = 50
MAX_NAME = 120

# Which service an address belongs to: host (or what it ends with), beginning of the path, its name in Chinese.
# The first that fits; a bare host is no file.
PROVIDERS: tuple[tuple[str, str, str], ...] = (
    ("mail.qq.com", "/cgi-bin/ftnexs_download", "QQ邮箱超大附件"),
    ("wx.mail.qq.com", "/ftn/", "QQ邮箱超大附件"),
    ("exmail.qq.com", "/cgi-bin/ftnexs_download", "腾讯企业邮超大附件"),
    ("fs.163.com", "", "网易邮箱超大附件"),
    ("fs.126.com", "", "网易邮箱超大附件"),
    ("fs.qiye.163.com", "", "网易企业邮超大附件"),
    ("mail.163.com", "/large-attachment-download", "网易邮箱超大附件"),
    ("dashi.163.com", "/html/cloud-attachment-download", "网易邮箱超大附件"),
    ("u.163.com", "/", "网易邮箱超大附件"),
    ("edisk.qiye.163.com", "", "网易企业邮超大附件"),
    ("mail.sina.com.cn", "/filecenter/", "新浪邮箱文件中心"),
    ("download.cloud.189.cn", "", "天翼云"),
    ("cloud.189.cn", "", "天翼云"),
    ("mail.10086.cn", "", "139邮箱文件中转站"),
    ("pan.baidu.com", "", "百度网盘"),
    ("yun.baidu.com", "", "百度网盘"),
    ("kdocs.cn", "", "金山文档"),
    ("docs.qq.com", "", "腾讯文档"),
    ("weiyun.com", "", "腾讯微云"),
    ("aliyundrive.com", "", "阿里云盘"),
    ("alipan.com", "", "阿里云盘"),
    ("1drv.ms", "", "OneDrive"),
    ("onedrive.live.com", "", "OneDrive"),
    ("drive.google.com", "", "Google 云端硬盘"),
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；（）【】\u4e00-\u9fff]{4,2000}", re.IGNORECASE)
_PARTS = re.compile(r"https?://(?P<host>[\w.-]+)(?::\d+)?(?P<path>/[^?#]*)?\??(?P<query>[^#]*).*", re.I | re.DOTALL)
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
# NAME (128.03M, 2020年11月27日 21:59 到期): one line, or the name on the line before.
_PRINTED = re.compile(
    r"(?P<name>.{0,200}?)\s?[(（](?P<size>\d+(?:\.\d+)?\s?[KMG]?B?)\s?[,，]\s?(?P<expires>\d{4}.{4,30}?)\s?(?:到期|过期|失效)[)）].{0,300}",
    re.IGNORECASE,
)
_BANNER = re.compile(r"从(QQ|网易|腾讯企业|新浪).{0,12}发来的(?:超大附件|文件)")
_BANNERS = {
    "QQ": "QQ邮箱超大附件",
    "网易": "网易邮箱超大附件",
    "腾讯企业": "腾讯企业邮超大附件",
    "新浪": "新浪邮箱文件中心",
}
_UNKNOWN = "超大附件"
_NAME_KEYS = ("title", "filename", "fname", "name")


@dataclass(frozen=True, slots=True)
class CloudAttachment:
    """`name` "" when the link does not tell it; `expires` as the provider prints it ("2020年11月27日 21:59"), or ""."""

    name: str
    provider: str
    expires: str = ""

    def __str__(self) -> str:
        until = f"，{self.expires} 到期" if self.expires else ""
        return f"{self.name or '（没有写文件名）'}（{self.provider}{until}）"


def cloud_attachments(text: str, links: tuple[str, ...] = ()) -> tuple[CloudAttachment, ...]:
    """Those named in the text of a mail or linked to by its HTML, in order, each once."""
    text = visible(text[:MAX_TEXT])
    linked = _linked([*_ADDRESS.findall(text), *links])
    printed = _printed(text, next((other.provider for other in linked), ""))
    names = {attachment.name for attachment in printed}
    # A link of something that the text names already adds nothing; one with a name of its own does.
    further = [other for other in linked if not printed or (other.name and other.name not in names)]
    return tuple(dict.fromkeys([*printed, *further]))[:MAX_FOUND]


def _printed(text: str, provider: str) -> list[CloudAttachment]:
    """What mail programs print for people: name, size and expiry; the service by the banner above it or by the link."""
    found: list[CloudAttachment] = []
    before = ""
    for line in (line.strip() for line in text.splitlines()):
        banner = _BANNER.search(line[:200])
        provider = _BANNERS[banner[1]] if banner else provider
        match = _PRINTED.fullmatch(line[:600])
        if match:
            found.append(
                CloudAttachment(_clean(match["name"] or before), provider or _UNKNOWN, match["expires"].strip())
            )
        before = line or before
    return found


def _linked(addresses: list[str]) -> list[CloudAttachment]:
    found = []
    for match in filter(None, map(_PARTS.fullmatch, addresses[: 4 * MAX_FOUND])):
        provider = _provider(match["host"].lower(), (match["path"] or "").lower())
        if provider:
            query = dict(pair.partition("=")[::2] for pair in reversed(match["query"].split("&")[:50]))
            name = next((query[key] for key in _NAME_KEYS if query.get(key)), "")
            found.append(CloudAttachment(_clean(_without_percent(name)), provider))
    # A page is often linked twice, by its name and by a button: what has a name stands for both.
    named = {attachment.provider for attachment in found if attachment.name}
    return [attachment for attachment in found if attachment.name or attachment.provider not in named]


def _provider(host: str, path: str) -> str:
    for known, beginning, name in PROVIDERS:
        if (host == known or host.endswith("." + known)) and path.startswith(beginning) and len(path) > 1:
            return name
    return ""


def _without_percent(text: str) -> str:
    """RFC 3986; the older pages of NetEase write GBK."""
    data = _PERCENT.sub(lambda match: bytes([int(match[1], 16)]), text.replace("+", " ").encode("utf-8", "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return data.decode("gb18030", "replace")


def _clean(name: str) -> str:
    return clip(name.replace("\\", "/").rpartition("/")[2], MAX_NAME)
