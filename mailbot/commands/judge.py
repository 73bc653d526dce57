"""Commands that judge documents without mail, and what a clerk corrects in that: check, teach."""

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from mailbot.app import App
from mailbot.check import Asked, Checked, as_json, opinion_of
from mailbot.check import check as check_file
from mailbot.commands.parts import CONFIG, CampaignOption, ConfigOption, Exit, campaign_of, fail, open_app, say
from mailbot.enclose import make
from mailbot.teach import Held, Lesson, NotTaught, folder_of, hold
from mailbot.teach import teach as write_down
from rules.campaign import Campaign
from rules.explain import FOR_US, NO_MAIL, explain
from rules.opinion import LEVELS

MARKS = {"heading": "✓", "body": "正文", "absent": "✗"}
SAID = {True: "有问题", False: "没有问题"}

UnitOption = Annotated[str, typer.Option("--unit", help="Code of the unit whose reports they are.")]
SenderOption = Annotated[str, typer.Option("--from", help="Judge as if they came from this address.")]


@dataclass(frozen=True)
class Found:
    """Documents that were judged, and for what."""

    asked: Asked
    checked: tuple[Checked, ...]


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents to judge.", metavar="FILE…")] = None,
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    unit: UnitOption = "",
    sender: SenderOption = "",
    for_programs: Annotated[bool, typer.Option("--json", help="For programs: the shape is a promise.")] = False,
    why: Annotated[bool, typer.Option("--explain", help="Say what led to each mark and finding.")] = False,
    annotate_to: Annotated[Path | None, typer.Option("--annotate", help="Folder for copies with comments.")] = None,
    golden: Annotated[Path | None, typer.Option("--golden", help="Folder of corrections that must still hold.")] = None,
) -> None:
    """Judges documents without mail.

    Example: mailbot check 总结.docx --unit 0101
    """
    if for_programs and (why or golden is not None):
        fail("check: --json goes with neither --explain nor --golden, which are for people")
    if not files and golden is None:
        fail("check: give the documents to judge, or --golden with a folder of corrections")
    with open_app(config) as app:
        wanted = campaign_of(app, campaign)
        holds = golden is None or _holds(wanted, golden)
        found = _judged(_asked(app, wanted, unit, sender), app, files or ())
        if for_programs:
            shown = [as_json(one, found.asked.roster) for one in found.checked]
            print(json.dumps(shown, ensure_ascii=False, indent=1))
        for one in () if for_programs else found.checked:
            _print(one, found.asked, why)
        for line in _returned(app, found, annotate_to) if annotate_to is not None else ():
            typer.echo(line, err=for_programs)
        if not holds or any(one.needs_a_person for one in found.checked):
            raise typer.Exit(Exit.NEEDS_A_PERSON)


def _asked(app: App, campaign: Campaign, unit: str, sender: str) -> Asked:
    with app.ledger.reading() as book:
        roster = book.roster()
    if unit and unit not in roster:
        fail(f"--unit {unit}: the roster has no unit of that code")
    if sender and "@" not in sender:
        fail(f"--from {sender}: not a mail address")
    return Asked(campaign, roster, app.now(), unit or None, sender.strip().lower())


def _judged(asked: Asked, app: App, paths: Sequence[Path]) -> Found:
    found = []
    for path in paths:
        try:
            found.append(check_file(app, asked, path))
        except OSError as error:
            fail(f"{path}: cannot be read: {error.strerror}")
    return Found(asked, tuple(found))


def _print(one: Checked, asked: Asked, why: bool) -> None:
    owner = asked.roster.unit(one.owner.unit).name if one.owner.unit is not None else "认不出单位"
    say(f"{one.path}（{one.kind}）：{owner}")
    if why:
        for line in explain(one.document, one.context, one.owner, one.examination):
            say(f"  {line}")
    else:
        for aspect in one.examination.aspects:
            say(f"  {aspect.key}：{MARKS[aspect.found]} {aspect.where}")
        for finding in one.examination.findings:
            say(f"  [{finding.rule} {LEVELS.get(finding.level, FOR_US)}] {finding.message} {finding.where}")
    if one.review_unknown:
        say(f"  说明：{NO_MAIL}；用 --from 给出发件地址可以一并判断。")


def _returned(app: App, found: Found, folder: Path) -> Iterator[str]:
    """Copies with a comment at each place, or 检查意见 of what can carry none. A line for each; the originals are not
    touched."""
    written: set[Path] = set()
    for one in found.checked:
        made = make(app.reader, one.content, opinion_of(app, found.asked, one))
        if made is None:
            yield f"{one.path}: 检查意见没有写成，请再试一次"
            continue
        names = (f"{one.path.stem}（{made.kind}{number or ''}）.docx" for number in itertools.count())
        target = next(folder / name for name in names if folder / name not in written)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made.content)
        except OSError as error:
            fail(f"{target}: cannot be written: {error.strerror}; choose another folder")
        written.add(target)
        yield str(target)


def _holds(campaign: Campaign, folder: Path) -> bool:
    """Says which corrections of the past the rules no longer follow; whether there are none."""
    if not folder.is_dir():
        fail(f"--golden {folder}: no such folder")
    try:
        held = list(hold(campaign, folder))
    except NotTaught as error:
        fail(str(error))
    for one in held:
        if not one.holds:
            say(_broken(one))
    say(f"共 {len(held)} 份更正，{sum(one.holds for one in held)} 份仍然成立。")
    return all(one.holds for one in held)


def _broken(one: Held) -> str:
    header = one.golden.header
    about = f"{header.rule} {header.aspect}".strip()
    note = f"（{header.note}）" if header.note else ""
    return f"{one.path}：{about} 应判“{SAID[one.golden.found]}”，现在判“{SAID[one.says]}”{note}"


def teach(
    file: Annotated[Path, typer.Argument(help="The report that was judged wrongly, or rightly and must stay so.")],
    rule: Annotated[str, typer.Option("--rule", help="Id of the rule, such as S1.")],
    found: Annotated[bool, typer.Option("--found", help="The rule must find something in it.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="The rule must find nothing in it.")] = False,
    aspect: Annotated[str, typer.Option("--aspect", help="Which aspect it is about; needed for S rules.")] = "",
    into: Annotated[Path | None, typer.Option("--into", help="Folder of corrections.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why, in a few words.")] = "",
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
    unit: UnitOption = "",
    sender: SenderOption = "",
) -> None:
    """Writes down what a rule should say of a report, as text that is checked from then on.

    Example: mailbot teach 总结.docx --rule S1 --clear --aspect 社会评价
    """
    if found == clear:
        fail("teach: say --found (the rule must find something) or --clear (it must find nothing)")
    with open_app(config) as app:
        asked = _asked(app, campaign_of(app, campaign), unit, sender)
        (checked,) = _judged(asked, app, [file]).checked
        folder = folder_of(app.settings.storage.data_dir, into)
        try:
            path, agrees = write_down(asked, checked, Lesson(rule, found, aspect, note), folder)
        except NotTaught as error:
            fail(str(error))
        except OSError as error:
            fail(f"{folder}: cannot be written: {error.strerror}; choose another folder with --into")
        say(f"{path}：已写下；给别人之前，请先看一遍，把姓名等涂掉。")
        if not agrees:
            say(f"现在的规则判“{SAID[not found]}”，与您的意见不同：请把这个文件交给维护的人，或修改活动文件里的词。")
            raise typer.Exit(Exit.NEEDS_A_PERSON)
