"""Reading the rulebook: profiles, what binds a congress, the calendar, and a date worked out (规则、日历、试算)."""

import datetime as dt
from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView

from congress.kit.periods import ONE_DAY
from congress.rulebook.book import Book
from congress.rulebook.codes import CODES
from congress.rulebook.explanation import in_lines, in_words
from congress.rulebook.forms import TryForm
from congress.rulebook.models import CalendarDay, CalendarYear, Level, RuleProfile
from congress.rulebook.months import months_between
from congress.rulebook.rules import readable_by
from congress.rulebook.workdays import Workdays

COMPARED = ("assign", "return", "contact", "co_opinion", "reply", "reply_difficult", "evaluation", "rehandle")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class ProfileListView(TemplateView):
    """All profiles side by side in the periods that differ most."""

    template_name = "congress/rulebook/profiles.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        profiles = list(RuleProfile.objects.all())
        books = {each: Book.of_profile(each.code, level=each.home_level).on(today) for each in profiles}
        rows = [
            (CODES[code], [(rules.rule(code), in_words(rules.rule(code), CODES[code])) for rules in books.values()])
            for code in COMPARED
        ]
        mine = readable_by(self.request.user).order_by("pk")
        return super().get_context_data(profiles=profiles, rows=rows, congresses=mine, **kwargs)


class ProfileView(TemplateView):
    """One profile at one level: every value with its article."""

    template_name = "congress/rulebook/profile.html"

    def get_context_data(self, **kwargs):
        profile = get_object_or_404(RuleProfile, code=self.kwargs["code"])
        asked = self.request.GET.get("level")
        level = asked if asked in Level.values else profile.home_level
        rules = Book.of_profile(profile.code, level=level).on(timezone.localdate())
        return super().get_context_data(
            profile=profile, level=level, levels=Level.choices, version=rules.version, groups=grouped(rules), **kwargs
        )


class CongressRulesView(TemplateView):
    """What binds one congress today, and since when it decided so."""

    template_name = "congress/rulebook/congress.html"

    def get_context_data(self, **kwargs):
        congress = get_object_or_404(readable_by(self.request.user), code=self.kwargs["code"])
        rules = Book.of(congress).on(timezone.localdate())
        return super().get_context_data(
            congress=congress,
            version=rules.version,
            groups=grouped(rules),
            choices=congress.profiles.select_related("profile").order_by("-effective_from"),
            overrides=[
                (each, CODES[each.code], in_words(each, CODES[each.code]))
                for each in congress.rule_overrides.order_by("-effective_from", "code")
            ],
            may_keep=self.request.user.has_perm("rulebook.keep", congress),
            **kwargs,
        )


class MyRulesView(TemplateView):
    """The door in the menu: the rules of the congress where the user serves."""

    def get(self, request, *args, **kwargs):
        congress = readable_by(request.user).order_by("pk").first()
        if congress is None:
            return redirect("rulebook:profiles")
        return redirect("rulebook:congress", code=congress.code)


class CalendarView(TemplateView):
    """One year of working days, and the list of what the notice changed."""

    template_name = "congress/rulebook/calendar.html"

    def get_context_data(self, year=None, **kwargs):
        today = timezone.localdate()
        year = year or today.year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        works = Workdays()
        months = months_between(dt.date(year, 1, 1), dt.date(year, 12, 31), works=works, marks={today: ("tod", "今天")})
        return super().get_context_data(
            year=year,
            row=CalendarYear.objects.filter(year=year).first(),
            is_published=works.is_published(year),
            months=months,
            breaks=breaks_of(CalendarDay.objects.filter(date__year=year)),
            workdays=sum(works(cell.day) for month in months for week in month.weeks for cell in week if cell.day),
            may_keep=self.request.user.has_perm("rulebook.keep_calendar"),
            **kwargs,
        )


class TryView(TemplateView):
    """Work a date out without any case: profile, period and first day in, reasons out (试算)."""

    template_name = "congress/rulebook/try.html"

    def get_context_data(self, **kwargs):
        form = TryForm(self.request.GET or None)
        if form.is_bound and form.is_valid():
            kwargs |= form.work_out(today=timezone.localdate())
        return super().get_context_data(form=form, **kwargs)


def breaks_of(days):
    """[(first, last, one of its days)]: consecutive days of the same kind and name as one line."""
    found = []
    for day in days:
        if found:
            first, last, same = found[-1]
            if (same.is_workday, same.name, last + ONE_DAY) == (day.is_workday, day.name, day.date):
                found[-1] = (first, day.date, same)
                continue
        found.append((day.date, day.date, day))
    return found


def grouped(rules):
    """[(group, [(code, rule, value in lines)])] in the order of the rulebook."""
    rows = [(code, rules.rule(name), in_lines(rules.rule(name), code)) for name, code in CODES.items()]
    return [(group, list(members)) for group, members in groupby(rows, key=lambda row: row[0].group)]
