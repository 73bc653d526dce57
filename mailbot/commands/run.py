"""Commands of the running bot: run, status, remind, sheet."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from mailbot.app import App
from mailbot.commands.parts import (
    CONFIG,
    CampaignOption,
    ConfigOption,
    Exit,
    campaign_of,
    fail,
    moment_of,
    open_app,
    outside,
    say,
    show,
)
from mailbot.compose import text_of
from mailbot.copies import with_copies
from mailbot.daemon import Daemon
from mailbot.lock import single_instance
from mailbot.overview import Overview, look_over
from mailbot.remind import due
from mailbot.sheet import write_sheet
from mailbot.work import one_round
from rules.model import Outcome
from rules.status_document import status_document
from rules.tracking import Tracking, figures, mailbox_sums


def run(
    config: ConfigOption = CONFIG,
    once: Annotated[bool, typer.Option("--once", help="One pass and out: for cron and for tests.")] = False,
) -> None:
    """Runs the bot.

    Example: mailbot run --config /etc/mailbot/config.toml
    """
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        if not once:
            asyncio.run(Daemon(app).run())
            return
        passed, delivered = one_round(app)
        say(
            f"taken {passed.taken}, moved {passed.moved}, failed {passed.failed}; "
            f"sent {delivered.sent}, deferred {delivered.deferred}, given up {delivered.failed}"
        )
        if delivered.trouble is not None:
            fail(str(delivered.trouble), outside(delivered.trouble))
        if passed.failed or delivered.failed or passed.outcomes.get(Outcome.SET_ASIDE):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def status(
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs: the shape is a promise.")] = False,
) -> None:
    """Who has, who has not, what is in hand.

    Example: mailbot status --json
    """
    with open_app(config) as app:
        seen = look_over(app, campaign_of(app, campaign), app.now())
        if as_json:
            print(json.dumps(status_document(seen.facts), ensure_ascii=False, indent=1))
        else:
            _print_status(seen)


def _print_status(seen: Overview) -> None:
    tracking = seen.tracking()
    day = figures(tracking)
    say(f"{tracking.campaign.title}　已登记 {day.accepted} / 应报 {day.owed}，待处理 {day.pending}")
    show(("编号", "单位", "状态", "版本", "收到", "催报"), _rows(tracking))
    say("　".join(f"{words} {count}" for words, count in mailbox_sums(day.counts)))


def _rows(tracking: Tracking) -> Iterator[tuple[str, ...]]:
    for group in tracking.groups:
        for row in group.rows:
            received = f"{row.received_at:%m-%d %H:%M}" if row.received_at else ""
            name, state = "　" * row.depth + row.unit.name, f"{row.status.text} {row.late.text}".strip()
            yield row.unit.code, name, state, row.version.text, received, str(row.reminded)


def remind(
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    preview: Annotated[bool, typer.Option("--preview", help="Show the letters; nothing is sent.")] = False,
    at: Annotated[str, typer.Option("--at", help='The time to look at, as "2012-09-10 09:00"; now without it.')] = "",
) -> None:
    """Shows the reminders of a moment.

    Example: mailbot remind --preview --at 2012-09-12T09:00
    """
    if not preview:
        fail("reminders are sent by `mailbot run`; to see what would be sent: mailbot remind --preview")
    with open_app(config) as app:
        _preview(app, campaign, at)


def _preview(app: App, wanted: str, at: str) -> None:
    campaign = campaign_of(app, wanted)
    now = moment_of(at, campaign) if at else app.now()
    found = due(app, campaign, now)
    if found is None:
        say("此刻没有到期的催报（不在工作日、发信时段内，或没有到步骤时间）。")
        return
    say(f"步骤 {found.step.name}（{found.step.due_at:%Y-%m-%d %H:%M}），共 {len(found.letters)} 封：")
    for letter in found.letters:
        say("─" * 60)
        say(f"收信：{'、'.join(letter.to)}\n主题：{letter.subject}\n")
        say(text_of(letter, app.department))


def sheet(
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the .xlsx.")] = None,
) -> None:
    """Writes the tracking sheet as it stands.

    Example: mailbot sheet -o 台账.xlsx
    """
    with open_app(config) as app:
        seen = look_over(app, campaign_of(app, campaign), app.now())
        target = output or Path(f"台账-{seen.facts.campaign.id}.xlsx")
        try:
            target.write_bytes(write_sheet(with_copies(app, seen.tracking())[0]))
        except OSError as error:
            fail(f"{target}: cannot be written: {error.strerror}")
        say(target)
