"""What the department does with its promise: says that it is kept, or asks for more time (兑现、延期)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.files import actions as files
from congress.kit.dates import said
from suggestions.promises.actions.checking import call
from suggestions.promises.models import LookBack
from suggestions.promises.workflow import PROMISE

NOTHING_ASKED = {"asked_until": None, "asked_reason": ""}


@transaction.atomic
def report(promise, *, words, done_on, photos=(), papers=(), on, by, version=None, on_behalf_of=None):
    """The department says that it kept its promise, and shows it; the office looks back (报告兑现)."""
    if not words.strip():
        raise ValidationError({"words": _("请写明做成了什么、做到什么程度。")})
    if not promise.made_on <= done_on <= on:
        raise ValidationError({"done_on": _("完成日期应在承诺之日以后、报告之日以前。")})
    with PROMISE.taking(
        "report",
        promise,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        facts={"organ": promise.unit, "organ_id": promise.organ_id, "done": said(done_on)},
        done_on=done_on,
        **NOTHING_ASKED,
    ):
        row = promise.reports.create(words=words.strip(), done_on=done_on, reported_on=on, by=by)
        row.photos.add(*_kept(promise, photos, by=by))
        row.papers.add(*_kept(promise, papers, by=by))
        clocks.meet("promise", promise, on=on, by=by)
        call(promise, cause=LookBack.Cause.REPORTED, report=row, on=on, by=by)
    return row


def _kept(promise, uploads, *, by):
    return [files.store(upload, congress=promise.congress, by=by, case=promise) for upload in uploads]


@transaction.atomic
def ask_extension(promise, *, until, reason, on, by, version=None, on_behalf_of=None):
    """The department asks for a later day, and says why (申请延期); nothing moves until the office agrees."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么不能按期完成、现在做到哪一步。")})
    if until <= max(promise.due_on, on):
        raise ValidationError({"until": _("要延到的日期应晚于现定日期和今天。")})
    facts = {
        "organ": promise.unit,
        "organ_id": promise.organ_id,
        "was": said(promise.due_on),
        "until": said(until),
        "reason": reason.strip(),
    }
    with PROMISE.taking(
        "ask_extension",
        promise,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        facts=facts,
        asked_until=until,
        asked_reason=reason.strip(),
    ):
        return promise


@transaction.atomic
def grant(promise, *, words="", on, by, version=None):
    """The office agrees (同意延期). Kept in time is kept by the later day then, if it was asked before the earlier."""
    promise.refresh_from_db()
    if promise.asked_until is None:
        raise ValidationError(_("没有待决定的延期申请。"))
    was, until, reason = promise.due_on, promise.asked_until, promise.asked_reason
    in_time = promise.stepped_on <= promise.owed_on == was
    facts = {
        "office": promise.congress.office_name,
        "organ_id": promise.organ_id,
        "was": said(was),
        "until": said(until),
        "words": f"：{words.strip()}" if words.strip() else "",
    }
    with PROMISE.taking(
        "grant",
        promise,
        by=by,
        on=on,
        version=version,
        facts=facts,
        due_on=until,
        owed_on=until if in_time else promise.owed_on,
        **NOTHING_ASKED,
    ):
        clocks.extend("promise", promise, due_on=until, on=on, by=by, reason=reason[:300])
        if promise.look_backs.pending().filter(cause=LookBack.Cause.DUE, report=None).delete()[0]:
            clocks.stop("look_back", promise, on=on, by=by)  # it is not due any more
    return promise


@transaction.atomic
def refuse(promise, *, reason, on, by, version=None):
    """The office holds the department to its day (不同意延期)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明不同意的理由。")})
    facts = {"office": promise.congress.office_name, "organ_id": promise.organ_id, "reason": reason.strip()}
    with PROMISE.taking("refuse", promise, by=by, on=on, version=version, facts=facts, **NOTHING_ASKED):
        return promise
