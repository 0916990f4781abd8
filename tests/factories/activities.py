"""Activities and duty records for tests (活动、履职登记)."""

from datetime import UTC, date, datetime

import factory

from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Campaign
from deputies.duties.kinds import Kind as DutyKind
from deputies.duties.models import DutyRecord
from tests.factories.accounts import UserFactory
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.roll import MandateFactory


class ActivityFactory(factory.django.DjangoModelFactory):
    """An inspection of the county on the morning of 12 March 2026, still in preparation."""

    class Meta:
        model = Activity

    term = factory.SubFactory(TermFactory)
    congress = factory.SelfAttribute("term.congress")
    organ = factory.SelfAttribute("congress")
    kind = Kind.INSPECTION
    title = factory.Sequence(lambda n: f"视察农村饮水工程（{n}）")
    theme = "农村饮水安全"
    place = "青石河水厂"
    starts_at = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
    ends_at = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)
    created_by = factory.SubFactory(UserFactory)


class DutyRecordFactory(factory.django.DjangoModelFactory):
    """A settled record of an inspection."""

    class Meta:
        model = DutyRecord

    mandate = factory.SubFactory(MandateFactory)
    congress = factory.SelfAttribute("mandate.congress")
    kind = DutyKind.INSPECTION
    title = "视察农村饮水工程"
    held_on = date(2026, 3, 12)
    state = DutyRecord.State.SETTLED
    level = DutyRecord.Level.OFFICE
    registered_by = factory.SubFactory(UserFactory)
    registered_on = date(2026, 3, 12)


class DriveFactory(factory.django.DjangoModelFactory):
    """A drive that runs from 1 March 2026 to 31 May (专项行动)."""

    class Meta:
        model = Campaign

    congress = factory.SubFactory(CongressFactory)
    kind = Campaign.Kind.DRIVE
    name = factory.Sequence(lambda n: f"关注民生提建议第{n}季")
    theme = "走村入户听民声"
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 5, 31)
