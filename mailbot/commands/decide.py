"""The command by which staff accept or return a report."""

from typing import Annotated

import typer

from mailbot.app import App
from mailbot.commands.parts import CONFIG, CampaignOption, ConfigOption, campaign_of, fail, open_app, say
from mailbot.decide import NotDecided, Outcome, Wish, foresee
from mailbot.decide import decide as carry_out
from rules.status import LABELS


def decide(
    unit: Annotated[str, typer.Argument(help="Code of the unit whose report it is.")],
    accept: Annotated[bool, typer.Option("--accept", help="Take it as it is.")] = False,
    back: Annotated[str, typer.Option("--return", help="Send it back, and why.", metavar="REASON")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the decision back.")] = False,
    version: Annotated[int, typer.Option("--version", help="Which version; without it the one that counts.")] = 0,
    reason: Annotated[str, typer.Option("--reason", help="With --accept: why, in a few words.")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not write to the branch.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    config: ConfigOption = CONFIG,
    campaign: CampaignOption = "",
) -> None:
    """Accepts or returns a report, whatever the rules found; a newer version is judged anew.

    Example: mailbot decide 0101 --return "请补上具体数据"
    """
    if (accept, bool(back.strip()), undo).count(True) != 1:
        fail("decide: give one of --accept, --return with a reason, --undo")
    with open_app(config) as app:
        wanted = campaign_of(app, campaign)
        wish = Wish(wanted, unit, None if undo else accept, back.strip() or reason, version or None, tell=not quiet)
        try:
            outcome = foresee(app, wish) if dry_run else carry_out(app, wish)
        except NotDecided as error:
            fail(f"decide: {error}")
        _tell(app, wish, outcome, dry_run)


def _tell(app: App, wish: Wish, outcome: Outcome, dry_run: bool) -> None:
    with app.ledger.reading() as book:
        name = book.roster().unit(wish.unit).name
    if not outcome.changed:
        say(f"{name}第 {outcome.version} 版：已经是这样，没有变化。")
        return
    before, after = LABELS[outcome.before.state], LABELS[outcome.after.state]
    done = "将" if dry_run else "已"
    say(f"{done}{_words(wish)}：{name}第 {outcome.version} 版")
    say(f"状态：{before} → {after}，以第 {outcome.after.current} 版为准")
    say(_who_is_told(wish, outcome, done))


def _words(wish: Wish) -> str:
    if wish.accepted is None:
        return "撤销处理意见"
    reason = f"（{wish.reason}）" if wish.reason else ""
    return f"{'接收' if wish.accepted else '退回'}{reason}"


def _who_is_told(wish: Wish, outcome: Outcome, done: str) -> str:
    letter = outcome.letter
    if letter is None:
        return "不写信告知" if not wish.tell else "还没有人收到过通知，不用告知"
    if not letter.to:
        return "没有可写信的邮箱，请电话告知"
    return f"{done}写信告知：{'、'.join(letter.to)}"
