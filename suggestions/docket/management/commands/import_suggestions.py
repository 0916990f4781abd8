"""`import_suggestions`: check a table of old suggestions, and with `--apply` write it; a row in error means exit 1."""

import json
import re
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from congress.accounts.models import User
from congress.kit.columns import OK
from congress.organs.models import Congress, Session
from congress.procedure import journal
from suggestions.docket.models import ImportRow
from suggestions.docket.oldpapers.bringing import OLD_PAPERS, check_file
from suggestions.docket.oldpapers.columns import LABELS
from suggestions.docket.oldpapers.writing import write


class Command(BaseCommand):
    help = "Import old suggestions (.xlsx, .xls, .csv)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--congress", required=True, help="code of the congress")
        parser.add_argument("--session", required=True, help="number of the session: 2, or 17-2 of another term")
        parser.add_argument("--apply", action="store_true", help="write, when no row is in error")
        parser.add_argument("--leave-errors-out", action="store_true", help="write the other rows all the same")
        parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")

    @transaction.atomic
    def handle(self, *, file, congress, session, apply, leave_errors_out, **options):
        today = timezone.localdate()
        found = _session(congress, session, on=today)
        place = Congress.objects.select_for_update().get(pk=found.congress_id)  # one table of a congress at a time
        try:
            with file.open("rb") as stream:
                headings, lines = check_file(stream, name=file.name, congress=place, session=found, today=today)
        except OSError as problem:
            raise CommandError(f"打不开文件：{problem.strerror}") from None
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        counts = OLD_PAPERS.tally(lines)
        has_errors = bool(counts[ImportRow.Verdict.ERROR])
        written = []
        if apply and (leave_errors_out or not has_errors):
            robot = User.objects.robot()
            written = write(lines, congress=place, by=robot, on=today, file_name=file.name)
            facts = {"file": file.name, "counts": counts, "written": len(written)}
            journal.record(place, "oldpapers.apply", by=robot, on=today, facts=facts, congress=place)
        if options["json"]:
            self.stdout.write(json.dumps(_report(headings, lines, counts, written), ensure_ascii=False))
        else:
            self._tell(lines, counts, written)
        if has_errors and not (apply and leave_errors_out):
            sys.exit(1)

    def _tell(self, lines, counts, written):
        for line in lines:
            if line.messages:
                self.stdout.write(f"{line.sheet} {line.number} {line.verdict} {' '.join(line.messages)}".strip())
        self.stdout.write("  ".join(f"{ImportRow.Verdict(each).label} {count}" for each, count in counts.items()))
        self.stdout.write(f"写入 {len(written)} 件")


def _session(code, wanted, *, on):
    """The session that is meant: of the term in force where no term is named."""
    congress = Congress.objects.filter(code=code).first()
    if congress is None:
        raise CommandError(f"没有代码为 {code} 的人大。")
    numbers = re.fullmatch(r"(?:(\d{1,2})-)?(\d{1,2})", wanted)
    if not numbers:
        raise CommandError(f"认不出会议“{wanted}”，请写成 2 或者 17-2（第十七届第二次会议）。")
    term = numbers[1]
    if term is None:
        current = congress.terms.filter(starts_on__lte=on).order_by("-starts_on").first()
        if current is None:
            raise CommandError(f"{congress}还没有登记届次。")
        term = current.number
    sessions = Session.objects.filter(congress=congress, term__number=term, number=numbers[2])
    found = sessions.select_related("term").first()
    if found is None:
        raise CommandError(f"{congress}没有登记第 {term} 届第 {numbers[2]} 次会议。")
    return found


def _report(headings, lines, counts, written):
    return counts | {
        "written": len(written),
        "unread_columns": [text for heading in headings for text in heading["unread"]],
        "rows": [
            {
                "row": line.number,
                **({"sheet": line.sheet} if line.sheet else {}),
                "verdict": line.verdict,
                "messages": [f"{message}" for message in line.messages],
                "cells": [
                    {
                        "cell": cell.at,
                        "column": f"{LABELS[name]}",
                        "value": cell.raw,
                        "verdict": cell.verdict,
                        "reason": f"{cell.message}",
                    }
                    for name, cell in line.cells.items()
                    if cell.verdict != OK
                ],
            }
            for line in lines
        ],
    }
