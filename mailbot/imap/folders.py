"""Folder names: Chinese ones, levels, and servers that keep everything below "INBOX."."""

import contextlib
import imaplib

from mailbot.imap.nouns import Client


def names(client: Client) -> tuple[str, ...]:
    """Folders that can hold mail, decoded from modified UTF-7 (RFC 3501, 5.1.3), as the server writes their paths."""
    return tuple(name for flags, _, name in client.list_folders() if b"\\Noselect" not in flags)


def find(client: Client, name: str) -> str | None:
    """The path of a folder as the server writes it: as given, or below the personal namespace; None: no such."""
    if name.upper() == "INBOX":
        return "INBOX"
    existing = names(client)
    if name in existing:
        return name
    prefix, separator = _namespace(client)
    nested = name.replace("/", separator)
    return next((path for path in (nested, prefix + nested) if path in existing), None)


def make(client: Client, name: str) -> str:
    """Make a folder and subscribe to it, so that mail programs show it. Gives its path."""
    prefix, separator = _namespace(client)
    path = prefix + name.replace("/", separator)
    client.create_folder(path)
    with contextlib.suppress(imaplib.IMAP4.error):
        client.subscribe_folder(path)
    return path


def _namespace(client: Client) -> tuple[str, str]:
    """Prefix and separator of the personal namespace (RFC 2342); where that is unknown, those of INBOX."""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        prefix, separator = personal[0] if personal else ("", None)
        return prefix, separator or "/"
    listed = client.list_folders("", "INBOX")
    separator = listed[0][1] if listed else None
    return "", separator.decode("ascii", "replace") if separator else "/"
