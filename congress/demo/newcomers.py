"""New deputies of the demonstration county and the training that they owe on taking office (新任代表、岗前培训).

Those of the general election had theirs when the term began, and the portal was told of it later. Deputies elected
since then to seats that stayed vacant have had it, have missed it by a few days, or have it before them.
"""

from congress.demo.schooling import Schooling
from deputies.activities import actions as activities
from deputies.activities.models import Activity
from deputies.roll import actions as roll
from deputies.roll.models import Constituency, Delegation, Mandate
from deputies.training.actions import planning
from deputies.training.kinds import Kind
from deputies.training.models import PlanLine

THEME = "新任代表履职基础：代表法、议事规则、怎样写建议"
HALL = "县委党校报告厅"
FIRST_CLASS = 40  # days into the term
# name, sex, born, party, position, place in the list of townships, elected so many days ago
BY_ELECTED = (
    ("阮秋萍", "female", "1984-05", "中国共产党", "乡镇卫生院院长", 3, 94),
    ("聂文斌", "male", "1979-11", "群众", "农民专业合作社理事长", 8, 94),
    ("洪雪莲", "female", "1990-02", "中国共产党", "社区书记", 12, 33),
)
CLASS, NEXT_CLASS = 60, -12  # days before today: the first of the by-elected came to it, the second was on leave


class Newcomers(Schooling):
    """Writes the by-elections of one county, and every training on taking office."""

    def write_all(self):
        self._at_the_start()
        seats = [self._elected(number, *each) for number, each in enumerate(BY_ELECTED, start=1)]
        self._of_the_by_elected(seats)

    def _line(self, day, sessions, *, month):
        plan = planning.plan_of(self.congress, day.year)
        line = PlanLine(
            plan=plan, theme=THEME, kind=Kind.ONBOARDING, channel=Activity.Channel.ON_SITE, hours=8,
            sessions=sessions, month=month, to_new=True,
        )  # fmt: skip
        return planning.keep_line(line, on=day, by=self.clerk)

    def _at_the_start(self):
        """One class for all new deputies of the county and its townships, as soon as the term had begun."""
        ago = (self.today - self.county.term.starts_on).days - FIRST_CLASS
        early = self._day(ago + FIRST_CLASS // 2)
        line = self._line(early, 1, month=self._day(ago).month)
        activity = self._called(line, "新任代表培训班", HALL, ago)
        below = Mandate.objects.active().filter(congress__in=self.county.townships, is_re_elected=False)
        activities.invite(activity, below, on=early, by=self.clerk)
        everybody = list(activity.invitations.values_list("mandate", flat=True))
        self._announced(activity, everybody, ago)
        self._attended(activity, everybody, (), ago)
        activities.write_up(
            activity, minutes="县乡两级新任代表一并培训，全部到会。", on=self._day(ago - 2), by=self.clerk
        )
        activities.close(activity, on=self._day(ago - 3), by=self.clerk)
        planning.adopt(line.plan, on=self._day(ago), by=self.clerk, version=line.plan.version)

    def _elected(self, number, name, sex, born, party, position, place, ago):
        township = self.county.townships[place]
        values = {
            "name": name, "sex": sex, "born": born, "party": party, "position_held": position, "people": "汉族",
            "phone": f"1990009{number:04}", "id_number": "", "education": "", "address": "", "expertise": "",
            "certificate_number": f"{len(self.county.mandates) + number:04}", "election": Mandate.Election.DIRECT,
            "delegation": Delegation.objects.get(township=township), "is_by_election": True, "is_re_elected": False,
            "constituency": Constituency.objects.filter(
                congress=self.congress, name__startswith=township.region
            ).first(),
            "is_standing_member": False, "started_on": self._day(ago),
        }  # fmt: skip
        group = self.county.groups[place]
        return roll.enter(congress=self.congress, term=self.county.term, values=values, groups=[group], by=self.clerk)

    def _of_the_by_elected(self, seats):
        """They join the year's plan late: one class was held, and the next is called for whoever lacks it."""
        trained, missed, waiting = (seat.pk for seat in seats)
        line = self._line(self._day(CLASS + 20), 2, month=self.today.month)
        first = self._called(line, "补选代表岗前培训（第一期）", HALL, CLASS)
        self._announced(first, [trained, missed], CLASS)
        self._attended(first, [trained, missed], [missed], CLASS)
        second = self._called(line, "补选代表岗前培训（第二期）", HALL, NEXT_CLASS)
        self._announced(second, [missed, waiting], NEXT_CLASS)
