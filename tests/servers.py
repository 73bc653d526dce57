"""Real servers for tests: Dovecot (IMAP, LMTP) as a child process in a directory of its own.

Everything listens on loopback, on free ports, with invented accounts; a stopped server leaves nothing behind.
"""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.servers_start import free_ports, make_certificate, wait_for_port

DOMAIN = "example.edu.cn"
PASSWORD = "invented-password"  # every invented account has this one unless told otherwise

_CONFIG = """\
protocols = imap lmtp
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
listen = 127.0.0.1
hostname = mx.example.edu.cn
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:~/Maildir
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0 secs
auth_username_format = %Lu
mailbox_list_index = no
ssl = {ssl}
{certificate}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu {base}/users/%Lu
}}
userdb {{
  driver = passwd-file
  args = username_format=%Lu {base}/users/%Lu
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
service imap-login {{
  chroot =
  service_count = 0
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  chroot =
  unix_listener sasl {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  chroot =
}}
protocol imap {{
  mail_max_userip_connections = 200
  {capability}
  imap_idle_notify_interval = 2 mins
}}
"""


@dataclass(frozen=True)
class Kept:
    """A message as it lies in a mailbox."""

    uid: int
    flags: frozenset[str]
    raw: bytes


def folder_argument(name: str) -> str:
    """A folder name as an IMAP argument: modified UTF-7 (RFC 3501 5.1.3), quoted."""
    parts, run = [], ""
    for letter in name + "\0":
        if letter.isascii():
            if run:
                coded = run.encode("utf-7").decode("ascii")
                parts.append("&" + coded.strip("+-").replace("/", ",") + "-")
                run = ""
            parts.append("&-" if letter == "&" else letter)
        else:
            run += letter
    return '"' + "".join(parts)[:-1].replace("\\", "\\\\").replace('"', '\\"') + '"'


