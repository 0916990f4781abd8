"""Contests: the finalists, the live results, the places, and what of it enters the duty records (竞赛)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.duties.actions import Performed, register
from deputies.duties.kinds import Kind as Duty
from deputies.training import ranking
from deputies.training.actions.keeping import keep_words
from deputies.training.models import Contest, Entrant, Quiz
from deputies.training.workflow import CONTEST

C = Contest.State


@transaction.atomic
def keep_contest(contest, *, on, by):
    """Write a contest; once its results stand it is not changed any more (编写)."""
    if contest.pk is None and contest.kind == Contest.Kind.PAPERS:
        contest.state = C.LIVE  # papers are judged at once, there is no written stage
    keep_words(contest, states={C.WRITTEN, C.LIVE}, refusal=_("成绩已经公布，不能改。"))
    journal.record(contest, "contest.write", by=by, on=on, facts={"who": by.name})
    return contest


def team_of(mandate, congress):
    """The team for which a deputy stands: his township, else his delegation, else his own congress."""
    if mandate.congress_id != congress.pk:
        return mandate.congress.region
    delegation = mandate.delegation
    if delegation is None:
        return ""
    return delegation.township.region if delegation.township_id else delegation.name


def best_papers(quiz):
    """{mandate id: his best paper}: most points, then least time."""
    best = {}
    rows = quiz.attempts.handed_in().select_related(
        "mandate__congress", "mandate__delegation__township", "mandate__deputy"
    )
    for attempt in rows.defer("paper", "answers").order_by("mandate", "-points", "seconds", "number"):
        best.setdefault(attempt.mandate_id, attempt)
    return best


def select(contest, *, on, by, version):
    """Close the written stage and name the finalists (确定入围): by points, then time; ties at the edge all go on."""
    if contest.quiz is None or contest.quiz.state != Quiz.State.CLOSED:
        raise ValidationError(_("笔试还没有结束，结束以后才能确定入围名单。"))
    best = best_papers(contest.quiz)
    if not best:
        raise ValidationError(_("还没有人交卷。"))
    results = [ranking.Result(pk, written=each.points, seconds=each.seconds) for pk, each in best.items()]
    chosen = {each.key for each in ranking.select(results, contest.finalists)}
    facts = {"count": len(best), "finalists": len(chosen)}
    with CONTEST.taking("select", contest, by=by, on=on, version=version, facts=facts):
        Entrant.objects.bulk_create(
            Entrant(
                contest=contest,
                mandate_id=pk,
                team=team_of(each.mandate, contest.congress)[:60],
                written=each.points,
                seconds=each.seconds,
                is_finalist=pk in chosen,
            )
            for pk, each in best.items()
        )


def enter(contest, *, live, awards, on, by, version):
    """Put down the results of the live stage as one list (录入成绩): {entrant id: points or None}, {id: award}."""
    entrants = list(contest.entrants.filter(pk__in=set(live) | set(awards)))
    for each in entrants:
        if contest.kind == Contest.Kind.KNOWLEDGE and live.get(each.pk) is not None and not each.is_finalist:
            raise ValidationError(_("%s没有入围，不能录入现场成绩。") % each.mandate)
        each.live, each.award = live.get(each.pk, each.live), awards.get(each.pk, each.award)
    facts = {"who": by.name, "count": len(entrants)}
    with CONTEST.taking("enter", contest, by=by, on=on, version=version, facts=facts):
        Entrant.objects.bulk_update(entrants, ["live", "award"])


@transaction.atomic
def add_work(contest, *, mandate, work, on, by):
    """Put down one paper that a deputy hands in for judgement (参评作品); one a deputy."""
    if contest.kind != Contest.Kind.PAPERS or contest.state != C.LIVE:
        raise ValidationError(_("现在不能登记作品。"))
    team = team_of(mandate, contest.congress)[:60]
    entrant, _new = Entrant.objects.update_or_create(
        contest=contest, mandate=mandate, defaults={"work": work, "team": team, "is_finalist": True}
    )
    journal.record(contest, "contest.write", by=by, on=on, facts={"who": by.name, "work": work})
    return entrant


def settle(contest, *, on, by, version):
    """Announce the places (公布成绩); the entrants' duty records follow, settled, for all of it stands here."""
    entrants = list(contest.entrants.all())
    if not any(each.live is not None or each.award for each in entrants):
        raise ValidationError(_("还没有录入现场成绩或者奖项。"))
    fields = {"held_on": contest.held_on or on}
    with CONTEST.taking("settle", contest, by=by, on=on, version=version, facts={"count": len(entrants)}, **fields):
        by_key = {each.pk: each for each in entrants}
        for place, result in ranking.rank([result_of(each) for each in entrants]):
            by_key[result.key].place = place
        Entrant.objects.bulk_update(entrants, ["place"])
        _register(contest, entrants, held_on=fields["held_on"], on=on, by=by)


def result_of(entrant):
    """An entrant as the ranking reads him."""
    return ranking.Result(
        entrant.pk,
        team=entrant.team,
        written=entrant.written,
        seconds=entrant.seconds or 0,
        live=entrant.live,
        is_finalist=entrant.is_finalist,
    )


def _register(contest, entrants, *, held_on, on, by):
    same = {"title": contest.title, "held_on": held_on, "on": on, "by": by, "settled": True}
    register(contest, Duty.CONTEST, [Performed(each.mandate_id) for each in entrants], **same)
    awarded = [each for each in entrants if each.award]
    register(contest, Duty.AWARD, [Performed(each.mandate_id) for each in awarded], **same)


def drop(contest, *, on, by, version):
    """Give a contest up (撤销); its papers stay."""
    with CONTEST.taking("drop", contest, by=by, on=on, version=version, facts={"who": by.name}):
        pass
