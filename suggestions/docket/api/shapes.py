"""What the docket says and hears over REST; names come from the dossier and the list, which know who may read them."""

from django.urls import reverse
from rest_framework import serializers

from congress.kit.api import RowNumber
from congress.procedure.api import OpenStep, SentenceShape
from suggestions.docket.models import Suggestion

State, Kind = Suggestion.State, Suggestion.Kind


class CaseRow(serializers.Serializer):
    """One case in a list."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()
    proposer = serializers.CharField(help_text="领衔代表；不向您公开时是“一名代表”")
    people = serializers.CharField(help_text="周德顺等 5 人")
    delegation = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(State.choices)
    state_label = serializers.CharField()
    holder = serializers.CharField(help_text="轮到谁")
    unit = serializers.CharField(help_text="主办单位")
    co = serializers.CharField(help_text="会办单位")
    due_on = serializers.DateField(allow_null=True)
    remaining = serializers.CharField(help_text="余 3 天、超 2 天；没有期限时为空")
    category = serializers.CharField(source="category__name", allow_null=True)
    session = serializers.CharField()
    submitted_on = serializers.DateField(allow_null=True)
    assigned_on = serializers.DateField(allow_null=True)
    replied_on = serializers.DateField(allow_null=True)
    result_class = serializers.CharField()
    round_number = serializers.IntegerField()


class TurnShape(serializers.Serializer):
    """Whose turn it is, for what, until when."""

    who = serializers.CharField()
    what = serializers.CharField()
    is_mine = serializers.BooleanField()
    due_on = serializers.DateField(source="clock.due_on", default=None, allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)


class AnswerShape(serializers.Serializer):
    """What a department answered to one ask."""

    unit = serializers.CharField(source="share.full_unit")
    result_class = serializers.CharField()
    label = serializers.CharField()
    text = serializers.CharField()
    promise = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)
    responsible = serializers.CharField()
    reason = serializers.CharField()


class AskShape(serializers.Serializer):
    id = serializers.IntegerField(source="ask.pk")
    number = serializers.IntegerField(source="ask.number")
    text = serializers.CharField(source="ask.text")
    answers = AnswerShape(many=True)


class RoundShape(serializers.Serializer):
    """An earlier handling."""

    number = serializers.IntegerField(source="handling.number")
    opened_on = serializers.DateField(source="handling.opened_on")
    reason = serializers.CharField(source="handling.reason")
    asks = AskShape(many=True)


class ContactShape(serializers.Serializer):
    on = serializers.DateField()
    method = serializers.CharField(source="get_method_display")
    place = serializers.CharField()
    participants = serializers.CharField()
    opinion = serializers.CharField()


class ShareShape(serializers.Serializer):
    """One department's share in the present round."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    unit = serializers.CharField(source="full_unit")
    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    officer = serializers.CharField(source="officer.name", default="")
    due_on = serializers.DateField(allow_null=True)
    opinion = serializers.CharField(help_text="会办意见")
    contacts = ContactShape(source="met", many=True)
    replied_on = serializers.DateField(source="reply.sent_on", default=None, allow_null=True)
    letter = serializers.SerializerMethodField(help_text="答复函的下载地址")

    def get_letter(self, share) -> str:
        sent = getattr(share, "reply", None) and share.reply.sent_on
        return reverse("docket:reply_letter", args=[share.pk]) if sent else ""


class FileShape(serializers.Serializer):
    """A paper, under the name that the reader may read."""

    id = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    size = serializers.SerializerMethodField(help_text="字节")
    url = serializers.SerializerMethodField()

    def get_id(self, row) -> int:
        return row[1].pk

    def get_name(self, row) -> str:
        return row[0]

    def get_size(self, row) -> int:
        return row[1].size

    def get_url(self, row) -> str:
        return reverse("files:download", args=[row[1].pk])


class SignerShape(serializers.Serializer):
    """Somebody asked to second; told only to whom names may be told."""

    mandate = serializers.IntegerField(source="mandate_id")
    name = serializers.CharField(source="mandate.deputy.name")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")


class CaseStep(OpenStep):
    """A step open to the reader, on the case or on a department's share."""

    page = serializers.CharField(help_text="同一步的网页")
    is_own = serializers.BooleanField(help_text="false：替别人补录纸质办理的一步")


