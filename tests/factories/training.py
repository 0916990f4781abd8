"""Plans, papers, questions, quizzes and contests for tests (培训)."""

from datetime import UTC, datetime

import factory

from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Activity, Attendance
from deputies.training.kinds import Kind
from deputies.training.models import (
    Attempt,
    Contest,
    Entrant,
    Lesson,
    Material,
    PlanLine,
    Question,
    Quiz,
    TrainingPlan,
)
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.organs import CongressFactory
from tests.factories.roll import MandateFactory


class TrainingPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingPlan

    congress = factory.SubFactory(CongressFactory)
    year = 2026


class PlanLineFactory(factory.django.DjangoModelFactory):
    """Onboarding in March for the new deputies of the county, four hours."""

    class Meta:
        model = PlanLine

    plan = factory.SubFactory(TrainingPlanFactory)
    theme = factory.Sequence(lambda n: f"代表法和履职实务（{n}）")
    kind = Kind.ONBOARDING
    month = 3
    to_deputies = True


class TrainingFactory(ActivityFactory):
    """A training that took place on the morning of 12 March 2026."""

    kind = ActivityKind.TRAINING
    title = factory.Sequence(lambda n: f"代表培训（{n}）")
    state = Activity.State.HELD
    hours = 4
    channel = Activity.Channel.ON_SITE


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    activity = factory.SubFactory(TrainingFactory)
    kind = Kind.ONBOARDING


class AttendanceFactory(factory.django.DjangoModelFactory):
    """Somebody was there."""

    class Meta:
        model = Attendance

    activity = factory.SubFactory(TrainingFactory)
    mandate = factory.SubFactory(MandateFactory, congress=factory.SelfAttribute("..activity.congress"))
    outcome = Attendance.Outcome.PRESENT
    means = Attendance.Means.LIST
    at = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
    by = factory.SubFactory(UserFactory)


class MaterialFactory(factory.django.DjangoModelFactory):
    """A paper for the deputies of the county, not yet sent."""

    class Meta:
        model = Material

    congress = factory.SubFactory(CongressFactory)
    title = factory.Sequence(lambda n: f"代表法辅导材料（{n}）")
    body = "代表应当依法履职。"
    to_deputies = True
    created_by = factory.SubFactory(UserFactory)


class QuestionFactory(factory.django.DjangoModelFactory):
    """A single choice of four; the first is right."""

    class Meta:
        model = Question

    congress = factory.SubFactory(CongressFactory)
    kind = Question.Kind.SINGLE
    text = factory.Sequence(lambda n: f"代表法第几条规定代表提出建议的权利？（{n}）")
    choices = factory.LazyFunction(lambda: ["第十八条", "第十九条", "第二十条", "第二十一条"])
    answer = factory.LazyFunction(lambda: [0])
    explanation = "见代表法。"


class QuizFactory(factory.django.DjangoModelFactory):
    """Two questions each, sixty to pass, three tries, open through March 2026, for the deputies of the county."""

    class Meta:
        model = Quiz

    congress = factory.SubFactory(CongressFactory)
    title = factory.Sequence(lambda n: f"代表法知识测验（{n}）")
    draws = 2
    opens_at = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    closes_at = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)
    to_deputies = True
    created_by = factory.SubFactory(UserFactory)


class AttemptFactory(factory.django.DjangoModelFactory):
    """A paper that was handed in with a hundred points after a minute."""

    class Meta:
        model = Attempt

    quiz = factory.SubFactory(QuizFactory)
    mandate = factory.SubFactory(MandateFactory, congress=factory.SelfAttribute("..quiz.congress"))
    number = 1
    started_at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    handed_in_at = datetime(2026, 3, 2, 1, 1, tzinfo=UTC)
    correct = 2
    points = 100
    seconds = 60
    is_passed = True


class ContestFactory(factory.django.DjangoModelFactory):
    """A contest whose written stage is a quiz that has ended."""

    class Meta:
        model = Contest

    quiz = factory.SubFactory(QuizFactory, state=Quiz.State.CLOSED)
    congress = factory.SelfAttribute("quiz.congress")
    title = "宪法知识竞赛"
    finalists = 2
    created_by = factory.SubFactory(UserFactory)


class EntrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entrant

    contest = factory.SubFactory(ContestFactory, state=Contest.State.LIVE)
    mandate = factory.SubFactory(MandateFactory, congress=factory.SelfAttribute("..contest.congress"))
    written = 90
    seconds = 100
    is_finalist = True
