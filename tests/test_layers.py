"""The arrows point one way: `rules` decides, `storage` remembers, `mailbot` talks. Read from the imports themselves."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("rules", "storage", "mailbot")
MAY_IMPORT = {"rules": {"rules"}, "storage": {"storage", "rules"}, "mailbot": set(OURS)}

# One door to each outside thing.
DOORS = {
    "imapclient": {"mailbot/inbox.py"},
    "aiosmtplib": {"mailbot/deliver.py"},
    "apscheduler": {"mailbot/daemon.py"},
    "docx": {"rules/annotate.py", "rules/compare_document.py", "rules/findings_document.py"},
    "chinese_calendar": {"rules/workdays.py"},
    "pypdfium2": {"rules/pdf.py"},
    "xlsxwriter": {"mailbot/tables.py", "mailbot/sheet.py"},
    "sqlmodel": {"storage"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "pymap": {"mailbot/demo"},
    "aiosmtpd": {"mailbot/demo"},
}

# What `rules` must not touch: clock, disk, network, processes, database, logging, waiting.
FORBIDDEN_IN_RULES = {
    "asyncio", "ftplib", "http", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "smtplib", "imaplib", "socket", "ssl", "structlog", "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}


def sources() -> list[Path]:
    return sorted(path for package in OURS for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, set[str], int]]:
    """(module, names taken from it, line) for every import of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, set(), node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports by relative name"
            yield node.module or "", {alias.name for alias in node.names}, node.lineno


def over(paths: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """One test over many files: a case for each would cost more than looking at them."""

    def wrap(test: Callable[[Path], None]) -> Callable[[], None]:
        def whole() -> None:
            for path in paths:
                test(path)

        return whole

    return wrap


@over(sources())
def test_every_import_points_the_right_way(path: Path) -> None:
    package = name_of(path).split("/")[0]
    for module, _, line in imports(path):
        head = module.split(".")[0]
        if head in OURS:
            assert head in MAY_IMPORT[package], f"{name_of(path)}:{line} imports {module}"


@over(sources())
def test_outside_things_come_in_by_their_one_door(path: Path) -> None:
    for module, _, line in imports(path):
        doors = DOORS.get(module.split(".")[0])
        if doors:
            assert any(name_of(path) == door or name_of(path).startswith(door + "/") for door in doors), (
                f"{name_of(path)}:{line} imports {module}; its door is {', '.join(sorted(doors))}"
            )


@over(sorted((ROOT / "rules").rglob("*.py")))
def test_rules_touch_no_clock_disk_network_or_database(path: Path) -> None:
    for module, names, line in imports(path):
        head = module.split(".")[0]
        if head == "pathlib":
            assert names <= {"PurePosixPath"}, f"{name_of(path)}:{line} takes {names} from pathlib"
        elif module == "urllib.parse":
            continue  # takes an address apart; opens nothing
        else:
            assert head not in FORBIDDEN_IN_RULES, f"{name_of(path)}:{line} imports {module}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id == "open"), f"{name_of(path)}:{node.lineno} opens"
            assert not (isinstance(called, ast.Attribute) and called.attr in CLOCKS), (
                f"{name_of(path)}:{node.lineno} reads the clock"
            )


@over(sources())
def test_imports_stand_at_the_top_of_the_file(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not inner, f"{name_of(path)}:{inner} imports inside {function.name}"


ASYNC_EDGES = {"mailbot/deliver.py", "mailbot/deliver_due.py", "mailbot/daemon.py", "mailbot/demo/server.py"}


@over([path for path in sources() if name_of(path) not in ASYNC_EDGES])
def test_only_the_edges_are_async(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asynchronous = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    assert not asynchronous, f"{name_of(path)}:{asynchronous} is async"


@over(sources())
def test_no_regular_expression_has_a_possessive_group(path: Path) -> None:
    """`(…)*+` matches wrongly in CPython 3.11.0 to 3.11.4 (gh-106052), and Debian 12 has 3.11.2."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            assert not re.search(r"\)(?:\*|\+|\?)\+|\}\+", text), f"{name_of(path)}:{node.lineno}"


def test_a_forbidden_import_would_be_seen(tmp_path: Path) -> None:
    culprit = tmp_path / "culprit.py"
    culprit.write_text("import storage.ledger\nfrom imapclient import IMAPClient\n")
    assert [(module, line) for module, _, line in imports(culprit)] == [("storage.ledger", 1), ("imapclient", 2)]
    assert "storage" not in MAY_IMPORT["rules"]
