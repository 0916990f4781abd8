"""Plans, cards, contacts and papers of townships for tests (承诺与联系)."""

from datetime import date

import factory

from congress.files.models import StoredFile
from deputies.pledges.models import TownshipPaper
from tests.factories.accounts import UserFactory
from tests.factories.organs import CongressFactory


class StoredFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StoredFile

    congress = factory.SubFactory(CongressFactory)
    name = "2026年工作计划.pdf"
    content_type = "application/pdf"
    size = 30
    uploaded_by = factory.SubFactory(UserFactory)


class TownshipPaperFactory(factory.django.DjangoModelFactory):
    """The plan of a township, sent in time."""

    class Meta:
        model = TownshipPaper

    congress = factory.SubFactory(CongressFactory, township=True)
    year = 2026
    kind = TownshipPaper.Kind.PLAN
    file = factory.SubFactory(StoredFileFactory, congress=factory.SelfAttribute("..congress"))
    sent_on = date(2026, 1, 20)
    by = factory.SubFactory(UserFactory)
