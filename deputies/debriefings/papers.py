"""The slip that is handed to each voter (测评票)."""

from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.kit.documents import CENTRED, SIZE_4, SIZE_5, Paper

WIDE, BOX = 62, 24  # millimetres: the name, one grade


def evaluation_slip(debriefing, statements):
    """One sheet: every deputy, and beside him a box for each grade; with aspects, one table a deputy."""
    paper = Paper()
    paper.title(_("代表述职测评票"))
    paper.line(debriefing.title, size=SIZE_4, align=CENTRED)
    paper.line(said(debriefing.held_on or debriefing.planned_on), size=SIZE_4, align=CENTRED)
    grades = [str(words) for _grade, words in debriefing.grades]
    widths = (WIDE, *[BOX] * len(grades))
    empty = [""] * len(grades)
    if debriefing.by_aspects:
        for each in statements:
            paper.line(_("述职代表：%s") % each.mandate.deputy.name, size=SIZE_4)
            rows = [[str(label), *empty] for _aspect, label in debriefing.aspects]
            paper.table([_("评价内容"), *grades], rows, widths=widths, size=SIZE_5)
    else:
        rows = [[each.mandate.deputy.name, *empty] for each in statements]
        paper.table([_("述职代表"), *grades], rows, widths=widths, size=SIZE_5)
    paper.line(_("说明：每一行只在一个等次下画“○”，多画、不画或者画在格外的，这一行作废。不署名。"), size=SIZE_5)
    paper.line(f"{debriefing.congress.name}{debriefing.congress.office_name}", size=SIZE_5)
    return paper.content()