class Dovecot:
    """A Dovecot with invented accounts, started as a child process; runs without root as well.

    `capability` replaces the IMAP capability line (to take MOVE or IDLE away); `prefix` and `separator` are those of
    the personal namespace (some servers keep every folder below "INBOX.").
    """

    def __init__(self, *, tls: bool = False, capability: str = "", prefix: str = "", separator: str = "/") -> None:
        self.host = "127.0.0.1"
        self.imap, self.imaps, self.lmtp = free_ports(3)
        self.tls = tls
        self.base = Path(tempfile.mkdtemp(prefix="mb-dc-", dir="/tmp"))  # short: sockets have 108 characters at most
        self.ca_file: Path | None = None
        self.accounts: dict[str, str] = {}
        # Dovecot refuses to run its login process as root, so root starts it as nobody.
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self._users = self.base / "users"
        self._process: subprocess.Popen[bytes] | None = None
        offered = f"imap_capability = {capability}" if capability else ""
        self._options = {"capability": offered, "prefix": prefix, "separator": separator}

    def __enter__(self) -> "Dovecot":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def start(self) -> None:
        """Start, or start again after `stop` with everything in its place."""
        if not (self.base / "dovecot.conf").exists():
            self._configure()
        command = ["dovecot", "-F", "-c", str(self.base / "dovecot.conf")]
        environ = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        with (self.base / "start.log").open("wb") as words:
            self._process = subprocess.Popen(
                command,
                start_new_session=True,
                env=environ,
                stderr=words,
                user=self._user.pw_uid,
                group=self._user.pw_gid,
            )
        try:
            wait_for_port(self.imap, self._process)
        except (TimeoutError, ChildProcessError) as error:
            self.stop()
            said = "".join(path.read_text("utf-8", "replace") for path in self.base.glob("*.log"))
            raise RuntimeError(f"Dovecot does not start: {said}") from error

    def stop(self) -> None:
        """At once, as if the machine had lost its power."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        (self.base / "run" / "master.pid").unlink(missing_ok=True)

    @property
    def log(self) -> str:
        return (self.base / "dovecot.log").read_text("utf-8", "replace")

    @property
    def sasl_socket(self) -> Path:
        return self.base / "run" / "sasl"

    def add_account(self, address: str, password: str = PASSWORD) -> str:
        """Takes effect at once, also while the server runs: each account is a file of its own."""
        self.accounts[address] = password
        if self._users.exists():
            self._write_user(address)
        return address

    def remove_account(self, address: str) -> None:
        """Takes effect within two seconds."""
        del self.accounts[address]
        (self._users / address).unlink(missing_ok=True)

    def connect(self, address: str) -> imaplib.IMAP4:
        """A plain imaplib connection, logged in: for looking behind the bot's back."""
        client = imaplib.IMAP4(self.host, self.imap, timeout=20)
        client.login(address, self.accounts[address])
        return client

    def append(self, address: str, raw: bytes, received_at: datetime | None = None, folder: str = "INBOX") -> None:
        """Put a raw message into a mailbox (made if need be) with that INTERNALDATE."""
        moment = (received_at or datetime.now(UTC)).timestamp()
        with self.connect(address) as client:
            if folder != "INBOX":
                client.create(folder_argument(folder))
            answer, text = client.append(folder_argument(folder), "", imaplib.Time2Internaldate(moment), raw)
        assert answer == "OK", text

    def fill(self, address: str, messages: Iterable[bytes], received_at: datetime | None = None) -> int:
        """Put many messages into an INBOX by way of the file system, fast; gives how many."""
        target = self._home(address) / "Maildir" / "cur"
        self.messages(address)  # the server makes the directories
        moment, count = (received_at or datetime.now(UTC)).timestamp(), 0
        for count, raw in enumerate(messages, 1):
            path = target / f"{int(moment)}.M{count:06d}P{os.getpid()}.{time.monotonic_ns()}:2,"
            path.write_bytes(raw.replace(b"\r\n", b"\n"))
            os.utime(path, (moment, moment))
            os.chown(path, self._user.pw_uid, self._user.pw_gid)
        return count

    def messages(self, address: str, folder: str = "INBOX") -> list[Kept]:
        """All messages of a folder in order, read without changing a flag; none when there is no such folder."""
        with self.connect(address) as client:
            answer, count = client.select(folder_argument(folder), readonly=True)
            if answer != "OK" or count == [b"0"]:
                return []
            _, parts = client.fetch("1:*", "(UID FLAGS BODY.PEEK[])")
        return [self._kept(*part) for part in parts if isinstance(part, tuple)]

    def folders(self, address: str) -> list[str]:
        """As the server lists them, modified UTF-7 and all."""
        with self.connect(address) as client:
            _, lines = client.list()
        return [line.decode("ascii").rsplit(" ", 1)[-1].strip('"') for line in lines if isinstance(line, bytes)]

    def kick(self) -> None:
        """End every IMAP session, as a server does that is going down."""
        command = ["doveadm", "-c", str(self.base / "dovecot.conf"), "kick", "*"]
        subprocess.run(command, check=False, capture_output=True)

    @staticmethod
    def _kept(line: bytes, raw: bytes) -> Kept:
        words = line.decode("ascii")
        uid = int(words.split("UID ", 1)[1].split()[0])
        flags = words.split("FLAGS (", 1)[1].split(")", 1)[0].split()
        return Kept(uid, frozenset(flags) - {"\\Recent"}, raw)

    def _home(self, address: str) -> Path:
        return self.base / "mail" / address

    def _configure(self) -> None:
        certificate = ""
        if self.tls:
            self.ca_file, key = make_certificate(self.base)
            certificate = f"ssl_cert = <{self.ca_file}\nssl_key = <{key}"
        names = {
            "user": self._user.pw_name,
            "group": grp.getgrgid(self._user.pw_gid).gr_name,
            "base": self.base,
            "certificate": certificate,
        }
        ports = {"imap": self.imap, "imaps": self.imaps if self.tls else 0, "lmtp": self.lmtp}
        text = _CONFIG.format(**names, **ports, **self._options, ssl="yes" if self.tls else "no")
        (self.base / "mail").mkdir()
        self._users.mkdir()
        for address in self.accounts:
            self._write_user(address)
        (self.base / "dovecot.conf").write_text(text, "utf-8")
        self.base.chmod(0o755)
        for path in (self.base, *self.base.iterdir()):
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _write_user(self, address: str) -> None:
        ids = f"{self._user.pw_uid}:{self._user.pw_gid}"
        line = f"{address}:{{PLAIN}}{self.accounts[address]}:{ids}::{self._home(address)}::\n"
        (self._users / address).write_text(line, "utf-8")
