"""Doctor: why a mail server cannot be used, and what to change in the configuration."""

import re
import socket
import threading

from mailbot.checkup.check import Check, Subject, problem
from mailbot.errors import ConnectionLost, OutsideError, ServerHung, ServerUnreachable
from mailbot.settings import Security

SECONDS = 10  # the longest that a server, or the look-up of its name, is waited for

USUAL = {
    Subject.IMAP: 'usual are 993 with security = "tls", 143 with "starttls"',
    Subject.SMTP: 'usual are 465 with security = "tls", 587 with "starttls"',
}
TLS_PORTS = {Subject.IMAP: 993, Subject.SMTP: 465}

# Words in what TLS says → what to do. First match.
TLS = (
    (r"WRONG_VERSION_NUMBER|PACKET_LENGTH|record layer", "the server does not speak TLS on port {port}: change port or "
     "security; {usual}"),
    (r"self.signed", "the certificate is self-signed, so anybody may have made it: ask for one of a known authority, "
     "or name this one in the environment: SSL_CERT_FILE=/path/to/cert.pem"),
    (r"unable to get (local )?issuer", "the certificate is of an authority that this machine does not know: name it "
     "in the environment: SSL_CERT_FILE=/path/to/ca.pem"),
    (r"(?i)hostname mismatch|IP address mismatch|not valid for", "host must be a name that stands in the certificate"),
    (r"expired|not yet valid", "look at the clock of this machine; if it is right, the certificate must be renewed"),
    (r"no STARTTLS", "change security; {usual}"),
    (r"UNSUPPORTED_PROTOCOL|HANDSHAKE_FAILURE|DH_KEY_TOO_SMALL", "the server's TLS is too old: its administrators must "
     "renew it"),
)  # fmt: skip


def resolve(what: Subject, host: str) -> Check | None:
    """Whether the name of a server is known; None when it is. In a thread: a look-up takes no time-out."""
    found: list[str] = []
    thread = threading.Thread(target=look_up, args=(host, found), daemon=True)
    thread.start()
    thread.join(SECONDS)
    if found == ["known"]:
        return None
    said = found[0] if found else f"no answer within {SECONDS} s to where it is"
    todo = f"check {what}.host for a slip of the keyboard, and the network of this machine"
    return problem(what, f"no such host: {host} ({said})", todo, away=True)


def look_up(host: str, found: list[str]) -> None:
    try:
        socket.getaddrinfo(host, None)
        found.append("known")
    except (OSError, UnicodeError) as error:
        found.append(str(getattr(error, "strerror", None) or "not a name of a host"))


def connection_trouble(what: Subject, error: OutsideError, port: int, security: Security) -> Check:
    """Why there is no connection; `what` is IMAP or SMTP."""
    todo = _tls_todo(what, error, port) or _port_todo(what, error, port, security) or error.todo
    return problem(what, f"{error.where}: {error.what}", todo, away=error.temporary)


def _tls_todo(what: Subject, error: OutsideError, port: int) -> str:
    found = next((todo for words, todo in TLS if re.search(words, error.what)), "")
    return found.format(port=port, usual=USUAL[what])


def _port_todo(what: Subject, error: OutsideError, port: int, security: Security) -> str:
    """A server that does not answer as it should often sits behind another port."""
    if port == TLS_PORTS[what] and security != "tls" and isinstance(error, ServerHung | ConnectionLost):
        return f'port {port} wants security = "tls"'
    if isinstance(error, ServerUnreachable | ServerHung):
        return f"check {what}.host and {what}.port: {USUAL[what]}; a firewall may be in the way"
    return ""


def trouble(what: Subject, error: OutsideError) -> Check:
    """What went wrong after the connection stood."""
    return problem(what, f"{error.where}: {error.what}", error.todo, away=error.temporary)
