"""`handling_report`: what became of the suggestions of one session, as figures with their bases."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from congress.dashboards.figures import handling_report
from congress.organs.models import Congress, Session


class Command(BaseCommand):
    help = "Report on the handling of the suggestions of one session."

    def add_arguments(self, parser):
        parser.add_argument("--congress", required=True, help="code of the congress")
        parser.add_argument("--session", required=True, type=int, help="number of the session in its latest term")
        parser.add_argument("--json", action="store_true", help="print JSON (the default and only format)")

    def handle(self, *, congress, session, **options):
        try:
            found = Congress.objects.get(code=congress)
        except Congress.DoesNotExist:
            raise CommandError(f"没有代码为 {congress} 的人大。") from None
        chosen = Session.objects.filter(congress=found, number=session).order_by("-term__number").first()
        if chosen is None:
            raise CommandError(f"{found}没有第 {session} 次会议。")
        report = handling_report(found, chosen, on=timezone.localdate())
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
