"""Logs: events with fields, as JSON for machines or in colour for people, on stderr. No subject, name, body, secret."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
FRAMES = 8

Event = MutableMapping[str, Any]
Failure = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up_logs(form: str, level: str) -> None:
    """`form`: json or console. Called once by a command; libraries' own logs are quiet below warning."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    common: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    structlog.configure(
        processors=[*common, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    libraries = logging.StreamHandler(sys.stderr)
    ending = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    libraries.setFormatter(structlog.stdlib.ProcessorFormatter(processors=ending, foreign_pre_chain=common))
    root = logging.getLogger()
    root.handlers = [libraries]
    root.setLevel(logging.WARNING)


def without_words(logger: object, method: str, event: Event) -> Event:
    """An exception as its type and its places in the code: its words and its variables may hold what a mail said."""
    failure = _failure(event.pop("exc_info", None))
    if failure is not None:
        kind, _, places = failure
        path = [f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in traceback.extract_tb(places)[-FRAMES:]]
        event["exception"] = " > ".join([*path, kind.__name__])
    return event


def _failure(given: object) -> Failure | None:
    """`exc_info` as the two kinds of logger hand it over: a flag, an exception, or the three things themselves."""
    if isinstance(given, BaseException):
        return type(given), given, given.__traceback__
    kind, error, places = given if isinstance(given, tuple) else sys.exc_info() if given else (None, None, None)
    return (kind, error, places) if kind is not None and error is not None else None
