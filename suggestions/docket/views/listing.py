"""The list of cases for everybody: views, conditions, columns, export (建议清单)."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.accounts.models import User
from congress.kit.exports import CONTENT_TYPE, workbook
from congress.kit.frozen import Frozen
from congress.kit.numbers import row_numbers
from congress.kit.paging import COUNTED, CountUpTo, page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from deputies.roll.seats import seats_of
from suggestions.docket import tallies
from suggestions.docket.actions.listing import note_export
from suggestions.docket.filters import CONDITIONS, SORTS, VIEWS, Asked, Reading, chips, offered_views, options_for
from suggestions.docket.models import Suggestion
from suggestions.docket.reports import COLUMNS, USUAL, listed, people, shaped, sheet_row
from suggestions.docket.rules import reads_cases
from suggestions.docket.search import search

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
        self.reading = Reading(request.user, self.today)

    def dispatch(self, request, *args, **kwargs):
        if not reads_cases(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def ask(self, query):
        """Read the address: what is asked for, and the cases before a view is applied."""
        whole = hats_of(self.request.user).deputy_in or any(query.get(name) for name in ("q", "figure", "waiting"))
        self.asked = Asked.of(query, default_view="all" if whole else "open")
        self.all_cases = Suggestion.objects.visible_to(self.request.user)
        self.narrowed = self.narrow(self.all_cases)

    def narrow(self, cases):
        within = hats_of(self.request.user).watches if watches_only(self.request.user) else ()
        return search(self.asked.narrow(cases, self.reading), self.asked.words, within=within)

    def in_view(self):
        view = VIEWS[self.asked.view]
        where = view.where(self.reading)
        if where is None:
            return Suggestion.objects.none()
        cases = self.narrow(Suggestion.objects.visible_to(self.request.user, drafts=view.drafts)).filter(where)
        return cases.order_by(*self.asked.order())

    def columns(self, query):
        """The columns of this address, or those chosen last time."""
        chosen = query.getlist("cols") or self.request.session.get(REMEMBERED) or USUAL
        return [code for code in COLUMNS if code in chosen] or list(USUAL)

    def rows(self, cases):
        shown = [shaped(row, today=self.today) for row in listed(cases, self.request.user)]
        return [Frozen(row | {"people": people(row)}) for row in shown]


class SuggestionListView(Listing, TemplateView):
    """Everybody's list; what stands in it is decided by `visible_to` alone."""

    template_name = "suggestions/docket/list.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        query = self.request.GET
        self.ask(query)
        if "cols" in query:
            self.request.session[REMEMBERED] = self.columns(query)
        views = offered_views(self.reading)
        counts = self.counts(views)
        page = page_of(self.in_view(), query.get("page"), count=counts[self.asked.view])
        rows = self.rows(page.object_list)
        page.object_list = rows
        options = options_for(self.request.user)
        hats = hats_of(self.request.user)
        chosen = self.columns(query)
        return super().get_context_data(
            page_obj=page,
            sub=self.sub(page.paginator.count, counts["_total"]),
            rows=rows,
            views=[self.tab(view, counts[view.code]) for view, _where in views],
            chips=[self.chip(condition, words) for condition, words in chips(self.asked, options)],
            conditions=self.conditions(options),
            columns=tuple((code, column.label, code in chosen) for code, column in COLUMNS.items()),
            shown=Frozen(dict.fromkeys(COLUMNS, False) | dict.fromkeys(chosen, True)),
            shown_count=len(chosen),
            sorts=[(code, label, self.address(sort=code)) for code, (label, _order) in SORTS.items()],
            asked=self.asked,
            sort_label=SORTS[self.asked.sort][0],
            kept=self.pairs(),
            may_urge=bool(hats.clerk_of or hats.distributes),
            due_query=self.due_query(),
            is_clerk=bool(hats.clerk_of),
            may_write=bool(hats.deputy_in),
            clear_url=self.address(values={}, words=""),
            unsearch_url=self.address(words=""),
            **kwargs,
        )

    def counts(self, views):
        """How many cases each view holds under these conditions, and how many there are at all."""
        if watches_only(self.request.user) and not (self.asked.values or self.asked.words):
            standing = self.standing_counts(views)
            if standing is not None:
                return standing
        wanted = {view.code: CountUpTo(self.narrowed.filter(where)) for view, where in views}
        wanted["_total"] = CountUpTo(self.all_cases)
        here = User.objects.filter(pk=self.request.user.pk).annotate(**{f"n{code}": n for code, n in wanted.items()})
        row = here.values(*[f"n{code}" for code in wanted]).get()
        return {code: row[f"n{code}"] for code in wanted} | {
            code: 0 for code in VIEWS if code not in wanted and code == self.asked.view
        }

    def standing_counts(self, views):
        """The same of whole congresses, from the tallies; a draft is no case yet and is counted as it lies there."""
        hats = hats_of(self.request.user)
        recorded = Suggestion.objects.filter(
            congress__in=hats.clerk_of, state=Suggestion.State.DRAFT, recorded_by__isnull=False
        )
        found = tallies.of_views(
            hats.watches,
            {view.code: view.tally(self.reading) for view, _where in views},
            beside={"all": CountUpTo(recorded)} if hats.clerk_of else {},
        )
        if found is None:
            return None
        found["_total"] = found["all"]
        return {code: min(number, COUNTED) for code, number in found.items()} | {
            code: 0 for code in VIEWS if code not in found and code == self.asked.view
        }

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

    def conditions(self, options):
        """The conditions as fields of the form behind "条件"."""
        fields = []
        for code, each in CONDITIONS.items():
            offered = each.options or options.get(code, ())
            if each.kind == "hidden" or (each.kind != "dates" and not offered):
                continue
            values = self.asked.values.get(code, [])
            fields.append(
                Frozen(
                    code=code,
                    label=each.label,
                    kind=each.kind,
                    first=f"{values[0]}" if each.kind == "dates" and values and values[0] else "",
                    last=f"{values[1]}" if each.kind == "dates" and values and values[1] else "",
                    options=tuple((f"{value}", label, f"{value}" in values) for value, label in offered),
                )
            )
        return tuple(fields)


class SuggestionExportView(Listing, View):
    """What the list shows, or what was selected of it, as a spreadsheet; the journal keeps who took it (导出)."""

    def post(self, request):
        self.ask(request.POST)
        cases = self.in_view()
        if picked := row_numbers(request.POST.getlist("pk")):
            cases = self.all_cases.filter(pk__in=picked).order_by(*self.asked.order())
        columns = self.columns(request.POST)
        rows = self.rows(cases)
        made_at = date_format(timezone.localtime(), "Y-m-d H:i")
        note = _("制表：%(name)s　制表时间：%(at)s　共 %(count)s 件") % {
            "name": request.user.name,
            "at": made_at,
            "count": len(rows),
        }
        content = workbook(
            self.title(),
            [COLUMNS[code] for code in columns],
            (sheet_row(row, columns) for row in rows),
            note=note,
        )
        note_export(self.place(), count=len(rows), by=request.user, address=urlencode(self.asked.pairs()))
        name = _("建议清单%s.xlsx") % f"{self.today:%Y%m%d}"
        return HttpResponse(
            content,
            content_type=CONTENT_TYPE,
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{_quoted(name)}"},
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


def _quoted(name):
    return urlencode({"": name})[1:].replace("+", "%20")
