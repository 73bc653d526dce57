"""A real Postfix for tests that hands on to Dovecot by LMTP: no outside relay, loopback only. Needs root."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tests.servers import DOMAIN, Dovecot, Kept
from tests.servers_start import free_ports, make_certificate, wait_for_port

DAEMONS = "/usr/lib/postfix/sbin"

_MAIN = """\
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {base}/log/mail.log
maillog_file_prefixes = {base}/log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.{domain}
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
append_dot_mydomain = no
biff = no
disable_dns_lookups = yes
default_transport = error:no way out of the test
relay_transport = error:no way out of the test
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{base}/accounts
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
lmtp_destination_concurrency_limit = 10
smtpd_sasl_type = dovecot
smtpd_sasl_path = {sasl}
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_client_restrictions =
smtpd_tls_security_level = {tls}
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
message_size_limit = 83886080
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
"""

# One connection per smtpd (max_use): the table of accounts is read anew, an account added is known at once.
_MASTER = """\
127.0.0.1:{smtp} inet n - n - - smtpd -o max_use=1
127.0.0.1:{submission} inet n - n - - smtpd -o max_use=1 -o smtpd_sasl_auth_enable=yes -o {only_known}
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

_QUEUES = "active bounce corrupt defer deferred flush hold incoming private saved trace"


def _age(path: Path) -> None:
    """Make a file look old: Postfix waits with reading one until nobody has written it for two seconds."""
    os.utime(path, (1_000_000_000, 1_000_000_000))


class Postfix:
    """A Postfix of its own, in a directory of its own.

    Port `smtp` takes mail for our accounts from anybody (as from outside), port `submission` only after a login with an
    account of the Dovecot; both refuse every other domain.
    """

    def __init__(self, dovecot: Dovecot) -> None:
        self.host = "127.0.0.1"
        self.dovecot = dovecot
        self.smtp, self.submission = free_ports(2)
        self.base = Path(tempfile.mkdtemp(prefix="mb-pf-", dir="/tmp"))
        self.ca_file: Path | None = None
        self._ghosts: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Postfix":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def start(self) -> None:
        if not (self.base / "etc").exists():
            self._configure()
        self.know()
        command = [f"{DAEMONS}/master", "-d", "-c", str(self.base / "etc")]
        with (self.base / "start.log").open("wb") as words:
            self._process = subprocess.Popen(command, start_new_session=True, stdout=words, stderr=words)
        try:
            wait_for_port(self.submission, self._process)
        except (TimeoutError, ChildProcessError) as error:
            self.stop()
            raise RuntimeError(f"Postfix does not start: {self.log}") from error

    def stop(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    @property
    def log(self) -> str:
        paths = (self.base / "start.log", self.base / "log" / "mail.log")
        return "".join(path.read_text("utf-8", "replace") for path in paths if path.exists())

    def know(self, *ghosts: str) -> None:
        """Write the table of accounts. Ghosts are accepted here and refused by Dovecot: their mail bounces."""
        self._ghosts.update(ghosts)
        new = self.base / "accounts.new"
        new.write_text("".join(f"{name} x\n" for name in sorted({*self.dovecot.accounts, *self._ghosts})), "utf-8")
        _age(new)
        new.replace(self.base / "accounts")

    def _configure(self) -> None:
        self.base.chmod(0o755)
        for name in ("etc", "queue", "log", "data"):
            (self.base / name).mkdir()
        shutil.chown(self.base / "data", "postfix")
        for name in _QUEUES.split():
            (self.base / "queue" / name).mkdir(mode=0o700)
            shutil.chown(self.base / "queue" / name, "postfix")
        (self.base / "queue" / "pid").mkdir()
        for name, mode in (("maildrop", 0o1730), ("public", 0o2710)):
            (self.base / "queue" / name).mkdir()
            shutil.chown(self.base / "queue" / name, "postfix", "postdrop")
            (self.base / "queue" / name).chmod(mode)
        self._write_configuration()

    def _write_configuration(self) -> None:
        certificate = key = Path()
        if self.dovecot.tls:
            certificate, key = make_certificate(self.base)
            self.ca_file = certificate
        values = {
            "base": self.base,
            "daemons": DAEMONS,
            "domain": DOMAIN,
            "lmtp": self.dovecot.lmtp,
            "sasl": self.dovecot.sasl_socket,
            "tls": "may" if self.dovecot.tls else "none",
            "certificate": certificate if self.dovecot.tls else "",
            "key": key if self.dovecot.tls else "",
        }
        (self.base / "etc" / "main.cf").write_text(_MAIN.format(**values), "utf-8")
        known = "smtpd_recipient_restrictions=reject_unauth_destination,permit_sasl_authenticated,reject"
        ports = {"smtp": self.smtp, "submission": self.submission, "only_known": known}
        (self.base / "etc" / "master.cf").write_text(_MASTER.format(**ports), "utf-8")
        for path in (self.base / "etc").iterdir():
            _age(path)


class MailSystem:
    """Dovecot and Postfix together: what a university's mail server is to the bot and to the branches."""

    def __init__(self, dovecot: Dovecot, postfix: Postfix) -> None:
        self.dovecot = dovecot
        self.postfix = postfix

    def add_account(self, name: str) -> str:
        """An account `name`@example.edu.cn (or a whole address); gives its address. The password is PASSWORD."""
        address = self.dovecot.add_account(name if "@" in name else f"{name}@{DOMAIN}")
        self.postfix.know()
        return address

    def add_ghost(self, name: str) -> str:
        """An address that Postfix accepts and Dovecot refuses: mail to it comes back as a bounce."""
        address = f"{name}@{DOMAIN}"
        self.postfix.know(address)
        return address

    def append(self, address: str, raw: bytes, received_at: datetime | None = None, folder: str = "INBOX") -> None:
        self.dovecot.append(address, raw, received_at, folder)

    def messages(self, address: str, folder: str = "INBOX") -> list[Kept]:
        return self.dovecot.messages(address, folder)

    def wait_for(self, address: str, count: int, seconds: float = 20, folder: str = "INBOX") -> list[Kept]:
        """The messages of a mailbox as soon as there are that many; fails with the log when there never are."""
        end = time.monotonic() + seconds
        while len(found := self.messages(address, folder)) < count:
            assert time.monotonic() < end, f"{len(found)} of {count} messages for {address}\n{self.postfix.log}"
            time.sleep(0.05)
        return found
