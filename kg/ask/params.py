"""Parameters of a named question: checked, and turned into what the engines bind."""

import re
from collections.abc import Mapping
from datetime import date

from kg.ask.header import Param
from kg.ask.registry import Language, Question
from kg.errors import UsageError
from kg.graph.search import search_form
from kg.graph.statements import entity_iri
from kg.stores.base import Cell, Iri

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def bind(question: Question, given: Mapping[str, str], language: Language) -> dict[str, Cell]:
    """Return the values to bind. Raises UsageError, with the list of parameters, for one that is missing, unknown or of a wrong form.

    A parameter that was left out is bound to the empty string, which every query reads as "any"; type `name` adds `NAME_folded`.
    """
    known = {param.name for param in question.params}
    if unknown := [name for name in given if name not in known]:
        raise _usage(question, f"không có tham số · no parameter {', '.join(unknown)}")
    bound: dict[str, Cell] = {}
    for param in question.params:
        value = given.get(param.name, param.default)
        if value is None or (param.is_required and not value.strip()):
            raise _usage(question, f"thiếu tham số · parameter {param.name} is missing")
        bound |= _bound(question, param, value, language)
    return bound


def checked_date(name: str, value: str) -> str:
    """Return `value` where it is a date cut to year, month or day. Raises UsageError.

    >>> checked_date("since", "2017-07")
    '2017-07'
    """
    if value and not (_DATE.fullmatch(value) and _exists(value)):
        raise UsageError(f"{name}: {value!r} không phải ngày · is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


def _exists(value: str) -> bool:
    """Say whether the calendar has that day (the month's and the year's form are checked before)."""
    try:
        date.fromisoformat(value + "-01-01"[: 10 - len(value)])
    except ValueError:
        return False
    return True


def describe_params(question: Question) -> str:
    """Return one line a parameter: name, type, whether it must be given, what it means."""
    lines = []
    for param in question.params:
        presence = "required" if param.is_required else f"default {param.default}" if param.default else "optional"
        lines.append(f"  -p {param.name} {param.type.upper()} ({presence}): {param.help}")
    return "\n".join(lines)


def _bound(question: Question, param: Param, value: str, language: Language) -> dict[str, Cell]:
    if param.type == "date":
        checked_date(param.name, value)
    if param.type == "int":
        if not re.fullmatch(r"-?\d{1,9}", value):
            raise _usage(question, f"{param.name}: {value!r} không phải số nguyên · is no integer")
        return {param.name: int(value)}
    if param.type == "id" and language == "sparql":
        return {param.name: Iri(entity_iri(value))}
    if param.type == "name":
        return {param.name: value.strip(), f"{param.name}_folded": search_form(value)}
    return {param.name: value}


def _usage(question: Question, message: str) -> UsageError:
    listing = describe_params(question)
    return UsageError(f"{question.name}: {message}" + (f"\n{listing}" if listing else " (takes none)"))
