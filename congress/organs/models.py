"""Organs, terms, sessions and who serves where (机构、届次、任职)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.organs.roles import Role


class OrganQuerySet(models.QuerySet):
    def standing(self, *, on):
        """Organs that exist on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        )


class CongressQuerySet(OrganQuerySet):
    def among(self, ids):
        """Those of these ids, the higher first, as every room lists them."""
        return self.filter(pk__in=ids).order_by("level", "position", "pk")


class Organ(models.Model):
    """Any body of the institution (机构): a congress, its committees, the departments of its government."""

    class Kind(models.TextChoices):
        CONGRESS = "congress", _("人民代表大会")
        COMMITTEE = "committee", _("委员会、工作机构")
        DEPARTMENT = "department", _("承办单位")
        STATION = "station", _("代表联络站")

    kind = models.CharField(_("类型"), max_length=20, choices=Kind, editable=False)
    name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    congress = models.ForeignKey(
        "organs.Congress", models.PROTECT, null=True, blank=True, related_name="organs", verbose_name=_("所属人大")
    )
    position = models.PositiveIntegerField(_("排序"), default=0)
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("承接单位")
    )

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["congress", "kind", "position"], name="organs_of_congress")]
        constraints = [
            models.UniqueConstraint(fields=["congress", "name"], name="organs_one_name_per_congress"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
                name="organs_end_after_start",
            ),
        ]

    def __str__(self):
        return self.short_name or self.name


class Congress(Organ):
    """A People's Congress with its standing committee or presidium (人大): the tenant that owns its cases."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级")
        TOWNSHIP = "township", _("乡镇")

    organ_ptr = models.OneToOneField(
        Organ, models.CASCADE, parent_link=True, primary_key=True, related_name="as_congress"
    )
    level = models.CharField(_("层级"), max_length=20, choices=Level, default=Level.COUNTY)
    code = models.SlugField(_("代码"), max_length=40, unique=True)
    region = models.CharField(_("行政区划"), max_length=40, help_text=_("如：青禾县"))
    office_name = models.CharField(_("代表工作机构名称"), max_length=40, default="代工委")
    office_phone = models.CharField(_("联系电话"), max_length=40, blank=True, default="")
    distributed_kinds = models.JSONField(
        _("经政府办分办的单位类型"), default=list, blank=True, help_text=_("其余类型由人大直接交办。")
    )

    second_factor_roles = models.JSONField(
        _("须启用动态口令的角色"), default=list, blank=True, help_text=_("没有启用的，登录后先启用才能办别的。")
    )

    objects = CongressQuerySet.as_manager()

    class Meta:
        verbose_name = _("人大")
        verbose_name_plural = _("人大")

    def save(self, *args, **kwargs):
        self.kind = Organ.Kind.CONGRESS
        super().save(*args, **kwargs)

    @property
    def is_township(self):
        return self.level == self.Level.TOWNSHIP


class Committee(Organ):
    """A special or working committee, or the NPC office itself (专门委员会、工作机构)."""

    organ_ptr = models.OneToOneField(
        Organ, models.CASCADE, parent_link=True, primary_key=True, related_name="as_committee"
    )
    is_npc_office = models.BooleanField(_("是代表工作机构"), default=False)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = _("委员会")
        verbose_name_plural = _("委员会")

    def save(self, *args, **kwargs):
        self.kind = Organ.Kind.COMMITTEE
        super().save(*args, **kwargs)


class Department(Organ):
    """A body that handles suggestions (承办单位)."""

    class Type(models.TextChoices):
        GOVERNMENT = "government", _("政府工作部门")
        TOWNSHIP = "township", _("乡镇人民政府、街道办事处")
        COURT = "court", _("人民法院")
        PROCURATORATE = "procuratorate", _("人民检察院")
        SUPERVISION = "supervision", _("监察委员会")
        VERTICAL = "vertical", _("垂直管理单位")
        GOVERNMENT_OFFICE = "government_office", _("政府办公室（分办单位）")
        OTHER = "other", _("其他单位")

    organ_ptr = models.OneToOneField(
        Organ, models.CASCADE, parent_link=True, primary_key=True, related_name="as_department"
    )
    type = models.CharField(_("单位类型"), max_length=20, choices=Type, default=Type.GOVERNMENT)
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="departments", verbose_name=_("对口委员会")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    document_code = models.CharField(_("发文机关代字"), max_length=20, blank=True, default="")

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = _("承办单位")
        verbose_name_plural = _("承办单位")

    def save(self, *args, **kwargs):
        self.kind = Organ.Kind.DEPARTMENT
        super().save(*args, **kwargs)


class Term(models.Model):
    """One term of a congress (届): from its first session to the first session of the next (代表法 Art. 2)."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="terms", verbose_name=_("人大"))
    number = models.PositiveSmallIntegerField(_("届"))
    starts_on = models.DateField(_("首次会议日期"))
    ends_on = models.DateField(_("下届首次会议日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("届")
        verbose_name_plural = _("届")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["congress", "number"], name="organs_one_term_number")]

    def __str__(self):
        return _("第%s届") % chinese_number(self.number)


class Session(models.Model):
    """One session of a term (次会议); what comes after it and before the next counts to it as between sessions."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="sessions", verbose_name=_("人大"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions", verbose_name=_("届"))
    number = models.PositiveSmallIntegerField(_("次"))
    opened_on = models.DateField(_("开幕日期"))
    closed_on = models.DateField(_("闭幕日期"))

    class Meta:
        verbose_name = _("次会议")
        verbose_name_plural = _("次会议")
        ordering = ["-opened_on"]
        constraints = [models.UniqueConstraint(fields=["term", "number"], name="organs_one_session_number")]

    def __str__(self):
        return _("%(term)s第%(number)s次会议") % {"term": self.term, "number": chinese_number(self.number)}


class MembershipQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Memberships that count on that day, deputising ones included."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on), user__is_active=True)


class Membership(models.Model):
    """Who serves where, as what, from when to when (任职). The only source of what a user may do."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("用户")
    )
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="memberships", verbose_name=_("机构"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    title = models.CharField(_("职务"), max_length=40, blank=True, default="")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    deputises_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name=_("代理")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        indexes = [models.Index(fields=["organ", "role"], name="organs_members_by_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="organs_membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(deputises_for__isnull=True) | Q(ends_on__isnull=False),
                name="organs_deputising_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["user", "organ", "role", "starts_on"], name="organs_one_membership_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.organ} {self.get_role_display()}"


_DIGITS = "〇一二三四五六七八九"


def chinese_number(number):
    """1-99 as a session is numbered: 5 → 五, 18 → 十八, 20 → 二十."""
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens % 10]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")
