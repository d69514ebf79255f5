"""Frozen dataclasses to JSON values and back, with every type checked on the way back."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """``value`` as what ``json.dumps`` takes; dates become ISO text, tuples lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def decode(kind: type[T], value: Any) -> T:
    """A dataclass ``kind`` from what :func:`encode` made of it.

    Raises:
        ValueError: a field is missing, unknown, or not of its type.
    """
    made: T = _decode(kind, value)
    return made


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        return _record(kind, value)  # type: ignore[arg-type]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        if value not in arguments:
            raise ValueError(f"{value!r} is none of {arguments}")
        return value
    if origin in (Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return _decode(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{value!r} is not a list")
        if arguments[-1] is ...:
            return tuple(_decode(arguments[0], item) for item in value)
        if len(value) != len(arguments):
            raise ValueError(f"{value!r} has not {len(arguments)} parts")
        return tuple(_decode(a, item) for a, item in zip(arguments, value, strict=True))
    if kind is datetime:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not a time")
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return at
    if type(value) is not kind:
        raise ValueError(f"{value!r} is not {kind}")
    return value


def _record(kind: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not a {kind.__name__}")
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in value:
            values[field.name] = _decode(hints[field.name], value[field.name])
        elif field.default is MISSING:
            raise ValueError(f"{kind.__name__} has no {field.name}")
    if unknown := set(value) - set(values):
        raise ValueError(f"{kind.__name__} knows no {', '.join(sorted(unknown))}")
    return kind(**values)
