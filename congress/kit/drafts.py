"""Two pages on one draft: the later one does not overwrite what it has not seen (草稿不互相覆盖)."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.kit import notes

NOUN = "draft.left"
NOTHING = "nothing"  # the mark of a draft that nobody has begun


class DraftChanged(ValidationError):
    """Another page has saved the draft since; `mark` is that of what stands there now."""

    def __init__(self, mark):
        said = _("这份草稿在别的页面或者被别人改过。您写的都在这一页上，还没有保存；再保存一次，就以这一页为准。")
        super().__init__(said, code="draft_changed")
        self.mark = mark


@dataclass(frozen=True)
class Page:
    """One page on which somebody writes: by its key, with the mark of the draft that it showed.

    A page that saves itself goes on from what it left, which is remembered for it as long as a request sent again is.
    """

    by: object
    key: str
    shown: str

    def check(self, mark):
        """Refuse to write over a draft with this mark, unless the page showed it or left it so."""
        seen = {self.shown, notes.left(self.by, self.key, NOUN)} - {"", None}
        if seen and mark not in seen:
            raise DraftChanged(mark)

    def leave(self, mark):
        """The page has saved the draft, which has this mark now, unless something undoes that."""
        transaction.on_commit(partial(notes.leave, self.by, self.key, NOUN, mark))


class DraftMixin(forms.Form):
    """A form whose page shows a draft: `page_key` names the field that tells one page from another."""

    shown = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    @contextmanager
    def page(self):
        """The page, for the action that saves; the form shown again after a refusal may overwrite what it tells of."""
        try:
            yield Page(self.by, self.cleaned_data.get(self.page_key, ""), self.cleaned_data.get("shown", ""))
        except DraftChanged as changed:
            self.data = self.data.copy()
            self.data["shown"] = changed.mark
            raise
