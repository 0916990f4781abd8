"""The organs and the people of the demonstration county, written in bulk."""

import random
from datetime import time, timedelta

from django.contrib.auth.hashers import make_password

from congress.accounts.models import User
from congress.organs.models import Committee, Congress, Department, Membership, Session, Term
from congress.organs.roles import Role
from congress.rulebook.actions import override_rule
from congress.rulebook.models import CongressProfile, RuleProfile, Unit
from deputies.roll.models import Constituency, Delegation, Deputy, DeputyGroup, Mandate
from liaison.stations.models import Hosting, LiaisonStation
from suggestions.docket.models import Category

from . import names

PASSWORD = "qinghe-demo-2026"
DEPUTIES, STANDING, GROUPS, TOWNSHIP_DEPUTIES = 355, 33, 17, 41

# login, name, role, where, what the person shows
ACCOUNTS = (
    ("clerk", "何婉清", Role.NPC_CLERK, "county", "代工委工作人员：登记、审查、交办、催办"),
    ("committee", "窦立民", Role.COMMITTEE_CLERK, "农业与农村工作委员会", "委员会工作人员：看对口单位的建议"),
    ("leader", "冯志远", Role.LEADER, "county", "常委会领导：驾驶舱"),
    ("gov", "邵文彬", Role.GOVERNMENT_OFFICE, "县政府办", "政府办（督查室）：分办、催办"),
    ("officer", "许学文", Role.CASE_OFFICER, "县水利局", "承办人：签收、面商、拟答复"),
    ("head", "韩长河", Role.DEPARTMENT_HEAD, "县水利局", "承办单位负责人：签发答复"),
    ("officer2", "鲁建军", Role.CASE_OFFICER, "县交通局", "会办单位承办人"),
    ("head2", "贾永福", Role.DEPARTMENT_HEAD, "县交通局", "会办单位负责人"),
    ("deputy", "周德顺", Role.DEPUTY, "county", "领衔代表：写建议、评价"),
    ("deputy2", "吕春梅", Role.DEPUTY, "county", "附议代表"),
    ("deputy3", "方启明", Role.DEPUTY, "county", "附议代表"),
    ("township", "莫汉生", Role.TOWNSHIP_CLERK, "石桥镇", "乡镇人大工作人员：只管本乡镇"),
    ("keeper", "沈静怡", Role.STATION_KEEPER, "石桥镇代表联络站", "联络站管理员：接待、民情"),
    ("auditor", "严守义", Role.AUDITOR, "county", "审计员：只读日志"),
    ("admin", "范晓东", Role.ADMINISTRATOR, "county", "系统管理员：不读案卷"),
)

# 一周一汇总、半月一交办: the congress's own values, by its own document.
RHYTHM = (("weekly_digest", Unit.FLAG, True), ("batch_days", Unit.LIST, [1, 15]))
RHYTHM_ARTICLE = "《青禾县人大代表建议处理办法》第九条"


