"""For which congress a public page speaks (公开页属于哪一级人大)."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from congress.kit.words import asked_words
from congress.organs.models import Congress
from congress.portal import questions


class OfAddress:
    """The congress that the address names; without one the highest of this portal, None before there is any."""

    @cached_property
    def congress(self):
        code = asked_words(self.request.GET.get("at"))
        return get_object_or_404(Congress, code=code) if code else questions.highest_congress()
