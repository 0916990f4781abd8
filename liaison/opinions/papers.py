"""The slip by which opinions are handed to a body (社情民意交办单)."""

from django.utils.translation import gettext as _

from congress.kit.documents import Paper


def routing_slip(organ, opinions, *, congress, on):
    """All that one body is given, each with its number, its words and its date; never who said it."""
    paper = Paper(landscape=True)
    paper.title(_("社情民意交办单"))
    paper.line(f"{organ.name}：")
    paper.body(_("现将群众反映的下列意见交你单位办理，共 %s 件，请在期限内办理并答复。") % len(opinions))
    heads = [_("序号"), _("群众原话"), _("地点"), _("反映日期"), _("来源"), _("期限")]
    rows = [
        [
            str(number),
            each.text,
            each.place,
            f"{each.heard_on:%Y-%m-%d}",
            str(each.station or each.get_channel_display()),
            f"{each.due_on:%Y-%m-%d}" if each.due_on else "",
        ]
        for number, each in enumerate(opinions, start=1)
    ]
    paper.table([str(head) for head in heads], rows, widths=(14, 108, 40, 24, 34, 24))
    paper.signed(f"{congress.name}{congress.office_name}", on)
    paper.line(_("签收单位（盖章）：　　　　　　签收人：　　　　　　签收日期：　　年　月　日"))
    return paper.content()
