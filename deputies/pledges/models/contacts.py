"""Who keeps in touch with whom, how often, and what came of it (双联系、结对帮带)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of


class TieQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders; the member or committee that keeps it, and the deputy who is kept in touch."""
        hats, seats = hats_of(user), seats_of(user)
        return self.filter(
            Q(congress__in=hats.watches)
            | Q(member__in=seats)
            | Q(deputy__in=seats)
            | Q(committee__in=hats.committees)
            | Q(deputy__delegation__township__in=hats.clerk_of)
        )

    def standing(self):
        return self.filter(until__isnull=True)

    def kept(self):
        """Standing ties that somebody can keep: a committee, a sitting member of the committee, a sitting mentor."""
        sits = Q(member__state=Mandate.State.ACTIVE)
        member = sits & (Q(member__is_standing_member=True) | ~Q(kind=Tie.Kind.MEMBER))
        return self.standing().filter(Q(member__isnull=True) | member)

    def overdue(self, *, on):
        """Ties whose last contact is longer ago than the rule allows."""
        return self.standing().filter(due_on__lt=on)


class Tie(models.Model):
    """A standing contact (联系分工): a committee member or a committee with a deputy, a mentor with a new one.

    `due_on` copies the running clock: when the next contact is due at the latest.
    """

    class Kind(models.TextChoices):
        MEMBER = "member", _("组成人员联系代表")
        COMMITTEE = "committee", _("委员会联系代表")
        MENTOR = "mentor", _("结对帮带")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    member = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="ties_kept", verbose_name=_("联系人")
    )
    committee = models.ForeignKey(
        "organs.Committee", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联系的委员会")
    )
    deputy = models.ForeignKey(Mandate, models.PROTECT, related_name="ties", verbose_name=_("被联系的代表"))
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)
    last_on = models.DateField(_("最近联系"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("下次联系期限"), null=True, blank=True, editable=False)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系分工")
        verbose_name_plural = _("联系分工")
        ordering = ["id"]
        indexes = [models.Index(fields=["congress", "kind"], condition=Q(until=None), name="pledges_ties_standing")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "member", "deputy"],
                condition=Q(until__isnull=True, member__isnull=False),
                name="pledges_one_tie_of_member",
            ),
            models.UniqueConstraint(
                fields=["committee", "deputy"],
                condition=Q(until__isnull=True, committee__isnull=False),
                name="pledges_one_tie_of_committee",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, committee__isnull=True)
                | Q(member__isnull=True, committee__isnull=False, kind="committee"),
                name="pledges_somebody_keeps_the_tie",
            ),
        ]

    def __str__(self):
        return _("%(keeper)s联系%(deputy)s代表") % {"keeper": self.keeper, "deputy": self.deputy}

    def get_absolute_url(self):
        return reverse("pledges:tie", args=[self.pk])

    @property
    def keeper(self):
        return self.member or self.committee


class ContactLog(models.Model):
    """One contact that took place (联系记录): when, how, where and about what; a record without them is refused."""

    class Method(models.TextChoices):
        VISIT = "visit", _("上门走访")
        TALK = "talk", _("约见面谈")
        MEETING = "meeting", _("座谈会")
        PHONE = "phone", _("电话")
        ONLINE = "online", _("微信、视频")
        ACTIVITY = "activity", _("一同参加活动")

    tie = models.ForeignKey(Tie, models.PROTECT, related_name="logs", verbose_name=_("联系分工"))
    held_on = models.DateField(_("联系日期"))
    method = models.CharField(_("联系方式"), max_length=10, choices=Method)
    place = models.CharField(_("联系地点"), max_length=100)
    content = models.TextField(_("联系内容"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("联系记录")
        verbose_name_plural = _("联系记录")
        ordering = ["-held_on", "-id"]

    def __str__(self):
        return f"{self.tie} {self.held_on}"


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who reads the contact, and the department to which it went."""
        of_his_department = Q(department__in=hats_of(user).departments)
        return self.filter(Q(log__tie__in=Tie.objects.visible_to(user).values("pk")) | of_his_department)

    def of_departments(self, user):
        """What was passed on to the departments that he serves."""
        return self.filter(department__in=hats_of(user).departments)

    def open(self):
        return self.filter(state=FollowUp.State.OPEN)


class FollowUp(Proceeding):
    """What a contact brought up and where it went (意见转办): to a department, or onto the agenda of a meeting."""

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        SETTLED = "settled", _("已有结果")

    class Route(models.TextChoices):
        DEPARTMENT = "department", _("转有关部门办理")
        AGENDA = "agenda", _("列入会议议题")

    class Meeting(models.TextChoices):
        CHAIRPERSONS = "chairpersons", _("主任会议")
        STANDING_COMMITTEE = "standing_committee", _("常委会会议")
        PRESIDIUM = "presidium", _("主席团会议")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    log = models.ForeignKey(ContactLog, models.PROTECT, related_name="follow_ups", verbose_name=_("联系记录"))
    text = models.CharField(_("意见"), max_length=300)
    route = models.CharField(_("去向"), max_length=12, choices=Route)
    department = models.ForeignKey(
        "organs.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办理单位")
    )
    meeting = models.CharField(_("会议"), max_length=20, choices=Meeting, blank=True, default="")
    routed_on = models.DateField(_("转办日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN, editable=False)
    result = models.TextField(_("结果"), max_length=1000, blank=True, default="", editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见转办")
        verbose_name_plural = _("意见转办")
        ordering = ["-id"]
        indexes = [models.Index(fields=["congress"], condition=Q(state="open"), name="pledges_follow_ups_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(route="department", department__isnull=False, meeting="")
                | (Q(route="agenda", department__isnull=True) & ~Q(meeting="")),
                name="pledges_follow_up_goes_somewhere",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def journal_case(self):
        return self.log.tie
