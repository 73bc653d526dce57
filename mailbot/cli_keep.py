"""Commands that keep things in order: roster, outbox, set-aside, replay."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from mailbot.app import App, load_roster
from mailbot.cli_parts import CONFIG, ConfigOption, Exit, fail, numbers, open_app, out
from mailbot.lock import single_instance
from mailbot.replay import foresee, mails_in, replay_one
from mailbot.roster_change import change_roster
from mailbot.set_aside import again
from mailbot.tables import write_rows
from rules.model import Outcome
from rules.roster import roster_changes, roster_rows
from storage.nouns import SendState

roster = typer.Typer(no_args_is_help=True, help="The units: import from and export to .xlsx.")
outbox = typer.Typer(no_args_is_help=True, help="Letters that wait, failed or were sent.")
set_aside = typer.Typer(no_args_is_help=True, help="Mail that waits for a person.")

Numbers = Annotated[list[str], typer.Argument(help="Numbers from the list.", metavar="NUMBER…")]


@roster.command("import")
def roster_import(
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file.")],
    config: ConfigOption = CONFIG,
    yes: Annotated[bool, typer.Option("--yes", help="Change it without asking.")] = False,
) -> None:
    """Shows what would change, then changes it. Example: mailbot roster import roster.xlsx"""
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        wanted = load_roster(file)
        with app.ledger.reading() as book:
            changes = roster_changes(book.roster(), wanted)
        console = out()
        for change in changes:
            console.print(str(change), markup=False)
        if not changes:
            console.print("名单没有变化。")
        elif yes or typer.confirm(f"共 {len(changes)} 处变化，写入？"):
            change_roster(app, wanted)
            console.print(f"已写入 {len(wanted.units)} 个单位。")


@roster.command("export")
def roster_export(
    file: Annotated[Path, typer.Argument(help="The .xlsx to write.")], config: ConfigOption = CONFIG
) -> None:
    """Writes the roster as the bot knows it. Example: mailbot roster export roster.xlsx"""
    with open_app(config) as app:
        with app.ledger.reading() as book:
            rows = roster_rows(book.roster())
        try:
            file.write_bytes(write_rows(rows))
        except OSError as error:
            fail(f"{file}: cannot be written: {error.strerror}")
        out().print(f"{file}: {len(rows) - 1} 个单位")


@outbox.command("list")
def outbox_list(
    config: ConfigOption = CONFIG,
    everything: Annotated[bool, typer.Option("--all", help="Sent and cancelled letters too.")] = False,
) -> None:
    """What waits and what failed, and why. Example: mailbot outbox list"""
    states = tuple(SendState) if everything else tuple(set(SendState) - {SendState.SENT, SendState.CANCELLED})
    with open_app(config) as app:
        with app.ledger.reading() as book:
            letters = book.outbox.listing(states)
        table = Table("No.", "state", "to", "subject", "tries", "error", box=None, pad_edge=False)
        for letter in letters:
            to = "、".join(letter.recipients)
            table.add_row(str(letter.id), letter.state, to, letter.subject, str(letter.attempts), letter.last_error)
        out().print(table if letters else "outbox: nothing waits")
        if any(letter.state is SendState.FAILED for letter in letters):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


@outbox.command("retry")
def outbox_retry(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Owes letters again that were put off or given up. Example: mailbot outbox retry 17 18"""
    _each(config, numbers(which, "outbox retry"), "retry", "owed again", "is being sent or went out")


@outbox.command("cancel")
def outbox_cancel(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Takes letters out that have not gone. Example: mailbot outbox cancel 17"""
    _each(config, numbers(which, "outbox cancel"), "cancel", "cancelled", "is being sent or went out")


def _each(config: Path, which: Iterable[int], action: str, done: str, refused: str) -> None:
    with open_app(config) as app:
        for number in which:
            try:
                with app.ledger.transaction() as book:
                    act = book.outbox.retry if action == "retry" else book.outbox.cancel
                    moved = act(number)
            except KeyError:
                fail(f"outbox: there is no letter {number}")
            if not moved:
                fail(f"outbox: letter {number} {refused}")
            out().print(f"{number}: {done}")


@set_aside.command("list")
def set_aside_list(config: ConfigOption = CONFIG) -> None:
    """What waits for a person. Example: mailbot set-aside list"""
    with open_app(config) as app:
        with app.ledger.reading() as book:
            cases = book.open_cases(None)
            troubles = book.troubles()
        table = Table("No.", "what", "from", "subject", "received", "detail", box=None, pad_edge=False)
        for case in cases:
            received = f"{case.received_at:%Y-%m-%d %H:%M}"
            table.add_row(str(case.id), case.kind, case.sender, case.subject, received, case.detail)
        for trouble in troubles:
            table.add_row("–", "failed", "", "", f"{trouble.arrival.received_at:%Y-%m-%d %H:%M}", trouble.error)
        out().print(table if cases or troubles else "set-aside: nothing waits for a person")
        if cases:
            raise typer.Exit(Exit.NEEDS_A_PERSON)


@set_aside.command("retry")
def set_aside_retry(which: Numbers, config: ConfigOption = CONFIG) -> None:
    """Takes mail in once more, as ours: a person has said so. Example: mailbot set-aside retry 3"""
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        left = False
        for number in numbers(which, "set-aside retry"):
            said, settled = again(app, number)
            out().print(f"{number}: {said}", markup=False)
            left = left or not settled
        if left:
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def replay(
    paths: Annotated[list[Path], typer.Argument(help=".eml, mbox or Maildir.", metavar="PATH…")],
    config: ConfigOption = CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each mail.")] = False,
) -> None:
    """Takes mail as if it had just arrived; the same twice changes nothing. Example: mailbot replay backup.mbox"""
    with open_app(config) as app, single_instance(app.settings.storage.data_dir):
        counts: dict[Outcome, int] = {}
        for path in paths:
            if not path.exists():
                fail(f"replay: {path}: no such file or folder")
            for name, raw in mails_in(path):
                outcome = _replayed(app, name, raw, dry_run)
                counts[outcome] = counts.get(outcome, 0) + 1
        out().print("，".join(f"{outcome} {count}" for outcome, count in counts.items()) or "no mail found")
        if counts.get(Outcome.SET_ASIDE):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _replayed(app: App, name: str, raw: bytes, dry_run: bool) -> Outcome:
    if not dry_run:
        return replay_one(app, raw)
    outcome, said = foresee(app, raw)
    out().print(f"{name}: {outcome}{'：' + said if said else ''}", markup=False)
    return outcome
