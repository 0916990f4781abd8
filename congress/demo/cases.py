"""The suggestions of the demonstration county, carried to their states by the very verbs people use."""

from datetime import timedelta
from itertools import chain, cycle

from congress.kit.dates import said_short
from congress.organs.roles import Role
from deputies.activities import actions as activities
from deputies.activities.models import Campaign
from suggestions.appraisals import actions as appraisals
from suggestions.appraisals.models import Grade, Judgement, Rating, Survey
from suggestions.docket import actions
from suggestions.docket.actions.assigning import distributor_for
from suggestions.docket.models import Assignment, Contact, Suggestion

from . import names

# N09: 204 suggestions of last year, 136 solved, 35 in progress, 33 neither; two motions apart.
LAST_YEAR = (("A", 136), ("B", 35), ("C", 33))
# How likely the deputies of last year's cases were to speak so; None is silence.
SPOKEN = {Grade.SATISFIED: 60, Grade.BASIC: 14, Grade.DISSATISFIED: 4, None: 22}
# This year: how many cases stand where.
THIS_YEAR = (
    ("draft", 4), ("submitted", 6), ("returned", 2), ("rejected", 2), ("letter", 1), ("registered", 9),
    ("to_distribute", 5), ("assigned", 12), ("handed_back", 3), ("accepted", 22), ("late", 8), ("contacted", 23),
    ("asks_later", 2), ("put_off", 1), ("drafted", 7), ("replied", 16), ("rated", 9), ("dissatisfied", 4),
    ("rework", 5), ("closed", 24), ("withdrawn", 2),
)  # fmt: skip
# Days since submission: the youngest case of a stage, the step to the next, how many steps before it starts anew.
# A stage that is not here came in the session.
AGES = {
    "draft": (1, 1, 3), "submitted": (1, 1, 3), "returned": (4, 1, 3), "rejected": (6, 2, 3), "letter": (6, 1, 1),
    "registered": (2, 1, 4), "to_distribute": (2, 1, 3), "assigned": (3, 1, 4), "handed_back": (5, 1, 3),
    "accepted": (5, 1, 14), "contacted": (24, 3, 16), "asks_later": (62, 4, 2), "put_off": (70, 1, 1),
    "drafted": (58, 2, 8), "replied": (61, 2, 7), "rated": (64, 2, 7), "dissatisfied": (64, 2, 5), "rework": (74, 3, 5),
}  # fmt: skip
# The stages whose first cases the people with accounts put and lead, each at its spot, so that they find their work.
FOR_THE_ACCOUNTS = {"draft": "沙坪", "drafted": "新堡村", "replied": "青石河"}
ANSWERS = {
    "A": ("已于{done}前办结，经现场核验可以使用。", {}),
    "B": ("已列入计划，正在推进。", {"responsible": "分管副局长"}),
    "C": ("受现有条件限制，今年难以实施。", {"reason": "年度预算没有安排这项资金，已列入项目储备库。"}),
    "D": ("所提意见留作工作参考。", {"reason": "不在本级权限以内，已向上级主管部门书面反映。"}),
}


