"""Cases in every stage for tests, carried there by the verbs themselves (案卷).

    SuggestionFactory()                        a draft of an active deputy
    SuggestionFactory(submitted=True)          … registered, assigned, accepted, contacted, drafted, replied, closed
    SuggestionFactory(assigned=True, department=roads, co=[water], congress=county)

Whoever acts is found again with `seat_user(case)`, `clerk_of(congress)`, `officer_of(organ)`, `head_of(organ)`.
"""

from datetime import date, timedelta

import factory

from congress.organs.models import Membership, Session
from congress.organs.roles import Role
from suggestions.docket import actions
from suggestions.docket.models import Assignment, Suggestion
from tests.factories.organs import CongressFactory, DepartmentFactory, MembershipFactory, SessionFactory, TermFactory
from tests.factories.roll import DelegationFactory, MandateFactory

MARCH_2 = date(2026, 3, 2)
STAGES = ("draft", "submitted", "registered", "assigned", "accepted", "contacted", "drafted", "replied", "closed")
# Days from submission to each stage: a monotone life of a case.
DAYS = {"registered": 1, "assigned": 7, "accepted": 9, "contacted": 30, "drafted": 70, "replied": 80, "closed": 95}
ASKS = ("修复三处堤防缺口，共约 410 米。", "堤顶机耕路 2.6 公里铺水泥路面。", "明确管护单位，汛前巡查并公布结果。")


def member(role, organ, **fields):
    """Somebody who serves there in that role: who already does, or somebody new."""
    standing = Membership.objects.filter(role=role, organ=organ).order_by("id").first()
    return (standing or MembershipFactory(role=role, organ=organ, **fields)).user


def clerk_of(congress):
    role = Role.TOWNSHIP_CLERK if congress.is_township else Role.NPC_CLERK
    return member(role, congress, user__name="林代工")


def officer_of(organ):
    return member(Role.CASE_OFFICER, organ, user__name="许承办")


def head_of(organ):
    return member(Role.DEPARTMENT_HEAD, organ, user__name="郑局长")


def term_of(congress):
    return congress.terms.order_by("number").first() or TermFactory(congress=congress, number=18)


def session_of(congress):
    """The session to which the cases of 2026 count."""
    standing = Session.objects.filter(congress=congress).order_by("-opened_on").first()
    return standing or SessionFactory(term=term_of(congress), congress=congress, number=5)


def seat(congress, name="", *, user=None, **fields):
    """An active seat in this congress whose deputy can sign in."""
    user = user or MembershipFactory(role=Role.DEPUTY, organ=congress).user
    if name:
        user.name = name
        user.save(update_fields=["name"])
    standing = congress.delegations.order_by("id").first()
    return MandateFactory(
        congress=congress,
        term=term_of(congress),
        deputy__name=user.name,
        deputy__user=user,
        delegation=standing or DelegationFactory(congress=congress, name="石桥镇代表团"),
        **fields,
    )


def seat_user(case):
    """The account of the lead deputy."""
    return case.lead.deputy.user


def handled_again(case, *, on, answers=None):
    """The second round of a replied case: ordered, answered by `answers(share)`, signed on the day after."""
    actions.rework(case, reason="缺口还在。", on=on, by=clerk_of(case.congress))
    share = Assignment.objects.get(round__suggestion=case, round__number=2)
    officer = officer_of(share.organ)
    actions.accept(share, on=on, by=officer)
    actions.record_contact(share, method="visit", opinion="同意。", on=on, by=officer)
    signed_on = on + timedelta(days=1)
    told = ahead_of((answers or answers_for)(share), signed_on)
    actions.draft_reply(share, answers=told, fields={}, on=on, by=officer)
    actions.sign(share, on=signed_on, by=head_of(share.organ))


def ahead_of(answers, day):
    """The same answers, none of which promises anything for a day before this one."""
    return [
        each | {"promised_on": max(each["promised_on"], day)} if each.get("promised_on") else each for each in answers
    ]


def answers_for(share, **changes):
    """One sufficient answer for each ask of the share: solved, planned with a date, then solved again."""
    answers = []
    for position, ask in enumerate(actions.asks_of(share)):
        answer = {
            "ask": ask,
            "result_class": "A",
            "text": "已于5月20日完工，通过县级验收。",
            "promise": "",
            "reason": "",
        }
        if position == 1:
            answer |= {
                "result_class": "B",
                "text": "上段1.2公里10月31日前完工。",
                "promise": "修复上段1.2公里",
                "promised_on": date(2026, 10, 31),
                "responsible": "韩立民",
            }
        answers.append(answer | changes)
    return answers


