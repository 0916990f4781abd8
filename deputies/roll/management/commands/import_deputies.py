"""`import_deputies`: check a roster, and with `--apply` write it; a row in error means exit 1 and nothing written."""

import json
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from congress.accounts.models import User
from congress.organs.models import Congress
from congress.procedure import journal
from deputies.roll import importing
from deputies.roll.models import ImportRow


class Command(BaseCommand):
    help = "Import a roster of deputies (.xlsx, .xls, .csv)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--congress", required=True, help="code of the congress")
        parser.add_argument("--term", type=int, help="number of the term; the current one where it is not given")
        parser.add_argument("--apply", action="store_true", help="write, when no row is in error")
        parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")

    def handle(self, *, file, congress, apply, term=None, **options):
        found, term = _target(congress, term)
        try:
            with file.open("rb") as stream:
                _headings, lines, new = importing.check_file(stream, name=file.name, congress=found, term=term)
        except OSError as problem:
            raise CommandError(f"打不开文件：{problem.strerror}") from None
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        counts = importing.tally(lines)
        if apply and not counts[ImportRow.Verdict.ERROR]:
            importing.write(lines, new, congress=found, term=term)
            facts = {"file": file.name, "counts": counts}
            journal.record(found, "import.apply", by=User.objects.robot(), facts=facts, congress=found)
        if options["json"]:
            self.stdout.write(json.dumps(_report(lines, counts, new), ensure_ascii=False))
        else:
            self._tell(lines, counts, new)
        if counts[ImportRow.Verdict.ERROR]:
            sys.exit(1)

    def _tell(self, lines, counts, new):
        for line in lines:
            if line.messages:
                self.stdout.write(f"{line.sheet} {line.number} {line.verdict} {' '.join(line.messages)}".strip())
        if new:
            self.stdout.write(f"新代表团：{'、'.join(new)}")
        self.stdout.write("  ".join(f"{ImportRow.Verdict(each).label} {count}" for each, count in counts.items()))


def _target(code, number):
    congress = Congress.objects.filter(code=code).first()
    if congress is None:
        raise CommandError(f"没有代码为 {code} 的人大。")
    if number is not None:
        term = congress.terms.filter(number=number).first()
        if term is None:
            raise CommandError(f"{congress}没有登记第 {number} 届。")
        return congress, term
    term = importing.current_term(congress, on=timezone.localdate())
    if term is None:
        raise CommandError(f"{congress}还没有登记届次。")
    return congress, term


def _report(lines, counts, new):
    return counts | {
        "new_delegations": new,
        "rows": [
            {
                "row": line.number,
                **({"sheet": line.sheet} if line.sheet else {}),
                "verdict": line.verdict,
                "messages": [str(message) for message in line.messages],
            }
            for line in lines
        ],
    }
