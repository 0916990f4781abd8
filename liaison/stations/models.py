"""Where deputies meet residents: stations, homes, studios, contact points (站、家、工作室、联系点)."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.organs.models import Organ, OrganQuerySet
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import active_seats_of, seats_of
from liaison.stations.standard import standard


def _slug():
    return secrets.token_urlsafe(6)


class StationQuerySet(OrganQuerySet):
    def visible_to(self, user):
        """Stations are public; staff pages show those of the congresses he watches and those he keeps."""
        hats = hats_of(user)
        own = (
            models.Q(congress__in=hats.watches) | models.Q(township__in=hats.clerk_of) | models.Q(pk__in=hats.stations)
        )
        seats = seats_of(user)
        if seats:
            own |= models.Q(head__in=seats) | models.Exists(
                Hosting.objects.filter(station=models.OuterRef("pk"), group__members__in=seats)
            )
        return self.filter(own)

    def headed_by(self, user):
        """Those that this deputy heads, as long as his seat is in force (站长、家长、工作室领衔代表)."""
        return self.filter(head__in=active_seats_of(user))

    def at_work_of(self, user):
        """Those at which he arranges receptions and puts down what is said: all that an office sees, else what he keeps
        or heads."""
        if hats_of(user).clerk_of:
            return self.visible_to(user)
        return self.filter(models.Q(pk__in=hats_of(user).stations) | models.Q(head__in=active_seats_of(user)))


class LiaisonStation(Organ):
    """A place of any of the five types (联络站、家、工作室、联系点; 组织法 Art. 60).

    It is an organ, so its keepers are memberships in it.
    """

    class Type(models.TextChoices):
        CENTRE = "centre", _("代表服务中心")
        STATION = "station", _("代表联络站")
        HOUSE = "house", _("代表之家")
        STUDIO = "studio", _("代表工作室")
        CONTACT_POINT = "contact_point", _("代表联系点")

    # Where residents are received every month; the other places are open by arrangements of their own.
    RECEIVING = frozenset({Type.STATION, Type.HOUSE})

    organ_ptr = models.OneToOneField(
        Organ, models.CASCADE, parent_link=True, primary_key=True, related_name="as_station"
    )
    type = models.CharField(_("类型"), max_length=20, choices=Type, default=Type.STATION)
    township = models.ForeignKey(
        "organs.Congress", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在乡镇")
    )
    head = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("站长、家长")
    )
    profession = models.CharField(_("专业领域"), max_length=40, blank=True, default="")
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    phone = models.CharField(_("公开电话"), max_length=40, blank=True, default="")
    opening_remark = models.CharField(_("开放说明"), max_length=200, blank=True, default="")
    area = models.PositiveIntegerField(_("面积（平方米）"), null=True, blank=True)
    slug = models.SlugField(_("站码"), max_length=16, unique=True, default=_slug, editable=False)
    is_public = models.BooleanField(_("对外公开"), default=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("代表联络站")
        verbose_name_plural = _("代表联络站")

    def save(self, *args, **kwargs):
        self.kind = Organ.Kind.STATION
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("stations:detail", args=[self.pk])


def heads_a_station(user):
    """Whether this deputy heads one; asked once a request, of deputies only."""
    if not active_seats_of(user):
        return False
    if not hasattr(user, "_heads_a_station"):
        user._heads_a_station = LiaisonStation.objects.headed_by(user).exists()
    return user._heads_a_station


def works_at_stations(user):
    """Whether receptions and the register of what residents say are his work: an office's, a keeper's, a head's."""
    hats = hats_of(user)
    return bool(hats.clerk_of or hats.stations) or heads_a_station(user)


def deputies_at(stations):
    """The deputies in office at these stations: of the groups at home there, and who head them."""
    hosted = Hosting.objects.filter(station__in=stations, group__members=models.OuterRef("pk"))
    heads = LiaisonStation.objects.filter(pk__in=stations).values("head")
    return (
        Mandate.objects.active()
        .filter(models.Exists(hosted) | models.Q(pk__in=heads))
        .order_by("deputy__strokes", "pk")
    )


def those_of_here_first(seats, station):
    """The deputies of the station's own township before those who come from elsewhere."""
    is_of_here = models.Case(models.When(delegation__township=station.township_id, then=0), default=1)
    return seats.order_by(is_of_here, "deputy__strokes", "pk")


