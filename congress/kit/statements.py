"""Queries that are built once (语句): the ORM says what is asked, from then on only the values in it change.

Building a statement costs Django ten times what PostgreSQL needs to answer it, and pages ask the same few statements
again and again. The querysets stay the only source of the SQL: nothing here is written by hand.
"""

import copy
import hashlib
import pickle
from collections import Counter
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from types import SimpleNamespace
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections

from congress.kit.languages import language

SHAPES = 200  # of one statement; beyond that its values have too many shapes to be worth keeping
PREPARED = 200  # statements that one connection has PostgreSQL remember
_KNOWN = WeakKeyDictionary()  # connection of the driver → {shape: how it is asked by name}
_TYPES = {int: "bigint", date: "date"}
_MANY = (tuple, list, frozenset)
_LARGE = (2_000_000_000, date(8000, 1, 1))
_SMALL = ((31_000, date(7000, 1, 1)), (29_000, date(6000, 1, 1)))


class Statement:
    """`Statement(build)(**values)` gives what `list(build(**values))` gives.

    `build` is called with stand-ins for all numbers and days in its values, so it must pass them on as they are: it may
    neither compute with them nor decide by them. (It may compare them with each other.) Everything else, texts, truths,
    how long a list is and which values are equal, is the shape of a statement, and each shape is built once. Values are
    numbers, days, texts, None; tuples, lists, dicts and frozensets of these; and dataclasses of these (a frozen
    one holds no lists). One that has `stand_in(number)`, `as_parameter(connection)` and the `sql_type` that PostgreSQL
    knows it as changes like a number: what is looked for in a search.
    """

    def __init__(self, build):
        self.build = build
        self._made = {}

    def __call__(self, **values):
        return self.ask(**values).rows()

    def ask(self, **values):
        """The answer as the database gave it, of which the rows are made when somebody wants them."""
        made, given = self.made_for(values)
        return Answer(made, made.told(given))

    def about(self, **values):
        """The same, asked when somebody wants its rows."""
        return Question(self, values)

    def insert_into(self, model, *names, **values):
        """INSERT … SELECT … ON CONFLICT DO NOTHING, which the ORM has no words for; returns how many rows were new."""
        made, given = self.made_for(values)
        return _insertion(made, model, names).carry_out(given)

    def made_for(self, values):
        """(the shape of the statement for these values, the numbers and days in them)."""
        given = {}
        shape = (language(), *[(name, _shape(each, given)) for name, each in values.items()])
        made = self._made.get(shape)
        if made is None:
            if len(self._made) >= SHAPES:
                self._made.clear()
            made = self._made[shape] = _Made(self.build, values, given)
        return made, list(given)


@dataclass(frozen=True)
class Answer:
    """What the database answered: `told` in its own values, `rows()` as the queryset would give them."""

    made: "_Made"
    told: tuple

    def rows(self):
        return self.made.rows_of(self.told) if self.told else []

    def first(self):
        """The first row alone, where there is one."""
        return self.made.rows_of(self.told[:1])[0]


class Question:
    """A statement with its values, asked when its rows are wanted."""

    def __init__(self, statement, values):
        self.statement, self.values = statement, values

    @cached_property
    def answer(self):
        return self.statement.ask(**self.values)

    def rows(self):
        return self.answer.rows()


def trace_of(*questions):
    """What changes whenever an answer to one of them does; PostgreSQL tells it at once, without their rows."""
    if not questions or connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        return tuple(each.answer.told for each in questions)
    found = [each.statement.made_for(each.values) for each in questions]
    together = _together(tuple(made for made, _given in found))
    return together.told([value for _made, given in found for value in given])


def mark_of(*parts):
    """A short mark of answers and other plain values: equal parts have the same, and nobody finds others with it."""
    told = [part.told if isinstance(part, Answer) else part for part in parts]
    return hashlib.blake2b(pickle.dumps(told), digest_size=16).hexdigest()


