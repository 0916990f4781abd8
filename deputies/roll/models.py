"""Who sits: persons, their mandates, and the bodies in which deputies gather (名册)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.kit.names import pinyin_of, stroke_key
from congress.kit.personal import EncryptedField, EncryptedJSONField, blind_index, masked_id, masked_phone
from congress.organs.hats import hats_of
from congress.organs.roles import Role
from congress.procedure.batches import Batch, BatchRow
from congress.procedure.models import Proceeding

READERS = frozenset({Role.NPC_CLERK, Role.TOWNSHIP_CLERK, Role.LEADER, Role.COMMITTEE_CLERK, Role.DEPUTY})


def read_by(user):
    """The congresses whose roll a user reads: those he watches, and those where he sits or serves a committee."""
    hats = hats_of(user)
    return hats.watches | {place.congress for place in hats.places if place.role in READERS}


class Constituency(models.Model):
    """Where a deputy was elected: a constituency of voters, or an electing unit (选区、选举单位)."""

    congress = models.ForeignKey(
        "organs.Congress", models.PROTECT, related_name="constituencies", verbose_name=_("人大")
    )
    name = models.CharField(_("名称"), max_length=100)

    class Meta:
        verbose_name = _("选区、选举单位")
        verbose_name_plural = _("选区、选举单位")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="roll_one_constituency_name")]

    def __str__(self):
        return self.name


class Delegation(models.Model):
    """The deputies of one township or unit, sitting together at a session (代表团)."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="delegations", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=60)
    township = models.ForeignKey(
        "organs.Congress", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在乡镇")
    )
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("代表团")
        verbose_name_plural = _("代表团")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="roll_one_delegation_name")]

    def __str__(self):
        return self.name


class DeputyGroup(models.Model):
    """A group in which deputies act between sessions, by territory or by field (代表小组; 代表法 Arts. 26, 27)."""

    class Kind(models.TextChoices):
        TERRITORIAL = "territorial", _("地域小组")
        PROFESSIONAL = "professional", _("专业小组")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="groups", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.TERRITORIAL)
    committee = models.ForeignKey(
        "organs.Committee", models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("联系委员会")
    )
    leader = models.ForeignKey(
        "roll.Mandate", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("组长")
    )
    township = models.ForeignKey(
        "organs.Congress", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在乡镇")
    )
    guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("联系指导的领导"),
        help_text=_("小组活动的主题须经他审定。"),
    )
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("代表小组")
        verbose_name_plural = _("代表小组")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="roll_one_group_name")]

    def __str__(self):
        return self.name


class Deputy(models.Model):
    """One person who is or was a deputy, whatever the number of his mandates (代表)."""

    PERSONAL = ("born", "id_number", "phone")  # what the database holds enciphered
    DERIVED = {"name": {"pinyin", "strokes"}, "id_number": {"id_number_index"}, "phone": {"phone_index"}}

    class Sex(models.TextChoices):
        MALE = "male", _("男")
        FEMALE = "female", _("女")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="deputy", verbose_name=_("账号")
    )
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(_("拼音"), max_length=200, blank=True, default="", editable=False)
    strokes = models.CharField(_("姓氏笔画序"), max_length=60, blank=True, default="", editable=False)
    sex = models.CharField(_("性别"), max_length=10, choices=Sex, blank=True, default="")
    people = models.CharField(_("民族"), max_length=20, blank=True, default="")
    party = models.CharField(_("党派"), max_length=40, blank=True, default="")
    born = EncryptedField(_("出生年月"), blank=True, default="", help_text=_("YYYY、YYYY-MM 或 YYYY-MM-DD"))
    id_number = EncryptedField(_("身份证号"), blank=True, default="")
    id_number_index = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    phone = EncryptedField(_("手机号"), blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    education = models.CharField(_("学历"), max_length=40, blank=True, default="")
    position_held = models.CharField(_("单位及职务"), max_length=200, blank=True, default="")
    address = models.CharField(_("通讯地址"), max_length=200, blank=True, default="")
    expertise = models.CharField(_("专长"), max_length=200, blank=True, default="", help_text=_("用顿号隔开。"))
    portrait = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("照片")
    )
    has_fixed_income = models.BooleanField(
        _("有固定工资收入"), null=True, blank=True, help_text=_("没有固定工资收入的，执行代表职务给予补贴。")
    )

    class Meta:
        verbose_name = _("代表")
        verbose_name_plural = _("代表")
        indexes = [models.Index(fields=["name"], name="roll_deputy_name")]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        """What follows from a written field is written with it."""
        self.index()
        if update_fields is not None:
            update_fields = set(update_fields).union(*(self.DERIVED.get(name, ()) for name in update_fields))
        super().save(*args, update_fields=update_fields, **kwargs)

    def index(self):
        """Fill what is looked up and sorted by; `save` does it, bulk_create must be told."""
        self.pinyin, self.strokes = pinyin_of(self.name), stroke_key(self.name)
        self.id_number_index = blind_index(self.id_number)
        self.phone_index = blind_index(self.phone)

    @classmethod
    def personal(cls, path="deputy"):
        """The enciphered columns as a query names them that comes to a deputy this way: lists leave them unread."""
        return [f"{path}__{name}" for name in cls.PERSONAL]

    @property
    def expertise_words(self):
        """What he knows, word by word: 水利, 法律."""
        return [word for word in self.expertise.split("、") if word]

    @property
    def masked_phone(self):
        return masked_phone(self.phone)

    @property
    def masked_id_number(self):
        return masked_id(self.id_number)


class MandateQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=Mandate.State.ACTIVE)

    def visible_to(self, user):
        """The roll of the congresses he watches; a deputy or committee clerk sees that of his own congress."""
        return self.filter(congress__in=read_by(user))


class Mandate(Proceeding):
    """A seat in one congress for one term (代表资格). Everything about a deputy that depends on the congress."""

    class State(models.TextChoices):
        ACTIVE = "active", _("在任")
        SUSPENDED = "suspended", _("暂停执行职务")
        ENDED = "ended", _("资格终止")
        ELECT = "elect", _("待就任")  # elected for a term whose first session is still to come

    HELD = frozenset({State.ACTIVE, State.SUSPENDED})

    class Election(models.TextChoices):
        DIRECT = "direct", _("直接选举")
        INDIRECT = "indirect", _("间接选举")

    class Ground(models.TextChoices):
        """Grounds of suspension (代表法 Art. 61) and end (Arts. 62-63); a score is never one."""

        DETAINED = "detained", _("因刑事案件被羁押正在受侦查、起诉、审判")
        SENTENCED = "sentenced", _("被依法判处管制、拘役或者有期徒刑而没有附加剥夺政治权利，正在服刑")
        MOVED = "moved", _("迁出或者调离本行政区域")
        RESIGNED = "resigned", _("辞职被接受")
        ORDERED = "ordered", _("被责令辞职，辞职被接受")
        ABSENT = "absent", _("未经批准两次不出席本级人民代表大会会议")
        RECALLED = "recalled", _("被罢免")
        NATIONALITY = "nationality", _("丧失中华人民共和国国籍")
        RIGHTS = "rights", _("依照法律被剥夺政治权利")
        INCAPACITY = "incapacity", _("丧失行为能力")
        DIED = "died", _("去世")
        TERM_ENDED = "term_ended", _("任期届满")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="mandates", verbose_name=_("人大"))
    term = models.ForeignKey("organs.Term", models.PROTECT, related_name="mandates", verbose_name=_("届"))
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="mandates", verbose_name=_("代表"))
    certificate_number = models.CharField(_("代表证号"), max_length=40, blank=True, default="")
    constituency = models.ForeignKey(
        Constituency, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("选区、选举单位")
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("代表团")
    )
    groups = models.ManyToManyField(DeputyGroup, blank=True, related_name="members", verbose_name=_("代表小组"))
    election = models.CharField(_("选举方式"), max_length=20, choices=Election, default=Election.DIRECT)
    is_by_election = models.BooleanField(_("补选"), default=False)
    is_re_elected = models.BooleanField(_("连任"), default=False)
    is_standing_member = models.BooleanField(_("常委会组成人员"), default=False)
    started_on = models.DateField(_("开始日期"))
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.ACTIVE, editable=False)
    ground = models.CharField(_("依据"), max_length=20, choices=Ground, blank=True, default="", editable=False)
    announcement = models.CharField(_("公告"), max_length=100, blank=True, default="", editable=False)
    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("代表资格")
        verbose_name_plural = _("代表资格")
        indexes = [models.Index(fields=["congress", "term", "state"], name="roll_seats_of_congress")]
        constraints = [
            models.UniqueConstraint(fields=["deputy", "term"], name="roll_one_mandate_per_term"),
            models.UniqueConstraint(
                fields=["term", "certificate_number"],
                condition=~Q(certificate_number=""),
                name="roll_one_certificate_number",
            ),
        ]

    def __str__(self):
        return self.deputy.name

    def get_absolute_url(self):
        return reverse("roll:mandate", args=[self.pk])

    def followed_by(self):
        """The seat on which the same deputy, re-elected, goes on in the same congress; None where there is none."""
        others = Mandate.objects.active().filter(deputy=self.deputy_id, congress=self.congress_id).exclude(pk=self.pk)
        return others.order_by("-term__starts_on").first()


