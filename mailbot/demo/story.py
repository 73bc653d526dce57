"""The fortnight before the deadline and the Monday after: some sixty mails. All invented."""

from mailbot.demo.mail import Post
from mailbot.demo.story_machines import machines
from mailbot.demo.story_odd import odd
from mailbot.demo.story_others import others
from mailbot.demo.story_reports import reports


def posts() -> list[Post]:
    """The whole story in order of arrival."""
    return sorted((*reports(), *odd(), *machines(), *others()), key=lambda post: post.at)
