"""The verbs of an opinion: receive, route, answer, guide, raise, rate, withdraw (听、分、办、答、评)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.accounts.models import User
from congress.deadlines import actions as clocks
from congress.files import actions as files
from congress.organs.models import Congress, Organ
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import books_at_hand, deadline, rules_for
from deputies.activities import drives
from deputies.duties import actions as duties
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from liaison.opinions.models import Opinion, code_index, congresses_of, new_code, tier_of
from liaison.opinions.workflow import OPINION
from suggestions.docket import actions as docket
from suggestions.docket.models import Suggestion

_ANSWERING = [OPINION.verb(step) for step in ("answer_at_once", "answer", "guide")]
PERIODS = {
    Opinion.Tier.VILLAGE: "opinion_village",
    Opinion.Tier.TOWNSHIP: "opinion_township",
    Opinion.Tier.COUNTY: "opinion_county",
}
_UNGRADED = {"grade": "", "grade_words": "", "graded_on": None, "is_graded_for_him": False}  # as a new answer is
# What goes back is answered by nobody yet, and waits with whoever keeps it for where it goes now.
_BACK = {"answered_on": None, "organ": None, "tier": "", "outcome": ""}
UNSORTED = frozenset({Opinion.Channel.CODE, Opinion.Channel.DEPUTY})  # no register asks to which drive it belongs
_OUTCOMES = {
    Opinion.Tier.VILLAGE: Opinion.Outcome.VILLAGE,
    Opinion.Tier.TOWNSHIP: Opinion.Outcome.TOWNSHIP,
    Opinion.Tier.COUNTY: Opinion.Outcome.COUNTY,
}


@transaction.atomic
def receive(*, congress, text, channel, on, by, station=None, photos=(), consented=False, **fields):
    """Put down what a resident said (登记民情). Returns (opinion, its query code); the code is told once and not kept.

    `fields` are those of the register: name, phone, place, category, topic, note, comment, reception, addressed_to,
    noted_by, campaign. What nobody registers belongs to the drive that hears residents, where one runs. A resident
    without account is entered by the robot, and only after he agreed to the notice.
    """
    if by.is_robot and not consented:
        raise ValidationError({"consents": _("请先阅读并同意告知事项。")})
    called_by = congresses_of(congress.pk, station)
    if channel in UNSORTED:
        fields.setdefault("campaign", drives.hearing(called_by, on=on))
    drives.check(fields.get("campaign"), called_by)
    code = new_code()
    opinion = Opinion.objects.create(
        congress=congress,
        station=station,
        text=text.strip(),
        channel=channel,
        code_index=code_index(code),
        heard_on=on,
        recorded_by=by,
        consented_at=timezone.now() if consented else None,
        **fields,
    )
    for photo in photos:
        files.store(photo, congress=congress, by=by, case=opinion)
    facts = {"channel": channel} | ({"campaign": str(opinion.campaign)} if opinion.campaign_id else {})
    journal.record(opinion, "opinion.receive", by=by, on=on, facts=facts)
    clocks.start("opinion_taken_on", opinion, on=on, by=by, holder=station or congress)
    return opinion, code


def opinion_by_code(code):
    """The opinion that a query code opens, or None."""
    return Opinion.objects.filter(code_index=code_index(code)).first() if code.strip() else None


@transaction.atomic
def answer_at_once(opinion, *, text, photos=(), on, by, version=None):
    """Settle it on the spot (当场解答)."""
    with OPINION.taking(
        "answer_at_once",
        opinion,
        by=by,
        on=on,
        version=version,
        answer=_needed(text, "text", _("请写下怎么答复的。")),
        answered_on=on,
        answers_given=opinion.answers_given + 1,
        outcome=Opinion.Outcome.ON_SPOT,
        **_UNGRADED,
    ):
        _prove(opinion, photos, by=by)
        clocks.meet("opinion_taken_on", opinion, on=on, by=by)
        _credit(opinion, on=on, by=by)


@transaction.atomic
def escalate(opinion, *, on, by, version=None):
    """Ask the county's office to hand it to a department (报县级交办); a township's congress asks the one above."""
    with OPINION.taking("escalate", opinion, by=by, on=on, version=version):
        clocks.stop_all(opinion, on=on, by=by)
        clocks.start("opinion_taken_on", opinion, on=on, by=by, holder=_office_above(opinion))


@transaction.atomic
def route(opinion, *, organ, on, by, version=None):
    """Hand it to the body that can settle it (分级交办); its tier follows, and the period of that tier starts.

    Only the county's office hands anything to the county's departments.
    """
    tier = tier_of(organ)
    if tier == Opinion.Tier.COUNTY and not by.has_perm("opinions.route_to_county", opinion):
        raise ValidationError({"organ": _("县级部门由县人大代表工作机构交办，请选“报县级交办”。")})
    with OPINION.taking(
        "route",
        opinion,
        by=by,
        on=on,
        version=version,
        facts={"organ": str(organ), "organ_id": organ.pk, "tier": tier},
        tier=tier,
        organ=organ,
        routed_on=on,
        outcome=_OUTCOMES[tier],
    ):
        clocks.meet("opinion_taken_on", opinion, on=on, by=by)
        clocks.start(PERIODS[tier], opinion, on=on, by=by, holder=organ)
        _credit(opinion, on=on, by=by)


@transaction.atomic
def send_back(opinion, *, reason, on, by, version=None):
    """The body says that it is not its matter (退回)."""
    reason = _needed(reason, "reason", _("请写明退回的理由和建议交给谁。"))
    with OPINION.taking(
        "send_back",
        opinion,
        by=by,
        on=on,
        version=version,
        facts={"organ": str(opinion.organ), "reason": reason},
        organ=None,
        tier="",
        outcome="",
    ):
        clocks.stop_all(opinion, on=on, by=by)
        clocks.start("opinion_taken_on", opinion, on=on, by=by, holder=_keeper(opinion))


@transaction.atomic
def answer(opinion, *, text, photos=(), on, by, version=None):
    """Tell the resident what was done, and show it (答复)."""
    with OPINION.taking(
        "answer",
        opinion,
        by=by,
        on=on,
        version=version,
        facts={"organ": str(opinion.organ)},
        answer=_needed(text, "text", _("请写下办理结果。")),
        answered_on=on,
        answers_given=opinion.answers_given + 1,
        **_UNGRADED,
    ):
        _prove(opinion, photos, by=by)
        clocks.meet(PERIODS[opinion.tier], opinion, on=on, by=by)


@transaction.atomic
def guide(opinion, *, where, text, on, by, version=None):
    """Show the way to petition, court or another channel (信访工作条例 Art. 22); it is not handled here."""
    with OPINION.taking(
        "guide",
        opinion,
        by=by,
        on=on,
        version=version,
        facts={"where": where},
        answer=_needed(text, "text", _("请写明向哪里反映、带什么材料。")),
        answered_on=on,
        outcome=Opinion.Outcome.GUIDED,
        **_UNGRADED,
    ):
        clocks.meet("opinion_taken_on", opinion, on=on, by=by)


@transaction.atomic
def raise_as_suggestion(opinions, *, lead, title, situation, asks, on, by):
    """Turn one opinion, or several of one topic, into a deputy's draft suggestion (转为代表建议).

    The deputy himself goes on writing it; a clerk does so in his name. Raises ValidationError when an opinion can't
    become a suggestion any more.
    """
    recorded_by = None if lead.deputy.user_id == by.pk else by
    suggestion = Suggestion(
        congress=lead.congress,
        lead=lead,
        title=title,
        situation=situation,
        recorded_by=recorded_by,
        campaign=_drive_of(opinions, lead.congress_id, on=on),
    )
    docket.save_draft(suggestion, asks=asks, by=by, on=on)
    for opinion in opinions:
        _tie(opinion, suggestion, on=on, by=by)
    return suggestion


def _drive_of(opinions, congress, *, on):
    """The drive to which all of them belong, while deputies of this congress may put suggestions to it."""
    drive, *others = {opinion.campaign_id for opinion in opinions}
    return None if others or drive is None else drives.offered([congress], on=on).filter(pk=drive).first()


@transaction.atomic
def link(opinion, suggestion, *, on, by, version=None):
    """Tie an opinion to a suggestion that stands already and asks for the same (并入代表建议)."""
    if suggestion.state == Suggestion.State.DRAFT or suggestion.congress_id != opinion.congress_id:
        raise ValidationError(_("只能并入本级人大已经提出的建议。"))
    _tie(opinion, suggestion, on=on, by=by, version=version)


def _tie(opinion, suggestion, *, on, by, version=None):
    facts = {"suggestion": suggestion.pk}
    fields = {"suggestion": suggestion, "outcome": Opinion.Outcome.SUGGESTION}
    with OPINION.taking("raise", opinion, by=by, on=on, version=version, facts=facts, **fields):
        clocks.stop_all(opinion, on=on, by=by)
        _credit(opinion, on=on, by=by)


@transaction.atomic
def reopen(opinion, *, on, by, version=None):
    """The suggestion came to nothing: the opinion waits again for whoever keeps it."""
    with OPINION.taking("reopen", opinion, by=by, on=on, version=version, suggestion=None, outcome=""):
        clocks.start("opinion_taken_on", opinion, on=on, by=by, holder=_keeper(opinion))


@transaction.atomic
def take_as_theme(opinions, activity, *, on, by):
    """Make a cluster of opinions the theme of a group's activity (站组联动).

    Raises ValidationError where one is the theme of another activity, which its resident reads of.
    """
    picked = Opinion.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in opinions])
    taken = picked.exclude(theme_of=activity).exclude(pk__in=Opinion.objects.of_no_theme())
    if opinion := taken.select_related("theme_of").order_by("pk").first():
        told = {"opinion": opinion, "activity": opinion.theme_of}
        raise ValidationError(_("“%(opinion)s”已经是“%(activity)s”的主题，请取消勾选。") % told)
    for opinion in picked.of_no_theme().order_by("pk"):
        opinion.theme_of = activity
        opinion.save(update_fields=["theme_of"])
        journal.record(opinion, "opinion.theme", by=by, on=on, facts={"theme": activity.theme, "activity": activity.pk})


@transaction.atomic
def set_topic(opinions, topic, *, on, by):
    """Gather opinions under one word, so that they can be handled together (热点)."""
    before = _held(opinions, "topic")
    for opinion in opinions:
        if before[opinion.pk] == topic:
            continue
        opinion.topic = topic
        opinion.save(update_fields=["topic"])
        journal.record(opinion, "opinion.topic", by=by, on=on, facts={"topic": topic})


@transaction.atomic
def put_to_drive(opinions, drive, *, on, by):
    """Put opinions to a drive, or with None to none (归入专项行动)."""
    before = _held(opinions, "campaign")
    for opinion in opinions:
        if before[opinion.pk] == (drive and drive.pk):
            continue
        drives.check(drive, opinion.called_by)
        opinion.campaign = drive
        opinion.save(update_fields=["campaign"])
        journal.record(opinion, "opinion.drive", by=by, on=on, facts={"drive": str(drive or _("不属于专项行动"))})


def _held(opinions, name):
    """{id: what stands in a field}, held until this is done: two who do the same at once write it once."""
    rows = Opinion.objects.select_for_update().filter(pk__in=[each.pk for each in opinions])
    return dict(rows.order_by("pk").values_list("pk", name))


@transaction.atomic
def rate(opinion, *, grade, words="", on):
    """The resident rates the answer (群众评价); dissatisfied, it goes back as often as the rulebook allows."""
    robot = User.objects.robot()
    _must_be_answered(opinion)
    if not opinion.awaits_rating:
        raise StepNotOpen(OPINION["rate"], opinion)
    again = _goes_back(opinion, grade, on=on)
    told = {"grade": grade, "grade_words": words[:300], "graded_on": on, "is_graded_for_him": False}
    if again:
        told |= _BACK
    with OPINION.taking("return" if again else "rate", opinion, by=robot, on=on, **told):
        if again:
            clocks.start("opinion_taken_on", opinion, on=on, by=robot, holder=_keeper(opinion))


@transaction.atomic
def tell(opinion, *, grade="", words="", on, by, version=None):
    """Tell a resident who has no phone for it what came of his words, and put down what he thinks (回访告知).

    What he says himself by his code later stands above what was put down for him.
    """
    _must_be_answered(opinion)
    again = _goes_back(opinion, grade, on=on)
    told = {"told_on": on, "is_graded_for_him": not again}
    if grade:
        told |= {"grade": grade, "grade_words": words[:300], "graded_on": on}
    if again:
        told |= _BACK
    said = Opinion.Grade(grade).label if grade else _("没有表态")
    step = "tell_back" if again else "tell"
    with OPINION.taking(step, opinion, by=by, on=on, version=version, facts={"said": said}, **told):
        if again:
            clocks.start("opinion_taken_on", opinion, on=on, by=by, holder=_keeper(opinion))


def _must_be_answered(opinion):
    if opinion.state == Opinion.State.RAISED and not opinion.awaits_rating:
        raise ValidationError(_("代表建议还在办理，答复以后再评价。"))


def _goes_back(opinion, grade, *, on):
    """Whether who is dissatisfied has it handled once more."""
    settled = {Opinion.Outcome.GUIDED, Opinion.Outcome.SUGGESTION}
    answered = opinion.state in {Opinion.State.ANSWERED, Opinion.State.CLOSED} and opinion.outcome not in settled
    most = rules_for(opinion.congress, on=on).count("opinion_reanswers")
    return grade == Opinion.Grade.DISSATISFIED and answered and opinion.answers_given <= most


@transaction.atomic
def withdraw(opinion, *, on):
    """The resident takes back what he said; his name and number go with it, and no body owes anything any more."""
    robot = User.objects.robot()
    with OPINION.taking("withdraw", opinion, by=robot, on=on, name="", phone="", tier="", outcome=""):
        clocks.stop_all(opinion, on=on, by=robot)


def close_unrated(*, on, by):
    """Close what was answered and not rated within the rulebook's days; returns how many."""
    closed = 0
    waiting = Opinion.objects.filter(state__in=[Opinion.State.ANSWERED, Opinion.State.GUIDED])
    with books_at_hand():
        for opinion in waiting.select_related("congress").iterator():
            if _may_rate_until(opinion, opinion.answered_on) < on and _may_rate_until(opinion, _told_on(opinion)) < on:
                with OPINION.taking("lapse", opinion, by=by, on=on):
                    closed += 1
    return closed


