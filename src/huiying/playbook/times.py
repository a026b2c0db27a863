"""Lengths of time as a plan writes them: "45 分钟", "5 小时", "3 天", or the name of a parameter."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

LONGEST = timedelta(days=1100)
_UNITS = {
    "": timedelta(minutes=1),
    "分钟": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "h": timedelta(hours=1),
    "天": timedelta(days=1),
    "d": timedelta(days=1),
}
_LENGTH = re.compile(r"([0-9]{1,7}) ?(分钟|min|小时|h|天|d|)", re.ASCII)
_NAME = re.compile(r"\$([a-z][a-z0-9_-]{0,63})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A time that is one of the plan's parameters, so that one figure is changed in one place."""

    name: str


def length_read(value: object) -> timedelta:
    """Read "45 分钟", "5 h", "3 天" or a bare number of minutes; nights and holidays count."""
    if isinstance(value, timedelta):
        found = value
    else:
        match = _LENGTH.fullmatch(str(value).strip())
        found = int(match[1]) * _UNITS[match[2]] if match else timedelta(0)
    if not timedelta(minutes=1) <= found <= LONGEST or found % timedelta(minutes=1):
        raise PydanticCustomError("length", "not a length of time")
    return found


def length_write(value: timedelta) -> str:
    """Write a length in the largest unit that divides it."""
    minutes = value // timedelta(minutes=1)
    if minutes % 1440 == 0:
        return f"{minutes // 1440} 天"
    return f"{minutes // 60} 小时" if minutes % 60 == 0 else f"{minutes} 分钟"


def _limit_read(value: object) -> timedelta | ParameterRef:
    if isinstance(value, ParameterRef):
        return value
    name = _NAME.fullmatch(value.strip()) if isinstance(value, str) else None
    return ParameterRef(name[1]) if name else length_read(value)


def _limit_write(value: timedelta | ParameterRef) -> str:
    return f"${value.name}" if isinstance(value, ParameterRef) else length_write(value)


Length = Annotated[timedelta, BeforeValidator(length_read), PlainSerializer(length_write)]
Limit = Annotated[timedelta | ParameterRef, BeforeValidator(_limit_read), PlainSerializer(_limit_write)]
