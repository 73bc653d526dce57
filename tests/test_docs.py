"""What is promised in the docs is there, and what is there is in the docs: commands, keys, rules, links, words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.main import get_command

from mailbot import __version__
from mailbot.cli import command_line
from mailbot.commands.parts import Exit
from mailbot.config import load_settings
from mailbot.settings import Settings
from rules.campaign import Campaign
from rules.checks import REGISTER
from rules.model import Kind
from rules.roster import COLUMNS
from rules.validation import model_at

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
COMMON = {"--config", "--help", "--version"}
NOT_OURS = {
    ".git", ".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__", "build", "dist",
    "demo", "var",
}  # fmt: skip
# Folders of the machine it was written on, and addresses of package indexes; taken apart, so as not to name them here.
NOT_NAMED = ("/" + "work/", "/" + "root/", "/" + "tmp/setup", "/" + "home/", "py" + "pi.org", "python" + "hosted")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def sections(name: str) -> dict[str, str]:
    """Heading of the second level to the text below it."""
    parts = re.split(r"^## (.+)$", text_of(name), flags=re.MULTILINE)
    return dict(zip((heading.strip() for heading in parts[1::2]), parts[2::2], strict=True))


def rows(text: str) -> list[str]:
    """What stands as `code` in the first column of the tables."""
    return [
        word for line in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE) for word in re.findall(r"`([^`]+)`", line)
    ]


def commands(group: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in (group or get_command(command_line)).commands.items():
        words = f"{before} {name}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, words)
        else:
            yield words, command


# ------------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize(("words", "command"), list(commands()), ids=[words for words, _ in commands()])
def test_every_command_has_an_entry_with_its_options_an_example_and_nothing_else(words: str, command: Any) -> None:
    found = {heading: text for heading, text in sections("docs/commands.md").items() if heading.startswith("mailbot ")}
    ((heading, text),) = [
        (heading, text) for heading, text in found.items() if re.fullmatch(rf"mailbot {words}( [A-Z]+…?)?", heading)
    ]
    arguments = [one for one in command.params if not any(option.startswith("-") for option in one.opts)]
    assert [one.metavar or one.name.upper() for one in arguments] == heading.split(f"mailbot {words}")[1].split()
    options = {option for one in command.params for option in one.opts if option.startswith("-")} - COMMON
    documented = {re.split(r"[ =]", word)[0] for word in rows(text)}
    assert documented == options
    assert re.search(rf"^```\nmailbot {words}\b", text, re.MULTILINE), "an example"


def test_no_command_is_in_the_docs_that_is_not_there() -> None:
    known = [words for words, _ in commands()]
    for heading in sections("docs/commands.md"):
        if heading.startswith("mailbot "):
            assert any(re.fullmatch(rf"mailbot {words}( [A-Z]+…?)?", heading) for words in known), heading


def test_the_exit_codes_are_those_of_the_program() -> None:
    codes = re.findall(r"^\| (\d) \|", sections("docs/commands.md")["Exit codes"], re.MULTILINE)
    assert [int(code) for code in codes] == [code.value for code in Exit]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_line_in_the_docs_is_one_that_the_program_knows(page: Path) -> None:
    known = dict(commands())
    for line in re.findall(
        r"^\s*(?:\S*/)?mailbot (?!\s*──)([a-z][^#\n|]*)", fenced(page.read_text(encoding="utf-8")), re.MULTILINE
    ):
        words = line.split()
        command = known.get(" ".join(words[:2])) or known.get(words[0])
        assert command is not None, f"{name_of(page)}: mailbot {line}"
        options = {option for one in command.params for option in one.opts} | COMMON
        assert {word for word in words if word.startswith("-")} <= options, f"{name_of(page)}: mailbot {line}"


# ------------------------------------------------------------------------------------------------- keys, rules


def test_every_key_of_the_configuration_is_in_the_docs_and_no_other() -> None:
    found = {
        heading.strip("[]"): set(rows(text))
        for heading, text in sections("docs/configuration.md").items()
        if heading.startswith("[")
    }
    assert found == {name: set(model_at(Settings, (name,)).model_fields) for name in Settings.model_fields}


def test_the_example_configuration_loads_and_names_every_key() -> None:
    settings = load_settings(ROOT / "config.example.toml", {})
    assert settings.department.address.endswith("example.edu.cn")
    section, named = "", set()
    for line in text_of("config.example.toml").splitlines():
        if found := re.match(r"\[(\w+)\]", line):
            section = found[1]
        elif found := re.match(r"(?:# )?(\w+) +=|(?:# )?(\w+)=", line):
            named.add(f"{section}.{found[1] or found[2]}")
    assert named == {
        f"{section}.{key}" for section in Settings.model_fields for key in model_at(Settings, (section,)).model_fields
    }


def parts(model: type[BaseModel] = Campaign, name: str = "campaign") -> Iterator[tuple[str, set[str]]]:
    """Each table of a campaign file with its keys; steps are written in one line and told in their table's words."""
    below = {
        key: part for key, part in ((key, _part(field.annotation)) for key, field in model.model_fields.items()) if part
    }
    yield name, set(model.model_fields) - (set(below) if name == "campaign" else set())
    if name == "campaign":
        for key, part in below.items():
            yield from parts(part, key)