def _shape(value, given):
    """What of a value decides the SQL; its numbers and days are numbered in `given`, equal ones alike."""
    kind = type(value)
    if kind is int or kind is date or hasattr(kind, "stand_in"):
        return (kind, given.setdefault(value, len(given)))
    if kind in _MANY:
        return (kind, *[_shape(each, given) for each in (sorted(value) if kind is frozenset else value)])
    if kind is dict:
        return (kind, *[(name, _shape(each, given)) for name, each in value.items()])
    if is_dataclass(value):
        shape, numbered = _shape_alone(value) if kind.__hash__ else _alone(value)
        return (shape, *[given.setdefault(each, len(given)) for each in numbered])
    return value


def _alone(value):
    """(the shape of a dataclass by itself, its numbers and days)."""
    given = {}
    kind = type(value)
    return (kind, *[_shape(getattr(value, name), given) for name in _compared(kind)]), tuple(given)


# Who reads is the same for all statements of a page, and of the next. In a field of what can be kept stands one type.
_shape_alone = lru_cache(maxsize=1024)(_alone)


@cache
def _compared(kind):
    return tuple(each.name for each in fields(kind) if each.compare)


class _Asked:
    """SQL that is asked with one list of values after the other."""

    sql, params, types = None, (), ()  # the places of the values in it, and what PostgreSQL knows them as

    def told(self, given):
        """The rows as the driver gives them; none where there is nothing to ask."""
        if self.sql is None:
            return ()
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            self._execute(connection, cursor, given)
            return tuple(cursor.fetchall())

    def carry_out(self, given):
        """The same for what finds no rows but changes some; how many."""
        if self.sql is None:
            return 0
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            self._execute(connection, cursor, given)
            return max(cursor.rowcount, 0)

    def _execute(self, connection, cursor, given):
        given = [_adapted(value, connection) for value in given]
        if settings.PREPARED_STATEMENTS and connection.vendor == "postgresql":
            cursor.execute(self._prepared(connection, given), given)
        else:
            cursor.execute(self.sql, [fixed if place is None else given[place] for place, fixed in self.params])

    def _prepared(self, connection, given):
        """The statement's name with places for its values, which PostgreSQL knows on this connection from now on.

        It plans a statement of many joins longer than it runs it. psycopg2 prepares nothing by itself.
        """
        known = _KNOWN.setdefault(connection.connection, {})
        if self not in known:
            with connection.connection.cursor() as cursor:  # not a statement of the page's own: it comes once
                if len(known) >= PREPARED:
                    cursor.execute("DEALLOCATE ALL")
                    known.clear()
                name = f"portal_{len(known)}"
                types = ", ".join(self.types)
                sql = self.sql % tuple(
                    cursor.mogrify("%s", [fixed]).decode() if place is None else f"${place + 1}"
                    for place, fixed in self.params
                )
                cursor.execute(f"PREPARE {name}{f' ({types})' if types else ''} AS {sql}")
            places = ", ".join(["%s"] * len(given))
            known[self] = f"EXECUTE {name}{f' ({places})' if places else ''}"
        return known[self]


class _Made(_Asked):
    """One shape of a statement: its SQL, and which of the given values stands where in it.

    It is built with large numbers, which nothing else in it equals, and again with others that fit any column: what
    differs then, by computing or deciding or because a column is too small, would be wrong for the next values.
    """

    def __init__(self, build, values, given):
        self.queryset, self.compiler, self.sql, params = _compiled(build, values, large := _stand_ins(given, *_LARGE))
        self.params = _placed(params, large, self.compiler.connection)
        self.converters = None  # how the driver's values become Python's: found when the first rows are wanted
        self.types = [_TYPES.get(type(value)) or value.sql_type for value in given]
        for small in _SMALL:
            exchanged = _stand_ins(given, *small)
            _queryset, compiler, sql, params = _compiled(build, values, exchanged)
            if sql == self.sql and _same(self.params, _placed(params, exchanged, compiler.connection)):
                return
        raise ValueError(f"The statement computes with its values, or one does not fit its column: {self.sql}")

    def rows_of(self, told):
        compiler, query = copy.copy(self.compiler), copy.copy(self.queryset.query)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.execute_sql = lambda *_args, **_kwargs: [told]
        if self.converters is None:
            self.converters = compiler.get_converters([column for column, *_more in compiler.select])
        compiler.get_converters = lambda _columns: self.converters
        query.get_compiler = lambda *_args, **_kwargs: compiler
        asked = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, model=self.queryset.model, _known_related_objects={})
        return list(self.queryset._iterable_class(asked))


