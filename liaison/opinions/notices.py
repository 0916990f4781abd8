"""Who hears of an opinion (民情的通知). None of these letters says who the resident is."""

from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.notices import recipients
from congress.notices.letters import Letter, on
from congress.organs.models import Organ
from congress.organs.roles import Role
from deputies.activities.heading import seats_heading
from deputies.activities.notices import accounts_of


def keepers_of(opinion):
    """The station's keepers and its head; where it has neither, the clerk of its township, and then the office."""
    if opinion.station_id:
        found = keepers_at(opinion.station)
        if not found and opinion.station.township_id:
            found = recipients.clerks(opinion.station.township_id)
        if found:
            return found
    return recipients.clerks(opinion.congress_id)


def keepers_at(station):
    """Who keeps a station, and the deputy who heads it."""
    keepers = recipients.serving(station, Role.STATION_KEEPER)
    return list(dict.fromkeys([*keepers, *accounts_of(seats_heading(station))]))


def deputies_of(opinion):
    """The deputy to whom it was said, and the one who noted it."""
    seats = [seat for seat in (opinion.addressed_to_id, opinion.noted_by_id) if seat]
    return list(User.objects.filter(deputy__mandates__in=seats).distinct().order_by("pk"))


class ToKeepers(Letter):
    def recipients(self):
        return keepers_of(self.case)


class ToDeputies(Letter):
    def recipients(self):
        return deputies_of(self.case)


@on("opinion.receive")
class Received(Letter):
    title = _("群众反映：%(case)s")
    body = _("请在期限内答复、交办或者引导到合适的渠道。")

    def recipients(self):
        heard = [user for user in deputies_of(self.case) if user != self.entry.by]
        return [*keepers_of(self.case), *heard]


@on("opinion.escalate")
class Escalated(Letter):
    title = _("请交办到县级部门：%(case)s")

    def recipients(self):
        return recipients.clerks(self.case.county_id)


@on("opinion.route")
class Routed(Letter):
    title = _("请办理群众意见：%(case)s")
    body = _("请在期限内办理并答复。")

    def recipients(self):
        organ = Organ.objects.get(pk=self.entry.facts["organ_id"])
        if organ.kind == Organ.Kind.STATION:
            return keepers_at(organ)
        return recipients.department(organ)


@on("opinion.withdraw")
class Withdrawn(Letter):
    """To whoever had it in hand: a department would go on working at what nobody asks for any more."""

    title = _("群众已撤回，不用再办：%(case)s")

    def recipients(self):
        organ = self.case.organ
        if organ is None or organ.kind == Organ.Kind.STATION:
            return keepers_of(self.case)
        return recipients.department(organ)


@on("opinion.succeed")
class Succeeded(Routed):
    title = _("%(gone)s已撤销，请接着办理群众意见：%(case)s")
    body = _("期限不变。")


@on("opinion.send_back")
class SentBack(ToKeepers):
    title = _("%(organ)s退回：%(case)s")
    body = _("理由：%(reason)s")


class ToldDeputies(ToDeputies):
    """R07: the deputy who took it down is told the answer, unless it is his own."""

    def recipients(self):
        return [user for user in super().recipients() if user != self.entry.by]

    @property
    def body(self):
        return self.case.answer


@on("opinion.answer")
class Answered(ToldDeputies):
    title = _("%(organ)s答复了群众意见：%(case)s")


@on("opinion.answer_at_once")
class AnsweredAtOnce(ToldDeputies):
    title = _("当场答复了群众意见：%(case)s")


@on("opinion.guide")
class Guided(ToldDeputies):
    title = _("群众意见引导到%(where)s：%(case)s")


@on("opinion.return")
class Returned(ToKeepers):
    title = _("群众不满意，请再办：%(case)s")
    is_urgent = True


@on("opinion.tell_back")
class ToldBack(Returned):
    title = _("回访时群众不满意，请再办：%(case)s")


@on("proposal.propose")
class Proposed(Letter):
    title = _("%(township)s提议为%(group)s活动主题：%(case)s")
    body = _("请采纳，或者写明理由退回。")

    def recipients(self):
        leader = User.objects.filter(deputy__mandates=self.case.group.leader_id) if self.case.group.leader_id else ()
        return [*leader, *recipients.clerks(self.case.congress_id)]


class ToTownship(Letter):
    def recipients(self):
        return recipients.clerks(self.case.township_id)


@on("proposal.take")
class ProposalTaken(ToTownship):
    title = _("已采纳为%(group)s活动主题：%(case)s")


@on("proposal.return")
class ProposalReturned(ToTownship):
    title = _("主题提议退回：%(case)s")
    body = _("理由：%(reason)s")


@on("opinion.raise")
class Raised(ToDeputies):
    title = _("已转为代表建议：%(case)s")
