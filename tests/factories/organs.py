"""Congresses, their organs, terms, sessions and memberships for tests (机构、届次、任职)."""

from datetime import date, timedelta

import factory

from congress.organs.models import Committee, Congress, Department, Membership, Session, Term
from congress.organs.roles import Role
from tests.factories.accounts import UserFactory


class CongressFactory(factory.django.DjangoModelFactory):
    """A county congress; with `township=True` a township congress below a county."""

    class Meta:
        model = Congress

    name = factory.Sequence(lambda n: f"禾{n}县人民代表大会")
    short_name = factory.Sequence(lambda n: f"禾{n}县人大")
    region = factory.Sequence(lambda n: f"禾{n}县")
    code = factory.Sequence(lambda n: f"he-{n}")
    level = Congress.Level.COUNTY
    distributed_kinds = factory.LazyFunction(lambda: ["government", "township"])

    class Params:
        township = factory.Trait(
            level=Congress.Level.TOWNSHIP,
            name=factory.Sequence(lambda n: f"柳{n}镇人民代表大会"),
            short_name=factory.Sequence(lambda n: f"柳{n}镇人大"),
            region=factory.Sequence(lambda n: f"柳{n}镇"),
            code=factory.Sequence(lambda n: f"liu-{n}"),
            office_name="镇人大主席团",
            distributed_kinds=factory.LazyFunction(list),
            parent=factory.SubFactory("tests.factories.organs.CongressFactory"),
        )


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    congress = factory.SubFactory(CongressFactory)
    name = factory.Sequence(lambda n: f"第{n}工作委员会")
    parent = factory.SelfAttribute("congress")

    class Params:
        npc_office = factory.Trait(name="代表工作委员会", short_name="代工委", is_npc_office=True)


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department

    congress = factory.SubFactory(CongressFactory)
    name = factory.Sequence(lambda n: f"县交通运输{n}局")
    short_name = factory.Sequence(lambda n: f"交通{n}局")
    type = Department.Type.GOVERNMENT
    parent = factory.SelfAttribute("congress")

    class Params:
        distributor = factory.Trait(
            name="县人民政府办公室", short_name="县政府办", type=Department.Type.GOVERNMENT_OFFICE
        )
        court = factory.Trait(name="县人民法院", short_name="县法院", type=Department.Type.COURT)


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    congress = factory.SubFactory(CongressFactory)
    number = factory.Sequence(lambda n: 1 + n % 90)
    starts_on = date(2022, 1, 10)


class SessionFactory(factory.django.DjangoModelFactory):
    """A session of five days; congress follows from the term."""

    class Meta:
        model = Session

    term = factory.SubFactory(TermFactory)
    congress = factory.SelfAttribute("term.congress")
    number = factory.Sequence(lambda n: 1 + n % 90)
    opened_on = date(2026, 1, 12)
    closed_on = factory.LazyAttribute(lambda session: session.opened_on + timedelta(days=4))


class MembershipFactory(factory.django.DjangoModelFactory):
    """A membership in force since 2022; the organ must fit the role."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organ = factory.SubFactory(CongressFactory)
    role = Role.NPC_CLERK
    starts_on = date(2022, 1, 1)
