"""What is told of deputies, carried by its own verbs to where a test needs it (代表风采)."""

from datetime import date

import factory

from congress.portal import stories
from congress.portal.models import Story
from tests.factories.docket import clerk_of, seat
from tests.factories.organs import CongressFactory

S = Story.State
WAY = (S.DRAFT, S.ASKED, S.AGREED, S.PUBLISHED)


class StoryFactory(factory.django.DjangoModelFactory):
    """A draft of 2 March 2026, or as far on as `state` says."""

    class Meta:
        model = Story

    congress = factory.SubFactory(CongressFactory)
    mandate = factory.LazyAttribute(lambda story: seat(story.congress))
    kind = Story.Kind.STORY
    title = factory.Sequence(lambda n: f"田埂上的代表{n}")
    text = "二十年来，他每个月走一遍全村的水渠。"
    outlet = ""
    url = ""
    told_on = date(2026, 3, 2)
    state = S.DRAFT

    class Params:
        media = factory.Trait(
            kind=Story.Kind.MEDIA,
            title=factory.Sequence(lambda n: f"代表视点第{n}期"),
            text="",
            outlet="县融媒体中心“代表视点”",
            url=factory.Sequence(lambda n: f"https://media.example.cn/{n}"),
        )

    @classmethod
    def _create(cls, model_class, *, congress, mandate, state, on=date(2026, 3, 2), **told):
        office = clerk_of(congress)
        story = stories.write(mandate, on=on, by=office, **told)
        steps = WAY.index(state)
        if steps > 0:
            stories.ask(story, on=on, by=office)
        if steps > 1:
            stories.agree(story, on=on, by=mandate.deputy.user)
        if steps > 2:
            stories.publish(story, on=on, by=office)
        return story
