"""One's cases: the list, the case, the draft, and every step that its page offers (建议)."""

from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.reverse import reverse

from congress.files import actions as files
from congress.kit.api import Rows
from congress.procedure import once
from congress.procedure.api import IDEMPOTENCY, REQUEST_KEY, Question, StepsMixin, Taken, checked, with_steps
from congress.procedure.jsonforms import described
from congress.procedure.workflow import StepNotOpen
from suggestions.docket import actions
from suggestions.docket.actions.checking import next_number
from suggestions.docket.api import shapes
from suggestions.docket.behalf import behalf_in_case, behalf_in_share
from suggestions.docket.dossier import OFFICE_STEPS, Dossier
from suggestions.docket.filters import SORTS, VIEWS, Asked, Reading
from suggestions.docket.forms import assigning, checking, handling
from suggestions.docket.forms.writing import SuggestionForm, leads_of
from suggestions.docket.models import Assignment, Suggestion
from suggestions.docket.reports import Listed, people, shaped
from suggestions.docket.rules import reads_cases
from suggestions.docket.search import search, units_named
from suggestions.docket.workflow import CASE, SHARE

WHOLE = ("congress", "session__term", "category", "lead__deputy", "lead__delegation", "proposed_department")
NOT_ASKED = {"attachments", "draft_key"}
LIST = [
    OpenApiParameter("view", str, enum=[*VIEWS], description="常用视图；轮到我的用 mine"),
    OpenApiParameter("q", str, description="检索词或者编号"),
    OpenApiParameter("sort", str, enum=[*SORTS]),
    OpenApiParameter("state", str, many=True),
    OpenApiParameter("session", int, many=True),
    OpenApiParameter("category", int, many=True),
    OpenApiParameter("campaign", int, many=True, description="专项行动"),
    OpenApiParameter("lead", int, many=True, description="领衔的代表资格：自己领衔的用 /me/ 里的 seats"),
    OpenApiParameter("waiting", str, many=True, description="/waiting/ 里的 code"),
]


