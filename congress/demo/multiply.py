"""The demonstration county many times over, for measuring: rows copied in the database, their ids shifted.

The copies are what the steps once wrote, so every state, date and timeline is a true one. Their journals' hashes do not
hold, for a hash speaks of its own case; nobody but a bench ever sees these rows.
"""

from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection

from congress.accounts.models import User
from congress.deadlines.models import Clock, ClockMove
from congress.organs.models import Committee, Congress, Department, Membership, Organ, Session, Term
from congress.procedure.models import Chain, Entry
from congress.rulebook.models import CongressProfile
from deputies.roll.models import Constituency, Delegation, Deputy, DeputyGroup, Mandate
from suggestions.appraisals.models import AskRating, Judgement, Rating, Slip, Survey
from suggestions.docket.models import (
    Answer,
    Ask,
    Assignment,
    Category,
    Contact,
    Cosigner,
    Reply,
    Round,
    SearchText,
    Standing,
    Suggestion,
    Tally,
)
from suggestions.docket.tallies import WHOLE
from suggestions.promises.models import LookBack, Promise, Report

STRIDE = 1_000_000
SERIES = 10_000  # between the serial numbers of two copies in one session
LONG_EVERY, LONG_ROWS = 100, 180  # of so many cases one has that many more entries in its journal

PLACES = (
    User, Organ, Congress, Committee, Department, Term, Session, Membership, CongressProfile, Category,
    Constituency, Delegation, Deputy, DeputyGroup, Mandate, Mandate.groups.through,
)  # fmt: skip
CASES = (
    Suggestion, Ask, Cosigner, Round, Assignment, Assignment.asks.through, Contact, Reply, Answer, SearchText,
    Survey, Slip, Rating, Rating.missing.through, AskRating, Judgement, Promise, Report, LookBack, Clock, ClockMove,
    Chain, Entry, Standing,
)  # fmt: skip

# Columns that point to a case without a foreign key, and those that must stay unique.
_POINTERS = {(Clock, "case_id"), (Clock, "subject_id"), (Chain, "case_id"), (Entry, "case_id")}
_UNIQUE = {
    (User, "username"): "username || '--' || g",
    (Congress, "code"): "code || '--' || g",
    (Suggestion, "serial"): f"serial + copy * {SERIES}",
    # The congress, and the one above it, stand at the end of the words of a case: suggestions.docket.search.
    (SearchText, "grams"): (
        "rtrim(regexp_replace(grams, '( §[0-9]+)+$', '')) || "
        f"(SELECT string_agg(' §' || own[1]::bigint + county * {STRIDE}, '') "
        "FROM regexp_matches(grams, '§([0-9]+)', 'g') own)"
    ),
}
_OF_CASES = {Chain: "kind", Entry: "kind", Clock: "case_kind"}


def counties_of(cases):
    """Both grow with the size: how many counties there are, and how many cases a county has (2, 20, 63)."""
    return max(1, int(2 * (cases / 1000) ** 0.5))


