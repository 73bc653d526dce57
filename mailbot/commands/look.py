"""Commands that look and prepare: demo, init, doctor, check."""

import importlib
import itertools
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailbot.check import Checked, as_json
from mailbot.check import check as check_file
from mailbot.commands.parts import CONFIG, CampaignOption, ConfigOption, Exit, campaign_of, fail, guarded, open_app, say
from mailbot.doctor import examine, exit_code
from mailbot.init import init as write_files
from mailbot.init import next_steps
from mailbot.logs import set_up_logs
from rules.annotate import annotate
from rules.model import Level, Roster

MARKS = {"heading": "✓", "body": "正文", "absent": "✗"}
LEVELS = {Level.MUST: "须补正", Level.SHOULD: "建议", Level.HINT: "提示", Level.CLERK: "供组织部"}


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo writes its files.")] = Path("demo"),
) -> None:
    """An invented college's fortnight against an embedded mail server.

    Example: mailbot demo --dir demo
    """
    with guarded():
        try:
            # Its mail server is an optional extra, so it cannot be imported above.
            play = importlib.import_module("mailbot.demo.play").play
        except ImportError as error:
            cure = "install the wheel with [demo] behind its name, or run python3 dev.py demo in a checkout"
            fail(f"the demo needs its mail server ({error.name} is missing): {cure}")
        set_up_logs("console", "error")
        if not play(folder).holds:
            fail("the sums of the demo do not add up: see above", Exit.NEEDS_A_PERSON)


def init(folder: Annotated[Path, typer.Argument(help="A folder for the bot.", metavar="DIR")]) -> None:
    """Writes config.toml, roster.xlsx and campaign.toml to start from.

    Example: mailbot init /srv/mailbot
    """
    with guarded():
        write_files(folder)
        for step in next_steps(folder):
            say(step)


def doctor(config: ConfigOption = CONFIG) -> None:
    """Says what is wrong with the set-up and what to do; sends nothing.

    Example: mailbot doctor
    """
    checks = []
    for one in examine(config, os.environ, datetime.now(UTC)):
        checks.append(one)
        say(one)
    raise typer.Exit(exit_code(checks))


def check(
    files: Annotated[list[Path], typer.Argument(help="Documents to judge.", metavar="FILE…")],
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    unit: Annotated[str, typer.Option("--unit", help="Code of the unit whose reports they are.")] = "",
    for_programs: Annotated[bool, typer.Option("--json", help="For programs: the shape is a promise.")] = False,
    annotate_to: Annotated[Path | None, typer.Option("--annotate", help="Folder for copies with comments.")] = None,
) -> None:
    """Judges documents without mail.

    Example: mailbot check 总结.docx --unit 0101
    """
    with open_app(config) as app:
        with app.ledger.reading() as book:
            roster = book.roster()
        if unit and unit not in roster:
            fail(f"--unit {unit}: the roster has no unit of that code")
        wanted = campaign_of(app, campaign)
        found = []
        for path in files:
            try:
                found.append(check_file(app, wanted, roster, path, unit or None, app.now()))
            except OSError as error:
                fail(f"{path}: cannot be read: {error.strerror}")
        if for_programs:
            print(json.dumps([as_json(one, roster) for one in found], ensure_ascii=False, indent=1))
        for one in found:
            if not for_programs:
                _print(one, roster)
        for line in _annotated(found, annotate_to) if annotate_to is not None else ():
            typer.echo(line, err=for_programs)
        if any(one.needs_a_person for one in found):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _print(one: Checked, roster: Roster) -> None:
    owner = roster.unit(one.owner.unit).name if one.owner.unit is not None else "认不出单位"
    say(f"{one.path}（{one.kind}）：{owner}")
    for aspect in one.examination.aspects:
        say(f"  {aspect.key}：{MARKS[aspect.found]} {aspect.where}")
    for finding in one.examination.findings:
        say(f"  [{finding.rule} {LEVELS[finding.level]}] {finding.message} {finding.where}")


def _annotated(found: Iterable[Checked], folder: Path) -> Iterator[str]:
    """Copies with a comment at each place; the originals are not touched. A line for each."""
    written: set[Path] = set()
    for one in found:
        copy = annotate(one.content, one.examination.findings)
        if copy is None:
            yield f"{one.path}: 只有 .docx 能加批注"
            continue
        names = (f"{one.path.stem}（批注{number or ''}）.docx" for number in itertools.count())
        target = next(folder / name for name in names if folder / name not in written)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(copy)
        except OSError as error:
            fail(f"{target}: cannot be written: {error.strerror}; choose another folder")
        written.add(target)
        yield str(target)