class CaseShape(serializers.Serializer):
    """One case as its reader may read it; built from his dossier."""

    id = serializers.IntegerField(source="case.pk")
    version = serializers.IntegerField(source="case.version")
    number = serializers.CharField(source="case.printed_number")
    kind = serializers.ChoiceField(Kind.choices, source="case.kind")
    period = serializers.CharField(source="case.period")
    title = serializers.CharField(source="case.title")
    situation = serializers.CharField(source="case.situation")
    analysis = serializers.CharField(source="case.analysis")
    category = serializers.CharField(source="case.category.name", default="")
    proposed_department = serializers.CharField(source="case.proposed_department.name", default="")
    wishes_publication = serializers.BooleanField(source="case.wishes_publication")
    protects_identity = serializers.BooleanField(source="case.protects_identity")
    state = serializers.ChoiceField(State.choices, source="case.state")
    state_label = serializers.CharField(source="case.get_state_display")
    result_class = serializers.CharField(source="case.result_class")
    round_number = serializers.IntegerField(source="case.round_number")
    submitted_on = serializers.DateField(source="case.submitted_on", allow_null=True)
    registered_on = serializers.DateField(source="case.registered_on", allow_null=True)
    assigned_on = serializers.DateField(source="case.assigned_on", allow_null=True)
    replied_on = serializers.DateField(source="case.replied_on", allow_null=True)
    closed_on = serializers.DateField(source="case.closed_on", allow_null=True)
    proposer = serializers.CharField(help_text="领衔代表；不向您公开时是“一名代表”")
    cosigners = serializers.SerializerMethodField()
    turn = TurnShape(allow_null=True)
    asks = AskShape(many=True)
    earlier = RoundShape(many=True, help_text="此前的办理")
    shares = ShareShape(source="current.shares", many=True, default=[])
    timeline = SentenceShape(many=True)
    files = FileShape(many=True)
    may_edit = serializers.BooleanField(help_text="可以用 PUT 改稿")
    is_invited = serializers.BooleanField(help_text="等您附议，见 /invitations/")
    steps = serializers.SerializerMethodField()

    def get_cosigners(self, dossier) -> SignerShape(many=True):
        if dossier.hides_names:
            return []
        return SignerShape(dossier.cosigners if dossier.may_edit else dossier.signed, many=True).data

    def get_steps(self, dossier) -> CaseStep(many=True):
        return CaseStep(self.context["steps"], many=True).data


class DraftShape(serializers.Serializer):
    """What a deputy writes; the rules are those of the page's form."""

    kind = serializers.ChoiceField(Kind.choices, default=Kind.SUGGESTION)
    title = serializers.CharField(allow_blank=True, default="", max_length=120)
    situation = serializers.CharField(allow_blank=True, default="")
    analysis = serializers.CharField(allow_blank=True, default="")
    asks = serializers.ListField(
        child=serializers.CharField(allow_blank=True), default=list, help_text="诉求，一条一项"
    )
    category = RowNumber(allow_null=True, default=None)
    proposed_department = RowNumber(allow_null=True, default=None)
    campaign = RowNumber(allow_null=True, default=None, help_text="正在开展的专项行动，见 questions/；没有就不填")
    wishes_publication = serializers.BooleanField(default=True)
    protects_identity = serializers.BooleanField(default=False)
    lead = RowNumber(allow_null=True, default=None, help_text="以哪个代表资格提出，见 /me/；只有一个时不用填")
    cosigners = serializers.ListField(child=RowNumber(), default=list, help_text="请谁附议（代表资格），见 questions/")


class UploadShape(serializers.Serializer):
    file = serializers.FileField()


class InvitationRow(serializers.Serializer):
    """A suggestion that I am asked to second."""

    id = serializers.IntegerField(source="pk")
    suggestion = serializers.IntegerField(source="suggestion_id")
    kind = serializers.ChoiceField(Kind.choices, source="suggestion.kind")
    title = serializers.CharField(source="suggestion.title")
    lead = serializers.CharField(source="suggestion.lead.deputy.name")
    mandate = serializers.IntegerField(source="mandate_id")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    signed_on = serializers.DateField(allow_null=True)


class InvitationShape(InvitationRow):
    """With the text that is signed and its fingerprint."""

    is_open = serializers.BooleanField(help_text="还能确认或者谢绝")
    situation = serializers.CharField(source="suggestion.situation")
    analysis = serializers.CharField(source="suggestion.analysis")
    asks = serializers.SerializerMethodField()
    text_hash = serializers.CharField(source="suggestion.text_hash", help_text="确认时带回：签的就是看到的这一稿")

    def get_asks(self, cosigner) -> list[str]:
        return [ask.text for ask in cosigner.suggestion.asks.all()]


class Signature(serializers.Serializer):
    text_hash = serializers.CharField(max_length=64)
