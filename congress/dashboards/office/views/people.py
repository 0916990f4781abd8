"""Accounts and the places people hold: list, one person, and every change (账号、任职)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView, View

from congress.accounts import second_factor
from congress.dashboards.office import actions
from congress.dashboards.office.forms import AccountForm, DeputiseForm, EndForm, HandOverForm, MembershipForm
from congress.dashboards.office.people import accounts_of, places_in
from congress.dashboards.office.views.base import OfficeForm, OfficeMixin
from congress.kit.downloads import note_for, sheet_response
from congress.kit.exports import Column
from congress.kit.personal import blind_index
from congress.kit.words import asked_words
from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import says

SHEET = (
    Column(_("姓名")),
    Column(_("登录名"), 20),
    Column(_("手机号"), 16),
    Column(_("任职"), 50),
    Column(_("状态"), 8),
)
STATES = {
    "waiting": (_("未激活"), Q(is_active=True, password__startswith="!")),
    "locked": (_("已锁定"), Q(is_active=True)),
    "closed": (_("已停用"), Q(is_active=False)),
}


class AccountList(OfficeMixin, ListView):
    """Everybody who signs in to this congress; found by name, login name or whole phone number."""

    perm = "organs.open_office"
    template_name = "congress/dashboards/office/people.html"
    paginate_by = 50

    @cached_property
    def asked(self):
        return {name: asked_words(self.request.GET.get(name)) for name in ("q", "role", "state")}

    def get_queryset(self):
        accounts = accounts_of(self.congress, on=self.today)
        word, role, state = self.asked.values()
        if word:
            accounts = accounts.filter(Q(name__icontains=word) | Q(username=word) | Q(phone_index=blind_index(word)))
        if role in Role:
            accounts = accounts.filter(
                pk__in=places_in(self.congress).filter(role=role).in_force(on=self.today).values("user")
            )
        if state in STATES:
            accounts = accounts.filter(STATES[state][1])
        if state == "locked":
            accounts = accounts.filter(locked_until__gt=timezone.now())
        return accounts

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            asked=self.asked,
            folded=bool(self.asked["role"]) + bool(self.asked["state"]),
            roles=Role.choices,
            states=[(name, label) for name, (label, _where) in STATES.items()],
            now=timezone.now(),
            **kwargs,
        )


class AccountExport(AccountList):
    """The accounts as the list shows them, in a workbook; phone numbers stay masked (导出)."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        rows = [
            (
                person.name, person.username, person.masked_phone,
                "；".join(f"{place.organ} {place.get_role_display()}" for place in person.places),
                gettext("启用") if person.is_active else gettext("停用"),
            )
            for person in self.get_queryset()
        ]  # fmt: skip
        title = gettext("%s账号名单") % self.congress.name

        def journalled():
            journal.record(self.congress, "account.export", by=request.user, facts={"count": len(rows)})

        return sheet_response(title, SHEET, rows, note_for(request, len(rows)), journalled, name=title)


class _OnPerson(OfficeMixin):
    """A page about one account of this congress."""

    @cached_property
    def person(self):
        return get_object_or_404(accounts_of(self.congress, on=self.today), pk=self.kwargs["pk"])


class PersonDetail(_OnPerson, TemplateView):
    """One account: places, lock, second factor, and what was done to it."""

    perm = "organs.open_office"
    template_name = "congress/dashboards/office/person.html"
    revealed = ""

    def get_context_data(self, **kwargs):
        user, person = self.request.user, self.person
        places = places_in(self.congress).filter(user=person).select_related("organ", "deputises_for__user")
        entries = Entry.objects.of(person).filter(congress=self.congress).select_related("by").order_by("-seq")[:20]
        return super().get_context_data(
            person=person,
            places=places.order_by("-starts_on", "-pk"),
            log=[{"entry": entry, "says": says(entry.verb)} for entry in entries],
            may_reset=user.has_perm("organs.reset_account", person),
            may_tend=user.has_perm("organs.tend_account", person),
            has_second_factor=second_factor.is_enrolled(person),
            is_locked=person.is_locked(at=timezone.now()),
            revealed=self.revealed,
            **kwargs,
        )


