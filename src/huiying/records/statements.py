"""Statements that every page asks: the ORM writes one once, afterwards only its values change.

To build a list's statement took longer than to run it, for every clerk all day. A function marked `kept` says what is
asked; it sees what shapes the statement (its positional arguments, which are the key it is kept under) and, for what
differs each time, a place to be filled. So nothing of one request can stay behind in the statement of the next.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Field, Model, QuerySet, Value
from django.db.models.lookups import In
from django.db.models.query import ModelIterable, get_related_populators

R = TypeVar("R")
P = ParamSpec("P")
MOST = 512  # statements a connection; the one not asked for longest goes


class Place(Value):
    """A place in a kept statement that is filled each time it is run."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(name, output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter whose value is this place itself."""
        return "%s", [self]

    def filled(self, value: Any) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class Constant(Value):
    """A word of our own written into the statement itself: only so can SQLite match it with an index's condition."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The word in quotation marks. Raises ValueError for what is no plain word."""
        if not self.value.isidentifier():
            raise ValueError(self.value)
        return f"'{self.value}'", []


class Statement(Generic[R]):
    """One statement as the ORM wrote it for this connection."""

    def __init__(self, rows: "QuerySet[Any, R]") -> None:
        self._compiler = rows.query.get_compiler(rows.db)
        self._instances = issubclass(rows._iterable_class, ModelIterable)
        self._sql, self._given = _written(self._compiler)
        if not self._sql:
            return
        compiler: Any = self._compiler
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._converters = compiler.get_converters(columns)
        if self._instances:
            self._model = compiler.klass_info["model"]
            own = compiler.klass_info["select_fields"]
            self._first, self._end = own[0], own[-1] + 1
            self._names = [column.target.attname for column in columns[self._first : self._end]]
            populators: Any = get_related_populators  # the stubs are ahead of the Django we run on
            self._related = populators(compiler.klass_info, compiler.select, rows.db)

    def run(self, values: dict[str, Any]) -> list[R]:
        """The rows for these values: instances, or tuples where the statement asks for values."""
        if not self._sql:
            return []
        params = [each.filled(values[each.name]) if isinstance(each, Place) else each for each in self._given]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found: Any = cursor.fetchall()
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return [self._instance(row) for row in found] if self._instances else [tuple(row) for row in found]  # type: ignore[misc]

    def _instance(self, row: Any) -> Model:
        made: Model = self._model.from_db(self._compiler.using, self._names, row[self._first : self._end])
        for populator in self._related:
            populator.populate(row, made)
        return made


def one_of(column: str, places: "Sequence[Value]") -> In:
    """The condition that a column holds one of the listed places; a relation's own lookup would take them for numbers."""
    return In(F(column), places)


def kept(
    **places: "Field[Any, Any] | tuple[Field[Any, Any], int]",
) -> Callable[[Callable[..., "QuerySet[Any, R]"]], Callable[..., list[R]]]:
    """Keep what the marked function asks, by its positional arguments; `places` are filled by name at each call.

    The function stands at the top of a module and looks at nothing but its arguments. No prefetching. A place with a
    number is a list of at most so many values, for `one_of`; it must not be empty.
    """
    blanks = {name: _blank(name, place) for name, place in places.items()}

    def around(build: Callable[..., "QuerySet[Any, R]"]) -> Callable[..., list[R]]:
        @wraps(build)
        def asked(*shape: Any, **values: Any) -> list[R]:
            known = _known()
            key = (build, *shape)
            statement = known.get(key)
            if statement is None:
                statement = known[key] = Statement(build(*shape, **blanks))
                if len(known) > MOST:
                    known.popitem(last=False)
            else:
                known.move_to_end(key)
            found: list[R] = statement.run(_one_by_one(values, blanks))
            return found

        return asked

    return around


def _blank(name: str, place: Any) -> "Place | list[Place]":
    if not isinstance(place, tuple):
        return Place(name, place)
    field, most = place
    return [Place(f"{name}_{number}", field) for number in range(most)]


def _one_by_one(values: dict[str, Any], blanks: "dict[str, Place | list[Place]]") -> dict[str, Any]:
    """The values by place; what a list lacks is filled with its last."""
    filled = dict(values)
    for name, blank in blanks.items():
        if isinstance(blank, list):
            given = list(filled.pop(name))
            if not 0 < len(given) <= len(blank):
                raise ValueError(name)
            given += [given[-1]] * (len(blank) - len(given))
            filled |= {place.name: value for place, value in zip(blank, given, strict=True)}
    return filled


def _known() -> "OrderedDict[Any, Statement[Any]]":
    """The statements of this thread's connection; they go with it."""
    wrapper: Any = connection
    try:
        known: OrderedDict[Any, Statement[Any]] = wrapper.kept_statements
    except AttributeError:
        known = wrapper.kept_statements = OrderedDict()
    return known


def _written(compiler: Any) -> tuple[str, tuple[Any, ...]]:
    """Text and parameters; no text where nothing can match."""
    try:
        text, given = compiler.as_sql()
    except EmptyResultSet:
        return "", ()
    return text, tuple(given)
