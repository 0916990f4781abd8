"""A township's proposal of a theme for a county group: put forward, taken, returned, taken back (主题提议).

Verbs of this room beside `actions`; each is told in the proposal's journal and in that of every opinion in it.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.activities import actions as activities
from deputies.activities.kinds import Kind
from deputies.roll.models import DeputyGroup
from liaison.opinions.actions import take_as_theme
from liaison.opinions.models import ThemeProposal
from liaison.opinions.workflow import PROPOSAL

S = ThemeProposal.State


@transaction.atomic
def propose(opinions, *, township, group, theme, words="", on, by):
    """Put a cluster of opinions before the county group as a theme (提议). The same form sent twice proposes once."""
    if not by.has_perm("opinions.propose", township):
        raise PermissionDenied("opinions.propose")
    DeputyGroup.objects.select_for_update().get(pk=group.pk)  # two clicks at once make one
    standing = ThemeProposal.objects.filter(group=group, township=township, state=S.PROPOSED, theme=theme.strip())
    for proposal in standing.prefetch_related("opinions"):
        if {each.pk for each in proposal.opinions.all()} == {each.pk for each in opinions}:
            return proposal
    if any(opinion.congress_id != group.congress_id for opinion in opinions):
        raise ValidationError({"group": _("这个小组不在听取这些意见的人大。")})
    proposal = ThemeProposal.objects.create(
        congress=group.congress, township=township, group=group, theme=theme.strip(), words=words.strip(),
        proposed_by=by, proposed_on=on,
    )  # fmt: skip
    proposal.opinions.set(opinions)
    facts = {"township": str(township), "group": group.name, "proposal": proposal.pk}
    journal.record(proposal, "proposal.propose", by=by, on=on, facts=facts | {"theme": proposal.theme})
    for opinion in opinions:
        journal.record(opinion, "opinion.propose", by=by, on=on, facts=facts)
    return proposal


@transaction.atomic
def take(proposal, *, theme, place, starts_at, ends_at, on, by, version=None):
    """The group's leader or the office makes it the theme of an activity, which is in preparation then (采纳)."""
    facts = {"group": proposal.group.name, "theme": theme}
    with PROPOSAL.taking("take", proposal, by=by, on=on, version=version, facts=facts) as taken:
        activity = activities.plan(
            congress=proposal.congress, organ=proposal.congress, kind=Kind.GROUP_ACTIVITY, title=theme[:120],
            theme=theme, place=place, starts_at=starts_at, ends_at=ends_at, groups=[proposal.group], on=on, by=by,
        )  # fmt: skip
        taken.facts["activity"] = activity.pk
        ThemeProposal.objects.filter(pk=proposal.pk).update(activity=activity)
        proposal.activity = activity
        take_as_theme(proposal.opinions.of_no_theme(), activity, on=on, by=by)
    return activity


@transaction.atomic
def send_back(proposal, *, reason, on, by, version=None):
    """It is not taken, and the township reads why (退回)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么不采纳。")})
    facts = {"reason": reason.strip()}
    with PROPOSAL.taking("return", proposal, by=by, on=on, version=version, facts=facts, **facts):
        _tell_opinions(proposal, facts["reason"], on=on, by=by)


@transaction.atomic
def withdraw(proposal, *, on, by, version=None):
    """The township takes its proposal back (撤回)."""
    with PROPOSAL.taking("withdraw", proposal, by=by, on=on, version=version):
        _tell_opinions(proposal, _("%s撤回了提议") % proposal.township, on=on, by=by)


def _tell_opinions(proposal, reason, *, on, by):
    facts = {"group": proposal.group.name, "reason": reason, "proposal": proposal.pk}
    for opinion in proposal.opinions.all():
        journal.record(opinion, "opinion.untheme", by=by, on=on, facts=facts)