class Reveal(PersonDetail):
    """The phone number in full, after it was written down who read it."""

    perm = "organs.keep"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.revealed = actions.reveal_phone(self.person, **self.act)
        return self.render_to_response(self.get_context_data())


class AccountStep(_OnPerson, View):
    """Unlock, close, open again, take the second factor off."""

    perm = "organs.open_office"
    http_method_names = ["post"]
    # step: what it calls, who may, what is said afterwards
    steps = {
        "unlock": (actions.unlock, "organs.tend_account", _("已解除锁定。")),
        "deactivate": (actions.deactivate, "organs.tend_account", _("账号已停用，正在使用的会话已失效。")),
        "reactivate": (actions.reactivate, "organs.tend_account", _("账号已启用。")),
        "second-factor": (actions.reset_second_factor, "organs.reset_account", _("动态口令已重置。")),
    }

    def post(self, request, *args, step, **kwargs):
        verb, perm, said = self.steps[step]
        if not request.user.has_perm(perm, self.person):
            raise Http404
        verb(self.person, **self.act)
        messages.success(request, said)
        return HttpResponseRedirect(self.address("person", self.person.pk))


class AccountCreate(OfficeForm):
    """Open an account with its first place."""

    form_class = AccountForm
    title = _("开立账号")
    button = _("开立账号")
    done = _("账号已开立。签发激活单后即可使用。")
    opened = None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"on": self.today}

    def get_initial(self):
        return {"starts_on": self.today, "organ": self.request.GET.get("organ")}

    def carry_out(self, form):
        self.opened = actions.open_account(**form.cleaned_data, **self.act)

    def get_success_url(self):
        return self.address("person", self.opened.pk) if self.opened else self.address("people")


class _PersonForm(_OnPerson, OfficeForm):
    button = _("保存")
    done = _("已保存。")

    def get_success_url(self):
        return self.address("person", self.person.pk)


class GivePlace(_PersonForm):
    """Give a place to somebody who has an account."""

    form_class = MembershipForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"on": self.today}

    def get_initial(self):
        return {"starts_on": self.today}

    def get_title(self):
        return _("授予任职：%(name)s") % {"name": self.person.name}

    def carry_out(self, form):
        actions.give(self.person, **form.cleaned_data, **self.act)


class HandOver(_PersonForm):
    """An officer leaves; his places go to another."""

    form_class = HandOverForm
    button = _("移交")
    done = _("已移交。")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"leaver": self.person, "today": self.today}

    def get_initial(self):
        return {"on": self.today}

    def get_title(self):
        return _("移交：%(name)s") % {"name": self.person.name}

    def carry_out(self, form):
        words = form.cleaned_data
        if words["close"] and not self.request.user.has_perm("organs.tend_account", self.person):
            raise ValidationError({"close": _("他在其他人大还有任职，账号不能在这里停用。")})
        actions.hand_over(self.person, **words, **self.act)


class _PlaceForm(OfficeForm):
    button = _("保存")
    done = _("已保存。")

    @cached_property
    def place(self):
        return get_object_or_404(places_in(self.congress).select_related("user", "organ"), pk=self.kwargs["pk"])

    def get_success_url(self):
        return self.address("person", self.place.user_id)

    def get_title(self):
        return self.title % {"name": self.place.user.name, "role": self.place.get_role_display()}


class EndPlace(_PlaceForm):
    """The last day of a place."""

    form_class = EndForm
    title = _("结束任职：%(name)s，%(role)s")
    danger = True
    button = _("结束任职")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["congress"]
        return kwargs

    def get_initial(self):
        return {"on": self.today}

    def carry_out(self, form):
        actions.end(self.place, **form.cleaned_data, **self.act)


class DeputisePlace(_PlaceForm):
    """Somebody acts in this place for a time."""

    form_class = DeputiseForm
    title = _("安排代理：%(name)s，%(role)s")
    button = _("安排代理")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"holder": self.place.user}

    def get_initial(self):
        return {"starts_on": self.today}

    def carry_out(self, form):
        actions.deputise(self.place, **form.cleaned_data, **self.act)