def _may_rate_until(opinion, start):
    return deadline(opinion.congress, "opinion_rate", start=start).due_on


def _told_on(opinion):
    """The day from which he can read the answer: of one put down late, the day on which that was done (补录)."""
    entry = Entry.objects.of(opinion).filter(verb__in=_ANSWERING).last()
    is_late = entry is not None and entry.facts.get("late_reason")
    return timezone.localdate(entry.at) if is_late else opinion.answered_on


def forget(*, on, by):
    """Blank who said it where the matter ended so many days ago (个人信息保护法 Arts. 19, 47); how many."""
    forgotten = 0
    for congress in Congress.objects.filter(pk__in=Opinion.objects.with_contact().values("congress")):
        days = rules_for(congress, on=on).count("opinion_contact_days")
        ended = Opinion.objects.with_contact().ended_before(on - timedelta(days=days)).filter(congress=congress)
        for opinion in ended.defer("name", "phone").order_by("pk"):
            forgotten += _forget(opinion, on=on, by=by)
    return forgotten


@transaction.atomic
def _forget(opinion, *, on, by):
    """Whether it was still known, and nobody has taken the matter up again."""
    known = Opinion.objects.with_contact().filter(pk=opinion.pk, version=opinion.version)
    if not known.update(name="", phone=""):
        return False
    journal.record(opinion, "opinion.forget", by=by, on=on)
    return True