class _Together(_Asked):
    """A fingerprint of what each of several statements finds."""

    def __init__(self, mades):
        parts, self.params, self.types = [], [], []
        for made in mades:
            shift = len(self.types)
            self.params += [(None if place is None else place + shift, fixed) for place, fixed in made.params]
            self.types += made.types
            told = "encode(sha256(convert_to(string_agg(ROW(told.*)::text, chr(10)), 'UTF8')), 'hex')"
            parts.append("NULL" if made.sql is None else f"(SELECT {told} FROM ({made.sql}) told)")
        self.sql = f"SELECT {', '.join(parts)}"


class _Insertion(_Asked):
    """What a statement finds, put into the columns of a table; what stands there already is left alone."""

    def __init__(self, made, model, names):
        quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
        self.params, self.types = made.params, made.types
        if made.sql is not None:
            columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
            self.sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {made.sql} ON CONFLICT DO NOTHING"


_together = lru_cache(maxsize=SHAPES)(_Together)
_insertion = lru_cache(maxsize=SHAPES)(_Insertion)


def _stand_ins(given, number, day):
    """{value: what stands for it while the statement is built}."""
    stand_ins = {}
    for value in given:
        if type(value) is date:
            stand_ins[value], day = day, day + timedelta(days=1)
        else:
            stand_ins[value] = number if type(value) is int else value.stand_in(number)
            number += 1
    return stand_ins


def _compiled(build, values, stand_ins):
    """(queryset, compiler, SQL, parameters); no SQL where nothing can be found."""
    queryset = build(**{name: _exchanged(each, stand_ins) for name, each in values.items()})
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        return queryset, compiler, *compiler.as_sql()
    except EmptyResultSet:
        return queryset, compiler, None, ()


def _placed(params, stand_ins, connection):
    """[(which of the values, or None; the parameter that never changes)]."""
    places = {each: place for place, each in enumerate(stand_ins.values())}
    places |= {_adapted(each, connection): place for each, place in list(places.items())}
    return [(places.get(each) if isinstance(each, int | str | date) else None, each) for each in params]


def _same(params, others):
    """Whether both stand for the same values beside the same constants; sets come in any order."""
    values, other_values = ([place for place, _each in each if place is not None] for each in (params, others))
    fixed, other_fixed = ([f"{each}" for place, each in part if place is None] for part in (params, others))
    return Counter(values) == Counter(other_values) and fixed == other_fixed


def _exchanged(value, stand_ins):
    """The same value with a stand-in for each number and day."""
    kind = type(value)
    if kind is int or kind is date or hasattr(kind, "stand_in"):
        return stand_ins[value]
    if kind in _MANY:
        return kind(_exchanged(each, stand_ins) for each in value)
    if kind is dict:
        return {name: _exchanged(each, stand_ins) for name, each in value.items()}
    if is_dataclass(value):
        return replace(value, **{name: _exchanged(getattr(value, name), stand_ins) for name in _compared(kind)})
    return value


def _adapted(value, connection):
    """A value as the database's driver takes it."""
    if type(value) is date:
        return connection.ops.adapt_datefield_value(value)
    return value.as_parameter(connection) if hasattr(value, "as_parameter") else value
