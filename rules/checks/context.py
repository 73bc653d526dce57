"""Where the checks find `Context`; it is defined beside `rules.review`, which needs it as well."""

from rules.context import Context

__all__ = ["Context"]
