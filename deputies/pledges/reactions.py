"""What this room hears of and answers for: who may read its papers (阅读权)."""

from congress.files.readers import papers_of
from deputies.pledges.models import TownshipPaper


def _may_read(user, paper_id):
    return TownshipPaper.objects.visible_to(user).filter(pk=paper_id).exists()


papers_of(TownshipPaper._meta.label_lower, may_read=_may_read)
