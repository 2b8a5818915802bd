"""Filters of lists (lib/jekyll/filters.rb, filters/grouping_filters.rb), by Ruby's rules."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cmp_to_key
from types import MappingProxyType

from liquid import RenderContext, TokenStream
from liquid.builtin.expressions import BooleanExpression, FilteredExpression
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from liquid.token import TOKEN_EXPRESSION, Token

from syndicate.posts.sources.jekyll.liquid.limits import refuse_nested
from syndicate.posts.sources.jekyll.liquid.ruby import is_nothing, text_of
from syndicate.posts.sources.jekyll.liquid.run import run_of

_WHOLE = re.compile(r"\s*-?\d{1,60}\s*")
_BROKEN = re.compile(r"\s*-?(?:\d{1,60}\.?\d{0,60}|\.\d{1,60})\s*")


def _items(value: object) -> list[object] | None:
    """Give what can be gone through; of a mapping its values; ``None`` for anything else."""
    if is_nothing(value) or isinstance(value, str):
        return None
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else None


def property_of(item: object, name: object) -> object:
    """Give a property by its name or dotted path; a text that looks like a number is one."""
    value = item
    for key in text_of(name).split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return _number(value)


def _number(value: object) -> object:
    if isinstance(value, str):
        if _WHOLE.fullmatch(value):
            return int(value)
        return float(value) if _BROKEN.fullmatch(value) else value
    return None if is_nothing(value) else value


def _matches(found: object, wanted: object) -> bool:
    if is_nothing(wanted):
        return found is None
    text = text_of(wanted)
    if isinstance(found, list | tuple):
        return any(text_of(each) == text for each in found)
    return found is not None and text_of(found) == text


def where(value: object, name: object = None, wanted: object = None) -> object:
    """Give the items whose property is, or holds, ``wanted``."""
    items = _items(value)
    if items is None or is_nothing(name) or (isinstance(wanted, list | Mapping) and not is_nothing(wanted)):
        return value
    return [item for item in items if _matches(property_of(item, name), wanted)]


def find(value: object, name: object = None, wanted: object = None) -> object:
    """Give the first item whose property is, or holds, ``wanted``."""
    found = where(value, name, wanted)
    return next(iter(found), None) if isinstance(found, list) else found


@with_context
def where_exp(value: object, variable: object, expression: object, *, context: RenderContext) -> object:
    """Give the items for which an expression about ``variable`` is true."""
    items = _items(value)
    if items is None:
        return value
    condition = BooleanExpression.parse(context.env, _tokens(expression))
    return [item for item, true in _each(items, variable, condition.evaluate, context) if true]


@with_context
def find_exp(value: object, variable: object, expression: object, *, context: RenderContext) -> object:
    """Give the first item for which an expression about ``variable`` is true."""
    items = _items(value)
    if items is None:
        return value
    condition = BooleanExpression.parse(context.env, _tokens(expression))
    return next((item for item, true in _each(items, variable, condition.evaluate, context) if true), None)


def group_by(value: object, name: object) -> object:
    """Give the items in groups of an equal property."""
    items = _items(value)
    return value if items is None else _groups((item, property_of(item, name)) for item in items)


@with_context
def group_by_exp(value: object, variable: object, expression: object, *, context: RenderContext) -> object:
    """Give the items in groups for which an expression about ``variable`` gives the same."""
    items = _items(value)
    if items is None:
        return value
    key = FilteredExpression.parse(context.env, _tokens(expression))
    return _groups(_each(items, variable, key.evaluate, context))


def _groups(keyed: Iterable[tuple[object, object]]) -> list[dict[str, object]]:
    groups: dict[str, list[object]] = {}
    for item, key in keyed:
        groups.setdefault(text_of(key), []).append(item)
    return [{"name": name, "items": items, "size": len(items)} for name, items in groups.items()]


def _each(
    items: list[object],
    variable: object,
    evaluate: Callable[[RenderContext], object],
    context: RenderContext,
) -> Iterator[tuple[object, object]]:
    run_of(context).budget.turn(len(items))
    scope: dict[str, object] = {}
    with context.extend(scope):
        for item in items:
            scope[text_of(variable)] = item
            yield item, evaluate(context)


def _tokens(expression: object) -> TokenStream:
    source = text_of(expression)
    token = Token(TOKEN_EXPRESSION, source, start_index=0, source=source)
    return TokenStream(iter([token])).into_inner()


def sort(value: object, name: object = None, nils: object = "first") -> object:
    """Give the items in order, of themselves or of a property; those without it come first, or last."""
    items = _items(value)
    if items is None:
        raise FilterArgumentError("sorts what is no list", token=None)
    order = 1 if nils == "last" else -1
    keys = [item if is_nothing(name) else property_of(item, name) for item in items]

    def compared(left: int, right: int) -> int:
        return _compared(keys[left], keys[right], order)

    return [items[index] for index in sorted(range(len(items)), key=cmp_to_key(compared))]


def _compared(left: object, right: object, nils: int) -> int:
    if left is None or right is None:
        return 0 if left is right else (nils if left is None else -nils)
    try:
        return int(left > right) - int(left < right)  # type: ignore[operator] # what can't be raises
    except TypeError:
        return (text_of(left) > text_of(right)) - (text_of(left) < text_of(right))


def map_(value: object, name: object) -> object:
    """Give a property of each item."""
    items = _items(value) if not isinstance(value, Mapping) else [value]
    return value if items is None else [_plain_property(item, name) for item in items]


def _plain_property(item: object, name: object) -> object:
    return item.get(text_of(name)) if isinstance(item, Mapping) else None


def compact(value: object, name: object = None) -> object:
    """Give the items that are something, or that have a property."""
    items = _items(value)
    if items is None:
        return value
    return [item for item in items if not is_nothing(item if is_nothing(name) else property_of(item, name))]


def join(value: object, separator: object = " ") -> str:
    """Give the items' texts with ``separator`` between them."""
    items = _items(value)
    return text_of(separator).join(map(text_of, items)) if items is not None else text_of(value)