def stations_of(mandate):
    """Where residents find a deputy: the station of his group first, then what he heads himself."""
    hosted = models.Exists(Hosting.objects.filter(station=models.OuterRef("pk"), group__members=mandate))
    return (
        LiaisonStation.objects.annotate(hosts_him=hosted)
        .filter(models.Q(hosts_him=True) | models.Q(head=mandate))
        .order_by("-hosts_him", "position", "pk")
    )


def station_by_seat(mandates):
    """{seat: where residents find him}, as `stations_of` has it first, for many deputies at once; with its openings."""
    found = {}
    headed = LiaisonStation.objects.filter(head__in=mandates).prefetch_related("openings").order_by("-position", "-pk")
    found.update({station.head_id: station for station in headed})
    hosted = Hosting.objects.filter(group__members__in=mandates).select_related("station")
    rows = hosted.prefetch_related("station__openings").annotate(seat=models.F("group__members"))
    rows = rows.order_by("-station__position", "-station__pk")
    asked = {mandate.pk for mandate in mandates}
    found.update({row.seat: row.station for row in rows if row.seat in asked})
    return found


class Hosting(models.Model):
    """A group is at home in one station; a station may host several groups (站组对应)."""

    station = models.ForeignKey(LiaisonStation, models.CASCADE, related_name="hostings", verbose_name=_("联络站"))
    group = models.OneToOneField(DeputyGroup, models.CASCADE, related_name="hosting", verbose_name=_("代表小组"))

    class Meta:
        verbose_name = _("站组对应")
        verbose_name_plural = _("站组对应")

    def __str__(self):
        return f"{self.station} {self.group}"


class Opening(models.Model):
    """One regular opening of a station (开放安排): on which days, from when until when."""

    class Pattern(models.TextChoices):
        WORKDAYS = "workdays", _("工作日")
        WEEKLY = "weekly", _("每周")
        MONTHLY = "monthly", _("每月")

    class OnRest(models.TextChoices):
        MOVE = "move", _("顺延到下一个工作日")
        SKIP = "skip", _("停一次")
        OPEN = "open", _("照常开放")

    station = models.ForeignKey(LiaisonStation, models.CASCADE, related_name="openings", verbose_name=_("联络站"))
    pattern = models.CharField(_("方式"), max_length=10, choices=Pattern)
    number = models.PositiveSmallIntegerField(_("星期几、几日"), default=0)  # 1 is Monday or the 1st; 0 on workdays
    starts = models.TimeField(_("开始时间"))
    ends = models.TimeField(_("结束时间"))
    on_rest = models.CharField(_("遇休息日"), max_length=10, choices=OnRest, default=OnRest.MOVE)

    class Meta:
        verbose_name = _("开放安排")
        verbose_name_plural = _("开放安排")
        ordering = ["pattern", "number", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "pattern", "number", "starts"], name="stations_one_opening_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="stations_opening_has_length"),
        ]

    def __str__(self):
        return f"{self.station} {self.get_pattern_display()}{self.number or ''}"


class OpeningException(models.Model):
    """One day on which a station is closed, or open besides (停开、加开)."""

    station = models.ForeignKey(LiaisonStation, models.CASCADE, related_name="exceptions", verbose_name=_("联络站"))
    day = models.DateField(_("日期"))
    is_open = models.BooleanField(_("加开"), default=False)
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    ends = models.TimeField(_("结束时间"), null=True, blank=True)
    remark = models.CharField(_("说明"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("停开、加开")
        verbose_name_plural = _("停开、加开")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["station", "day"], name="stations_one_exception_a_day"),
            models.CheckConstraint(
                condition=models.Q(is_open=False, starts=None, ends=None)
                | models.Q(is_open=True, ends__gt=models.F("starts")),
                name="stations_hours_where_open_besides",
            ),
        ]

    def __str__(self):
        return f"{self.station} {self.day}"


class Grading(models.Model):
    """One look at a station by the standard checklist (标准化检查): what is ticked, and the grade that it comes to."""

    station = models.ForeignKey(LiaisonStation, models.CASCADE, related_name="gradings", verbose_name=_("联络站"))
    on = models.DateField(_("检查日期"))
    ticked = models.JSONField(_("已达到"), default=list)
    points = models.PositiveSmallIntegerField(_("得分"))
    grade = models.CharField(_("星级"), max_length=10)
    remarks = models.CharField(_("备注"), max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("检查人"))

    class Meta:
        verbose_name = _("标准化检查")
        verbose_name_plural = _("标准化检查")
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["station", "on"], name="stations_one_grading_a_day")]

    def __str__(self):
        return f"{self.station} {self.on}"

    @property
    def label(self):
        return next((grade.label for grade in standard()[1] if grade.code == self.grade), self.grade)
