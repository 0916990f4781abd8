"""Finding words in Chinese text: every pair of neighbouring characters is a token, on PostgreSQL and on SQLite.

A `GramsField` holds the tokens of a row; `create_index` gives its table what the database needs to find them (GIN over
a tsvector, or an FTS5 table kept by triggers); `grams__holds=Query(…)` asks. A word of one character is a prefix.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db import models
from django.db.models import Lookup

_RUN = re.compile(r"[a-z0-9]+|[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def _runs(text):
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _pairs(run):
    return [run[start : start + 2] for start in range(len(run) - 1)]


def pairs(text):
    """The pairs of characters in a text, and its Latin words and numbers, in order."""
    return [token for run in _runs(text) for token in ([run] if run.isascii() else _pairs(run))]


def grams(text, *extra):
    """What a row's GramsField holds: each token of the text once, and further tokens as they are."""
    tokens = [token for run in _runs(text) for token in ([run] if run.isascii() else [*_pairs(run), run[-1]])]
    return " ".join(dict.fromkeys([*tokens, *extra]))


@dataclass(frozen=True)
class Query:
    """What to look for: any of these alternatives, each a tuple of terms that must all be there; `路*` is a prefix."""

    alternatives: tuple

    sql_type = "tsquery"

    def __bool__(self):
        return any(self.alternatives)

    def __or__(self, other):
        return Query(self.alternatives + other.alternatives)

    @classmethod
    def all_of(cls, words):
        """Every word of a typed line."""
        terms = []
        for run in _runs(words):
            terms += [f"{run}*"] if run.isascii() or len(run) == 1 else _pairs(run)
        return cls((tuple(dict.fromkeys(terms)),))

    @classmethod
    def any_of(cls, tokens):
        return cls(tuple((token,) for token in tokens))

    def stand_in(self, number):
        """For a statement that is built once: one that nobody looks for."""
        return Query.any_of([f"{number}"])

    def as_parameter(self, connection):
        """As a tsquery of PostgreSQL, or what FTS5 of SQLite is to match."""
        is_postgresql = connection.vendor == "postgresql"
        term, both, either = (_lexeme, " & ", " | ") if is_postgresql else (_phrase, " AND ", " OR ")
        return either.join("(" + both.join(map(term, terms)) + ")" for terms in self.alternatives if terms)


def _lexeme(term):
    return f"'{term[:-1]}':*" if term.endswith("*") else f"'{term}'"


def _phrase(term):
    return f'"{term[:-1]}"*' if term.endswith("*") else f'"{term}"'


class GramsField(models.TextField):
    """Tokens separated by spaces; ask it with `holds`."""


@GramsField.register_lookup
class Holds(Lookup):
    lookup_name = "holds"

    def get_prep_lookup(self):
        return self.rhs

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value.as_parameter(connection)]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        _sql, asked = self.process_rhs(compiler, connection)
        return f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery", [*params, *asked]

    def as_sqlite(self, compiler, connection):
        quote = connection.ops.quote_name
        meta = self.lhs.target.model._meta
        fts = quote(f"{meta.db_table}_fts")
        row = f"{quote(self.lhs.alias)}.{quote(meta.pk.column)}"
        _sql, asked = self.process_rhs(compiler, connection)
        return f"{row} IN (SELECT rowid FROM {fts} WHERE {fts} MATCH %s)", asked


def create_index(schema_editor, model, field="grams"):
    """Give the table of a GramsField its index; for migrations."""
    for statement in _statements(schema_editor.connection, model, field)[0]:
        schema_editor.execute(statement)


def drop_index(schema_editor, model, field="grams"):
    for statement in _statements(schema_editor.connection, model, field)[1]:
        schema_editor.execute(statement)


def _statements(connection, model, field):
    quote = connection.ops.quote_name
    name = model._meta.db_table
    table, column, pk = quote(name), quote(field), quote(model._meta.pk.column)
    if connection.vendor == "postgresql":
        index = quote(f"{name}_{field}_gin")
        made = f"CREATE INDEX {index} ON {table} USING gin (array_to_tsvector(string_to_array({column}, ' ')))"
        return [made], [f"DROP INDEX {index}"]
    fts, triggers = quote(f"{name}_fts"), [quote(f"{name}_{each}") for each in ("written", "removed", "changed")]
    enter = f"INSERT INTO {fts}(rowid, {column}) VALUES (new.{pk}, new.{column});"
    remove = f"INSERT INTO {fts}({fts}, rowid, {column}) VALUES ('delete', old.{pk}, old.{column});"
    made = [
        f"CREATE VIRTUAL TABLE {fts} USING fts5("
        f"{field}, content='{name}', content_rowid='{model._meta.pk.column}', tokenize='ascii', detail='none')",
        f"CREATE TRIGGER {triggers[0]} AFTER INSERT ON {table} BEGIN {enter} END",
        f"CREATE TRIGGER {triggers[1]} AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {triggers[2]} AFTER UPDATE ON {table} BEGIN {remove} {enter} END",
    ]
    return made, [*(f"DROP TRIGGER {each}" for each in triggers), f"DROP TABLE {fts}"]
