"""The list of cases for everybody: views, conditions, columns, export (建议清单)."""

from collections import Counter
from dataclasses import replace
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Case, Value, When
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.accounts.models import User
from congress.kit.downloads import note_for, sheet_response
from congress.kit.frozen import Frozen, frozen
from congress.kit.languages import language
from congress.kit.numbers import row_numbers
from congress.kit.paging import COUNTED, PAGE_SIZE, CountsUpTo, CountUpTo, page_of
from congress.kit.remembered import forgettable
from congress.kit.statements import Statement, mark_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from deputies.roll.seats import seats_of
from suggestions.docket import tallies
from suggestions.docket.actions.listing import note_export
from suggestions.docket.filters import (
    CONDITIONS,
    ORDERED,
    SORTS,
    VIEWS,
    Asked,
    Reading,
    chips,
    offered_codes,
    offered_views,
)
from suggestions.docket.models import Suggestion
from suggestions.docket.options import options_for
from suggestions.docket.reports import COLUMNS, USUAL, Listed, people, shaped, sheet_row
from suggestions.docket.rules import reads_cases
from suggestions.docket.search import holding, sought, units_named

REMEMBERED = "docket_columns"


def watches_only(user):
    """Whether he reads cases as his congress's, and none by a share, a committee or a seat."""
    hats = hats_of(user)
    return bool(hats.watches) and not (hats.departments or hats.committees or seats_of(user))


