"""IMAP servers that misbehave, each with a name: small scripted ones, for what no real server does when asked."""

import contextlib
import re
import socketserver
import threading
from collections.abc import Iterator

MAIL = b"Subject: invented\r\nFrom: a@example.com\r\n\r\nwords\r\n"
_CAPABLE = "IMAP4rev1 IDLE MOVE UIDPLUS"


class Session(socketserver.StreamRequestHandler):
    """One connection, well behaved: any password, one folder INBOX with the mails 1, 2 and 3. Fakes override a step."""

    server: "Fake"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.selected = False
        self.say(f"* OK [CAPABILITY {self.server.capable}] ready")
        with contextlib.suppress(OSError):
            while line := self.rfile.readline():
                tag, command, rest = (*line.decode("utf-8", "replace").strip().split(" ", 2), "", "")[:3]
                if command.upper() == "UID":
                    command, _, rest = rest.partition(" ")
                    command = "UID_" + command
                self.server.commands.append(f"{command} {rest}".upper().strip())
                if self.answer(tag, command.upper(), rest) is False:
                    return

    def say(self, line: str | bytes) -> None:
        self.wfile.write((line if isinstance(line, bytes) else line.encode("gb18030")) + b"\r\n")

    def answer(self, tag: str, command: str, rest: str) -> bool | None:
        """False ends the connection."""
        step = getattr(self, command.lower(), None)
        if step is None:
            self.say(f"{tag} BAD unknown command")
            return None
        return step(tag, rest)

    def capability(self, tag: str, _: str) -> None:
        self.say(f"* CAPABILITY {self.server.capable}")
        self.say(f"{tag} OK done")

    def login(self, tag: str, _: str) -> bool | None:
        self.say(f"{tag} OK logged in")
        return None

    def id(self, tag: str, _: str) -> None:
        self.say("* ID NIL")
        self.say(f"{tag} OK done")

    def list(self, tag: str, _: str) -> None:
        self.say('* LIST () "/" "INBOX"')
        self.say(f"{tag} OK done")

    def select(self, tag: str, _: str) -> None:
        self.say("* FLAGS (\\Seen)")
        self.say("* 3 EXISTS")
        self.say("* OK [UIDVALIDITY 7]")
        self.say("* OK [UIDNEXT 4]")
        self.say(f"{tag} OK [READ-WRITE] selected")

    def uid_search(self, tag: str, rest: str) -> None:
        self.say("* SEARCH " + " ".join(str(uid) for uid in self.found(rest.split()[-1])))
        self.say(f"{tag} OK done")

    def uid_fetch(self, tag: str, rest: str) -> bool | None:
        which, _, items = rest.partition(" ")
        for uid in self.found(which):
            self.wfile.write(self.mail(uid, items) + b"\r\n")
        self.say(f"{tag} OK done")
        return None

    def fetch(self, tag: str, rest: str) -> None:
        self.uid_fetch(tag, rest)

    def idle(self, tag: str, _: str) -> bool | None:
        self.say("+ idling")
        self.rfile.readline()
        self.say(f"{tag} OK done")
        return None

    def logout(self, tag: str, _: str) -> bool:
        self.say("* BYE see you")
        self.say(f"{tag} OK done")
        return False

    def found(self, which: str) -> Iterator[int]:
        """UIDs of a sequence set; `*` is the last mail."""
        for part in which.split(","):
            first, _, last = part.replace("*", "3").partition(":")
            bounds = sorted((int(first), int(last or first)))
            yield from (uid for uid in (1, 2, 3) if bounds[0] <= uid <= bounds[1])

    def mail(self, uid: int, items: str) -> bytes:
        parts = [f"UID {uid}".encode()]
        if "INTERNALDATE" in items:
            parts.append(f'INTERNALDATE "{uid:2d}-Sep-2012 08:00:00 +0800"'.encode())
        if "RFC822.SIZE" in items:
            parts.append(b"RFC822.SIZE %d" % len(MAIL))
        if "BODYSTRUCTURE" in items:
            parts.append(b"BODYSTRUCTURE " + self.structure(uid))
        if section := re.search(r"BODY\.PEEK(\[.*?\])", items):
            parts.append(b"BODY%s {%d}\r\n%s" % (section[1].encode(), len(MAIL), MAIL))
        return b"* %d FETCH (%s)" % (uid, b" ".join(parts))

    def structure(self, uid: int) -> bytes:
        return b'("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 7 1)'


