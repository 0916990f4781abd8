"""What the rulebook says to a congress on a day, and why a date is that date (查口径、算期限).

    rules = rules_for(congress, on=day)             three queries, none after
    rules.period("reply"), rules.flag("judge_dissatisfied"), rules.count("motion_min_cosigners"),
    rules.choice("publication"), rules.items("result_scheme"), rules.text("unit_report"), rules.reminders("reply")
    deadline(congress, "reply", start=day)          a Deadline: due_on, provisional, steps, article, version_id

Whoever asks often keeps one `Book.of(congress)`: it answers for every day without asking the database again.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from congress.rulebook.codes import UnknownRule, code_of
from congress.rulebook.models import CongressProfile, Level, ProfileVersion, Rule, RuleOverride, Unit
from congress.rulebook.reckoning import reckon
from congress.rulebook.workdays import Workdays

NATIONAL = "national"


@dataclass(frozen=True)
class RuleValue:
    """One value in force, and where it comes from."""

    code: str
    unit: str
    value: object
    article: str
    is_product_default: bool = False
    is_override: bool = False
    version_id: int | None = None

    @property
    def label(self):
        return code_of(self.code).label


@dataclass(frozen=True)
class Stages:
    """When a running period is spoken of: days before its last day, days after it, and the day it goes up."""

    before: tuple
    after: tuple
    escalate_after: int


class Rules:
    """The rules in force for one congress on one day."""

    def __init__(self, version, values):
        self.version = version
        self._values = values

    def __iter__(self):
        return iter(self._values.values())

    def rule(self, code):
        """The value in force with its article, whatever its unit."""
        try:
            return self._values[code]
        except KeyError:
            raise UnknownRule(code) from None

    def _read(self, code, *units):
        rule = self.rule(code)
        if rule.unit not in units:
            raise TypeError(f"{code} is read as {rule.unit}")
        return rule.value

    def period(self, code):
        rule = self.rule(code)
        if not code_of(code).is_period:
            raise TypeError(f"{code} is no period")
        return rule

    def flag(self, code):
        return self._read(code, Unit.FLAG)

    def count(self, code):
        return self._read(code, Unit.COUNT)

    def choice(self, code):
        return self._read(code, Unit.CHOICE)

    def items(self, code):
        return self._read(code, Unit.LIST)

    def text(self, code):
        return self._read(code, Unit.TEXT)

    def reminders(self, period):
        """The stages of one period; those of `*` where it has none of its own."""
        stages = {each["period"]: each for each in self.items("reminders")}
        own = stages.get(period) or stages["*"]
        return Stages(tuple(own["before"]), tuple(own["after"]), own["escalate_after"])


class Book:
    """Every version, choice and override that may ever bind one congress, read once."""

    def __init__(self, *, level, choices=(), overrides=(), profile=None, workdays=None):
        self.level = level
        self.workdays = workdays or Workdays()
        self._choices = list(choices)
        self._overrides = list(overrides)
        codes = {choice.profile.code for choice in self._choices} | {profile or NATIONAL}
        self._default = profile or NATIONAL
        self._versions = {}
        for version in ProfileVersion.objects.filter(profile__code__in=codes).select_related("profile"):
            self._versions.setdefault(version.profile.code, []).append(version)
        self._rules = {}
        for rule in Rule.objects.filter(version__profile__code__in=codes, level=level):
            self._rules.setdefault(rule.version_id, []).append(rule)

    @classmethod
    def of(cls, congress, *, workdays=None):
        return cls(
            level=cls.level_of(congress),
            choices=CongressProfile.objects.filter(congress=congress).select_related("profile"),
            overrides=RuleOverride.objects.filter(congress=congress),
            workdays=workdays,
        )

    @classmethod
    def of_many(cls, congresses):
        """{congress id: its book} for a table over a county; congresses with the same rules share one."""
        congresses, chosen, own = list(congresses), defaultdict(list), defaultdict(list)
        for choice in CongressProfile.objects.filter(congress__in=congresses).select_related("profile"):
            chosen[choice.congress_id].append(choice)
        for override in RuleOverride.objects.filter(congress__in=congresses):
            own[override.congress_id].append(override)
        shared, books, workdays = {}, {}, Workdays()
        for each in congresses:
            key = (
                cls.level_of(each),
                tuple((choice.profile_id, choice.effective_from) for choice in chosen[each.pk]),
                tuple((row.code, row.effective_from, str(row.value)) for row in own[each.pk]),
            )
            if key not in shared:
                level, choices, overrides = key[0], chosen[each.pk], own[each.pk]
                shared[key] = cls(level=level, choices=choices, overrides=overrides, workdays=workdays)
            books[each.pk] = shared[key]
        return books

    @staticmethod
    def level_of(congress):
        return Level.TOWNSHIP if congress.is_township else Level.COUNTY

    @classmethod
    def of_profile(cls, code, *, level, workdays=None):
        """The book of a profile itself, as if a congress had chosen it."""
        return cls(level=level, profile=code, workdays=workdays)

    def on(self, day):
        """The rules in force on a day."""
        version = self.version_on(day)
        values = {rule.code: _from_rule(rule) for rule in self._rules.get(version.pk, ())}
        for override in self._overrides:  # ascending by date: a later one replaces an earlier one
            if override.effective_from <= day:
                values[override.code] = _from_override(override, version)
        return Rules(version, values)

    def profile_code_on(self, day):
        chosen = _latest(self._choices, day)
        return chosen.profile.code if chosen else self._default

    def version_on(self, day):
        """The version in force; before the first one, the first: an older paper is judged by the oldest text known."""
        code = self.profile_code_on(day)
        versions = self._versions.get(code)
        if not versions:
            raise UnknownRule(code)
        return _latest(versions, day) or versions[0]

    def deadline(self, code, *, start):
        """The last day of a period that starts on a day, with the reckoning."""
        return self.reckon(self.on(start).period(code), start=start)

    def reckon(self, rule, *, start):
        """The same for a rule at hand, in force or only proposed."""
        return reckon(rule, start=start, version=self.version_on(start), works=self.workdays)


_at_hand = ContextVar("books at hand", default=None)


@contextmanager
def books_at_hand():
    """Read the book of each congress once for the length of a bulk job that changes no rule and no calendar."""
    token = _at_hand.set({})
    try:
        yield
    finally:
        _at_hand.reset(token)


def _book(congress):
    books = _at_hand.get()
    if books is None:
        return Book.of(congress)
    if congress.pk not in books:
        books[congress.pk] = Book.of(congress)
    return books[congress.pk]


def rules_for(congress, *, on):
    """The rules in force for a congress, its level and a date, its own overrides included."""
    return _book(congress).on(on)


def deadline(congress, code, *, start):
    """The last day of a period of a congress, with the reckoning."""
    return _book(congress).deadline(code, start=start)


def _latest(dated, day):
    """The last of rows ascending by `effective_from` that has begun by that day."""
    begun = [row for row in dated if row.effective_from <= day]
    return begun[-1] if begun else None


def _from_rule(rule):
    return RuleValue(
        rule.code, rule.unit, rule.value, rule.article, rule.is_product_default, version_id=rule.version_id
    )


def _from_override(override, version):
    return RuleValue(
        override.code, override.unit, override.value, override.article, is_override=True, version_id=version.pk
    )
