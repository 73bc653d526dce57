"""`mailbot check` and the layout of formal documents: read only where the campaign has a profile."""

import pytest

from mailbot.app import build
from mailbot.config import ConfigError, load_settings
from rules.layout.read import read_with_layout
from rules.word import read_document
from tests.commands import Home
from tests.documents.formal_variants import FAULTS, GOOD


def ask(home: Home, profile: str) -> None:
    path = home.path / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    assert 'profile = ""' in text
    path.write_text(text.replace('profile = ""', f'profile = "{profile}"'), encoding="utf-8")


def test_with_a_profile_the_report_of_a_general_branch_is_held_against_it(home: Home) -> None:
    ask(home, "gbt9704-2012")
    contents = {"总结.docx": GOOD.docx(), "总结2.docx": FAULTS["text in 宋体"][1].docx()}
    for name, content in contents.items():
        (home.path / name).write_bytes(content)
    said = home.run("check", "--json", "--unit", "01", *(str(home.path / name) for name in contents)).json
    assert [[one["rule"] for one in found["findings"] if one["rule"].startswith("L")] for found in said] == [[], ["L3"]]


def test_an_unknown_profile_stops_the_program_with_the_nearest_name(home: Home) -> None:
    ask(home, "gbt9704")
    with pytest.raises(ConfigError, match="是不是想写 gbt9704-2012？"):
        build(load_settings(home.path / "config.toml", {}))


@pytest.mark.parametrize(("profile", "work"), [("", read_document), ("gbt9704-2012", read_with_layout)])
def test_the_layout_is_read_only_where_somebody_asks_for_it(home: Home, profile: str, work: object) -> None:
    ask(home, profile)
    app = build(load_settings(home.path / "config.toml", {}))
    try:
        assert app.reader.work is work
    finally:
        app.close()
