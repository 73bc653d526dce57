"""Plays the story: mail comes to an embedded server, the bot does its rounds, the clock jumps from event to event."""

import asyncio
import io
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console

from mailbot.app import App, build
from mailbot.config import load_settings
from mailbot.deliver_due import deliver_due
from mailbot.demo import stage, summary
from mailbot.demo.agenda import Agenda, FastClock, agenda
from mailbot.demo.college import DEPARTMENT, DOMAIN, address, roster
from mailbot.demo.ending import Ending, end
from mailbot.demo.letters import Pile, message_id
from mailbot.demo.mail import Post, message, moment
from mailbot.demo.screen import Screen
from mailbot.demo.server import Delivered, MailServer, mail_server
from mailbot.demo.story import posts
from mailbot.inbox import Inbox
from mailbot.poll import poll
from mailbot.work import office, time_passes
from storage.nouns import SendState

FIRST = moment(3, "08:00")
LAST = moment(17, "17:30")
MINUTE = timedelta(minutes=1)
WELCOME = (
    "示例学院（虚构）的两周：6 个总支、24 个支部，单位、人名、地址、电话都是虚构的。\n"
    "邮件服务器就在这个程序里，只在本机，不连外网；时间快进，从 2012-09-03 到 09-17。\n"
)


def play(folder: Path, console: Console | None = None) -> Ending:
    """The whole demo, from an empty folder to the summary. Raises ConfigError where the folder is somebody else's."""
    console = console or _console()
    stage.prepare(folder)
    console.print(WELCOME)
    clock = FastClock(FIRST)
    with mail_server(DOMAIN, stage.mailboxes(), lambda: clock.moment) as server:
        server.greylisted.add(address("lib"))
        app = build(load_settings(stage.furnish(folder, server), {}), clock)
        try:
            ending = _perform(app, server, clock, folder, console)
        finally:
            app.close()
    summary.show(console, ending)
    return ending


def _console() -> Console:
    """Where a terminal cannot write a character (Windows with GBK), it shows a question mark instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False, markup=False)


def _perform(app: App, server: MailServer, clock: FastClock, folder: Path, console: Console) -> Ending:
    story = posts()
    plan = agenda(app, story, LAST)
    with app.inbox() as inbox, Screen(console, roster(), len(story)) as screen:
        theatre = Theatre(app, server, inbox, clock, plan, screen, Pile(folder / stage.LETTERS, roster()))
        for at, post in plan:
            theatre.event(at, post)
        return end(app, inbox, folder, len(story), server.letters)


@dataclass
class Theatre:
    """Everything that plays along. `shown`, `tries`, `dead` are about letters; `mails` counts those that came."""

    app: App
    server: MailServer
    inbox: Inbox
    clock: FastClock
    plan: Agenda
    screen: Screen
    pile: Pile
    shown: int = 0
    mails: int = 0
    tries: dict[int, int] = field(default_factory=dict)
    dead: set[int] = field(default_factory=set)

    def event(self, at: datetime, post: Post | None) -> None:
        """The clock jumps, a mail may arrive, and the bot does one round: inbox, what time asks for, outbox."""
        self.clock.jump(at)
        self.screen.time(self.clock.moment)
        if post is not None:
            self.mails += 1
            self.server.deliver(DEPARTMENT.address, message(post, self.mails, self.last_letter(post.about)), post.at)
        passed = poll(self.app, self.inbox)
        if post is not None:
            self.screen.mail(post, next(iter(passed.outcomes), None))
        time_passes(self.app, lambda: None)
        self.deliver(quiet=post is not None)

    def last_letter(self, to: str) -> bytes:
        """The bytes of the newest letter to this address; nothing for ""."""
        return next((letter.content for letter in reversed(self.server.letters) if to in letter.recipients), b"")

    def deliver(self, quiet: bool) -> None:
        """Sends what is due; where the pace holds letters back, the clock goes on by minutes."""
        while True:
            done = asyncio.run(deliver_due(office(self.app)))
            if self.shown < len(self.server.letters) and not quiet:
                self.screen.hour(self.clock.moment)
            quiet = True
            for letter in self.server.letters[self.shown :]:
                self.show(letter)
            self.plan_retries()
            if done.trouble is not None:
                raise done.trouble
            if not self.owed_now():
                return
            self.clock.jump(self.clock.moment + MINUTE)

    def show(self, letter: Delivered) -> None:
        with self.app.ledger.reading() as book:
            known = book.outbox.by_message_id([message_id(letter)])
        if known is None:
            raise AssertionError("the server took a letter that the outbox does not know")
        self.shown += 1
        self.screen.letter(letter, known.kind)
        self.pile.lay(letter, known.kind, self.clock.moment)

    def owed_now(self) -> bool:
        with self.app.ledger.reading() as book:
            return bool(book.outbox.due(self.app.now(), 1))

    def plan_retries(self) -> None:
        """A letter that was put off gets its moment; so does the alarm about one that was given up: at once."""
        with self.app.ledger.reading() as book:
            put_off = book.outbox.listing((SendState.DEFERRED,))
            dead = book.outbox.listing((SendState.FAILED,))
        for letter in put_off:
            if letter.next_at is not None and letter.attempts > self.tries.get(letter.id, 0):
                self.tries[letter.id] = letter.attempts
                self.screen.put_off(letter)
                self.plan.add(letter.next_at.astimezone(self.clock.moment.tzinfo))
        for letter in dead:
            if letter.id not in self.dead:
                self.dead.add(letter.id)
                self.screen.given_up(letter)
                self.plan.add(self.clock.moment + MINUTE)
