"""The command that lists reports with much text in common, for the clerk."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from mailbot.app import App
from mailbot.commands.parts import CONFIG, CampaignOption, ConfigOption, campaign_of, fail, open_app, say
from mailbot.copies import add_copies, comparison, near_copies_of
from mailbot.overview import look_over
from rules.copies import Pair
from rules.copying.print import Printed
from rules.pages.copies import CopyPair
from rules.tracking import Tracking


def copies(
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .docx with the passages side by side.")
    ] = None,
    for_programs: Annotated[bool, typer.Option("--json", help="For programs: the shape is a promise.")] = False,
) -> None:
    """Lists reports with much text in common; for the department alone.

    Example: mailbot copies -o 对照.docx
    """
    with open_app(config) as app:
        wanted = campaign_of(app, campaign)
        pairs = near_copies_of(app, wanted)
        tracking = add_copies(app, look_over(app, wanted, app.now()).tracking(), pairs)
        if output is not None:
            _write(app, tracking, output)
        if for_programs:
            print(json.dumps([as_json(pair) for pair in pairs], ensure_ascii=False, indent=1))
        elif not pairs:
            say("没有文字相近的报告。" if wanted.near_duplicate else "活动文件没有 [near_duplicate] 一节，不比对。")
        for one in () if for_programs else tracking.copies:
            _print(one)


def _write(app: App, tracking: Tracking, target: Path) -> None:
    try:
        target.write_bytes(comparison(app, tracking))
    except OSError as error:
        fail(f"{target}: cannot be written: {error.strerror}; choose another path")


def _print(pair: CopyPair) -> None:
    one, other, share = (words.replace("\n", " ") for words in (pair.first, pair.second, pair.share))
    say(f"{pair.number}. {pair.heading}　相同文字 {share}")
    say(f"   甲 {one}")
    say(f"   乙 {other}")
    if pair.note:
        say(f"   {pair.note}")


def as_json(pair: Pair) -> dict[str, Any]:
    """The shape of `copies --json` (a promise: docs/commands.md)."""
    return {
        "relation": pair.relation,
        "first": _report(pair.first, pair.of_first),
        "second": _report(pair.second, pair.of_second),
        "compared": pair.compared,
        "passages": [
            {
                "characters": passage.characters,
                "first": {"where": passage.first.where, "text": passage.first.text},
                "second": {"where": passage.second.where, "text": passage.second.text},
            }
            for passage in pair.passages
        ],
    }


def _report(report: Printed, share: float) -> dict[str, Any]:
    """A notice has no unit, campaign or version."""
    return {
        "unit": report.unit or None,
        "campaign": report.campaign or None,
        "file": report.name,
        "version": report.version or None,
        "share": round(share, 3),
    }
