"""What pages of one congress have in common, whichever room they stand in (本级)."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property


class OfCongress:
    """A page of one congress of those that the reader has here; the first of his where the address names none.

    `congresses_of(user)` gives them, the higher first; whoever has none finds no page.
    """

    congresses_of = None

    @cached_property
    def query(self):
        """What the address says, or the form that is sent."""
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def congresses(self):
        return list(self.congresses_of(self.request.user))

    @cached_property
    def congress(self):
        code = self.kwargs.get("code") or self.request.GET.get("congress") or self.request.POST.get("congress")
        found = [each for each in self.congresses if each.code == code] if code else self.congresses[:1]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def today(self):
        return timezone.localdate()

    def dispatch(self, request, *args, **kwargs):
        self.congress  # noqa: B018  who has none here finds no page, whatever the method
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(congress=self.congress, congresses=self.congresses, **kwargs)
