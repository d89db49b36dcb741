"""The small checks that the tables of limits are made of.

A check takes a value and its JSON pointer and yields one sentence per problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def fault(message: str, path: str) -> str:
    """One problem the way `response_metadata.messages` words it."""
    return f"[ERROR] {message} [json-pointer:{path}]"


def no_longer_than(most: int, items: list[Any], path: str) -> Iterator[str]:
    if len(items) > most:
        yield fault(f"no more than {most} items allowed", path)


def anything(_value: Any, _path: str) -> Iterator[str]:
    yield from ()


def boolean(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must be a boolean", path)


def number(least: int | None = None, most: int | None = None) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield fault("must be an integer", path)
        elif least is not None and value < least:
            yield fault(f"must be at least {least}", path)
        elif most is not None and value > most:
            yield fault(f"must be at most {most}", path)

    return check


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", path)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", path)
        elif len(value) > most:
            yield fault(f"must be less than {most + 1} characters", path)

    return check


def matching(pattern: str, example: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield fault(f"must be a string like {example}", path)

    return check


def among(*allowed: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be one of: {', '.join(allowed)}", path)

    return check


def array(of: Check, least: int, most: int) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", path)
            return
        if len(value) < least:
            yield fault(f"no fewer than {least} items allowed", path)
        yield from no_longer_than(most, value, path)
        for index, item in enumerate(value):
            yield from of(item, f"{path}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """An object with these fields and no others."""
    known = {**required, **optional}

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", path)
            return
        for name in required:
            if value.get(name) is None:
                yield fault(f"missing required field: {name}", path)
        for name, content in value.items():
            if name not in known:
                yield fault(f"invalid additional property: {name}", path)
            elif content is not None:
                yield from known[name](content, f"{path}/{name}")

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """An object whose `type` picks its check."""

    def check(value: Any, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in table:
            yield fault(f"unsupported type: {kind}", f"{path}/type")
        else:
            yield from table[kind](value, path)

    return check


def exactly_one_of(check: Check, *names: str) -> Check:
    def checked(value: Any, path: str) -> Iterator[str]:
        yield from check(value, path)
        if isinstance(value, dict) and sum(value.get(n) is not None for n in names) != 1:
            yield fault(f"must provide exactly one of: {', '.join(names)}", path)

    return checked


def at_least_one_of(check: Check, *names: str) -> Check:
    def checked(value: Any, path: str) -> Iterator[str]:
        yield from check(value, path)
        if isinstance(value, dict) and all(value.get(n) is None for n in names):
            yield fault(f"must provide at least one of: {', '.join(names)}", path)

    return checked


def initial_among_options(check: Check) -> Check:
    """What is chosen at first must be one of the options, word for word."""

    def checked(value: Any, path: str) -> Iterator[str]:
        yield from check(value, path)
        if not isinstance(value, dict):
            return
        options = options_of(value)
        first = value.get("initial_option")
        chosen = [first] if first is not None else value.get("initial_options") or []
        for option in chosen:
            if option not in options:
                yield fault("initial option must be one of the options", path)

    return checked


def options_of(element: Mapping[str, Any]) -> list[Any]:
    """The options of a select, radio, checkbox or overflow element, groups flattened."""
    groups = element.get("option_groups") or []
    grouped = [o for group in groups if isinstance(group, dict) for o in group.get("options", [])]
    return list(element.get("options") or []) + grouped