class Listing:
    """What the list, its export and its print have in common: the cases that the address asks for."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()

    def dispatch(self, request, *args, **kwargs):
        if not reads_cases(request.user):
            raise Http404
        self.reading = Reading.of(request.user, self.today)
        return super().dispatch(request, *args, **kwargs)

    def ask(self, query):
        """Read the address: what is asked for."""
        user, hats = self.request.user, hats_of(self.request.user)
        whole = hats.only_sits or any(query.get(name) for name in ("q", "figure", "waiting"))
        self.asked = Asked.of(query, default_view="all" if whole else "open")
        within = hats.oversees if watches_only(user) else ()
        self.wanted = {
            "reading": self.reading,
            "asked": replace(self.asked, words=""),
            "held": sought(self.asked.words, within=within, units=units_named(self.asked.words, reader=user)),
        }

    def answer(self, statement, **more):
        """What a statement finds. One with a condition that computes with the day is built each time."""
        if any(CONDITIONS[code].kind == "hidden" for code in self.asked.values):
            return list(statement.build(**self.wanted, **more))
        return statement(**self.wanted, **more)

    def in_view(self):
        return in_view(**self.wanted)

    def columns(self, query):
        """The columns of this address, or those chosen last time."""
        chosen = query.getlist("cols") or self.request.session.get(REMEMBERED) or USUAL
        return [code for code in COLUMNS if code in chosen] or list(USUAL)

    def rows(self, pks):
        return _rows(Listed(pks, self.request.user), self.today)


def _rows(listed, today):
    shown = [shaped(row, today=today) for row in listed.rows()]
    return [Frozen(row | {"people": people(row)}) for row in shown]


class Sheet:
    """What stands on a page of the list, made only where it is drawn; its mark says what it follows from."""

    def __init__(self, view, *, counts, listed, may):
        self.view, self.counts, self.listed, self.may = view, counts, listed, may
        self.options = options_for(view.request.user)
        self.chosen = view.columns(view.request.GET)

    def mark(self):
        return mark_of(
            self.listed.trace(),
            self.listed.pks,
            self.counts,
            self.options,
            self.chosen,
            self.view.asked,
            self.may,
            self.view.today,
        )

    @cached_property
    def head(self):
        return self.view.head(self.counts, self.options, self.columns)

    @property
    def columns(self):
        return _offered_columns(tuple(self.chosen), language())

    @property
    def shown(self):
        return Frozen(dict.fromkeys(COLUMNS, False) | dict.fromkeys(self.chosen, True))

    @cached_property
    def rows(self):
        return _rows(self.listed, self.view.today)


def narrowed(cases, reading, asked, held):
    """Cases under the conditions and words of an address, before a view is applied."""
    return holding(asked.narrow(cases, reading), held)


def in_view(reading, asked, held, *, by_marks=False):
    """The cases that an address asks for, in its order; `by_marks`, as View.marked finds them."""
    view = VIEWS[asked.view]
    where = view.marked(reading) if by_marks else view.where(reading)
    if where is None:
        return Suggestion.objects.none()
    seen = Suggestion.objects.visible_to(reading.reader, drafts=view.drafts)
    return narrowed(seen, reading, asked, held).filter(where).order_by(*asked.order())


@Statement
def _of_page(page, **wanted):
    """The cases of one page; its number stands in the statement itself, so it comes as a text."""
    first = (int(page) - 1) * PAGE_SIZE
    return in_view(**wanted).values_list("pk", flat=True)[first : first + PAGE_SIZE]


@Statement
def _of_page_each(page, congresses, reading, asked, **wanted):
    """The same as (id, what it is ordered by), congress by congress: an index has the cases of each in order."""
    first = (int(page) - 1) * PAGE_SIZE
    last = first + PAGE_SIZE
    columns = [term.lstrip("-") if isinstance(term, str) else term.expression.name for term in reversed(asked.order())]
    readings = [replace(reading, reader=reading.reader.within(congress)) for congress in congresses]
    each = [in_view(reading=each, asked=asked, **wanted).values_list(*columns)[:last] for each in readings]
    return each[0].union(*each[1:], all=True).order_by(*asked.order())[first:last]


@Statement
def _looked_up(reading, asked, **wanted):
    """(id, which views hold it) of the cases under these conditions and words; for who reads whole congresses.

    The views are the bits of a number, so that words are looked for once.
    """
    seen = Suggestion.objects.visible_to(reading.reader)
    wheres = [view.marked(reading) for view, where in offered_views(reading) if where]
    bits = sum((Case(When(where, then=1 << place), default=0) for place, where in enumerate(wheres)), Value(0))
    found = narrowed(seen, reading, asked, **wanted).order_by(*asked.order())
    return found.values_list("pk", bits)[: COUNTED + 1]


@Statement
def _counts(reading, **wanted):
    """How many cases each view holds under these conditions, read in one pass; and how many there are at all."""
    seen = Suggestion.objects.visible_to(reading.reader)
    wheres = [where for _view, where in offered_views(reading) if where]
    counts = CountsUpTo(narrowed(seen, reading, **wanted), wheres)
    return User.objects.filter(pk=reading.reader.pk).values_list(counts, CountUpTo(seen))


@Statement
def _counts_each(reading, **wanted):
    """How many each view holds where one pass would not come to the end."""
    within = narrowed(Suggestion.objects.visible_to(reading.reader), reading, **wanted)
    counts = [CountUpTo(within.filter(where)) for _view, where in offered_views(reading) if where]
    return User.objects.filter(pk=reading.reader.pk).values_list(*counts)


@Statement
def _trace(congresses, clerk_of):
    """What changes with the tallies; and how many drafts the office recorded, for a draft is no case yet."""
    recorded = Suggestion.objects.filter(congress__in=clerk_of, state=Suggestion.State.DRAFT, recorded_by__isnull=False)
    trace = tallies.trace_of_views(congresses).annotate(drafts=CountUpTo(recorded))
    return trace.values_list("whole", "lines", "oldest", "newest", "drafts")


@Statement
def _of_tallies(congresses, reading):
    """How many cases each view holds of whole congresses."""
    return tallies.of_views(congresses, {f"n{code}": VIEWS[code].tally(reading) for code in offered_codes(reading)[0]})


@forgettable
@lru_cache(maxsize=1024)
def _numbers(_of_this_trace, congresses, reading):
    """{view: how many cases it holds}, drafts left out; read again when the trace of the tallies is another."""
    (row,) = _of_tallies(congresses=congresses, reading=reading)
    return Frozen((name.removeprefix("n"), number) for name, number in row.items())


class SuggestionListView(Listing, TemplateView):
    """Everybody's list; what stands in it is decided by `visible_to` alone."""

    template_name = "suggestions/docket/list.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        query = self.request.GET
        self.ask(query)
        if "cols" in query:
            self.request.session[REMEMBERED] = self.columns(query)
        found = self.looked_up()
        counts = self.counts(found)
        page = page_of(range(counts.get(self.asked.view, 0)), query.get("page"))
        page.object_list = pks = self.of_page(page, found)
        hats = hats_of(self.request.user)
        may = Frozen(
            urge=bool(hats.clerk_of or hats.distributes), register=bool(hats.clerk_of), write=bool(hats.deputy_in)
        )
        sheet = Sheet(self, counts=counts, listed=Listed(pks, self.request.user), may=may)
        return super().get_context_data(
            page_obj=page,
            sub=self.sub(page.paginator.count, counts["_total"]),
            may=may,
            due_query=self.due_query(),
            sheet=sheet,
            mark=sheet.mark(),
            walks=bool(hats.clerk_of and pks) and self.asked.view == "mine",
            **kwargs,
        )

    def of_page(self, page, found):
        """The ids of the cases of this page."""
        if found is not None:
            _views, narrower = offered_codes(self.reading)
            bit = 1 << narrower.index(self.asked.view) if self.asked.view in narrower else 0
            pks = [pk for pk, views in found if views & bit == bit]
            return pks[page.start_index() - 1 : page.end_index()] if pks else []
        page, view = str(page.number), VIEWS[self.asked.view]
        if view.marked is not view.where and self.of_tallies:
            return self.answer(_of_page, page=page, by_marks=True)
        watched = tuple(sorted(hats_of(self.request.user).watches))
        can_merge = connection.features.supports_slicing_ordering_in_compound and self.asked.sort in ORDERED
        is_offered = self.asked.view in offered_codes(self.reading)[0]
        is_of_many = len(watched) > 1 and watches_only(self.request.user)
        if can_merge and is_offered and is_of_many and not self.asked.words:
            return [pk for pk, *_order in self.answer(_of_page_each, page=page, congresses=watched)]
        return self.answer(_of_page, page=page)

    def head(self, counts, options, columns):
        """What stands above the rows: views, conditions in force and offered, order, columns."""
        return Frozen(
            conditions=_offered_conditions(options, frozen(self.asked.values), language()),
            columns=columns,
            shown_count=sum(is_shown for _code, _label, is_shown in columns),
            **frozen(
                {
                    "tabs": [self.tab(VIEWS[code], count) for code, count in counts.items() if code in VIEWS],
                    "chips": [self.chip(condition, words) for condition, words in chips(self.asked, options)],
                    "sorts": [(code, label, self.address(sort=code)) for code, (label, _order) in SORTS.items()],
                    "sort_label": SORTS[self.asked.sort][0],
                    "view": self.asked.view,
                    "sort": self.asked.sort,
                    "words": self.asked.words,
                    "pairs": self.pairs(),
                    "clear_url": self.address(values={}, words=""),
                    "unsearch_url": self.address(words=""),
                }
            ),
        )

    def looked_up(self):
        """What words find, read once; None where there are none, where too much is found or tallies cannot tell."""
        if not (self.asked.words and self.of_tallies):
            return None
        found = self.answer(_looked_up)
        return found if len(found) <= COUNTED else None

    @cached_property
    def of_tallies(self):
        """{view: how many cases it holds} of whole congresses without conditions; None where tallies cannot tell."""
        if not watches_only(self.request.user):
            return None
        hats = hats_of(self.request.user)
        found = _trace(congresses=hats.watches, clerk_of=hats.clerk_of)
        if not found or found[0][0] != len(hats.watches):
            return None
        *trace, drafts = found[0]
        numbers = dict(_numbers(tuple(trace), hats.watches, self.reading))
        numbers["all"] += drafts or 0
        return {code: min(number, COUNTED) for code, number in numbers.items()}

    def counts(self, found):
        """{view: how many cases it holds}; `_total`: how many there are at all."""
        if self.of_tallies and not (self.asked.values or self.asked.words):
            return self.of_tallies | {"_total": self.of_tallies["all"]}
        if found is not None:
            sums = Counter(views for _pk, views in found)
            numbers = [
                sum(number for views, number in sums.items() if views >> place & 1)
                for place in range(len(offered_codes(self.reading)[1]))
            ]
            return self.by_view(len(found), numbers) | {"_total": self.of_tallies["all"]}
        ((told, total),) = self.answer(_counts)
        whole, *numbers = CountsUpTo.read(told) or [0]
        if whole == COUNTED:
            (numbers,) = self.answer(_counts_each)
        return self.by_view(whole, numbers) | {"_total": total or 0}

    def by_view(self, whole, numbers):
        """The number of all, and of each narrower view, under its code."""
        views, narrower = offered_codes(self.reading)
        told = dict(zip(narrower, numbers, strict=False))  # no numbers where nothing was found
        return {code: told.get(code) or 0 if code in narrower else whole for code in views}

    def sub(self, found, total):
        """How many of how many: 符合条件 164 件，共 327 件."""
        words = {"found": _up_to(found), "total": _up_to(total)}
        return _("符合条件 %(found)s 件，共 %(total)s 件") % words

    def pairs(self, **changes):
        """The address as (name, value) pairs, with some parts changed."""
        values = changes.pop("values", None)
        words = changes.pop("words", self.asked.words)
        pairs = self.asked.pairs() if values is None else []
        pairs += [("q", words)] if words else []
        own = {"view": self.asked.view, "sort": self.asked.sort} | changes
        return pairs + [(name, value) for name, value in own.items() if value != ""]

    def due_query(self):
        """The days of the condition 期限, for the text of what is due then."""
        pairs = [(name, value) for name, value in self.asked.pairs() if name in {"due_from", "due_to"}]
        return f"?{urlencode(pairs)}" if pairs else ""

    def address(self, **changes):
        return f"?{urlencode(self.pairs(**changes))}"

    def tab(self, view, count):
        return {
            "label": view.label,
            "count": _up_to(count),
            "url": self.address(view=view.code),
            "is_current": view.code == self.asked.view,
        }

    def chip(self, condition, words):
        rest = [*self.asked.pairs(without=condition.code), ("view", self.asked.view), ("sort", self.asked.sort)]
        rest += [("q", self.asked.words)] if self.asked.words else []
        return {"label": condition.label, "words": words, "url": f"?{urlencode(rest)}"}


