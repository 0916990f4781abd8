"""The papers behind what was spent (凭证)."""

from congress.files.models import StoredFile
from deputies.safeguards.models import Spending
from deputies.safeguards.money import yuan


def with_papers(spendings):
    """The rows as a list, each with its papers and its sum as it is read; one more statement."""
    rows = list(spendings)
    of = {}
    ids = [each.pk for each in rows]
    if ids:
        for paper in StoredFile.objects.filter(case_kind=Spending._meta.label_lower, case_id__in=ids).order_by("pk"):
            of.setdefault(paper.case_id, []).append(paper)
    for each in rows:
        each.papers, each.said = of.get(each.pk, []), yuan(each.amount)
    return rows
