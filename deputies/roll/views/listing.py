"""The roll as a list: conditions, figures, export (名册清单)."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.organs.models import Term
from congress.organs.views import OfCongress
from deputies.roll import actions
from deputies.roll.filters import MARKS, SORTS, Asked, counts_of
from deputies.roll.importing import current_term
from deputies.roll.models import Delegation, Deputy, DeputyGroup, Mandate
from deputies.roll.reports import ROLL, roll_rows
from deputies.roll.rules import kept_by, readable_by
from deputies.roll.terms import outlived


class OfRoll(OfCongress):
    """A page of one congress whose roll the reader may read."""

    congresses_of = staticmethod(readable_by)

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_keep=self.request.user.has_perm("roll.keep", self.congress), **kwargs)


class Listing(OfRoll):
    """What the list and its export have in common: the seats that the address asks for."""

    def ask(self, query):
        self.asked = Asked.of(query)
        self.terms = list(Term.objects.filter(congress=self.congress))
        today = current_term(self.congress, on=timezone.localdate())
        named = [each for each in self.terms if f"{each.pk}" == self.asked.term]
        self.term = named[0] if named else today
        everybody = Mandate.objects.visible_to(self.request.user).filter(congress=self.congress, term=self.term)
        self.narrowed = self.asked.narrow(everybody)

    def seats(self):
        rows = self.asked.in_state(self.narrowed).order_by(*self.asked.order())
        return rows.select_related("deputy", "delegation", "constituency").prefetch_related("groups")


class RollListView(Listing, TemplateView):
    """Who sits in this congress."""

    template_name = "deputies/roll/list.html"

    def get_context_data(self, **kwargs):
        self.ask(self.request.GET)
        counts = counts_of(self.narrowed)
        total = counts["all"] if self.asked.state == "all" else counts[self.asked.state]
        return super().get_context_data(
            page_obj=page_of(self.seats().defer(*Deputy.personal()), self.request.GET.get("page"), count=total),
            asked=self.asked,
            term=self.term,
            terms=self.terms,
            outlived=self.outlived(),
            tabs=self.tabs(counts),
            figures=self.figures(counts),
            delegations=Delegation.objects.filter(congress=self.congress),
            groups=DeputyGroup.objects.filter(congress=self.congress),
            marks=[(mark, label) for mark, (label, _where) in MARKS.items()],
            sorts=[(code, label) for code, (label, _order) in SORTS.items()],
            is_narrowed=bool(self.asked.words or self.asked.delegation or self.asked.group or self.asked.mark),
            **kwargs,
        )

    def outlived(self):
        """For whoever keeps the roll: a term before this one whose seats nobody has ended."""
        if len(self.terms) < 2 or not self.request.user.has_perm("roll.keep", self.congress):
            return []
        return outlived(self.terms, on=timezone.localdate())

    def address(self, **changes):
        pairs = dict(self.asked.pairs) | {"congress": self.congress.code} | changes
        return f"?{urlencode({name: value for name, value in pairs.items() if value})}"

    def tabs(self, counts):
        states = [*Mandate.State.choices, ("all", _("全部"))]
        return [
            {
                "label": label,
                "count": counts[state],
                "url": self.address(state=state),
                "is_current": state == self.asked.state,
            }
            for state, label in states
            if state != Mandate.State.ELECT or counts[state] or state == self.asked.state  # only before a term begins
        ]

    def figures(self, counts):
        """The figures above the list: each with its base, each a door to its rows."""
        base = counts[Mandate.State.ACTIVE]
        shown = ("women", "minority", "re_elected")
        return [
            {
                "label": MARKS[mark][0],
                "count": counts[mark],
                "percent": f"{counts[mark] * 100 / base:.2f}" if base else "",
                "base": base,
                "url": self.address(state=Mandate.State.ACTIVE, mark=mark),
            }
            for mark in shown
        ]


class RollExportView(Listing, View):
    """What the list shows as a workbook, for whoever keeps the roll; the journal keeps who took it (导出)."""

    congresses_of = staticmethod(kept_by)

    def post(self, request):
        self.ask(request.POST)
        rows = list(roll_rows(self.seats()))
        title = _("%(congress)s%(term)s代表名册") % {"congress": self.congress.name, "term": self.term or ""}
        what = urlencode(self.asked.pairs)
        return sheet_response(
            title, ROLL, rows, note_for(request, len(rows)), lambda: self.note(len(rows), what), name=_("代表名册")
        )

    def note(self, count, what):
        actions.note_export(self.congress, count=count, by=self.request.user, what=what)


def kept_congress(user, code):
    """The congress whose roll this user keeps, or 404."""
    found = get_object_or_404(readable_by(user), code=code)
    if not user.has_perm("roll.keep", found):
        raise Http404
    return found