@lru_cache(maxsize=256)
def _offered_columns(chosen, _language):
    return frozen([(code, column.label, code in chosen) for code, column in COLUMNS.items()])


@lru_cache(maxsize=256)
def _offered_conditions(options, chosen, _language):
    """The conditions as fields of the form behind "条件", with what is chosen in each."""
    fields = []
    for code, each in CONDITIONS.items():
        offered = each.options or options.get(code, ())
        if each.kind == "hidden" or (each.kind != "dates" and not offered):
            continue
        values = chosen.get(code, ())
        fields.append(
            {
                "code": code,
                "label": each.label,
                "kind": each.kind,
                "first": f"{values[0]}" if each.kind == "dates" and values and values[0] else "",
                "last": f"{values[1]}" if each.kind == "dates" and values and values[1] else "",
                "options": [(f"{value}", label, f"{value}" in values) for value, label in offered],
            }
        )
    return frozen(fields)


class SuggestionExportView(Listing, View):
    """What the list shows, or what was selected of it, as a spreadsheet; the journal keeps who took it (导出)."""

    def post(self, request):
        self.ask(request.POST)
        cases = self.in_view()
        if picked := row_numbers(request.POST.getlist("pk")):
            cases = Suggestion.objects.visible_to(request.user).filter(pk__in=picked).order_by(*self.asked.order())
        columns = self.columns(request.POST)
        rows = self.rows(list(cases.values_list("pk", flat=True)))
        return sheet_response(
            self.title(),
            [COLUMNS[code] for code in columns],
            (sheet_row(row, columns) for row in rows),
            note_for(request, len(rows)),
            lambda: note_export(self.place(), count=len(rows), by=request.user, address=urlencode(self.asked.pairs())),
            name=_("建议清单"),
        )

    def title(self):
        view = VIEWS[self.asked.view]
        return _("建议清单（%s）") % view.label

    def place(self):
        """The congress in whose journal the export stands."""
        hats = hats_of(self.request.user)
        return Congress.objects.filter(pk__in=hats.congresses).order_by("pk").first()


def _up_to(count):
    return f"{count}+" if count == COUNTED else f"{count}"
