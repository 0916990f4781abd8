"""A year of training in the demonstration county: plan, sessions, papers, quizzes, a contest (一年的培训).

Everything is carried out by the verbs that people use, on the day on which it would have been done.
"""

from datetime import datetime, time, timedelta
from random import Random

from django.utils.timezone import make_aware

from congress.kit.periods import quarter_of
from deputies.activities import actions as activities
from deputies.activities.models import Activity, Attendance, Guest
from deputies.training.actions import contests, materials, planning, quizzes
from deputies.training.kinds import Kind
from deputies.training.models import Contest, Entrant, Material, PlanLine, Question, Quiz

C, K = Activity.Channel, Question.Kind
# theme, kind, channel, hours, sessions planned, audience, [(title, place, days before today, share of those called)]
LINES = (
    ("怎样提出高质量的代表建议", Kind.CENTRALISED, C.EXPERT, 4, 2, ("to_deputies",),
     [("代表建议专题辅导（第一期）", "县会议中心", 165, 0.42),
      ("代表建议专题辅导（第二期）", "县会议中心", 151, 0.4)]),
    ("全过程人民民主的基层实践", Kind.IN_TERM, C.VIDEO, 2, 3, ("to_deputies", "to_keepers"),
     [("省人大视频培训", "各乡镇人大会议室", 110, 0.6)]),
    ("联络站工作轮训", Kind.IN_TERM, C.ON_SITE, 2, 16, ("to_deputies", "to_keepers"),
     [("石桥镇代表联络站轮训", "石桥镇代表联络站", 50, 0.06),
      ("柳溪镇代表联络站轮训", "柳溪镇代表联络站", 43, 0.06)]),
    ("预算审查监督", Kind.THEMATIC, C.EXTERNAL, 16, 1, ("to_deputies",), []),
    ("人大代表履职能力提升（外地培训）", Kind.THEMATIC, C.EXTERNAL, 24, 1, ("to_deputies",),
     [("代表履职能力提升专题班", "省人大干部培训中心", 86, 0.08)]),
    ("代表建议办理经验交流", Kind.EXCHANGE, C.ON_SITE, 3, 1, ("to_deputies",), []),
    ("生态环境法律知识", Kind.THEMATIC, C.VIDEO, 2, 1, ("to_deputies", "to_keepers"), []),
)  # fmt: skip
BODY = """代表提出建议应当有明确的事实依据，写清楚是什么问题、在哪里、影响多少人，再提出具体可行的办法。

一件建议只提一件事。几件事合在一起的，承办单位不好分办，也不好逐条答复。

办理情况由承办单位联系代表、当面听取意见后再答复。对答复是否满意，请代表按实际评价。"""
PAPERS = (("怎样写好一件代表建议", 25, 0.8), ("代表法修改要点", 12, 0.55), ("预算审查监督要点", 3, 0.2))
QUESTIONS = (
    (K.SINGLE, "县级人民代表大会每届任期几年？", ("三年", "四年", "五年", "六年"), (2,),
     "地方组织法：地方各级人民代表大会每届任期五年。"),
    (K.SINGLE, "承办单位答复代表建议，一般自交办之日起多久？", ("一个月", "两个月", "三个月", "六个月"), (2,),
     "代表法第五十一条。"),
    (K.SINGLE, "县级人大代表几人以上联名可以提出议案？", ("五人", "十人", "二十人", "三十人"), (1,),
     "地方组织法。"),
    (K.MULTIPLE, "闭会期间代表可以怎样履职？", ("参加视察", "参加专题调研", "直接处理具体问题", "参加小组活动"),
     (0, 1, 3), "代表不直接处理问题。"),
    (K.MULTIPLE, "一件好建议应当写清楚什么？", ("事实", "原因", "办法", "口号"), (0, 1, 2), "有事实、有分析、有办法。"),
    (K.TRUE_FALSE, "代表可以直接处理群众反映的具体问题。", ("正确", "错误"), (1,), "转交有关机关处理。"),
    (K.TRUE_FALSE, "代表建议可以一人提出，也可以联名提出。", ("正确", "错误"), (0,), "见代表法。"),
    (K.TRUE_FALSE, "代表对答复不满意的，可以重新办理。", ("正确", "错误"), (0,), "由代表工作机构研判后重新办理。"),
    (K.SINGLE, "接待群众时记下的意见应当怎样处理？", ("自己办理", "登记后转交有关机关", "不用处理"), (1,),
     "登记、转交、反馈，件件有着落。"),
    (K.SINGLE, "代表因故不能出席本级人代会会议，应当怎么办？", ("不用说明", "事先请假", "请人代替", "会后补假"), (1,),
     "代表法：因故不能出席的，应当请假。"),
    (K.MULTIPLE, "代表小组活动的计划应当写清楚什么？", ("主题", "时间地点", "参加人员", "宣传口号"), (0, 1, 2),
     "活动有主题、有安排。"),
    (K.TRUE_FALSE, "代表应当回答原选区选民对其工作的询问，接受监督。", ("正确", "错误"), (0,),
     "代表法：代表受选民监督。"),
)  # fmt: skip
DRAWS = 5
BRIEFINGS = (("人大常委会工作简报（上半年）", 150), ("人大常委会工作简报（近期工作）", 12))  # days before today
NEWS = "召开主席团会议，研究代表建议办理；组织代表视察村道和饮水工程；督促承办单位答复到期的建议。"
UNTOLD, ONLY_NEW = {5, 9, 13}, 1  # places of townships whose office sent nothing, or only to new deputies
AHEAD = 14  # days


