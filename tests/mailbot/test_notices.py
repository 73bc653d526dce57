"""The files with the notice's text: found beside the campaign file, read once, and what is wrong with one is said."""

from pathlib import Path

import pytest

from mailbot.config import ConfigError
from mailbot.notices import load_notices, read_notice
from rules.campaign import Campaign, NearDuplicate
from rules.faults import Fault
from tests.documents.build import docx
from tests.tracking_college import campaign


def naming(*names: str) -> Campaign:
    return campaign(near_duplicate=NearDuplicate(notice=names))


def test_it_is_looked_for_in_the_folder_of_the_campaign(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(docx(["关于做好总结工作的通知"]))
    (tmp_path / "附件").mkdir()
    (tmp_path / "附件" / "原文.txt").write_text("省里的通知", "utf-8")
    asked = naming("通知.docx", "附件/原文.txt")
    found = load_notices((tmp_path / "campaign.toml",), (asked,))[asked.id]
    assert [(name, document.text) for name, document in found] == [
        ("通知.docx", "关于做好总结工作的通知"),
        ("附件/原文.txt", "省里的通知"),
    ]


def test_a_campaign_that_names_none_has_none(tmp_path: Path) -> None:
    assert load_notices((tmp_path / "campaign.toml",), (campaign(),)) == {campaign().id: ()}


@pytest.mark.parametrize("name", ["不在.docx", "坏的.docx", "空的.txt", "a\x00b", "扫描.pdf", "."])
def test_a_file_that_gives_no_text_is_named_with_the_key(tmp_path: Path, name: str) -> None:
    (tmp_path / "坏的.docx").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "空的.txt").write_bytes(b"")
    (tmp_path / "扫描.pdf").write_bytes(b"%PDF-1.4 nothing")
    (fault,) = read_notice(tmp_path / "campaign.toml", naming(name))
    assert isinstance(fault, Fault)
    assert fault.where == "campaign.toml: near_duplicate.notice"
    assert fault.value == name
    with pytest.raises(ConfigError, match=r"near_duplicate\.notice"):
        load_notices((tmp_path / "campaign.toml",), (naming(name),))


def test_a_file_beyond_all_reason_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.notices.MOST_BYTES", 10)
    (tmp_path / "通知.txt").write_text("很长的通知", "utf-8")
    (fault,) = read_notice(tmp_path / "campaign.toml", naming("通知.txt"))
    assert isinstance(fault, Fault)
    assert "太大" in fault.message
