"""The verbs of a request for help: ask, answer, pass up, ask again, withdraw (履职求助)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.kit.dates import said
from congress.organs.models import Membership
from congress.organs.roles import Role
from congress.procedure import journal
from deputies.roll.models import Mandate
from deputies.safeguards.models import HelpRequest
from deputies.safeguards.workflow import HELP

RULE = "help_request"
_TOLD = 300  # characters of a text that the journal and the letters repeat


def holder_of(mandate, *, on):
    """Who is to answer: the office of the deputy's township where somebody serves in it, else that of his congress."""
    township = mandate.delegation.township if mandate.delegation else None
    if township is None:
        return mandate.congress
    clerks = Membership.objects.filter(organ=township, role=Role.TOWNSHIP_CLERK).in_force(on=on)
    return township if clerks.exists() else mandate.congress


@transaction.atomic
def ask(mandate, *, kind, text, on, by):
    """A deputy says what hinders him; whoever is to answer is told, and has until the date (求助)."""
    if mandate.state != Mandate.State.ACTIVE:
        raise ValidationError(_("代表资格不在执行职务期间，不能求助；请与代表工作机构联系。"))
    if not text.strip():
        raise ValidationError({"text": _("请写遇到了什么困难、需要什么帮助。")})
    request = HelpRequest.objects.create(
        congress=mandate.congress,
        mandate=mandate,
        kind=kind,
        text=text.strip(),
        holder=holder_of(mandate, on=on),
        asked_on=on,
        stepped_on=on,
    )
    clocks.start(RULE, request, on=on, by=by, holder=request.holder)
    request.refresh_from_db(fields=["due_on"])
    journal.record(request, "help.ask", by=by, on=on, facts=_facts(request, text=request.text[:_TOLD]))
    return request


def answer(request, *, answer, on, by, version=None, request_key=""):
    """The office says what was done, or what can be done (答复)."""
    told = answer.strip()
    if not told:
        raise ValidationError({"answer": _("请写明办得怎样，或者怎样解决。")})
    with HELP.taking(
        "answer", request, by=by, on=on, version=version, request_key=request_key, answer=told, answered_on=on
    ) as taken:
        clocks.meet(RULE, request, on=on, by=by)
        taken.facts.update(_facts(request, answer=told))
    return request


def pass_up(request, *, why, on, by, version=None, request_key=""):
    """What a township cannot answer goes to the county, or the county takes it on; the deputy's date stays (转县级)."""
    if not why.strip():
        raise ValidationError({"why": _("请写明为什么转，乡镇已经做了什么。")})
    below, above = request.holder, request.above
    with HELP.taking(
        "pass_up", request, by=by, on=on, version=version, request_key=request_key, holder_id=above and above.pk
    ) as taken:
        clocks.hand_over(request, of=below, to=above, on=on, by=by, reason=why.strip()[:_TOLD])
        taken.facts.update(_facts(request, organ=f"{below}", to=f"{above}", why=why.strip()[:_TOLD]))
    return request


def ask_again(request, *, text, on, by, version=None, request_key=""):
    """The answer did not help: he says what is still missing, and the time to answer runs anew (再问)."""
    if not text.strip():
        raise ValidationError({"text": _("请写还有什么没有解决。")})
    with HELP.taking(
        "ask_again", request, by=by, on=on, version=version, request_key=request_key, again=text.strip()
    ) as taken:
        clocks.start(RULE, request, on=on, by=by, holder=request.holder)
        request.refresh_from_db(fields=["due_on"])
        taken.facts.update(_facts(request, text=text.strip()[:_TOLD]))
    return request


def withdraw(request, *, on, by, version=None, request_key=""):
    """He does without (撤回)."""
    with HELP.taking("withdraw", request, by=by, on=on, version=version, request_key=request_key) as taken:
        clocks.stop(RULE, request, on=on, by=by)
        taken.facts.update(_facts(request))
    return request


def _facts(request, **more):
    """What the journal's sentences and the letters name."""
    told = {"deputy": f"{request.mandate}", "kind": str(request.get_kind_display()), "organ": f"{request.holder}"}
    return told | {"holder": request.holder_id, "due": said(request.due_on)} | more
