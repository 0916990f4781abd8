"""Prints when a period ends and why, as JSON, for a profile as if a congress had chosen it."""

import datetime as dt
import json
import sys

from django.core.management.base import BaseCommand

from congress.rulebook.book import Book
from congress.rulebook.codes import CODES
from congress.rulebook.models import Level, RuleProfile


class BadInput(Exception):
    """Something on the command line cannot be answered; the text says what."""


class Command(BaseCommand):
    help = "某一口径下某个期限从某日起算的最后一日，连同计算过程和依据。"

    def add_arguments(self, parser):
        parser.add_argument("--profile", required=True, help="口径代码，如 national、zhejiang")
        parser.add_argument("--rule", required=True, help="期限项目，如 reply、return、assign")
        parser.add_argument("--from", required=True, dest="start", help="起算日，年-月-日")
        parser.add_argument("--level", choices=Level.values, help="层级；不写时按口径本身的层级")

    def handle(self, *, profile, rule, start, level, **options):
        try:
            answer = explain(profile, rule, start, level)
        except BadInput as problem:
            self.stdout.write(json.dumps({"error": str(problem)}, ensure_ascii=False))
            sys.exit(2)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def explain(profile, rule, start, level):
    found = RuleProfile.objects.filter(code=profile).first()
    if found is None:
        known = "、".join(RuleProfile.objects.values_list("code", flat=True))
        raise BadInput(f"没有口径“{profile}”。可用：{known}。")
    if rule not in CODES or not CODES[rule].is_period:
        known = "、".join(code for code, entry in CODES.items() if entry.is_period)
        raise BadInput(f"没有期限“{rule}”。可用：{known}。")
    level = level or found.home_level
    reckoned = _reckon(found, rule, _date(start), level)
    return {
        "profile": profile,
        "level": level,
        "rule": rule,
        "from": start,
        "due": reckoned.due_on.isoformat(),
        "provisional": reckoned.provisional,
        "steps": list(reckoned.steps),
        "article": reckoned.article,
    }


def _date(text):
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise BadInput(f"“{text}”不是日期，请写成 2026-03-20 这样的年-月-日。") from None


def _reckon(profile, rule, start, level):
    try:
        return Book.of_profile(profile.code, level=level).deadline(rule, start=start)
    except (OverflowError, ValueError):
        raise BadInput(f"从{start}起算超出了日历的范围。") from None