class Schooling:
    """Writes a year of training of one county."""

    def __init__(self, county):
        self.county, self.congress, self.today = county, county.congress, county.today
        self.random = Random(21)  # its own, so that the other parts of the county stay as they are
        self.clerk = county.accounts["clerk"]

    def write_all(self):
        self._plan()
        for title, ago, share in PAPERS:
            self._paper(title, ago, share)
        for kind, text, choices, answer, explanation in QUESTIONS:
            question = Question(
                congress=self.congress, kind=kind, topic="履职知识", text=text, choices=list(choices),
                answer=list(answer), explanation=explanation,
            )  # fmt: skip
            quizzes.keep_question(question, on=self._day(60), by=self.clerk)
        for number, (title, ago) in enumerate(BRIEFINGS):
            self._briefing(self.congress, self.clerk, title, ago, to_deputies=True, to_township_deputies=not number)
        self._of_townships()
        self._contest()
        self._quiz("代表履职月度小测", opens=4, closes=-10, tries=3)

    def _day(self, ago):
        return self.today - timedelta(days=ago)

    def _at(self, ago, hour):
        return make_aware(datetime.combine(self._day(ago), time(hour)))

    def _plan(self):
        early = self._day(260)
        plan = planning.plan_of(self.congress, self.today.year)
        for theme, kind, channel, hours, sessions, audience, held in LINES:
            month = self._day(held[0][2]).month if held else self.today.month
            line = PlanLine(
                plan=plan, theme=theme, kind=kind, channel=channel, hours=hours, sessions=sessions, month=month,
                **dict.fromkeys(audience, True),
            )  # fmt: skip
            planning.keep_line(line, on=early, by=self.clerk)
            for title, place, ago, share in held:
                self._held(line, title, place, ago, share)
        planning.adopt(plan, on=early, by=self.clerk, version=plan.version)

    def _held(self, line, title, place, ago, share):
        """Called a fortnight ahead, attended, put away; who was not asked to come is let off the list."""
        activity = self._called(line, title, place, ago)
        called = list(activity.invitations.values_list("mandate", flat=True))
        self.random.shuffle(called)
        kept = called[: max(1, int(len(called) * share))]
        self._announced(activity, kept, ago)
        self._attended(activity, kept, kept[: len(kept) // 20], ago)

    def _called(self, line, title, place, ago):
        return planning.hold(
            line, title=title, place=place, starts_at=self._at(ago, 9), ends_at=self._at(ago, 12),
            on=self._day(ago + AHEAD), by=self.clerk,
        )  # fmt: skip

    def _announced(self, activity, kept, ago):
        early = self._day(ago + AHEAD)
        others = activity.invitations.exclude(mandate__in=kept).values_list("mandate", flat=True)
        activities.release(activity, list(others), on=early, by=self.clerk)
        activities.announce(activity, on=early, by=self.clerk)

    def _attended(self, activity, kept, away, ago):
        day = self._day(ago)
        outcomes = {seat: Attendance.Outcome.LEAVE if seat in away else Attendance.Outcome.PRESENT for seat in kept}
        guests = dict.fromkeys(Guest.objects.filter(activity=activity).values_list("pk", flat=True), True)
        activities.mark(activity, outcomes, guests=guests, at=activity.starts_at, on=day, by=self.clerk)
        activities.hold(activity, at=activity.ends_at, on=day, by=self.clerk)

    def _paper(self, title, ago, share):
        paper = Material(congress=self.congress, title=title, body=BODY, to_deputies=True, created_by=self.clerk)
        materials.keep_material(paper, on=self._day(ago), by=self.clerk)
        materials.push(paper, on=self._day(ago), by=self.clerk, version=paper.version)
        copies = list(paper.receipts.exclude(mandate__deputy__user__isnull=False))  # who signs in opens it himself
        for copy in self.random.sample(copies, int(len(copies) * share)):
            materials.open_copy(copy, at=self._at(self.random.randrange(1, ago), 20))

    def _briefing(self, congress, by, title, ago, **audience):
        paper = Material(
            congress=congress, kind=Material.Kind.BRIEFING, title=title, body=NEWS, created_by=by, **audience
        )
        materials.keep_material(paper, on=self._day(ago), by=by)
        materials.push(paper, on=self._day(ago), by=by, version=paper.version)

    def _of_townships(self):
        """Most townships told their deputies how the work goes; one only those who are new, some nobody (W21)."""
        for place, township in enumerate(self.county.townships):
            if place in UNTOLD:
                continue
            audience = {"to_new": True} if place == ONLY_NEW else {"to_deputies": True}
            title = f"{township.region}人大工作动态（{self.today.year}年第{quarter_of(self.today)}期）"
            self._briefing(township, self.county.township_clerk(township), title, 3, **audience)

    def _quiz(self, title, *, opens, closes, tries, **more):
        quiz = Quiz(
            congress=self.congress, title=title, draws=DRAWS, tries=tries, opens_at=self._at(opens, 9),
            closes_at=self._at(closes, 18), to_deputies=True, created_by=self.clerk, **more,
        )  # fmt: skip
        quizzes.keep_quiz(quiz, on=self._day(opens), by=self.clerk)
        quizzes.publish(quiz, on=self._day(opens), by=self.clerk, version=quiz.version)
        return quiz

    def _contest(self):
        """The written stage of those who have accounts and the live one of the best of them."""
        quiz = self._quiz("宪法知识竞赛笔试", opens=40, closes=33, tries=1, hides_answers=True)
        for seat in [each for each in self.county.mandates if each.deputy.user_id and each.state == "active"]:
            attempt = quizzes.begin(quiz, seat, at=self._at(36, 19), by=seat.deputy.user, chance=self.random)
            sure = [self.random.random() < 0.8 for _asked in attempt.paper]
            chosen = {number: asked["answer"] if sure[number] else [0] for number, asked in enumerate(attempt.paper)}
            at = attempt.started_at + timedelta(seconds=self.random.randrange(90, 500))
            quizzes.hand_in(attempt, chosen=chosen, at=at, by=seat.deputy.user)
        quizzes.close(quiz, on=self._day(32), by=self.clerk)
        contest = Contest(
            congress=self.congress, title="代表宪法知识竞赛", quiz=quiz, finalists=2, held_on=self._day(20),
            created_by=self.clerk,
        )  # fmt: skip
        contests.keep_contest(contest, on=self._day(32), by=self.clerk)
        contests.select(contest, on=self._day(31), by=self.clerk, version=contest.version)
        finalists = list(contest.entrants.filter(is_finalist=True))
        live = {each.pk: self.random.randrange(60, 100) for each in finalists}
        best = max(live, key=live.get)
        contests.enter(
            contest, live=live, awards={best: Entrant.Award.FIRST}, on=self._day(20), by=self.clerk,
            version=contest.version,
        )  # fmt: skip
        contests.settle(contest, on=self._day(19), by=self.clerk, version=contest.version)
