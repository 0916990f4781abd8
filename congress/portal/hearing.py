"""What a resident says is heard once, however often his telephone sends it (群众反映防重)."""

from django.utils import timezone

from congress.accounts.models import User
from congress.kit import notes
from congress.portal import throttling
from congress.procedure import once

_CODE_KEPT = 3600  # seconds; in which what is sent again is told the same code


def hear_once(form, station, mandate, *, request):
    """(id of the opinion, its query code); None for the code where the same was sent too long ago.

    Raises throttling.TooOften for what is new from an address that has said too much.
    """
    robot, key = User.objects.robot(), form.cleaned_data["request_key"]
    with once.making("said", key, by=robot) as sent:
        code = notes.left(robot, key, "code")
        if sent.made is None:
            if throttling.is_too_often(request, throttling.SAY):
                raise throttling.TooOften
            opinion, code = form.carry_out(station, mandate=mandate, on=timezone.localdate())
            sent.made = opinion.pk
            notes.leave(robot, key, "code", code, seconds=_CODE_KEPT)
    return sent.made, code
