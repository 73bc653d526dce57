"""Commands that look and prepare: demo, init, doctor, check."""

import importlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailbot.check import Checked, as_json
from mailbot.check import check as check_file
from mailbot.cli_parts import CONFIG, CampaignOption, ConfigOption, Exit, campaign_of, fail, guarded, open_app, out
from mailbot.doctor import examine, exit_code
from mailbot.init import init as write_files
from rules.annotate import annotate
from rules.model import Level, Roster

MARKS = {"heading": "✓", "body": "正文", "absent": "✗"}
LEVELS = {Level.MUST: "须补正", Level.SHOULD: "建议", Level.HINT: "提示", Level.CLERK: "供组织部"}


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo writes its files.")] = Path("demo"),
) -> None:
    """An invented college's fortnight against an embedded mail server. Example: mailbot demo --dir demo"""
    with guarded():
        try:
            # Its mail server is an optional extra, so it cannot be imported above.
            play = importlib.import_module("mailbot.demo.play").play
        except ImportError as error:
            fail(f"the demo needs its mail server: pip install 'zuzhib-mailbot[demo]' ({error.name} is missing)")
        play(folder)


def init(folder: Annotated[Path, typer.Argument(help="A folder for the bot.", metavar="DIR")]) -> None:
    """Writes config.toml, roster.xlsx and campaign.toml to start from. Example: mailbot init /srv/mailbot"""
    with guarded():
        for path in write_files(folder):
            out().print(str(path))


def doctor(config: ConfigOption = CONFIG) -> None:
    """Says what is wrong with the set-up and what to do; sends nothing. Example: mailbot doctor"""
    checks = []
    for one in examine(config, os.environ, datetime.now(UTC)):
        checks.append(one)
        out().print(str(one), markup=False)
    raise typer.Exit(exit_code(checks))


def check(
    files: Annotated[list[Path], typer.Argument(help="Documents to judge.", metavar="FILE…")],
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    unit: Annotated[str, typer.Option("--unit", help="Code of the unit whose reports they are.")] = "",
    for_programs: Annotated[bool, typer.Option("--json", help="For programs: the shape is a promise.")] = False,
    annotate_to: Annotated[Path | None, typer.Option("--annotate", help="Folder for copies with comments.")] = None,
) -> None:
    """Judges documents without mail. Example: mailbot check 总结.docx --unit 0101"""
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
            if annotate_to is not None:
                _annotate(one, annotate_to)
        if any(one.needs_a_person for one in found):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _print(one: Checked, roster: Roster) -> None:
    console = out()
    owner = roster.unit(one.owner.unit).name if one.owner.unit is not None else "认不出单位"
    console.print(f"{one.path}（{one.kind}）：{owner}", markup=False)
    for aspect in one.examination.aspects:
        console.print(f"  {aspect.key}：{MARKS[aspect.found]} {aspect.where}", markup=False)
    for finding in one.examination.findings:
        console.print(f"  [{finding.rule} {LEVELS[finding.level]}] {finding.message} {finding.where}", markup=False)


def _annotate(one: Checked, folder: Path) -> None:
    """A copy with a comment at each place; the original is not touched."""
    copy = annotate(one.content, one.examination.findings)
    if copy is None:
        out().print(f"{one.path}: 只有 .docx 能加批注", markup=False)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{one.path.stem}（批注）.docx"
        target.write_bytes(copy)
    except OSError as error:
        fail(f"{folder}: cannot be written: {error.strerror}")
    out().print(str(target), markup=False)
