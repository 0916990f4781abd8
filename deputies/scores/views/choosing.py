"""Which congress, scheme and period an address speaks of (选择)."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from congress.organs.models import Term
from deputies.scores.boards import in_force, rules_of
from deputies.scores.models import PeriodClose, Scheme, Version
from deputies.scores.rules import read_by
from deputies.scores.windows import window_at, windows_within

OFFERED = 72  # periods to choose from: six years of months


class Chosen:
    """A scheme and a period of it, with the rules under which it is reckoned and how it was closed."""

    def __init__(self, scheme, code, *, on):
        self.scheme, self.on = scheme, on
        self.terms = list(Term.objects.filter(congress=scheme.congress_id))
        self.adopted = list(scheme.versions.filter(state=Version.State.ADOPTED).order_by("effective_from"))
        self.windows = self._windows()
        self.window = self._pick(code)
        self.rules = self._rules()
        self.close = None
        if self.window:
            closes = PeriodClose.objects.filter(scheme=scheme, code=self.window.code)
            self.close = closes.select_related("rules__scheme__congress", "scheme").first()

    def _windows(self):
        """The periods since the first rules, the latest first."""
        found = []
        for version in self.adopted:
            until = min(version.effective_to or self.on, self.on)
            found += windows_within(version.period, version.effective_from, until, terms=self.terms)
        return found[::-1][:OFFERED]

    def _pick(self, code):
        named = next((each for each in self.windows if each.code == code), None)
        return named or next(iter(self.windows), None)

    def _rules(self):
        if self.window is None:
            return None
        begun = [each for each in self.adopted if each.effective_from <= self.window.first]
        rules = begun[-1] if begun else None
        if rules:
            rules.scheme = self.scheme
        return rules

    @property
    def is_over(self):
        return self.window is not None and self.window.is_over(on=self.on)


class OfScheme:
    """A page about one scheme of a congress whose scores the reader may read."""

    def choose(self, query):
        self.congresses = list(read_by(self.request.user))
        if not self.congresses:
            raise Http404
        found = [each for each in self.congresses if each.code == query.get("congress")] or self.congresses[:1]
        self.congress = found[0]
        adopted = Version.objects.filter(scheme=OuterRef("pk"), state=Version.State.ADOPTED)
        rows = Scheme.objects.filter(congress__in=self.congresses).select_related("congress")
        everything = list(rows.annotate(is_adopted=Exists(adopted)))
        named = [each for each in everything if f"{each.pk}" == query.get("scheme")]
        if query.get("scheme") and not named:
            raise Http404
        if named:
            self.congress = next(each for each in self.congresses if each.pk == named[0].congress_id)
        here = [each for each in everything if each.congress_id == self.congress.pk]
        self.schemes = sorted(here, key=lambda each: each.is_stopped)  # what still counts stands first
        scheme = named[0] if named else self._first()
        self.chosen = Chosen(scheme, query.get("period"), on=timezone.localdate()) if scheme else None

    def _first(self):
        """The scheme to begin with: one whose rules were adopted, if there is any."""
        return next((each for each in self.schemes if each.is_adopted), None) or next(iter(self.schemes), None)


def current(scheme, *, on):
    """(rules, period) of today for a deputy's own page; (None, None) where nothing is in force."""
    version = in_force(scheme, on=on)
    if version is None:
        return None, None
    window = window_at(version.period, on, terms=Term.objects.filter(congress=scheme.congress_id))
    rules = rules_of(scheme, window) if window else None
    return (rules, window) if rules else (None, None)
