"""What the ledger does after a reply, a withdrawal or a moved date; and what the tallies count of it."""

from django.db.models import OuterRef, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.files.readers import papers_of
from congress.kit.aggregates import Listed
from congress.organs.leftovers import leftover
from congress.procedure.reactions import after
from suggestions.docket import tallies
from suggestions.promises import actions
from suggestions.promises.models import Promise
from suggestions.promises.workflow import PROMISE


@after("share.sign")
def write(taken):
    """Each department's reply promises for itself; the system enters it, whoever signed."""
    actions.write(taken.subject, on=taken.on, by=User.objects.robot())


@after("suggestion.withdraw")
def end_all(taken):
    actions.end_all(taken.case, on=taken.on, by=User.objects.robot())


@leftover(_("没有兑现的承诺 %(n)s 条"))
def standing_with(organs):
    return Promise.objects.standing().filter(organ__in=organs).values_list("organ")


@after("department.succeeded")
def hand_over(organ, *, on, by):
    actions.succeed_all(organ, on=on, by=by)


@after("clock.moved")
def copy_date(clock):
    """The promise carries its running date; where nobody has said a day, that is the one owed too."""
    if (clock.case_kind, clock.rule) == (Promise._meta.label_lower, "promise") and clock.state == Clock.State.RUNNING:
        names = ("due_on", "owed_on", "first_due_on") if clock.measured_by else ("due_on",)  # reckoned, or said
        Promise.objects.filter(pk=clock.case_id).update(**dict.fromkeys(names, clock.due_on))


@after("clocks.moved")
def retell_moved(shifts):
    """The calendar has moved promises without a date of their own."""
    kind = Promise._meta.label_lower
    moved = [shift.clock.case_id for shift in shifts if shift.clock.case_kind == kind]
    for promise in Promise.objects.filter(pk__in=moved).select_related("congress"):
        tallies.retell([promise.suggestion_id], congress=promise.congress)


def _after_step(taken):
    tallies.retell([taken.case.suggestion_id], congress=taken.case.congress)


for _name in PROMISE.steps:
    after(PROMISE.verb(_name), last=True)(_after_step)


def _told_by_promises():
    """state|owed|now|done of every promise of a case, with commas between them."""
    days = [Coalesce(Cast(name, CharField()), Value("")) for name in ("owed_on", "due_on", "done_on")]
    told = Concat("state", *[part for day in days for part in (Value("|"), day)], output_field=CharField())
    rows = Promise.objects.filter(suggestion=OuterRef("pk")).order_by().values("suggestion")
    return Subquery(rows.annotate(told=Listed(told)).values("told"))


@tallies.marks(promised=_told_by_promises)
def _of_the_promises(case):
    """They outlive the session of their case: the figures of every session count them (跨届不清零)."""
    for told in (case["promised"] or "").split(","):
        state, _bar, days = told.partition("|")
        owed_on, due_on, done_on = days.split("|") if days else ("", "", "")
        if state == Promise.State.KEPT:
            yield f"{tallies.LASTING}{'kept' if done_on <= owed_on else 'kept_late'}"
        elif state == Promise.State.REPORTED:
            yield f"{tallies.LASTING}reported"
        elif state in Promise.OWED:
            yield f"{tallies.LASTING}owed@{due_on}"


def _may_read(user, case_id):
    return Promise.objects.visible_to(user).filter(pk=case_id).exists()


papers_of(Promise._meta.label_lower, may_read=_may_read)
