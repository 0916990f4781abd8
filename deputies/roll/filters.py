"""How the roll is narrowed and sorted; everything stands in the address (筛选)."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.numbers import asked_number
from congress.kit.words import asked_words
from deputies.roll.models import Deputy, Mandate

SORTS = {
    "strokes": (_("姓氏笔画"), ("deputy__strokes", "pk")),
    "pinyin": (_("拼音"), ("deputy__pinyin", "pk")),
    "delegation": (_("代表团"), ("delegation__position", "delegation__name", "deputy__strokes", "pk")),
    "certificate": (_("代表证号"), ("certificate_number", "pk")),
}
HAN = "汉族"
WOMEN = Q(deputy__sex=Deputy.Sex.FEMALE)
MINORITY = ~Q(deputy__people__in=("", HAN))
MARKS = {
    "women": (_("妇女代表"), WOMEN),
    "minority": (_("少数民族代表"), MINORITY),
    "re_elected": (_("连任代表"), Q(is_re_elected=True)),
    "by_election": (_("补选代表"), Q(is_by_election=True)),
    "standing": (_("常委会组成人员"), Q(is_standing_member=True)),
    "no_phone": (_("没有手机号"), Q(deputy__phone_index="")),
}


@dataclass(frozen=True)
class Asked:
    """What an address asks of the roll; what makes no sense is as if it had not been asked."""

    words: str = ""
    delegation: str = ""
    group: str = ""
    state: str = Mandate.State.ACTIVE
    mark: str = ""
    sort: str = "strokes"
    term: str = ""
    pairs: list = field(default_factory=list)

    @classmethod
    def of(cls, query):
        state = query.get("state", Mandate.State.ACTIVE)
        values = {
            "words": asked_words(query.get("q")),
            "delegation": asked_number(query.get("delegation")),
            "group": asked_number(query.get("group")),
            "state": state if state in {*Mandate.State.values, "all"} else Mandate.State.ACTIVE,
            "mark": query.get("mark") if query.get("mark") in MARKS else "",
            "sort": query.get("sort") if query.get("sort") in SORTS else "strokes",
            "term": asked_number(query.get("term")),
        }
        pairs = [("q" if name == "words" else name, value) for name, value in values.items() if value]
        return cls(**values, pairs=pairs)

    @property
    def folded(self):
        """How many conditions are set that a phone folds away."""
        return sum(map(bool, (self.delegation, self.group, self.mark)))

    def narrow(self, seats):
        """The seats that meet every condition but the state."""
        if self.words:
            plain = self.words.replace(" ", "").lower()
            seats = seats.filter(
                Q(deputy__name__icontains=self.words)
                | Q(deputy__pinyin__startswith=plain)
                | Q(deputy__pinyin__contains=f" {plain}")
                | Q(certificate_number=self.words)
                | Q(deputy__position_held__icontains=self.words)
                | Q(deputy__expertise__icontains=self.words)
            )
        if self.delegation:
            seats = seats.filter(delegation=self.delegation)
        if self.group:
            seats = seats.filter(groups=self.group)
        if self.mark:
            seats = seats.filter(MARKS[self.mark][1])
        return seats

    def in_state(self, seats):
        return seats if self.state == "all" else seats.filter(state=self.state)

    def order(self):
        return SORTS[self.sort][1]


def counts_of(seats):
    """How many of these seats stand in each state, and of the active ones how many are women and so on: one query."""
    active = Q(state=Mandate.State.ACTIVE)
    states = {state: Count("pk", filter=Q(state=state)) for state in Mandate.State.values}
    marks = {mark: Count("pk", filter=active & where) for mark, (_label, where) in MARKS.items()}
    return seats.aggregate(all=Count("pk"), **states, **marks)
