"""Commands that keep things in order: roster, outbox, set-aside, replay."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from mailbot.app import App, load_roster
from mailbot.commands.parts import CONFIG, ConfigOption, Exit, complain, fail, numbers, open_app, say, show
from mailbot.lock import single_instance
from mailbot.replay import NotTaken, foresee, is_mail, mails_in, replay_one
from mailbot.roster_change import change_roster
from mailbot.set_aside import again, done
from mailbot.tables import write_rows
from rules.model import Outcome
from rules.roster import roster_changes, roster_rows
from storage.nouns import Outgoing, SendState

roster = typer.Typer(no_args_is_help=True, help="The units: import from and export to .xlsx.")
outbox = typer.Typer(no_args_is_help=True, help="Letters that wait, failed or were sent.")
set_aside = typer.Typer(no_args_is_help=True, help="Mail that waits for a person.")

FAILED = "failed"
Numbers = Annotated[list[str], typer.Argument(help="Numbers from the list.", metavar="NUMBER…")]


@roster.command("import")
def roster_import(
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file.")],
    config: ConfigOption = CONFIG,
    yes: Annotated[bool, typer.Option("--yes", help="Change it without asking.")] = False,
) -> None:
    """Shows what would change, then changes it.

    Example: mailbot roster import roster.xlsx
    """
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        wanted = load_roster(file)
        with app.ledger.reading() as book:
            changes = roster_changes(book.roster(), wanted)
        for change in changes:
            say(change)
        if not changes:
            say("名单没有变化。")
        elif yes or typer.confirm(f"共 {len(changes)} 处变化，写入？"):
            change_roster(app, wanted)
            say(f"已写入 {len(wanted.units)} 个单位。")
        else:
            say("没有写入，名单不变。")


@roster.command("export")
def roster_export(
    file: Annotated[Path, typer.Argument(help="The .xlsx to write.")], config: ConfigOption = CONFIG
) -> None:
    """Writes the roster as the bot knows it.

    Example: mailbot roster export roster.xlsx
    """
    if file.suffix.lower() != ".xlsx":
        fail(f"{file}: the roster is written as a workbook; give a name that ends with .xlsx")
    with open_app(config) as app:
        with app.ledger.reading() as book:
            rows = roster_rows(book.roster())
        try:
            file.write_bytes(write_rows(rows))
        except OSError as error:
            fail(f"{file}: cannot be written: {error.strerror}; choose another path")
        say(f"{file}: {len(rows) - 1} 个单位")


@outbox.command("list")
def outbox_list(
    config: ConfigOption = CONFIG,
    everything: Annotated[bool, typer.Option("--all", help="Sent and cancelled letters too.")] = False,
) -> None:
    """What waits and what failed, and why.

    Example: mailbot outbox list
    """
    states = tuple(SendState) if everything else tuple(set(SendState) - {SendState.SENT, SendState.CANCELLED})
    with open_app(config) as app:
        with app.ledger.reading() as book:
            letters = book.outbox.listing(states)
        if letters:
            show(("No.", "state", "to", "subject", "tries", "error"), map(_letter_row, letters))
        else:
            say("outbox: nothing waits")
        if any(letter.state is SendState.FAILED for letter in letters):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _letter_row(letter: Outgoing) -> tuple[str, ...]:
    to = "、".join(letter.recipients)
    return str(letter.id), letter.state, to, letter.subject, str(letter.attempts), letter.last_error


@outbox.command("retry")
def outbox_retry(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Owes letters again that were put off or given up.

    Example: mailbot outbox retry 17 18
    """
    _each(config, numbers(which, "outbox retry"), "retry", "owed again", "is being sent or went out")


@outbox.command("cancel")
def outbox_cancel(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Takes letters out that have not gone.

    Example: mailbot outbox cancel 17
    """
    _each(config, numbers(which, "outbox cancel"), "cancel", "cancelled", "is being sent or went out")


def _each(config: Path, which: Iterable[int], action: str, done: str, refused: str) -> None:
    with open_app(config) as app:
        for number in which:
            try:
                with app.ledger.transaction() as book:
                    act = book.outbox.retry if action == "retry" else book.outbox.cancel
                    moved = act(number)
            except KeyError:
                fail(f"outbox: there is no letter {number}; `mailbot outbox list --all` shows them")
            if not moved:
                fail(f"outbox: letter {number} {refused}")
            say(f"{number}: {done}")


@set_aside.command("list")
def set_aside_list(config: ConfigOption = CONFIG) -> None:
    """What waits for a person.

    Example: mailbot set-aside list
    """
    with open_app(config) as app:
        with app.ledger.reading() as book:
            cases = book.open_cases(None)
            troubles = book.troubles()
        zone = app.campaigns[0].tz
        rows = [
            (str(case.id), case.kind, case.sender, case.subject, _local(case.received_at, zone), case.detail)
            for case in cases
        ]
        # Tried again by itself, in the end set aside.
        rows += [("–", "failed", "", "", _local(one.arrival.received_at, zone), one.error) for one in troubles]
        if rows:
            show(("No.", "what", "from", "subject", "received", "detail"), rows)
        else:
            say("set-aside: nothing waits for a person")
        if cases:
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _local(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


@set_aside.command("retry")
def set_aside_retry(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Takes mail in once more, as ours: a person has said so.

    Example: mailbot set-aside retry 3
    """
    chosen = numbers(which, "set-aside retry")
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        left = False
        for number in chosen:
            said, settled = again(app, number)
            say(f"{number}: {said}")
            left = left or not settled
        if left:
            raise typer.Exit(Exit.NEEDS_A_PERSON)


@set_aside.command("done")
def set_aside_done(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Takes off the list what a person has dealt with; nothing else changes.

    Example: mailbot set-aside done 4
    """
    chosen = numbers(which, "set-aside done")
    with open_app(config) as app:
        for number in chosen:
            if not done(app, number):
                fail(f"set-aside: there is no open case {number}; `mailbot set-aside list` shows them")
            say(f"{number}: off the list")


def replay(
    paths: Annotated[list[Path], typer.Argument(help=".eml, a folder of them, mbox or Maildir.", metavar="PATH…")],
    config: ConfigOption = CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each mail.")] = False,
) -> None:
    """Takes mail as if it had just arrived; the same twice changes nothing.

    Example: mailbot replay backup.mbox
    """
    for path in paths:
        if not path.exists():
            fail(f"replay: {path}: no such file or folder")
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        counts: Counter[str] = Counter()
        for path in paths:
            for name, raw in mails_in(path):
                if not is_mail(raw):
                    fail(f"replay: {name}: not a mail (it has none of From, Date, Received, Message-ID)")
                counts[_replayed(app, name, raw, dry_run)] += 1
        say("，".join(f"{outcome} {count}" for outcome, count in counts.items()) or "no mail found")
        if counts[Outcome.SET_ASIDE] or counts[FAILED]:
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _replayed(app: App, name: str, raw: bytes, dry_run: bool) -> str:
    try:
        if not dry_run:
            return replay_one(app, raw)
        outcome, said = foresee(app, raw)
    except NotTaken as error:
        complain(f"replay: {name}: {error}; the others go on")
        return FAILED
    say(f"{name}: {outcome}{'：' + said if said else ''}")
    return outcome