def uniq(value: object, name: object = None) -> object:
    """Give the items without those that came before; python-liquid's takes quadratic time."""
    items = _items(value)
    if items is None:
        return value
    seen: dict[tuple[str, str], object] = {}
    for item in items:
        key = item if is_nothing(name) else property_of(item, name)
        seen.setdefault((type(key).__name__, _identity(key)), item)
    return list(seen.values())


def _identity(key: object) -> str:
    # Documents and data are the same when they are the same object; writing them out would take for ever.
    return str(id(key)) if isinstance(key, Mapping) else text_of(key)


def push(value: object, item: object) -> object:
    """Give the list with one more at its end."""
    refuse_nested([item])
    return [*value, item] if isinstance(value, list | tuple) else value


def unshift(value: object, item: object) -> object:
    """Give the list with one more at its start."""
    refuse_nested([item])
    return [item, *value] if isinstance(value, list | tuple) else value


def pop(value: object, count: object = 1) -> object:
    """Give the list without its last."""
    if not isinstance(value, list | tuple):
        return value
    return list(value)[: max(0, len(value) - _count(count))]


def shift(value: object, count: object = 1) -> object:
    """Give the list without its first."""
    return list(value)[_count(count) :] if isinstance(value, list | tuple) else value


def sample(value: object, count: object = 1) -> object:
    """Give the first: one drawn by lot would change a feed whenever it is looked at."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return value
    items: list[object] = list(value)
    return (items[0] if items else None) if _count(count) == 1 else items[: _count(count)]


def _count(value: object) -> int:
    return max(0, value) if isinstance(value, int) else 1


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "where": where,
        "where_exp": where_exp,
        "find": find,
        "find_exp": find_exp,
        "group_by": group_by,
        "group_by_exp": group_by_exp,
        "sort": sort,
        "map": map_,
        "compact": compact,
        "join": join,
        "uniq": uniq,
        "push": push,
        "unshift": unshift,
        "pop": pop,
        "shift": shift,
        "sample": sample,
    }
)