class SuggestionFactory(factory.django.DjangoModelFactory):
    """A suggestion with three asks, in the stage that is named."""

    class Meta:
        model = Suggestion

    congress = factory.SubFactory(CongressFactory)
    lead = factory.LazyAttribute(lambda case: seat(case.congress))
    title = factory.Sequence(lambda n: f"关于修复青石河左岸第{n}段堤防的建议")
    situation = "堤防建于一九七八年，去年七月的洪水冲开三处缺口，淹田二百余亩。"
    analysis = "修堤之后由谁管护，多年没有说清。"
    stage = "draft"
    asks = ASKS
    cosigners = ()  # mandates; they confirm before submission
    department = None  # the lead handler; one is made where none is named
    co = ()
    through = None  # the distributor; the case then stays with it
    since = MARCH_2  # day of submission

    class Params:
        draft = factory.Trait(stage="draft")
        submitted = factory.Trait(stage="submitted")
        registered = factory.Trait(stage="registered")
        assigned = factory.Trait(stage="assigned")
        accepted = factory.Trait(stage="accepted")
        contacted = factory.Trait(stage="contacted")
        drafted = factory.Trait(stage="drafted")
        replied = factory.Trait(stage="replied")
        closed = factory.Trait(stage="closed")
        motion = factory.Trait(kind=Suggestion.Kind.MOTION)

    @classmethod
    def _create(cls, model, *, stage, asks, cosigners, department, co, through, since, **fields):
        case = model(**fields)
        author = seat_user(case)
        session_of(case.congress)
        actions.save_draft(case, asks=asks, cosigners=cosigners, by=author)
        for mandate in cosigners:
            actions.answer_invitation(case, mandate=mandate, confirms=True, on=since, by=mandate.deputy.user)
        reached = STAGES[1 : STAGES.index(stage) + 1]
        walk = _Walk(case, since=since, department=department, co=co, through=through)
        for each in reached:
            getattr(walk, each)()
        return model.objects.get(pk=case.pk)


class _Walk:
    """Carries a case from stage to stage, each by whoever may."""

    def __init__(self, case, *, since, department, co, through):
        self.case, self.since, self.department, self.co, self.through = case, since, department, co, through
        self.share = None

    def _on(self, stage):
        return self.since + timedelta(days=DAYS[stage])

    def _clerk(self):
        return clerk_of(self.case.congress)

    def submitted(self):
        actions.submit(self.case, on=self.since, by=seat_user(self.case))

    def registered(self):
        actions.register(self.case, on=self._on("registered"), by=self._clerk())

    def assigned(self):
        lead = self.department or DepartmentFactory(congress=self.case.congress)
        handling = actions.assign(
            self.case, lead=lead, co=self.co, through=self.through, on=self._on("assigned"), by=self._clerk()
        )
        self.share = handling.assignments.order_by("id").first()

    def accepted(self):
        actions.accept(self.share, on=self._on("accepted"), by=officer_of(self.share.organ))

    def contacted(self):
        actions.record_contact(
            self.share,
            method="visit",
            opinion="同意先修缺口，再硬化机耕路。",
            place="石桥村",
            on=self._on("contacted"),
            by=officer_of(self.share.organ),
        )

    def drafted(self):
        for share in self.share.round.assignments.filter(role="co"):
            by = officer_of(share.organ)
            actions.accept(share, on=self._on("contacted"), by=by)
            actions.give_opinion(share, opinion="配合施工期间的交通组织。", on=self._on("contacted"), by=by)
        actions.draft_reply(
            self.share,
            answers=ahead_of(answers_for(self.share), self._on("replied")),
            fields={"document_number": "青水函〔2026〕18号"},
            on=self._on("drafted"),
            by=officer_of(self.share.organ),
        )

    def replied(self):
        actions.sign(self.share, on=self._on("replied"), by=head_of(self.share.organ))

    def closed(self):
        self.case.refresh_from_db()
        actions.close(self.case, on=self._on("closed"), by=self._clerk())