class Docket:
    """Writes the cases of one county, each as far as it is to go."""

    def __init__(self, county):
        self.county = county
        self.random = county.random
        self.clerk = county.accounts["clerk"]
        self.matters = cycle(
            (matter, spot)
            for turn in range(len(names.SPOTS))
            for matter, spot in zip(names.MATTERS, names.SPOTS[turn:] + names.SPOTS[:turn], strict=True)
        )
        active = list(county.mandates)
        self.authors = cycle(active[:3] + active)
        self.drives = cycle((self._begin_drive(), None))

    def _begin_drive(self):
        """A drive in which every other suggestion of its days has a part, and all that residents say (专项行动)."""
        drive = Campaign(
            congress=self.county.congress, kind=Campaign.Kind.DRIVE, name="关注民生提建议，五级代表在行动",
            theme="走村入户听民声，围绕饮水、道路、就医、上学提建议。", starts_on=self.county.day(75),
            ends_on=self.county.day(-30), hears_residents=True, is_published=True,
        )  # fmt: skip
        return activities.keep_campaign(drive, on=drive.starts_on, by=self.clerk)

    def _drive_of(self, since):
        drive = next(self.drives)
        return drive if drive and drive.starts_on <= since else None

    def write_all(self):
        """Last year's cases all closed, then this year's in every state."""
        last, this = self.county.sessions[-2:]
        classes = [code for code, number in LAST_YEAR for _each in range(number)]
        self.random.shuffle(classes)
        for code in classes:
            self._closed(last.opened_on + timedelta(days=1), code)
        for _each in range(2):
            self._closed(last.opened_on, "A", kind=Suggestion.Kind.MOTION, cosigners=10)
        for stage, number in THIS_YEAR:
            if stage in FOR_THE_ACCOUNTS:
                self.authors = chain(self.county.mandates[:3], self.authors)
                self.matters = chain([(names.MATTERS[0], FOR_THE_ACCOUNTS[stage])], self.matters)
            for position in range(number):
                getattr(self, f"_{stage}")(self._since(stage, this, position))
        self._motion(this.opened_on)
        self._township()

    def _township(self):
        """A township's own congress has its own cases, which its county sees and other townships do not."""
        clerk = self.county.accounts["township"]
        congress = clerk.memberships.get().organ.as_congress
        matters = (("硬化上坝组入户道路", 2), ("增设集镇路灯", 4), ("清理村级沟渠淤泥", 6))
        for (words, back), lead in zip(matters, congress.mandates.order_by("pk"), strict=False):
            since = self.county.day(back)
            case = Suggestion(
                congress=congress, lead=lead, title=f"关于{words}的建议", recorded_by=clerk,
                situation=f"{words}，群众在走访时多次提起，涉及六十多户。", campaign=self._drive_of(since),
            )  # fmt: skip
            actions.save_draft(case, asks=[f"今年内{words}。"], by=clerk, on=since)
            actions.submit(case, on=since, by=clerk)
            if back > 2:
                actions.register(case, on=since, by=clerk)

    def _since(self, stage, session, position):
        """Most papers came in the session; what is still at its beginning came between sessions, a few days ago."""
        back = AGES.get(stage)
        if back is None:
            return session.opened_on + timedelta(days=1)
        first, step, turns = back
        return self.county.day(first + step * (position % turns))

    def _draft(self, since, *, kind=Suggestion.Kind.SUGGESTION, cosigners=None):
        (title, category, lead, co, asks), spot = next(self.matters)
        mandate = next(self.authors)
        words = title.format(p=spot)
        case = Suggestion(
            congress=self.county.congress,
            kind=kind,
            lead=mandate,
            title=f"关于{words}的{'议案' if kind == Suggestion.Kind.MOTION else '建议'}",
            category=self.county.categories[category],
            situation=f"{spot}一带群众多次反映：{words}是眼前最急的事，涉及附近几个村三百多户。",
            analysis="此前有关单位看过现场，但由谁牵头、钱从哪里来、什么时候办成，一直没有说清。",
            recorded_by=None if mandate.deputy.user_id else self.clerk,
            campaign=self._drive_of(since),
        )
        self.plan = self.county.departments[lead], [self.county.departments[each] for each in co]
        number = self.random.choice((0, 0, 1, 2, 3, 5)) if cosigners is None else cosigners
        others = [each for each in self.random.sample(self.county.mandates, number + 1) if each.pk != mandate.pk]
        by = mandate.deputy.user or self.clerk
        actions.save_draft(case, asks=asks, cosigners=others[:number], by=by, on=since)
        for other in others[:number]:
            actions.answer_invitation(case, mandate=other, confirms=True, on=since, by=other.deputy.user or self.clerk)
        return case

    def _submitted(self, since, **fields):
        case = self._draft(since, **fields)
        actions.submit(case, on=since, by=case.lead.deputy.user or self.clerk)
        return case

    def _returned(self, since):
        actions.return_for_revision(
            self._submitted(since), codes=["R08"], reason="一件建议只提一件事，请分开写。",
            on=since + timedelta(days=1), by=self.clerk,
        )  # fmt: skip

    def _rejected(self, since):
        actions.reject(
            self._submitted(since),
            codes=["R03"],
            reason="涉及正在审理的案件。",
            on=since + timedelta(days=1),
            by=self.clerk,
        )

    def _letter(self, since):
        actions.turn_to_letter(
            self._submitted(since), codes=["R02"], reason="属转递群众来信，按代表来信办理。",
            on=since + timedelta(days=1), by=self.clerk,
        )  # fmt: skip

    def _registered(self, since, **fields):
        case = self._submitted(since, **fields)
        actions.register(case, on=since + timedelta(days=1), by=self.clerk)
        return case

    def _assigned(self, since, *, distributed=True, **fields):
        case = self._registered(since, **fields)
        lead, co = self.plan
        day = max(since + timedelta(days=3), case.session.closed_on) if case.period == "in_session" else since
        day = max(day, case.stepped_on)
        office = distributor_for(lead, on=day)
        if office is None:
            actions.assign(case, lead=lead, co=co, on=day, by=self.clerk)
        else:
            actions.assign(case, lead=lead, co=co, through=office, on=day, by=self.clerk)
            if distributed:
                share = Assignment.objects.get(round__suggestion=case, role=Assignment.Role.DISTRIBUTOR)
                by = self.county.member(office, Role.GOVERNMENT_OFFICE)
                actions.distribute(share, lead=lead, co=co, on=day, by=by)
        return case

    def _to_distribute(self, since):
        self._assigned(since, distributed=False)

    def _shares(self, case):
        return list(
            Assignment.objects.filter(
                round__suggestion=case, round__number=case.round_number, state__in=Assignment.OPEN
            )
            .select_related("organ", "round__suggestion")
            .order_by("id")
        )

    def _handed_back(self, since):
        share = self._shares(self._assigned(since))[0]
        actions.hand_back(
            share, reason="按机构职责规定，这项工作由行业主管部门负责。", to=self.county.departments["县发改局"],
            on=share.assigned_on + timedelta(days=1), by=self._officer(share),
        )  # fmt: skip

    def _officer(self, share):
        return self.county.member(share.organ, Role.CASE_OFFICER)

    def _accepted(self, since, **fields):
        case = self._assigned(since, **fields)
        for share in self._shares(case):
            actions.accept(share, on=share.assigned_on + timedelta(days=1), by=self._officer(share))
        return case

    def _late(self, since):
        """Accepted and met in time, and then silence: the reply is overdue today."""
        self._contacted(since)

    def _contacted(self, since, **fields):
        case = self._accepted(since, **fields)
        for share in self._shares(case):
            if share.answers:
                self._contact(share, on=self._bounded(share.stepped_on + timedelta(days=9)))
            else:
                actions.give_opinion(
                    share, opinion="同意办理，涉及我单位的部分按主办单位安排配合。",
                    on=self._bounded(share.stepped_on + timedelta(days=12)), by=self._officer(share),
                )  # fmt: skip
        return case

    def _asks_later(self, since):
        """The department has met the deputy and asks for a month more; the office has not decided yet."""
        case = self._contacted(since)
        share = next(each for each in self._shares(case) if each.answers)
        return actions.ask_extension(
            share, until=share.due_on + timedelta(days=30), on=self._bounded(share.stepped_on + timedelta(days=20)),
            reason="施工图已完成，财政评审还要一个月，评审后才能写明完工日期。", by=self._officer(share),
        )  # fmt: skip

    def _put_off(self, since):
        share = self._asks_later(since)
        decides = self.county.member(share.parent.organ, Role.GOVERNMENT_OFFICE) if share.parent_id else self.clerk
        actions.grant_extension(share, until=share.asked_until, on=self._bounded(share.stepped_on), by=decides)

    def _bounded(self, day):
        return min(day, self.county.today)

    def _contact(self, share, *, on):
        actions.record_contact(
            share, method=self.random.choice(Contact.Method.values[:4]), place="村委会会议室",
            participants="分管领导、承办股室和代表", opinion="代表同意办理思路，希望写明完成日期和责任人。",
            on=on, by=self._officer(share),
        )  # fmt: skip

    def _drafted(self, since, *, code="A", **fields):
        case = self._contacted(since, **fields)
        for share in self._shares(case):
            self._draft_reply(share, code, on=self._bounded(share.stepped_on + timedelta(days=40)))
        return case

    def _draft_reply(self, share, code, *, on):
        text, rest = ANSWERS[code]
        answers = []
        for position, ask in enumerate(actions.asks_of(share)):
            words, fields = (text, rest) if position == 0 else (ANSWERS["A"][0], {})
            answer = {
                "ask": ask,
                "result_class": code if position == 0 else "A",
                "text": words.format(done=said_short(on)),
            }
            if code == "B" and position == 0:
                answer |= {"promise": ask.text.rstrip("。"), "promised_on": on + timedelta(days=150)}
            answers.append(fields | answer)
        number = f"{share.organ.as_department.document_code}函〔{on.year}〕{share.pk}号"
        actions.draft_reply(
            share, answers=answers, on=on, by=self._officer(share),
            fields={
                "document_number": number, "opening": "您提出的建议收悉，现逐条答复如下：",
                "closing": "感谢您对我们工作的关心和监督。", "contact_name": share.organ.short_name,
                "contact_phone": "0000-0000000",
            },
        )  # fmt: skip

    def _replied(self, since, *, code=None, **fields):
        code = code or self.random.choice("AAABBC")
        case = self._drafted(since, code=code, **fields)
        for share in self._shares(case):
            actions.sign(
                share, on=self._bounded(share.stepped_on + timedelta(days=6)),
                by=self.county.member(share.organ, Role.DEPARTMENT_HEAD),
            )  # fmt: skip
        case.refresh_from_db()
        return case

    def _rate(self, case, grade, *, after=4):
        survey = Survey.objects.get(round__suggestion=case, round__number=case.round_number)
        slip = survey.slips.get(counts=True)
        dissatisfied = grade == Grade.DISSATISFIED
        appraisals.rate(
            slip, attitude=Grade.BASIC if dissatisfied else Grade.SATISFIED, result=grade,
            contacted=Rating.Contacted.VISIT, received_on=survey.opened_on,
            comment="没有说由谁管护、什么时候定下来。" if dissatisfied else "",
            missing=[case.asks.last()] if dissatisfied else (),
            asks={ask: grade if dissatisfied and ask.number > 1 else Grade.SATISFIED for ask in case.asks.all()},
            on=self._bounded(survey.opened_on + timedelta(days=after)), by=slip.mandate.deputy.user or self.clerk,
        )  # fmt: skip
        return survey

    def _rated(self, since):
        self._rate(self._replied(since), self.random.choice((Grade.SATISFIED, Grade.SATISFIED, Grade.BASIC)))

    def _dissatisfied(self, since):
        self._rate(self._replied(since, code="C"), Grade.DISSATISFIED)

    def _rework(self, since):
        case = self._replied(since, code="C")
        survey = self._rate(case, Grade.DISSATISFIED)
        appraisals.order_rework(
            Judgement.objects.get(survey=survey), reason="写明管护单位、经费来源和完成日期，重新答复代表。",
            on=self._bounded(survey.opened_on + timedelta(days=6)), by=self.clerk,
        )  # fmt: skip

    def _closed(self, since, code="A", **fields):
        case = self._replied(since, code=code, **fields)
        grade = self.random.choices(list(SPOKEN), SPOKEN.values())[0]
        survey = Survey.objects.get(round__suggestion=case)
        if grade is not None:
            self._rate(case, grade)
        if grade == Grade.DISSATISFIED:
            appraisals.uphold(
                Judgement.objects.get(survey=survey), reason="承办单位已补充说明，维持答复。",
                on=self._bounded(survey.opened_on + timedelta(days=7)), by=self.clerk,
            )  # fmt: skip
        else:
            appraisals.settle(survey, on=self._bounded(survey.closes_on + timedelta(days=1)), by=self.county.robot)
        return case

    def _withdrawn(self, since):
        case = self._accepted(since)
        actions.withdraw(
            case, reason="承办单位已当场解决。", on=self._bounded(case.assigned_on + timedelta(days=20)), by=self.clerk
        )

    def _motion(self, since):
        self._contacted(since, kind=Suggestion.Kind.MOTION, cosigners=11)
