"""What the page of a case asks the database: one statement for each of its parts, and no column it does not show."""

from django.db.models import F

from congress.deadlines.models import Clock
from congress.files.models import StoredFile
from congress.kit.statements import Statement
from congress.procedure.models import Entry
from suggestions.docket.models import Ask, Assignment, Cosigner, Suggestion

_SHARE_FIELDS = (
    "version", "organ_printed", "role", "responsible_leader", "state", "accepted_on", "done_on", "due_on",
    "hand_back_reason", "opinion", "is_difficult", "asked_until", "asked_reason", "round__suggestion",
    "round__number", "round__cause", "round__reason", "round__opened_on", "round__replied_on", "round__closed_on",
    "organ__name", "organ__short_name", "officer__name", "parent__organ", "hand_back_to__name",
    "hand_back_to__short_name", "reply__assignment", "reply__document_number", "reply__sent_on",
    "reply__signed_by__name",
)  # fmt: skip
CONTACT_FIELDS = ("pk", "on", "method", "place", "participants", "opinion")
ANSWER_FIELDS = ("pk", "text", "result_class", "promise", "promised_on", "responsible", "reason")
_KIND = Suggestion._meta.label_lower


@Statement
def _cosigners(case):
    return Cosigner.objects.filter(suggestion=case).select_related("mandate__deputy")


@Statement
def _shares(case):
    """Each share once for each of its meetings; of the others it names only what the page says of them."""
    return (
        Assignment.objects.filter(round__suggestion=case)
        .select_related("round", "organ", "officer", "parent", "hand_back_to", "reply__signed_by")
        .only(*_SHARE_FIELDS)
        .annotate(**{f"contact_{name}": F(f"contacts__{name}") for name in CONTACT_FIELDS})
        .order_by("round__number", "id", "contacts__on", "contacts__id")
    )


@Statement
def _asks(case):
    """Each ask once for each answer to it."""
    rows = Ask.objects.filter(suggestion=case).order_by("number", "answers__id")
    answers = (f"answers__{name}" for name in ANSWER_FIELDS)
    return rows.values("pk", "number", "text", "answers__reply__assignment", *answers)


@Statement
def _clocks(case):
    clocks = Clock.objects.filter(case_kind=_KIND, case_id=case).order_by("due_on", "id")
    told = ("subject_kind", "subject_id", "rule", "started_on", "due_on", "provisional", "article", "state", "ended_on")
    return clocks.select_related("holder").only(*told, "holder__name", "holder__short_name")


@Statement
def _entries(case):
    entries = Entry.objects.filter(kind=_KIND, case_id=case).order_by("seq")
    told = ("on", "at", "verb", "facts", "by__name", "on_behalf_of__name")
    return entries.select_related("by", "on_behalf_of").only(*told)


@Statement
def _files(case):
    return StoredFile.objects.filter(case_kind=_KIND, case_id=case).order_by("id")


OF_A_CASE = {
    "cosigners": _cosigners,
    "shares": _shares,
    "asks": _asks,
    "clocks": _clocks,
    "entries": _entries,
    "files": _files,
}
