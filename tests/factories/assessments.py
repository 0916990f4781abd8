"""Ways to assess for tests: two dimensions, the four raters (考评)."""

from datetime import date
from decimal import Decimal

import factory

from deputies.assessments.models import Dimension, Method, Stage
from tests.factories.organs import CongressFactory

FOUR = (
    ("deputy", "代表自评", 10),
    ("group", "小组评定", 30),
    ("township", "乡镇街道评定", 30),
    ("office", "代表部门评定", 30),
)
GRADES = [
    {"name": "优秀", "at_least": "90", "text": "可以作为评优的参考"},
    {"name": "称职", "at_least": "60", "text": ""},
    {"name": "不称职", "at_least": "0", "text": ""},
]


class MethodFactory(factory.django.DjangoModelFactory):
    """Adopted, by the year, sixty points for sessions and forty for contacts; `stages` as (rater, label, weight)."""

    class Meta:
        model = Method
        skip_postgeneration_save = True

    congress = factory.SubFactory(CongressFactory)
    name = factory.Sequence(lambda n: f"代表考评办法（{n}）")
    state = Method.State.ADOPTED
    adopted_on = date(2025, 1, 1)
    grades = factory.LazyFunction(lambda: [dict(each) for each in GRADES])

    @factory.post_generation
    def dimensions(self, create, told, **_kwargs):
        for place, (text, standard) in enumerate(told or (("会议期间", 60), ("联系群众", 40)), start=1):
            Dimension.objects.create(method=self, position=place, text=text, standard=Decimal(standard))

    @factory.post_generation
    def stages(self, create, told, **_kwargs):
        for place, (rater, label, weight, *gives) in enumerate(told or FOUR, start=1):
            Stage.objects.create(
                method=self, position=place, rater=rater, label=label, weight=weight, gives=(gives or ["points"])[0]
            )
