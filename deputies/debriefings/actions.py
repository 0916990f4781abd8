"""The verbs of a debriefing: arrange, hand in, hold, count, publish (述职、测评、公布)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files.actions import store
from congress.kit.dates import said
from congress.procedure import journal
from deputies.debriefings.models import Debriefing, Statement, Tally
from deputies.debriefings.wordings import OVERALL
from deputies.debriefings.workflow import DEBRIEFING
from deputies.duties import actions as duties
from deputies.duties.actions import Performed
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate

REPORTS = ("pdf", "doc", "docx", "wps", "ofd")
PLAN = (
    "title", "mode", "planned_on", "place", "chair", "constituency", "group", "activity", "wording", "by_aspects",
    "arrangement",
)  # fmt: skip


@transaction.atomic
def arrange(debriefing, deputies, *, on, by, version=None):
    """Plan a debriefing, or change the plan while it is not yet held; who reports is part of it (安排述职)."""
    deputies = list(deputies)
    if not deputies:
        raise ValidationError({"deputies": _("请至少选一名述职代表。")})
    is_new = debriefing.pk is None
    if not is_new:
        fresh = Debriefing.objects.select_for_update().get(pk=debriefing.pk)
        if fresh.state != Debriefing.State.PLANNED or version not in (None, fresh.version):
            raise ValidationError(_("这次述职已经被别人改过，或者已经举行、取消，请重新打开再改。"))
        debriefing.version = fresh.version + 1
    for each in deputies:
        within = each.congress_id == debriefing.congress_id or each.congress.parent_id == debriefing.congress_id
        if not within or each.state != Mandate.State.ACTIVE:
            raise ValidationError({"deputies": _("%s不是本级或者所辖乡镇的在任代表。") % each})
    same = Debriefing.objects.filter(
        congress=debriefing.congress, title=debriefing.title, planned_on=debriefing.planned_on
    ).exclude(state=Debriefing.State.CANCELLED)
    if same.exclude(pk=debriefing.pk).exists():
        raise ValidationError({"title": _("这一天已经安排了同名的述职。")})
    debriefing.save(update_fields=None if is_new else [*PLAN, "version"])
    wanted = {each.pk for each in deputies}
    removed = _take_out(debriefing, wanted)
    standing = set(debriefing.statements.values_list("mandate", flat=True))
    added = sorted(wanted - standing)
    Statement.objects.bulk_create(Statement(debriefing=debriefing, mandate_id=mandate) for mandate in added)
    verb = "debriefing.arrange" if is_new else "debriefing.change"
    facts = {"title": debriefing.title, "count": len(deputies), "day": said(debriefing.planned_on)}
    journal.record(debriefing, verb, by=by, on=on, facts=facts | {"added": added, "removed": removed})
    return debriefing


def _take_out(debriefing, wanted):
    """Take out whoever is not to report any more; gives their mandates.

    A report that was handed in is never lost: its deputy stays in the plan, also one whose seat has ended since and
    who is therefore not offered to be chosen.
    """
    others = debriefing.statements.exclude(mandate__in=wanted).select_related("mandate__deputy")
    gone = [each for each in others if not each.is_handed_in]
    kept = [each.mandate for each in others if each.is_handed_in and each.mandate.state == Mandate.State.ACTIVE]
    if kept:
        raise ValidationError({"deputies": _("%s已提交报告，不能去掉。") % "、".join(f"{each}" for each in kept)})
    debriefing.statements.filter(pk__in=[each.pk for each in gone]).delete()
    return sorted(each.mandate_id for each in gone)


@transaction.atomic
def hand_in(statement, *, text="", upload=None, on, by):
    """The deputy hands in his report, as text or as a file; until the result is out he may better it (提交报告)."""
    debriefing = Debriefing.objects.select_for_update().get(pk=statement.debriefing_id)
    if debriefing.state in (Debriefing.State.PUBLISHED, Debriefing.State.CANCELLED):
        raise ValidationError(_("结果已经公布或者述职已取消，报告不能再改。"))
    standing = debriefing.statements.filter(pk=statement.pk).first()
    if standing is None:
        raise ValidationError(_("述职安排已经改动，这次不再请您述职，报告没有提交。"))
    if standing.is_missed:
        raise ValidationError(_("这次登记为没有述职，报告不能再改；下次述职时会带入您写的报告。"))
    if not text.strip() and not upload and not statement.file_id:
        raise ValidationError({"text": _("请写述职报告，或者上传文件。")})
    statement.text = text.strip()
    if upload:
        statement.file = store(upload, congress=debriefing.congress, by=by, case=statement, kinds=REPORTS)
    statement.save(update_fields=["text", "file"])
    facts = {"who": f"{statement.mandate}", "file": statement.file.name if statement.file else ""}
    journal.record(statement, "debriefing.report", by=by, on=on, facts=facts)
    return statement


def hold(debriefing, *, spoke=None, on, by, version=None, request_key=""):
    """The deputies reported on that day; each gets his duty record, and who did not report is taken off (述职).

    What he handed in is kept for the next time. Of a meeting that is an activity too, this is the word that counts:
    its list says nothing more of those who reported.
    """
    statements = list(debriefing.statements.select_related("mandate__deputy"))
    if spoke is not None:
        there = {each.pk for each in spoke}
        statements = [each for each in statements if each.mandate_id in there]
    if not statements:
        raise ValidationError({"spoke": _("请勾选已经述职的代表。")})
    silent = [f"{each.mandate}" for each in statements if not each.is_handed_in]
    if debriefing.mode == Debriefing.Mode.WRITTEN and silent:
        raise ValidationError({"spoke": _("书面述职须附报告，还没有提交的：%s。") % "、".join(silent)})
    with DEBRIEFING.taking(
        "hold", debriefing, by=by, on=on, version=version, request_key=request_key, held_on=on
    ) as taken:
        others = debriefing.statements.exclude(pk__in=[each.pk for each in statements])
        missed = sorted(others.values_list("mandate", flat=True))
        _set_aside(others)
        taken.facts.update(count=len(statements), missed=missed)
        seats = [each.mandate_id for each in statements]
        hours = None
        if debriefing.activity is not None:
            hours = debriefing.activity.hours
            duties.hand_over(debriefing.activity, debriefing, Kind.DEBRIEFING, seats)
        duties.register(
            debriefing,
            Kind.DEBRIEFING,
            [Performed(seat, hours=hours) for seat in seats],
            title=debriefing.title,
            held_on=on,
            place=debriefing.place,
            on=on,
            by=by,
        )
    return debriefing


def _set_aside(statements):
    """Whoever did not report is taken off; a report that was handed in is kept, marked."""
    statements.filter(text="", file=None).delete()
    statements.update(is_missed=True)


def told_of(activity):
    """The seats of whom a debriefing held at this meeting has put the duty down itself; one debriefing is one duty."""
    held = Debriefing.objects.filter(activity=activity, state__in=Debriefing.DONE).values_list("pk", flat=True)
    rows = DutyRecord.objects.filter(
        source_kind=Debriefing._meta.label_lower, source_id__in=list(held), kind=Kind.DEBRIEFING
    )
    return set(rows.values_list("mandate", flat=True))


@transaction.atomic
def follow_record(debriefing, mandate, *, has_reported, on, by):
    """The record was corrected or struck after the deputy's objection: who did not report is taken off here too.

    Once his slips are counted the debriefing stands: voters judged what they heard.
    """
    if has_reported:
        Statement.objects.update_or_create(debriefing=debriefing, mandate=mandate, defaults={"is_missed": False})
        return
    uncounted = debriefing.statements.reporting().filter(mandate=mandate, valid__isnull=True)
    if uncounted.exists():
        _set_aside(uncounted)
        facts = {"who": f"{mandate}", "missed": [mandate.pk]}
        journal.record(debriefing, "debriefing.take_off", by=by, on=on, facts=facts)


@transaction.atomic
def tally(statement, *, handed_out, returned, valid, counts, on, by):
    """Put down the slips on one deputy; the sums must fit. `counts` maps (aspect, grade) to a number (计票)."""
    debriefing = Debriefing.objects.select_for_update().get(pk=statement.debriefing_id)
    if debriefing.state != Debriefing.State.HELD:
        raise ValidationError(_("述职以后、测评完毕以前才能登记测评票。"))
    if not debriefing.statements.reporting().filter(pk=statement.pk).exists():
        raise ValidationError(_("这位代表这次没有述职，不登记测评票。"))
    problems = {}
    if returned > handed_out:
        problems["returned"] = _("收回 %(a)s 张，比发出的 %(b)s 张还多。") % {"a": returned, "b": handed_out}
    if valid > returned:
        problems["valid"] = _("有效 %(a)s 张，比收回的 %(b)s 张还多。") % {"a": valid, "b": returned}
    expected = [(aspect, grade) for aspect, _label in debriefing.aspects for grade, _words in debriefing.grades]
    for aspect, label in debriefing.aspects:
        total = sum(counts.get((aspect, grade), 0) for grade, _words in debriefing.grades)
        if total != valid:
            words = {"label": label, "total": total, "valid": valid}
            problems[f"count_{aspect}_{debriefing.grades[0][0]}"] = (
                _("“%(label)s”各等次相加是 %(total)s 张，应等于有效票 %(valid)s 张。") % words
            )
    if problems:
        raise ValidationError(problems)
    statement.handed_out, statement.returned, statement.valid = handed_out, returned, valid
    statement.save(update_fields=["handed_out", "returned", "valid"])
    statement.tallies.all().delete()
    Tally.objects.bulk_create(
        Tally(statement=statement, aspect=aspect, grade=grade, count=counts.get((aspect, grade), 0))
        for aspect, grade in expected
    )
    facts = {"who": f"{statement.mandate}", "valid": valid}
    facts["overall"] = {grade: counts.get((OVERALL, grade), 0) for grade, _words in debriefing.grades}
    journal.record(statement, "debriefing.tally", by=by, on=on, facts=facts)
    return statement


def evaluate(debriefing, *, on, by, version=None, request_key=""):
    """The slips of all are counted (测评完毕)."""
    missing = [f"{each.mandate}" for each in debriefing.statements.reporting().filter(valid__isnull=True)]
    if missing:
        raise ValidationError(_("还没有登记测评票的：%s。") % "、".join(missing))
    with DEBRIEFING.taking("evaluate", debriefing, by=by, on=on, version=version, request_key=request_key):
        return debriefing


def correct(debriefing, *, why, on, by, version=None, request_key=""):
    """A count was wrong and is put right before the result goes out (更正计票)."""
    with DEBRIEFING.taking("correct", debriefing, by=by, on=on, version=version, request_key=request_key) as taken:
        taken.facts.update(why=why)
    return debriefing


def publish(debriefing, *, how, on, by, version=None, request_key=""):
    """The result is made known to the voters and told to each deputy; no mandate is touched by it (公布、告知)."""
    with DEBRIEFING.taking(
        "publish",
        debriefing,
        by=by,
        on=on,
        version=version,
        request_key=request_key,
        published_on=on,
        how_published=how,
    ) as taken:
        taken.facts.update(how=how)
        debriefing.statements.reporting().update(told_on=on)
    return debriefing


def cancel(debriefing, *, reason, on, by, version=None, request_key=""):
    """It will not take place (取消)."""
    with DEBRIEFING.taking(
        "cancel", debriefing, by=by, on=on, version=version, request_key=request_key, reason=reason
    ) as taken:
        taken.facts.update(reason=reason)
    return debriefing


def note_export(congress, *, count, what, by):
    """A table of this room left the house."""
    journal.record(congress, "debriefing.export", by=by, facts={"count": count, "what": what}, congress=congress)
