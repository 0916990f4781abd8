"""`check_record`: whether the journal and the dates are as they were written (日志与时限核验)."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from congress.deadlines import ledger
from congress.deadlines.models import Clock
from congress.procedure import evidence


class Command(BaseCommand):
    help = "Walk every chain of the journal and rebuild every date from its ledger; exit 1 where one is broken."

    def handle(self, **options):
        broken = self._check_journal() + self._check_clocks()
        if broken:
            raise CommandError(f"共 {broken} 处不相符。请先不要改动数据库，保留备份，查明原因。")

    def _check_journal(self):
        cases = entries = broken = 0
        for walked in evidence.walk():
            cases, entries = cases + 1, entries + walked.entries
            if walked.broken is not None:
                broken += 1
                self.stdout.write(
                    f"日志不相符：{_named(walked.kind)} {walked.case_id} 第 {walked.broken} 条，被改动、删去或者缺失。"
                )
        self.stdout.write(f"日志：核验 {cases} 份、{entries} 条，不相符 {broken} 份。")
        return broken

    def _check_clocks(self):
        clocks = broken = 0
        for count, disagreeing in ledger.compared(Clock.objects.all()):
            clocks, broken = clocks + count, broken + len(disagreeing)
            for clock in disagreeing:
                self.stdout.write(
                    f"时限不相符：{_named(clock.case_kind)} {clock.case_id} 的期限 {clock.pk}（{clock.rule}），"
                    f"现为 {clock.due_on}，和变动记录推算的不一致。"
                )
        self.stdout.write(f"时限：核验 {clocks} 个，不相符 {broken} 个。")
        return broken


def _named(kind):
    """What the case is called; a kind that no model bears any more keeps its name."""
    try:
        return apps.get_model(kind)._meta.verbose_name
    except LookupError:
        return kind
