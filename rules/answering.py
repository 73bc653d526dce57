"""Whether a mail gets an answer at all: one table of refusals (RFC 3834, caps behind it for what no header says)."""

from collections.abc import Callable
from dataclasses import dataclass

from rules.campaign import Reply
from rules.model import Mail


@dataclass(frozen=True, slots=True)
class Occasion:
    """A mail to be answered and what was answered before.

    `automatic` is the reason of `rules.automatic`; `own_addresses` (lower case) are those that the bot sends from or
    reads; the two counts are of letters sent today, to this address and in all.
    """

    mail: Mail
    automatic: str | None
    own_addresses: frozenset[str]
    answered_to_address: int
    answered_in_all: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class Refusal:
    """`reason` as it is logged, and what it looks at."""

    reason: str
    holds: Callable[[Occasion], bool]


def _own(occasion: Occasion) -> bool:
    return not occasion.own_addresses.isdisjoint({occasion.mail.sender.address, answer_address(occasion.mail)})


def _from_list(occasion: Occasion) -> bool:
    return any(occasion.mail.header(name) is not None for name in ("list-id", "list-post"))


def _null_return_path(occasion: Occasion) -> bool:
    path = occasion.mail.header("return-path")
    return path is not None and path.strip() in ("<>", "")


REFUSALS: tuple[Refusal, ...] = (
    Refusal("bounce", lambda occasion: occasion.automatic == "bounce"),
    Refusal("null return path", _null_return_path),
    Refusal("list", lambda occasion: occasion.automatic == "list" or _from_list(occasion)),
    Refusal("automatic", lambda occasion: occasion.automatic is not None),
    Refusal("our own mail", _own),
    Refusal("no usable From address", lambda occasion: not answer_address(occasion.mail)),
    Refusal(
        "cap per address and day",
        lambda occasion: occasion.answered_to_address >= occasion.reply.cap_per_address_per_day,
    ),
    Refusal("cap per day", lambda occasion: occasion.answered_in_all >= occasion.reply.cap_per_day),
)
"""In this order; the first that holds is the reason."""


def answer_address(mail: Mail) -> str:
    """Where an answer goes: Reply-To if it names exactly one usable address, else From; "" when neither is usable."""
    wished = [address.address for address in mail.reply_to if _usable(address.address)]
    if len(wished) == 1:
        return wished[0]
    return mail.sender.address if _usable(mail.sender.address) else ""


def _usable(address: str) -> bool:
    """One local part, one domain with a dot in it, nothing outside of printable ASCII; 254 characters (RFC 5321)."""
    local, at, domain = address.rpartition("@")
    plain = address.isascii() and address.isprintable() and not any(mark in address for mark in ' <>,;:"()[]\\')
    good_domain = "." in domain and not domain.startswith(".") and not domain.endswith(".") and ".." not in domain
    return bool(plain and at and 0 < len(local) <= 64 and "@" not in local and good_domain and len(address) <= 254)


def refusal(
    mail: Mail,
    reason_automatic: str | None,
    own_addresses: frozenset[str],
    answered_to_address: int,
    answered_in_all: int,
    reply: Reply,
) -> str | None:
    """Why a mail gets no answer (English, for the log), None when it may have one."""
    occasion = Occasion(mail, reason_automatic, own_addresses, answered_to_address, answered_in_all, reply)
    return next((refusal.reason for refusal in REFUSALS if refusal.holds(occasion)), None)