class Import(Batch):
    """One roster that was brought in (名册导入): checked first, written when a clerk confirms it."""

    term = models.ForeignKey("organs.Term", models.PROTECT, related_name="+", verbose_name=_("届"))
    new_delegations = models.JSONField(_("拟新建的代表团"), default=list)
    new_constituencies = models.JSONField(_("新建的选区"), default=list)

    class Meta(Batch.Meta):
        verbose_name = _("名册导入")
        verbose_name_plural = _("名册导入")

    def get_absolute_url(self):
        return reverse("roll:import", args=[self.pk])


class ImportRow(BatchRow):
    """One row of a roster: its cells with their verdicts, what the clerk decided, and what was written."""

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        UPDATE = "update", _("更新")
        DUPLICATE = "duplicate", _("没有变化")
        WARNING = "warning", _("警告")
        ERROR = "error", _("错误")

    class Decision(models.TextChoices):
        NONE = "", _("未决定")
        SAME = "same", _("是同一人，更新")
        OTHER = "other", _("是另一人，新增")
        SKIP = "skip", _("不导入")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("导入"))
    cells = EncryptedJSONField(_("各格"), default=dict)
    verdict = models.CharField(_("结论"), max_length=20, choices=Verdict)
    messages = EncryptedJSONField(_("说明"), default=list)
    asks_who = models.BooleanField(_("须确认是否同一人"), default=False)
    decision = models.CharField(_("决定"), max_length=10, choices=Decision, blank=True, default="")
    mandate = models.ForeignKey(
        Mandate, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("代表资格")
    )
    before = EncryptedJSONField(_("写入前"), null=True, blank=True)
    created_deputy = models.BooleanField(_("新建了代表"), default=False)

    class Meta(BatchRow.Meta):
        verbose_name = _("导入行")
        verbose_name_plural = _("导入行")


class PortraitBatch(models.Model):
    """Many photos of deputies, uploaded at once (批量照片): judged by their names, shown when a clerk confirms."""

    class State(models.TextChoices):
        CHECKED = "checked", _("待确认")
        APPLIED = "applied", _("已换上")
        DROPPED = "dropped", _("已放弃")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.CHECKED)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("批量照片")
        verbose_name_plural = _("批量照片")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.congress} {self.created_at:%Y-%m-%d}"


class PortraitRow(models.Model):
    """One file of an upload of photos: whose it is, or why it is nobody's."""

    class Verdict(models.TextChoices):
        MATCHED = "matched", _("对上了")
        AMBIGUOUS = "ambiguous", _("分不清是谁")
        UNKNOWN = "unknown", _("名册里没有")
        TWICE = "twice", _("重复")
        BAD = "bad", _("照片不能用")

    batch = models.ForeignKey(PortraitBatch, models.CASCADE, related_name="rows", verbose_name=_("批量照片"))
    name = models.CharField(_("文件名"), max_length=200)
    verdict = models.CharField(_("结论"), max_length=20, choices=Verdict)
    said = models.CharField(_("说明"), max_length=300, blank=True, default="")
    mandate = models.ForeignKey(
        Mandate, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("代表资格")
    )
    picture = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("照片")
    )

    class Meta:
        verbose_name = _("批量照片的一张")
        verbose_name_plural = _("批量照片的各张")
        ordering = ["id"]

    def __str__(self):
        return self.name
