"""`found_congress`: the first People's Congress of an empty portal, and who sets up all the rest (设立人大)."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from congress.accounts.models import User
from congress.dashboards.office import actions
from congress.dashboards.office.actions import Person
from congress.organs.models import Congress
from congress.organs.roles import Role


class Command(BaseCommand):
    help = "Found a congress, open the accounts of its first clerk and administrator, and print their activation codes."

    def add_arguments(self, parser):
        parser.add_argument("--code", required=True, help="short Latin code, e.g. qinghe; stands in addresses")
        parser.add_argument("--name", required=True, help="full name, e.g. 青禾县人民代表大会")
        parser.add_argument("--region", required=True, help="e.g. 青禾县")
        parser.add_argument("--short-name", default="", help="e.g. 青禾县人大, which the region gives too")
        parser.add_argument("--level", default=Congress.Level.COUNTY, choices=Congress.Level.values)
        parser.add_argument("--clerk", required=True, metavar="NAME", help="who keeps organs, terms, roll and accounts")
        parser.add_argument("--administrator", required=True, metavar="NAME", help="who runs the system")

    @transaction.atomic
    def handle(self, *, code, name, region, short_name, level, clerk, administrator, **options):
        now, robot = timezone.now(), User.objects.robot()
        congress = Congress(
            code=code, name=name, region=region, short_name=short_name or f"{region}人大", level=level, kind="congress"
        )
        try:
            congress.full_clean()
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        actions.save(congress, noun="organ", by=robot, congress=congress)
        people = [
            Person(name=person, place=congress.name, organ=congress, role=role)
            for person, role in ((clerk, Role.NPC_CLERK), (administrator, Role.ADMINISTRATOR))
        ]
        slips = actions.issue_accounts(people, by=robot, congress=congress, on=timezone.localdate(now), at=now)
        self.stdout.write(f"已设立{congress.name}。激活码只显示这一次，请当面交给本人，到登录页点“首次激活”。")
        for slip, person in zip(slips, people, strict=True):
            until = timezone.localdate(slip.expires_at)
            who = f"{Role(person.role).label}  {person.name}  登录名 {slip.user.username}"
            self.stdout.write(f"{who}  激活码 {slip.code}  {until} 前有效")