class County:
    """What was built, for the cases to draw on."""

    def __init__(self, today):
        self.today = today
        self.random = random.Random(names.TERM)
        self.robot = User.objects.robot()
        self._build_organs()
        self._build_people()

    def _build_organs(self):
        self.congress = Congress.objects.create(
            level=Congress.Level.COUNTY,
            code="qinghe",
            name=f"{names.COUNTY}人民代表大会",
            short_name=f"{names.COUNTY}人大",
            region=names.COUNTY,
            office_phone="0000-0000000",
            distributed_kinds=[Department.Type.GOVERNMENT, Department.Type.VERTICAL, Department.Type.TOWNSHIP],
        )
        self.townships = [self._township(position, name) for position, name in enumerate(names.TOWNSHIPS, start=1)]
        committees = [
            Committee.objects.create(congress=self.congress, name=name, position=position, is_npc_office=position == 0)
            for position, name in enumerate(names.COMMITTEES)
        ]
        self.departments = {
            short: Department.objects.create(
                congress=self.congress, name=name, short_name=short, type=kind, committee=committees[committee],
                position=position, document_code=f"青{short.removeprefix('县')[:1]}",
            )
            for position, (name, short, kind, committee) in enumerate(names.DEPARTMENTS)
        }  # fmt: skip
        self.committees = {each.name: each for each in committees}
        self.categories = {
            name: Category.objects.create(congress=self.congress, name=name, position=position)
            for position, name in enumerate(names.CATEGORIES)
        }
        first = self.today - timedelta(days=4 * 365 + 60)
        self.term = Term.objects.create(congress=self.congress, number=names.TERM, starts_on=first)
        openings = [first + timedelta(days=365 * year) for year in range(3)]
        openings += [self.today - timedelta(days=460), self.today - timedelta(days=98)]
        self.sessions = [
            Session.objects.create(
                congress=self.congress, term=self.term, number=number, opened_on=opened,
                closed_on=opened + timedelta(days=3),
            )
            for number, opened in enumerate(openings, start=1)
        ]  # fmt: skip
        CongressProfile.objects.create(
            congress=self.congress, profile=RuleProfile.objects.get(code="national"), effective_from=first
        )
        for code, unit, value in RHYTHM:
            override_rule(
                self.congress, code=code, unit=unit, value=value, article=RHYTHM_ARTICLE, effective_from=first
            )

    def _township(self, position, name):
        congress = Congress.objects.create(
            level=Congress.Level.TOWNSHIP, code=f"qinghe-{position}", parent=self.congress, position=position,
            name=f"{name}人民代表大会", short_name=f"{name}人大", region=name, office_name="主席团办公室",
        )  # fmt: skip
        for place, office in enumerate(("农业农村办公室", "规划建设办公室", "社会事务办公室")):
            Department.objects.create(
                congress=congress,
                name=f"{name}{office}",
                short_name=office,
                type=Department.Type.TOWNSHIP,
                position=place,
            )
        first = self.today - timedelta(days=4 * 365 + 90)
        term = Term.objects.create(congress=congress, number=names.TERM, starts_on=first)
        for number, opened in enumerate((first, self.today - timedelta(days=120)), start=1):
            Session.objects.create(
                congress=congress, term=term, number=number, opened_on=opened, closed_on=opened + timedelta(days=1)
            )
        return congress

    def _build_people(self):
        taken = set()
        delegations = [
            Delegation.objects.create(
                congress=self.congress, name=f"{township.region}代表团", township=township, position=position
            )
            for position, township in enumerate(self.townships)
        ]
        units = [
            Constituency.objects.create(congress=self.congress, name=f"{name}第{number}选区")
            for name in names.TOWNSHIPS
            for number in (1, 2, 3)
        ]
        self.mandates = self._seats(self.congress, self.term, DEPUTIES, taken, delegations=delegations, units=units)
        for township in self.townships:
            self._seats(township, township.terms.get(), TOWNSHIP_DEPUTIES, taken)
        self._build_groups()
        self._build_stations()
        self._build_accounts()

    def _seats(self, congress, term, number, taken, *, delegations=(), units=()):
        deputies = []
        for _each in range(number):
            index = len(taken)
            deputy = Deputy(
                name=self._name(taken), sex=self.random.choices(["male", "female"], [70, 30])[0],
                people=self.random.choice(names.PEOPLES), party=self.random.choice(names.PARTIES),
                born=f"{self.random.randint(1958, 1995)}-{self.random.randint(1, 12):02}",
                phone=f"199{index:08}",
                position_held=self.random.choice(names.OCCUPATIONS),
            )  # fmt: skip
            deputy.expertise = names.EXPERTISE.get(deputy.position_held, "")
            deputy.index()
            deputies.append(deputy)
        Deputy.objects.bulk_create(deputies)
        seats = [
            Mandate(
                congress=congress, term=term, deputy=deputy, started_on=term.starts_on,
                certificate_number=f"{position:04}",
                delegation=delegations[position % len(delegations)] if delegations else None,
                constituency=_unit_of(position, delegations, units) if units else None,
                is_re_elected=self.random.random() < 0.3,
                is_standing_member=bool(delegations) and position <= STANDING,
            )
            for position, deputy in enumerate(deputies, start=1)
        ]  # fmt: skip
        return Mandate.objects.bulk_create(seats)

    def _name(self, taken):
        while True:
            name = self.random.choice(names.SURNAMES) + self.random.choice(names.GIVEN)
            if name not in taken:
                taken.add(name)
                return name

    def _build_groups(self):
        """One group a township and one by field (T06: 17 groups, 16 stations)."""
        through = Mandate.groups.through
        self.groups = []
        for position in range(GROUPS):
            township = self.townships[position] if position < len(self.townships) else None
            if township:
                members = [each for each in self.mandates if each.delegation.township == township]
            else:
                members = self.mandates[5::15]
            group = DeputyGroup.objects.create(
                congress=self.congress, name=f"{township.region if township else '农业农村专业'}代表小组",
                position=position, leader=members[0], township=township,
                kind="territorial" if township else "professional",
            )  # fmt: skip
            self.groups.append(group)
            through.objects.bulk_create(through(mandate=each, deputygroup=group) for each in members)

    def _build_stations(self):
        """A station a township, its head the leader of the group at home there; the first one hosts two groups."""
        self.stations = {}
        for position, (township, group) in enumerate(zip(self.townships, self.groups, strict=False)):
            station = LiaisonStation.objects.create(
                congress=self.congress, township=township, name=f"{township.region}代表联络站",
                short_name=f"{township.region}站", position=position, head=group.leader,
                address=f"{township.region}便民服务中心一楼", area=100 + position * 5,
            )  # fmt: skip
            station.openings.create(pattern="monthly", number=15, starts=time(9), ends=time(11))
            Hosting.objects.create(station=station, group=group)
            self.stations[station.name] = station
        Hosting.objects.create(station=next(iter(self.stations.values())), group=self.groups[-1])

    def _build_accounts(self):
        """One account per role with the demonstration password; everybody else waits for an activation slip."""
        since = self.term.starts_on
        self.accounts = {}
        seats = iter(self.mandates)
        password = make_password(PASSWORD)  # hashed once: it is the same for all of them
        for login, name, role, place, _shows in ACCOUNTS:
            user = User.objects.create(username=login, name=name, password=password)
            Membership.objects.create(user=user, organ=self._place(place), role=role, starts_on=since)
            self.accounts[login] = user
            if role == Role.DEPUTY:
                deputy = next(seats).deputy
                deputy.user, deputy.name = user, name
                deputy.save()
        self._staff_departments(since)

    def _place(self, place):
        if place == "county":
            return self.congress
        township = next((each for each in self.townships if each.region == place), None)
        return township or self.committees.get(place) or self.stations.get(place) or self.departments[place]

    def _staff_departments(self, since):
        """An officer and a head for every department, so that each case finds its people."""
        staffed = set(Membership.objects.values_list("organ_id", "role"))
        for organ in self.departments.values():
            for role, word in ((Role.CASE_OFFICER, "承办人"), (Role.DEPARTMENT_HEAD, "负责人")):
                if (organ.pk, role) in staffed:
                    continue
                user = User(username=f"{organ.pk}-{role}", name=f"{organ.short_name}{word}")
                user.set_unusable_password()
                user.save()
                Membership.objects.create(user=user, organ=organ, role=role, starts_on=since)

    def member(self, organ, role):
        return User.objects.filter(memberships__organ=organ, memberships__role=role).order_by("pk").first()

    def township_clerk(self, township):
        """The clerk of a township; where the demonstration has no account for one, somebody without a password."""
        found = self.member(township, Role.TOWNSHIP_CLERK)
        if found is None:
            found = User(username=f"{township.code}-clerk", name=f"{township.region}人大干事")
            found.set_unusable_password()
            found.save()
            Membership.objects.create(
                user=found, organ=township, role=Role.TOWNSHIP_CLERK, starts_on=self.term.starts_on
            )
        return found

    def day(self, offset):
        """A day so many days before today."""
        return self.today - timedelta(days=offset)


def _unit_of(position, delegations, units):
    """A constituency of the very township whose delegation the deputy sits in."""
    each = len(units) // len(delegations)
    return units[position % len(delegations) * each + position // len(delegations) % each]