@with_steps
class SuggestionApi(StepsMixin, Rows):
    """Suggestions and motions as far as the reader sees them."""

    queryset = Suggestion.objects.select_related(*WHOLE)
    serializer_class = shapes.CaseShape
    procedure = CASE
    forms_by_step = {
        "submit": handling.SubmitForm,
        "withdraw": handling.WithdrawForm,
        "register": checking.RegisterForm,
        "return": checking.ReturnForm,
        "reject": checking.RejectForm,
        "turn_to_letter": checking.LetterForm,
        "assign": assigning.AssignForm,
        "correct": checking.CorrectForm,
        "urge": checking.UrgeForm,
    }

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not reads_cases(request.user):
            raise exceptions.NotFound

    def get_queryset(self):
        return self.queryset.visible_to(self.request.user)

    # ---- reading

    @extend_schema(summary="建议清单", parameters=LIST, responses=shapes.CaseRow(many=True))
    def list(self, request):
        today = timezone.localdate()
        asked, reading = Asked.of(request.query_params), Reading.of(request.user, today)
        where = VIEWS[asked.view].where(reading)
        cases = Suggestion.objects.visible_to(request.user)
        units = units_named(asked.words, reader=request.user)
        cases = search(asked.narrow(cases, reading), asked.words, units=units).order_by(*asked.order())
        cases = cases.none() if where is None else cases.filter(where)
        pks = [case.pk for case in self.paginate_queryset(cases.only("pk"))]
        rows = [shaped(row, today=today) for row in Listed(pks, request.user).rows()]
        rows = [row | {"people": people(row)} for row in rows]
        return self.get_paginated_response(shapes.CaseRow(rows, many=True).data)

    @extend_schema(summary="一件建议的全部")
    def retrieve(self, request, pk):
        return self.shown(self.get_object())

    def shown(self, case, status=status.HTTP_200_OK):
        dossier = self.dossier(case)
        context = self.get_serializer_context() | {"steps": self.steps_in(dossier)}
        return Response(shapes.CaseShape(dossier, context=context).data, status=status)

    def dossier(self, case):
        return Dossier.of(case, reader=self.request.user, today=timezone.localdate())

    # ---- steps

    def steps_in(self, dossier):
        """The steps of the dossier's buttons: on the case, and on the shares of its present round."""
        rows = []
        for button in dossier.buttons:
            kind = "suggestion" if button.subject is dossier.case else "share"
            address = reverse(f"api:{kind}-step", args=[button.subject.pk, button.step])
            rows.append(
                {
                    "name": button.step,
                    "label": button.label,
                    "url": address,
                    "page": button.url,
                    "is_own": button.is_own,
                }
            )
        return rows

    @extend_schema(summary="现在能办的步骤，连同各承办单位的", responses=shapes.CaseStep(many=True))
    @action(detail=True, pagination_class=None)
    def steps(self, request, pk):
        return Response(shapes.CaseStep(self.steps_in(self.dossier(self.get_object())), many=True).data)

    def behalf(self, step, case):
        return behalf_in_case(step, case, by=self.request.user)

    def form_kwargs(self, step, case):
        return {"expected": next_number(case)} if step.name == "register" else {}

    def keep_scan(self, case, upload):
        return files.store(upload, case=case, congress=case.congress, by=self.request.user) if upload else None

    # ---- writing

    @extend_schema(
        summary="写一件建议（草稿）",
        request=shapes.DraftShape,
        responses={201: shapes.CaseShape},
        parameters=[IDEMPOTENCY],
    )
    def create(self, request):
        key = request.META.get(REQUEST_KEY, "")
        with once.making("draft", key, by=request.user) as sent:
            saved = self.saved(self.get_queryset().filter(pk=sent.made).first())
            sent.made = saved.pk
        return self.shown(self.get_queryset().get(pk=saved.pk), status.HTTP_201_CREATED)

    @extend_schema(summary="改草稿，或者改退回的建议", request=shapes.DraftShape)
    def update(self, request, pk):
        saved = self.saved(self.writable())
        return self.shown(self.get_queryset().get(pk=saved.pk))

    @extend_schema(summary="删除没有提交的草稿；重发一次也是 204", responses={204: None})
    def destroy(self, request, pk):
        if not actions.was_discarded(pk, by=request.user):
            case = self.get_object()
            if not request.user.has_perm(CASE["discard"].perm, case):
                raise exceptions.NotFound
            actions.discard(case, on=timezone.localdate(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def writable(self):
        case = self.get_object()
        if not self.request.user.has_perm("docket.edit_suggestion", case):
            raise exceptions.NotFound
        return case

    def saved(self, case):
        """The draft as it was sent, judged by the form of the page and saved by its action."""
        shape = shapes.DraftShape(data=self.request.data)
        shape.is_valid(raise_exception=True)
        sent = MultiValueDict()
        for name, value in shape.validated_data.items():
            values = value if isinstance(value, list) else [value]
            sent.setlist("ask" if name == "asks" else name, [f"{each}" for each in values if each is not None])
        form = checked(self.form(case, data=sent))
        with transaction.atomic():
            return form.carry_out(keep=None)

    def form(self, case, **kwargs):
        leads = [case.lead] if case else leads_of(self.request.user)
        if not leads:
            raise exceptions.NotFound
        instance = case or Suggestion(lead=leads[0], congress=leads[0].congress)
        return SuggestionForm(
            instance=instance, by=self.request.user, leads=leads, today=timezone.localdate(), **kwargs
        )

    def questions_of(self, case):
        rows = [row for row in described(self.form(case)) if row["name"] not in NOT_ASKED]
        return Response(Question(rows, many=True).data)

    @extend_schema(summary="写建议要填什么，有哪些选项", responses=Question(many=True))
    @action(detail=False, pagination_class=None)
    def questions(self, request):
        return self.questions_of(None)

    @extend_schema(
        operation_id="suggestions_draft_questions",
        summary="这份草稿现在填了什么，有哪些选项",
        responses=Question(many=True),
    )
    @action(detail=True, pagination_class=None, url_path="questions")
    def own_questions(self, request, pk):
        return self.questions_of(self.writable())

    @extend_schema(
        summary="给草稿加一个附件",
        request={"multipart/form-data": shapes.UploadShape},
        responses={201: shapes.FileShape},
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def attachments(self, request, pk):
        case = self.writable()
        if case.state not in actions.WRITABLE:
            raise StepNotOpen(CASE["submit"], case)
        shape = shapes.UploadShape(data=request.data)
        shape.is_valid(raise_exception=True)
        with transaction.atomic():
            stored = self.keep_scan(case, shape.validated_data["file"])
            case.attachments.add(stored)
        return Response(shapes.FileShape((stored.name, stored)).data, status=status.HTTP_201_CREATED)


@with_steps
class ShareApi(StepsMixin, Rows):
    """The steps of a department on its share."""

    queryset = Assignment.objects.select_related(
        "round__suggestion__congress", "organ", "parent__organ", "hand_back_to"
    )
    serializer_class = Taken
    procedure = SHARE
    forms_by_step = {
        "accept": handling.AcceptForm,
        "hand_back": handling.HandBackForm,
        "ask_extension": handling.AskExtensionForm,
        "contact": handling.ContactForm,
        "give_opinion": handling.OpinionForm,
        "draft": handling.ReplyForm,
        "send_back": handling.SendBackForm,
        "sign": handling.SignForm,
        "distribute": assigning.DistributeForm,
        "keep": assigning.KeepForm,
        "release": assigning.ElsewhereForm,
        "replace": assigning.ElsewhereForm,
        "grant_extension": assigning.GrantExtensionForm,
        "refuse_extension": assigning.RefuseExtensionForm,
        "call_difficult": assigning.DifficultForm,
    }

    def get_queryset(self):
        return self.queryset.visible_to(self.request.user)

    def behalf(self, step, case):
        if step.name in OFFICE_STEPS:
            return {}
        return behalf_in_share(step, case, by=self.request.user)

    def form_kwargs(self, step, case):
        return handling.reply_of(case) if step.name == "draft" else {}

    def keep_scan(self, case, upload):
        congress = case.suggestion.congress
        return files.store(upload, case=case.suggestion, congress=congress, by=self.request.user) if upload else None
