"""Pages of long lists: counted once, and never further than is worth reading (分页)."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, Subquery, TextField, When

PAGE_SIZE = 25
COUNTED = 5000


class CountUpTo(Subquery):
    """The number of rows of a queryset, counted no further than COUNTED, as an expression.

    Several of them stand in one statement, and a list of millions costs no more than one of thousands.
    """

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, queryset, **extra):
        super().__init__(queryset.order_by().values("pk")[:COUNTED], **extra)


class CountAndFirst(Subquery):
    """How many rows a queryset has, counted no further than COUNTED, and the earliest of their days, in one pass.

    As a text, `12,2026-12-04`; `read` gives both. `day` names a field or is an expression; rows without one come last.
    """

    template = "(SELECT COUNT(*) || ',' || COALESCE(CAST(MIN(first_day) AS text), '') FROM (%(subquery)s) counted)"
    output_field = TextField()

    def __init__(self, queryset, day):
        dated = queryset.annotate(first_day=F(day) if isinstance(day, str) else day)
        super().__init__(dated.order_by(F("first_day").asc(nulls_last=True)).values("first_day")[:COUNTED])

    @staticmethod
    def read(text):
        """(number, date or None); nothing at all where nothing can be found."""
        number, _comma, day = (text or "0").partition(",")
        return int(number), date.fromisoformat(day) if day else None


class CountsUpTo(Subquery):
    """How many of a queryset's first COUNTED rows there are, and of how many of them each Q holds, in one pass.

    As a text, `12,3,0`; `read` gives it as numbers, in the order of the Qs behind that of all.
    """

    output_field = TextField()

    def __init__(self, queryset, wheres):
        flags = {f"is_{place}": Case(When(where, then=1), default=0) for place, where in enumerate(wheres)}
        super().__init__(queryset.order_by().annotate(**flags).values(*flags)[:COUNTED])
        sums = "".join(f" || ',' || COALESCE(SUM({flag}), 0)" for flag in flags)
        self.template = f"(SELECT COUNT(*){sums} FROM (%(subquery)s) counted)"

    @staticmethod
    def read(text):
        """The numbers; none where nothing can be found at all."""
        return [int(number) for number in text.split(",")] if text else []


class CountedPaginator(Paginator):
    """A paginator that was told the count."""

    def __init__(self, rows, per_page=PAGE_SIZE, *, count):
        super().__init__(rows, per_page)
        self.count = count

    count = None


def page_of(rows, number, *, count=None, per_page=PAGE_SIZE):
    """The page that an address asks for, the nearest one where it does not exist."""
    paginator = Paginator(rows, per_page) if count is None else CountedPaginator(rows, per_page, count=count)
    return paginator.get_page(number)
