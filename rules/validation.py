"""pydantic's complaints as faults: the key, the value as written, and what is allowed, in one line each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from rules.faults import Fault, nearest

Location = tuple[int | str, ...]

# Type of error (pydantic's own names; a key ending in "_" stands for all that begin so) to what is allowed.
CHINESE: Mapping[str, str] = {
    "missing": "缺少这一项，必须填写",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "必须大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "less_than": "必须小于 {lt}",
    "string_pattern_mismatch": "只能用小写英文字母、数字和减号，以字母或数字开头",
    "string_": "应是文字，用引号括起来",
    "int_": "应是整数",
    "float_": "应是数字",
    "bool_": "应是 true 或 false",
    "datetime_": "应是日期和时间，例如 2012-09-14T23:59:59+08:00",
    "timezone_": "应写明时区，例如 2012-09-14T23:59:59+08:00",
    "date_": "应是日期，例如 2012-09-14",
    "time_": '应是几点几分，例如 "17:30"',
    "tuple_": '应是列表，例如 ["甲", "乙"]',
    "frozen_set_": '应是列表，例如 ["党总支", "党支部"]',
    "mapping_": "应是一节，里面每行一个键",
    "dict_": "应是一节，里面每行一个键",
    "model_": "应是一节，里面每行一个键",
    "value_error": "{error}",
}

ENGLISH: Mapping[str, str] = {
    "missing": "is required",
    "tuple_": 'must be a list, for example ["a", "b"]',
    "model_": "must be a section: [name], then one key per line",
    "time_": 'must be a time of day, for example "17:30"',
    "value_error": "{error}",
}

UNKNOWN = {
    "zh": ("没有这个键", "，是不是想写 {name}？", "，可用的键：{names}"),
    "en": ("unknown key", "; did you mean {name}?", "; known: {names}"),
}


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models inside of an annotation such as `tuple[Aspect, ...]` or `Years | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def model_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """The model whose table stands at `location`."""
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models(model.model_fields[part].annotation), model)
    return model


def spelled(location: Location, raw: object) -> str:
    """The key as a person finds it: deliverables「paper」.copies, or by its place where the entry has no key."""
    words = ""
    for part in location:
        below = _below(raw, part)
        if isinstance(part, int):
            key = below.get("key") if isinstance(below, dict) else None
            words += f"「{key}」" if isinstance(key, str) else f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
        raw = below
    return words


def _below(raw: object, part: int | str) -> Any:
    if isinstance(raw, Mapping):
        return raw.get(part)
    if isinstance(raw, Sequence) and not isinstance(raw, str) and isinstance(part, int) and part < len(raw):
        return raw[part]
    return None


def allowed(error: ErrorDetails, words: Mapping[str, str]) -> str:
    """What is allowed there, in `words`; pydantic's own sentence where `words` has none."""
    kind = error["type"]
    found = words.get(kind) or next(
        (text for key, text in words.items() if key[-1] == "_" and kind.startswith(key)), ""
    )
    if not found:
        return error["msg"].replace("Input should", "must")
    return found.format(**error.get("ctx", {})).replace(" or ", " 或 " if words is CHINESE else " or ")


def unknown(error: ErrorDetails, model: type[BaseModel], language: str) -> str:
    """That there is no such key, with the nearest known name."""
    location = error["loc"]
    names = tuple(model_at(model, location[:-1]).model_fields)
    start, like, known = UNKNOWN[language]
    name = nearest(str(location[-1]), names)
    return start + (like.format(name=name) if name else known.format(names=", ".join(names)))


def shown(value: object) -> str:
    """The value as it goes into a fault: short, and nothing for whole tables."""
    if isinstance(value, Mapping) or value is None:
        return ""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def faults_of(errors: Sequence[ErrorDetails], model: type[BaseModel], raw: object) -> tuple[Fault, ...]:
    """One fault per error, in Chinese, for files that the clerk writes."""
    return tuple(
        Fault(
            spelled(error["loc"], raw),
            unknown(error, model, "zh") if error["type"] == "extra_forbidden" else allowed(error, CHINESE),
            "" if error["type"] == "missing" else shown(error["input"]),
        )
        for error in errors
    )
