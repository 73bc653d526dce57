"""Alarms that call receive, remind, deliver; the only importer of apscheduler, which rings and remembers nothing.

Three workers: a thread that polls the inbox and idles, a job that asks each minute what is due, a job that delivers.
What is due is computed from the ledger, so a missed alarm, a restart or a clock set back loses and doubles nothing.
"""

import asyncio
import contextlib
import os
import random
import signal
import threading
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from mailbot.app import App
from mailbot.backoff import delays, pause
from mailbot.deliver_due import deliver_due
from mailbot.errors import LoginRefused, OutsideError
from mailbot.poll import poll
from mailbot.tell import tell_trouble
from mailbot.work import beat, look_into_inbox, office, start, time_passes
from rules.letters import AlarmKind, Trouble
from storage.errors import StorageError

log = structlog.get_logger(__name__)

JOB = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
DELIVER_SECONDS = 5
DUE_SECONDS = 30
STOP_SECONDS = 4
ALARM_AFTER = timedelta(minutes=30)  # an inbox that cannot be reached for so long is told to staff


def leave_in_time() -> None:
    """A thread that waits for a silent server would hold up the end of the process. Whatever is not done by then is as
    after a crash: nothing is lost, and the next start goes on from there."""
    last = threading.Timer(STOP_SECONDS, os._exit, (0,))
    last.daemon = True
    last.start()


class Daemon:
    """Runs until SIGTERM or SIGINT; ends within five seconds, between letters and between mails."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stop = threading.Event()
        self._receiving = threading.Lock()  # one pass over the inbox at a time
        self._down_since: datetime | None = None

    async def run(self) -> None:
        start(self._app)
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C cancels this task instead
                loop.add_signal_handler(number, ended.set)
        inbox = threading.Thread(target=self._watch, name="inbox", daemon=True)
        inbox.start()
        scheduler = AsyncIOScheduler(job_defaults=JOB)
        scheduler.add_job(self._due, "interval", seconds=DUE_SECONDS, next_run_time=datetime.now().astimezone())
        scheduler.add_job(self._deliver, "interval", seconds=DELIVER_SECONDS)
        scheduler.start()
        log.info("running", campaigns=len(self._app.campaigns))
        try:
            await ended.wait()
        finally:
            log.info("stopping")
            leave_in_time()
            self._stop.set()
            scheduler.shutdown(wait=False)
        await asyncio.to_thread(inbox.join, STOP_SECONDS)

    def _watch(self) -> None:
        """The inbox: poll, wait for more, and after trouble wait longer and longer before trying again."""
        waits = delays(random.Random())  # noqa: S311 - jitter
        while not self._stop.is_set():
            try:
                with self._app.inbox() as inbox:
                    while not self._stop.is_set():
                        with self._receiving:
                            poll(self._app, inbox)
                        beat(self._app, "polled")
                        self._down_since = None
                        waits = delays(random.Random())  # noqa: S311 - jitter
                        inbox.idle(self._app.settings.imap.poll_seconds, self._stop)
            except (OutsideError, StorageError) as error:
                self._inbox_failed(error)
                self._stop.wait(pause(error, next(waits)))
            except Exception:
                log.exception("inbox failed")
                self._stop.wait(next(waits))

    def _inbox_failed(self, error: OutsideError | StorageError) -> None:
        log.warning("inbox not reached", error=str(error))
        now = self._app.now()
        self._down_since = self._down_since or now
        if isinstance(error, LoginRefused):
            self._alarm(Trouble(AlarmKind.LOGIN, self._down_since, str(error)))
        elif isinstance(error, OutsideError) and now - self._down_since >= ALARM_AFTER:
            self._alarm(Trouble(AlarmKind.INBOX, self._down_since, str(error)))

    def _alarm(self, trouble: Trouble) -> None:
        try:
            tell_trouble(self._app, trouble)
        except StorageError as error:
            log.error("alarm not queued", error=str(error))

    async def _due(self) -> None:
        try:
            await asyncio.to_thread(time_passes, self._app, self._refresh)
        except (OutsideError, StorageError) as error:
            # Nobody is reminded while the inbox cannot be read: what they owe may lie in it.
            log.warning("what is due was put off", error=str(error))

    def _refresh(self) -> None:
        with self._receiving:
            look_into_inbox(self._app)

    async def _deliver(self) -> None:
        try:
            done = await deliver_due(office(self._app), self._stop.is_set)
        except StorageError as error:
            log.warning("delivery put off", error=str(error))
            return
        if done.sent or done.deferred or done.failed:
            log.info("delivered", sent=done.sent, deferred=done.deferred, failed=done.failed)
            beat(self._app, "delivered")
        if done.trouble is not None:
            log.warning("delivery stopped", error=str(done.trouble))