def reveal(opinion, *, on, by):
    """Put down that somebody looked at who said it (查看联系方式)."""
    return journal.record(opinion, "opinion.reveal", by=by, on=on)


def note_export(congress, *, count, on, by, what=""):
    """Put down that somebody took a register out of the portal (导出留痕)."""
    return journal.record(
        congress,
        "opinion.export",
        by=by,
        on=on,
        congress=congress,
        facts={"who": by.name, "count": count, "what": what},
    )


def _keeper(opinion):
    return opinion.station or opinion.congress


def _office_above(opinion):
    return Organ.objects.get(pk=opinion.county_id)


def _prove(opinion, photos, *, by):
    """Keep the photos of what was done apart from those of what was wrong."""
    opinion.proofs.add(*[files.store(photo, congress=opinion.congress, by=by, case=opinion) for photo in photos])


def _needed(text, field, message):
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()


def _credit(opinion, *, on, by):
    """Once somebody has taken it on, hearing it counts as the deputy's duty."""
    if opinion.noted_by_id is None or opinion.channel in {Opinion.Channel.RECEPTION, Opinion.Channel.VISIT}:
        return
    duties.register(
        opinion,
        Duty.OPINION,
        [duties.Performed(opinion.noted_by_id, DutyRecord.Outcome.DONE)],
        title=str(opinion),
        held_on=opinion.heard_on,
        on=on,
        by=by,
        settled=True,
    )
