"""Who gets an answer and who does not. Addresses are invented."""

import pytest

from rules.answering import REFUSALS, answer_address, refusal
from rules.campaign import Reply
from rules.model import Address, Mail

REPLY = Reply(cap_per_address_per_day=3, cap_per_day=10)
OWN = frozenset({"zuzhib@example.edu.cn"})


def mail(sender: str = "zhibu@example.edu.cn", *headers: tuple[str, str], reply_to: tuple[str, ...] = ()) -> Mail:
    return Mail(
        "1@example.edu.cn",
        Address("张三", sender),
        "总结",
        headers=headers,
        reply_to=tuple(Address("", address) for address in reply_to),
    )


def asked(message: Mail, automatic: str | None = None, to_address: int = 0, in_all: int = 0) -> str | None:
    return refusal(message, automatic, OWN, to_address, in_all, REPLY)


REFUSED = {
    "bounce": asked(mail(), "bounce"),
    "null return path": asked(mail("zhibu@example.edu.cn", ("return-path", "<>"))),
    "list": asked(mail("zhibu@example.edu.cn", ("list-id", "<all.example.edu.cn>"))),
    "automatic": asked(mail(), "auto-reply"),
    "our own mail": asked(mail("zuzhib@example.edu.cn")),
    "no usable From address": asked(mail("")),
    "cap per address and day": asked(mail(), to_address=3),
    "cap per day": asked(mail(), in_all=10),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_mail_of_this_kind_gets_no_answer(reason: str) -> None:
    assert REFUSED[reason] == reason


def test_every_row_of_the_table_has_its_case() -> None:
    assert set(REFUSED) == {row.reason for row in REFUSALS}


@pytest.mark.parametrize(
    "message",
    [
        mail(),
        mail("zhibu@example.edu.cn", ("precedence", "bulk")),
        mail("zhibu@example.edu.cn", ("return-path", "<zhibu@example.edu.cn>")),
        mail("zhibu@example.edu.cn", ("auto-submitted", "no")),
    ],
)
def test_people_get_an_answer(message: Mail) -> None:
    assert asked(message, to_address=2, in_all=9) is None


def test_an_answer_that_would_go_to_ourselves_by_reply_to_is_refused() -> None:
    assert asked(mail("zhibu@example.edu.cn", reply_to=("zuzhib@example.edu.cn",))) == "our own mail"


@pytest.mark.parametrize(
    "address", ["", "zhibu", "@example.com", "a@b", "a b@example.com", "a@b@example.com", "张@example.com", "a@.com"]
)
def test_an_address_that_no_server_takes_is_not_usable(address: str) -> None:
    assert answer_address(mail(address)) == ""


def test_reply_to_comes_first_unless_it_names_several() -> None:
    assert answer_address(mail(reply_to=("a@example.com",))) == "a@example.com"
    assert answer_address(mail(reply_to=("a@example.com", "b@example.com"))) == "zhibu@example.edu.cn"
