"""The organ tree of a congress, its distribution setting, and changes to both (机构)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView, TemplateView

from congress.dashboards.office import actions
from congress.dashboards.office.forms import AbolishForm, CommitteeForm, CongressForm, DepartmentForm, TownshipForm
from congress.dashboards.office.people import manning
from congress.dashboards.office.views.base import OfficeForm, OfficeMixin
from congress.organs.hats import hats_of
from congress.organs.leftovers import left_open
from congress.organs.models import Committee, Congress, Department, Organ
from congress.organs.rules import kept_by

FORMS = {"committee": CommitteeForm, "department": DepartmentForm, "township": TownshipForm}


class Index(RedirectView):
    """The office of the congress in which one serves."""

    def get_redirect_url(self, *args, **kwargs):
        congress = kept_by(self.request.user).order_by("level", "position", "pk").first()
        if congress is None:
            raise Http404
        keeps = self.request.user.has_perm("organs.keep", congress)
        return reverse("office:organs" if keeps else "office:people", args=[congress.code])


class OrganTree(OfficeMixin, TemplateView):
    """The congress, its committees, its departments by type, its townships."""

    template_name = "congress/dashboards/office/organs.html"

    def get_context_data(self, **kwargs):
        people = manning(self.congress, on=self.today)
        departments = list(Department.objects.filter(congress=self.congress).select_related("committee", "successor"))
        committees = list(Committee.objects.filter(congress=self.congress))
        for organ in [*departments, *committees]:
            organ.people = people.get(organ.pk, 0)
            organ.is_abolished = organ.valid_to is not None and organ.valid_to <= self.today
            organ.left_open = 0
        replaced = [each for each in departments if each.is_abolished and each.successor_id]
        left = left_open(replaced)
        for organ in replaced:
            organ.left_open = sum(number for _words, number in left.get(organ.pk, ()))
        return super().get_context_data(
            departments=self._by_type([each for each in departments if not each.is_abolished]),
            department_count=sum(not each.is_abolished for each in departments),
            abolished=[each for each in [*committees, *departments] if each.is_abolished],
            committees=[each for each in committees if not each.is_abolished],
            townships=Congress.objects.filter(parent=self.congress.pk).standing(on=self.today),
            own_people=people.get(self.congress.pk, 0),
            **kwargs,
        )

    def _by_type(self, departments):
        distributed = set(self.congress.distributed_kinds)
        groups = []
        for type_ in Department.Type:
            rows = [each for each in departments if each.type == type_]
            if rows:
                groups.append({"type": type_, "rows": rows, "is_distributed": type_.value in distributed})
        return groups


class _OrganForm(OfficeForm):
    button = _("保存")
    done = _("已保存。")

    def get_success_url(self):
        return self.address("organs")

    def carry_out(self, form):
        actions.save(form.instance, noun=form.noun, **self.act)


class OrganCreate(_OrganForm):
    """Found a committee, a department or a township congress."""

    titles = {"committee": _("新增委员会"), "department": _("新增承办单位"), "township": _("新增乡镇人大")}

    def get_form_class(self):
        if self.kwargs["kind"] == "township" and self.congress.is_township:
            raise Http404
        return FORMS[self.kwargs["kind"]]

    def get_title(self):
        return self.titles[self.kwargs["kind"]]


class OrganChange(_OrganForm):
    """Change what is written about a committee or department."""

    @cached_property
    def organ(self):
        organ = get_object_or_404(Organ, pk=self.kwargs["pk"], congress=self.congress)
        return organ.as_department if organ.kind == Organ.Kind.DEPARTMENT else organ.as_committee

    def get_form_class(self):
        return FORMS[self.organ.kind]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.organ}

    def get_title(self):
        return _("修改：%(organ)s") % {"organ": self.organ.name}


class CongressChange(_OrganForm):
    """Change the congress itself, and which kinds go through the government office."""

    form_class = CongressForm
    title = _("人大和分办设置")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.congress}


class OrganAbolish(OfficeForm):
    """Abolish an organ, with its successor."""

    form_class = AbolishForm
    button = _("撤销")
    done = _("已撤销。")
    danger = True

    @cached_property
    def organ(self):
        return get_object_or_404(Organ, pk=self.kwargs["pk"], congress=self.congress, valid_to__isnull=True)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["congress"]
        return kwargs | {"organ": self.organ}

    def get_initial(self):
        return {"on": self.today}

    def get_title(self):
        return _("撤销：%(organ)s") % {"organ": self.organ.name}

    def get_success_url(self):
        """On to what it leaves open, where there is something to hand over."""
        gone = Organ.objects.get(pk=self.organ.pk)
        has_ended = gone.successor_id and gone.valid_to <= self.today
        if has_ended and self.leaves_open(gone):
            return reverse("docket:succession", args=[gone.pk])
        return self.address("organs")

    def leaves_open(self, gone):
        """Whether there is something to hand over, and the reader is the one who does it: the congress's own clerk."""
        is_department = gone.kind == Organ.Kind.DEPARTMENT
        return is_department and self.congress.pk in hats_of(self.request.user).clerk_of and bool(left_open([gone]))

    def carry_out(self, form):
        words = form.cleaned_data
        actions.abolish(self.organ, on=words["on"], successor=words["successor"], **self.act)
