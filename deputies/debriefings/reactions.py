"""Who may read the reports that were handed in (阅读权)."""

from congress.files.readers import papers_of
from deputies.debriefings.models import Statement


def _may_read(user, statement_id):
    return Statement.objects.visible_to(user).filter(pk=statement_id).exists()


papers_of(Statement._meta.label_lower, may_read=_may_read)
