"""What the pages of this room share: one congress whose work the reader follows, a year, and who is read (范围)."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from deputies.pledges.contacting import without_secrets
from deputies.roll.importing import current_term
from deputies.roll.models import Mandate


def asked_year(text, *, today):
    """A year from an address within reason, else this one."""
    return int(text) if text and text.isdecimal() and 2000 <= int(text) <= today.year + 1 else today.year


def followed_by(user):
    """The congresses whose plans, cards and contacts a user follows, the higher first."""
    return Congress.objects.filter(pk__in=hats_of(user).watches).order_by("level", "position", "pk")


class OfCongress:
    """A page of one congress that the reader follows; the first of his where the address names none."""

    @cached_property
    def congresses(self):
        return list(followed_by(self.request.user))

    @cached_property
    def congress(self):
        code = self.request.GET.get("congress") or self.request.POST.get("congress")
        found = [each for each in self.congresses if each.code == code] if code else self.congresses[:1]
        if not found:
            raise Http404
        return found[0]

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).watches:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def year(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked_year(asked.get("year"), today=self.today)

    @cached_property
    def term(self):
        return current_term(self.congress, on=self.today)

    def seats(self):
        """Who sits in it today."""
        rows = Mandate.objects.active().filter(congress=self.congress, term=self.term)
        return without_secrets(rows.select_related("delegation"), "deputy").order_by("deputy__strokes", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            congress=self.congress,
            congresses=self.congresses,
            year=self.year,
            years=range(self.today.year, self.today.year - 5, -1),
            today=self.today,
            **kwargs,
        )
