"""Who reads a deputy's photo inside the portal: whoever reads the roll (照片的阅读权)."""

from congress.files.readers import papers_of
from deputies.roll.models import Mandate


def _may_read(user, case_id):
    return Mandate.objects.visible_to(user).filter(pk=case_id).exists()


papers_of(Mandate._meta.label_lower, may_read=_may_read)
