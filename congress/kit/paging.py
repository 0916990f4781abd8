"""Pages of long lists: counted once, and never further than is worth reading (分页)."""

from django.core.paginator import Paginator
from django.db.models import IntegerField, Subquery

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