def multiply(cases):
    """Copy the county until at least so many cases stand, in many counties; gives how many stand then."""
    counties = counties_of(cases)
    copies = -(-cases // (Suggestion.objects.count() * counties))  # of each case in each county
    robot = User.objects.robot().pk
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        # The copies point to each other as the first ones do: there is nothing for the triggers to check.
        cursor.execute("SET session_replication_role = replica")
        for model in PLACES:
            _copy(cursor, model, robot, "generate_series(1, %s) g", [counties - 1])
        every_copy = "(SELECT n AS g, n %% %s AS copy, n / %s AS county FROM generate_series(1, %s) n) copies"
        with _indexes_later(cursor, CASES):
            for model in CASES:
                _copy(cursor, model, robot, every_copy, [copies, copies, counties * copies - 1])
        _lengthen(cursor)
        _tally(cursor)
        for statement in connection.ops.sequence_reset_sql(no_style(), [*PLACES, *CASES]):
            cursor.execute(statement)  # what is written from now on comes behind the copies
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    return Suggestion.objects.count()


@contextmanager
def _indexes_later(cursor, models):
    """Every index but the primary keys is built once, over all copies: a row at a time they take most of the hours."""
    tables = [model._meta.db_table for model in models]
    cursor.execute(
        "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
        " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
        " FROM pg_constraint WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
        [tables],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid::regclass::text = ANY(%s)"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
        [tables],
    )
    pairs = constraints + cursor.fetchall()
    for drop, _build in pairs:
        cursor.execute(drop)
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for _drop, build in pairs:
        cursor.execute(build)


def _tally(cursor):
    """The tallies of all copies, added up from what each case contributes."""
    Tally.objects.all().delete()
    cursor.execute(
        f"""INSERT INTO "{Tally._meta.db_table}" (congress_id, session_id, organ_id, category_id, code, day, number)
        SELECT congress_id, session_id, axis.organ, axis.category, split_part(mark, '@', 1),
            nullif(split_part(mark, '@', 2), '')::date, count(*)
        FROM "{Standing._meta.db_table}" standing, unnest(string_to_array(marks, ' ')) mark,
            LATERAL (VALUES (true, NULL::bigint, NULL::bigint),
                (standing.organ_id IS NOT NULL, standing.organ_id, NULL),
                (standing.category_id IS NOT NULL, NULL, standing.category_id)) axis(counts, organ, category)
        WHERE axis.counts GROUP BY 1, 2, 3, 4, 5, 6"""
    )
    Tally.objects.bulk_create(
        Tally(congress_id=pk, code=WHOLE, number=1) for pk in Congress.objects.values_list("pk", flat=True)
    )


def _copy(cursor, model, robot, source, params):
    columns = model._meta.local_concrete_fields
    names = ", ".join(f'"{field.column}"' for field in columns)
    values = ", ".join(_shifted(model, field, robot) for field in columns)
    where = ""
    if model in _OF_CASES:
        where = f" WHERE {_OF_CASES[model]} = '{Suggestion._meta.label_lower}'"
    elif model is ClockMove:
        kind = Suggestion._meta.label_lower
        where = f" WHERE clock_id IN (SELECT id FROM \"{Clock._meta.db_table}\" WHERE case_kind = '{kind}')"
    elif model is User:
        where = f" WHERE id <> {robot}"
    table = model._meta.db_table
    cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}", {source}{where}', params)


def _shifted(model, field, robot):
    """What the copy carries in this column."""
    if (model, field.attname) in _UNIQUE:
        return _UNIQUE[model, field.attname]
    target = field.related_model or (model if field.primary_key else None)
    column = f'"{field.column}"'
    if target in CASES or (model, field.attname) in _POINTERS:
        return f"{column} + g::bigint * {STRIDE}"
    if target not in PLACES:
        return column
    moved = f"{column} + {'g' if model in PLACES else 'county'} * {STRIDE}"
    return f"CASE WHEN {column} = {robot} THEN {column} ELSE {moved} END" if target is User else moved


def _lengthen(cursor):
    """Give some cases a long story: their last entry again and again."""
    columns = [field.column for field in Entry._meta.concrete_fields]
    changed = {"id": f"entry.id + g * {STRIDE**2}", "seq": "entry.seq + g", "request_key": "''"}
    values = ", ".join(changed.get(column, f'entry."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"""INSERT INTO "{Entry._meta.db_table}" ({names}) SELECT {values}
        FROM "{Entry._meta.db_table}" entry
        JOIN "{Chain._meta.db_table}" chain
          ON (chain.kind, chain.case_id, chain.last_seq) = (entry.kind, entry.case_id, entry.seq),
        generate_series(1, %s) g WHERE chain.kind = %s AND entry.case_id %% %s = 0""",
        [LONG_ROWS, Suggestion._meta.label_lower, LONG_EVERY],
    )