def _part(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = getattr(annotation, "__args__", ())
    return next((part for part in map(_part, inner) if part is not None), None)


@pytest.mark.parametrize(("table", "keys"), list(parts()), ids=[table for table, _ in parts()])
def test_every_key_of_a_campaign_is_in_the_docs_and_no_other(table: str, keys: set[str]) -> None:
    assert set(rows(sections("docs/campaign.md")[table])) == keys


def test_every_column_of_the_roster_is_in_the_docs_in_order_and_every_kind_of_unit() -> None:
    text = text_of("docs/roster.md")
    assert tuple(re.findall(r"^\| ([^ |]+) \| [^|]*\| ", text, re.MULTILINE))[2:] == COLUMNS
    assert all(kind.value in text for kind in Kind)


def test_every_rule_is_in_the_docs_and_no_other() -> None:
    entries = [heading.split(" · ") for heading in sections("docs/rules.md") if re.match(r"[A-Z]\d+\b", heading)]
    assert sorted((entry[0], entry[1]) for entry in entries) == sorted((rule.id, rule.level.value) for rule in REGISTER)


# ------------------------------------------------------------------------------------------------- the two READMEs


def headings(page: Path) -> list[str]:
    return re.findall(r"^(#+) ", fenced(page.read_text(encoding="utf-8"), keep=False), re.MULTILINE)


def fenced(text: str, keep: bool = True) -> str:
    """Only what stands in ``` blocks, or all but that."""
    return "\n".join(re.split(r"^```.*$", text, flags=re.MULTILINE)[1 if keep else 0 :: 2])


def code_of(page: Path) -> list[str]:
    """The lines of the code blocks, without comments: those are in the page's language."""
    lines = fenced(page.read_text(encoding="utf-8")).splitlines()
    return [line.split(" #")[0].rstrip() for line in lines if line.strip()]


def test_both_readmes_have_the_same_headings_code_pictures_and_links() -> None:
    assert headings(README) == headings(CHINESE)
    assert code_of(README) == code_of(CHINESE)
    linked = [[target for target in targets(page) if "README" not in target] for page in (README, CHINESE)]
    assert linked[0] == linked[1]
    assert {"docs/sheet.png", "docs/letter.png"} <= set(linked[0])


@pytest.mark.parametrize("page", [README, CHINESE], ids=name_of)
def test_a_readme_names_the_two_commands_first_and_its_wheel_has_our_version(page: Path) -> None:
    assert code_of(page)[:2] == ["python3 dev.py demo", "python3 dev.py test"]
    wheels = re.findall(r"zuzhib_mailbot-([\d.]+)-py3", page.read_text(encoding="utf-8"))
    assert set(wheels) == {__version__}


def test_the_changelog_has_an_entry_for_this_version() -> None:
    assert __version__ in sections("CHANGELOG.md")


# ------------------------------------------------------------------------------------------------- links, words


def targets(page: Path) -> list[str]:
    text = fenced(page.read_text(encoding="utf-8"), keep=False)
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_between_the_docs_leads_somewhere(page: Path) -> None:
    for target in targets(page):
        assert not target.startswith(("http:", "https:", "/")), f"{name_of(page)} leads outside: {target}"
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.is_file(), f"{name_of(page)}: {target}"
        if anchor:
            titles = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles], target


def test_every_page_can_be_reached_from_both_readmes() -> None:
    for readme in (README, CHINESE):
        linked = {(readme.parent / target).resolve() for target in targets(readme)}
        assert {page for page in PAGES if page.parent.name == "docs"} <= linked


def files() -> list[Path]:
    """Every text file of the project; what builds and runs leave behind is not part of it."""
    tops = [path for path in ROOT.iterdir() if path.name not in NOT_OURS and not path.name.endswith(".egg-info")]
    inside = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return sorted(
        path
        for path in inside
        if path.is_file() and "__pycache__" not in path.parts and b"\x00" not in path.read_bytes()[:4096]
    )


def test_no_file_names_a_path_of_a_machine_or_a_package_index() -> None:
    for path in files():
        text = path.read_text(encoding="utf-8", errors="replace")
        named = [word for word in NOT_NAMED if word in text]
        assert not named, f"{name_of(path)} names {', '.join(named)}"


def sources() -> list[Path]:
    return sorted(path for folder in ("rules", "storage", "mailbot", "tests") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", [*sources(), ROOT / "dev.py"], ids=name_of)
def test_every_file_begins_by_saying_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert said, f"{name_of(path)} says nothing"
    first = said.splitlines()[0]
    assert len(first) >= 15
    assert first.endswith((".", ":", ";", ",", "?")) or "\n" in said, first
    assert text.startswith(('"""', 'r"""', "#!")), "before anything else"
