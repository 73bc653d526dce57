"""The settings that LibreOffice runs with: no macros, no links, no network, no questions. One profile per file."""

from pathlib import Path
from xml.sax.saxutils import escape

_COMMON = "org.openoffice.Office.Common"
_PROXY = "org.openoffice.Inet/Settings"

# (group, key, value). A key that a version does not know is left alone by it.
SETTINGS = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
    ("org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # never: Calc counts otherwise
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    # Style sheets of a web page are fetched whatever the settings above say, but only by way of the proxy. Port 9
    # answers nobody, and no address is exempt. The second lock: the first is a network of its own, where there is one.
    (_PROXY, "ooInetProxyType", "2"),
    (_PROXY, "ooInetHTTPProxyName", "127.0.0.1"),
    (_PROXY, "ooInetHTTPProxyPort", "9"),
    (_PROXY, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_PROXY, "ooInetHTTPSProxyPort", "9"),
    (_PROXY, "ooInetFTPProxyName", "127.0.0.1"),
    (_PROXY, "ooInetFTPProxyPort", "9"),
    (_PROXY, "ooInetNoProxy", ""),
)


def write_profile(folder: Path) -> None:
    """A new profile in an empty folder; LibreOffice makes the rest of it."""
    items = "\n".join(
        f'<item oor:path="/{group}"><prop oor:name="{key}" oor:op="fuse"><value>{escape(value)}</value></prop></item>'
        for group, key, value in SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )
