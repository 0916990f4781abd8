"""The working-day calendar in memory: which days people work, and whether that is known yet (工作日历)."""

from congress.rulebook.models import CalendarDay, CalendarYear

SATURDAY = 5


class Workdays:
    """Reads a year when it is first asked about; notes in `unpublished` which asked years have no notice yet."""

    def __init__(self):
        self._days = {}
        self._published = None
        self.unpublished = set()

    def __call__(self, day):
        named = self.named(day)
        return named.is_workday if named else day.weekday() < SATURDAY

    def named(self, day):
        """What the holiday notice says about a day, or None on a plain one."""
        if day.year not in self._days:
            self._days[day.year] = {row.date: row for row in CalendarDay.objects.filter(date__year=day.year)}
        if not self.is_published(day.year):
            self.unpublished.add(day.year)
        return self._days[day.year].get(day)

    def is_published(self, year):
        if self._published is None:
            self._published = set(CalendarYear.objects.filter(is_published=True).values_list("year", flat=True))
        return year in self._published

    def asked_afresh(self):
        """The same calendar with an empty notebook, for the next reckoning."""
        self.unpublished = set()
        return self