class Fake(socketserver.ThreadingTCPServer):
    """Runs one kind of session on a free port. `commands` is everything that clients asked, in capitals."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self, kind: type[Session], capable: str = _CAPABLE) -> None:
        super().__init__(("127.0.0.1", 0), kind)
        self.capable = capable
        self.commands: list[str] = []
        self.port: int = self.server_address[1]
        self.silence = threading.Event()

    def __enter__(self) -> "Fake":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.silence.set()
        self.shutdown()
        self.server_close()


class UnsafeLogin(Session):
    """NetEase: nobody selects a folder before having said a name (RFC 2971)."""

    named = False

    def id(self, tag: str, rest: str) -> None:
        self.named = rest.upper().startswith('("NAME" "')
        super().id(tag, rest)

    def select(self, tag: str, rest: str) -> None:
        if self.named:
            super().select(tag, rest)
        else:
            self.say(f"{tag} NO SELECT Unsafe Login. Please contact kefu@188.com for help")


class EmptySearch(Session):
    """Finds nothing, whatever is looked for, and says OK."""

    def uid_search(self, tag: str, _: str) -> None:
        self.say("* SEARCH")
        self.say(f"{tag} OK done")


class NoSearch(Session):
    """Refuses to search."""

    def uid_search(self, tag: str, _: str) -> None:
        self.say(f"{tag} BAD SEARCH not implemented")


class HangsInFetch(Session):
    """Says half a mail, and then nothing any more."""

    def uid_fetch(self, tag: str, rest: str) -> bool | None:
        if "BODY.PEEK[]" not in rest:
            return super().uid_fetch(tag, rest)
        self.wfile.write(self.mail(1, rest)[:-20])
        self.server.silence.wait()
        return False


class DropsInFetch(Session):
    """Says half a mail, and hangs up."""

    def uid_fetch(self, tag: str, rest: str) -> bool | None:
        if "BODY.PEEK[]" not in rest:
            return super().uid_fetch(tag, rest)
        self.wfile.write(self.mail(1, rest)[:-20])
        return False


class ByeInIdle(Session):
    """Goes down while somebody waits."""

    def idle(self, tag: str, _: str) -> bool | None:
        self.say("+ idling")
        self.say("* BYE server (going down")
        return False


class ByeAndStays(Session):
    """Says goodbye to somebody who waits, and leaves the line open."""

    def idle(self, tag: str, _: str) -> bool | None:
        self.say("+ idling")
        self.say("* BYE idle for too long")
        self.server.silence.wait()
        return False


class MailWithIdling(Session):
    """Says in one breath that it waits, and that there is new mail."""

    def idle(self, tag: str, _: str) -> bool | None:
        self.say("+ idling\r\n* 4 EXISTS\r\n* 1 RECENT")
        self.rfile.readline()
        self.say(f"{tag} OK done")
        return None


class EndsInIdle(Session):
    """Hangs up without a word while somebody waits."""

    def idle(self, tag: str, _: str) -> bool | None:
        self.say("+ idling")
        return False


class OddStructure(Session):
    """Sends a BODYSTRUCTURE that nobody can read for one of its mails."""

    def structure(self, uid: int) -> bytes:
        return b'(("text" "plain"' if uid == 2 else super().structure(uid)


class RefusesOneMail(Session):
    """Cannot read one of its own mails, whatever is asked of it."""

    def uid_fetch(self, tag: str, rest: str) -> bool | None:
        if 2 in self.found(rest.partition(" ")[0]):
            self.say(f"{tag} NO [SERVERBUG] internal error")
            return None
        return super().uid_fetch(tag, rest)


class ChineseRefusal(Session):
    """QQ: refuses a login in raw GBK bytes, and repeats the password it was given."""

    def login(self, tag: str, rest: str) -> bool | None:
        self.say(f"{tag} NO 请使用授权码登录 {rest.split()[-1]}")
        return None


class NoDates(Session):
    """Gives no INTERNALDATE."""

    def mail(self, uid: int, items: str) -> bytes:
        return re.sub(rb' INTERNALDATE "[^"]*"', b"", super().mail(uid, items))
