"""Keeping the roll by hand: seats and their persons, bodies, looking at personal data (名册管理)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.accounts.models import User
from congress.files import actions as files
from congress.kit.fingerprints import fingerprint
from congress.kit.personal import blind_index
from congress.organs.hats import hats_of
from congress.organs.models import Term
from congress.procedure import journal
from congress.procedure.bulk import take_many
from congress.procedure.reactions import announce
from congress.procedure.workflow import Taken
from deputies.roll.models import Deputy, Mandate
from deputies.roll.terms import is_followed, over_on, state_in
from deputies.roll.workflow import SEAT

G = Mandate.Ground
SUSPENDING = (G.DETAINED, G.SENTENCED)
ENDING = (
    G.MOVED,
    G.RESIGNED,
    G.ORDERED,
    G.ABSENT,
    G.RECALLED,
    G.NATIONALITY,
    G.RIGHTS,
    G.INCAPACITY,
    G.DIED,
    G.TERM_ENDED,
)
SECRET = {"born": gettext_lazy("出生年月"), "id_number": gettext_lazy("身份证号"), "phone": gettext_lazy("手机号")}
PERSON = (
    "name",
    "sex",
    "people",
    "party",
    "born",
    "id_number",
    "phone",
    "education",
    "position_held",
    "expertise",
    "address",
)
SEAT_FIELDS = (
    "certificate_number",
    "delegation",
    "constituency",
    "election",
    "is_by_election",
    "is_re_elected",
    "is_standing_member",
    "started_on",
)


def suspend(seat, *, ground, announcement, on, by, version):
    """Suspend a seat on one of the two grounds of the law; the report goes to the next session (代表法 Art. 61)."""
    if ground not in SUSPENDING:
        raise ValidationError({"ground": _("暂停执行代表职务只能依据代表法第六十一条的两种情形。")})
    _step("suspend", seat, ground=ground, announcement=announcement, on=on, by=by, version=version)


def resume(seat, *, announcement, on, by, version):
    """Restore a seat when the cause of its suspension has gone."""
    _step("resume", seat, ground="", announcement=announcement, on=on, by=by, version=version)


def end(seat, *, ground, announcement, on, by, version):
    """End a seat on a ground of the law; a score is never one (代表法 Arts. 62-63)."""
    if ground not in ENDING:
        raise ValidationError({"ground": _("终止代表资格只能依据代表法第六十二条、第六十三条的情形。")})
    _step("end", seat, ground=ground, announcement=announcement, on=on, by=by, version=version, ended_on=on)


def begin_terms(*, on, by):
    """Whoever was put down ahead of the first session of his term takes his seat with it; gives the seats begun.

    A session that was put off moves the beginning, for the day is that of the term.
    """
    begun = []
    for term in Term.objects.filter(mandates__state=Mandate.State.ELECT, starts_on__lte=on).distinct():
        day = term.starts_on
        begun += take_many(SEAT, "begin", Mandate.objects.filter(term=term), by=by, on=day, started_on=day)
    return begun


@transaction.atomic
def end_term(term, *, announcement, on, by):
    """The seats of a term that is over end together, on the day of the first session of the next (任期届满).

    Gives the seats ended; a second press finds none. A seat with a step of a later day is left to be ended by itself.
    What a re-elected deputy has in hand goes over to his new seat as the old one ends, so the new ones stand first.
    """
    day = over_on(term, on=on)
    if day is None:
        raise ValidationError(_("%s还没有届满：下届首次会议举行以后才能办理。") % term)
    begin_terms(on=on, by=User.objects.robot())
    if not is_followed(term, on=on):
        raise ValidationError(_("下届代表还没有登入名册，请先导入下届名册，再终止%s的代表资格。") % term)
    words = announcement.strip()
    if not words:
        raise ValidationError({"announcement": _("请写明依据的会议或者公告。")})
    ground = G.TERM_ENDED
    rows = Mandate.objects.filter(term=term, congress__in=hats_of(by).clerk_of)
    facts = {"ground": str(ground.label), "announcement": words}
    return take_many(SEAT, "end", rows, by=by, on=day, facts=facts, ground=ground, announcement=words, ended_on=day)


def _step(name, seat, *, ground, announcement, on, by, version, **fields):
    facts = {"ground": str(G(ground).label) if ground else "", "announcement": announcement}
    fields |= {"ground": ground, "announcement": announcement}
    with SEAT.taking(name, seat, by=by, on=on, version=version, facts=facts, **fields):
        pass


@transaction.atomic
def enter(*, congress, term, values, groups, by):
    """Put one deputy on the roll; somebody known by his ID number is not put down a second time."""
    known = _known(values.get("id_number"))
    if known and known.mandates.filter(term=term).exists():
        raise ValidationError({"id_number": _("这个身份证号的代表已在名册里。")})
    if known and known.name != values["name"]:
        raise ValidationError({"id_number": _("身份证号和姓名对不上，请核对。")})
    deputy = known or Deputy.objects.create(**{name: values[name] for name in PERSON})
    seat = Mandate.objects.create(
        congress=congress,
        term=term,
        deputy=deputy,
        state=state_in(term, on=timezone.localdate()),
        **{name: values[name] for name in SEAT_FIELDS},
    )
    seat.groups.set(groups)
    journal.record(seat, "mandate.create", by=by, facts={"name": deputy.name})
    return seat


def mark_of(seat):
    """What changes as soon as something of a seat or its person does that its form shows; secret values it does not."""
    person = [getattr(seat.deputy, name) for name in PERSON if name not in SECRET]
    own = [getattr(seat, Mandate._meta.get_field(name).attname) for name in SEAT_FIELDS]
    return fingerprint([person, own, sorted(seat.groups.values_list("pk", flat=True))])


@transaction.atomic
def change(seat, *, values, groups, by, shown=""):
    """Change what the roll says; the journal keeps before and after, of personal data only that they changed.

    `shown` is the mark of what the page showed: it writes over nothing that it has not shown. What a step, an
    import or an account has done to the seat since `seat` was read stays.
    """
    standing = Mandate.objects.select_for_update(of=("self",)).select_related("deputy").get(pk=seat.pk)
    if shown and shown != mark_of(standing):
        raise ValidationError(_("这位代表的资料已经被别人改过，请重新打开这一页再改。"))
    read, before = _said_of(seat), _said_of(standing)
    changed = {name: values[name] for name in before if values[name] not in (read[name], before[name])}
    known = _known(changed.get("id_number"))
    if known and known != standing.deputy:
        raise ValidationError({"id_number": _("这个身份证号已登记给另一位代表。")})
    seat = standing
    write_over(seat, changed)
    old_groups = set(seat.groups.all())
    seat.groups.set(groups)
    facts = {name: _told(name, before[name], value) for name, value in changed.items()}
    if old_groups != set(groups):
        facts["groups"] = [sorted(f"{each}" for each in old_groups), sorted(f"{each}" for each in groups)]
    if facts:
        entry = journal.record(seat, "mandate.change", by=by, facts=facts)
        announce("mandate.change", Taken(None, seat, by, entry.on, facts=facts, entry=entry))


def _said_of(seat):
    return {name: getattr(seat.deputy, name) for name in PERSON} | {name: getattr(seat, name) for name in SEAT_FIELDS}


def write_over(seat, changes):
    """Write these fields of a seat and its person and no others: the rest may have changed since they were read."""
    of_person = [name for name in changes if name in PERSON]
    of_seat = [name for name in changes if name not in PERSON]
    for owner, names in ((seat.deputy, of_person), (seat, of_seat)):
        for name in names:
            setattr(owner, name, changes[name])
        if names:
            owner.save(update_fields=names)


@transaction.atomic
def say_expertise(seat, *, expertise, by):
    """The deputy says himself what he knows; whoever looks for that field finds him (专长)."""
    deputy = seat.deputy
    if deputy.user_id != by.pk:
        raise PermissionDenied("roll.say_expertise")
    if deputy.expertise == expertise:
        return
    before, deputy.expertise = deputy.expertise, expertise
    deputy.save(update_fields=["expertise"])
    facts = {"expertise": _told("expertise", before, expertise)}
    journal.record(seat, "mandate.expertise", by=by, facts=facts)


@transaction.atomic
def show_portrait(seat, photo, *, by):
    """Keep a deputy's photo; board, card and public page show it from now on (代表照片)."""
    wear_portrait(seat, files.store(photo, congress=seat.congress, by=by, case=seat), by=by)


def wear_portrait(seat, stored, *, by):
    """Put a stored photo in the place of the one before, of which no bytes are left (个人信息保护法 Art. 47)."""
    before, seat.deputy.portrait = seat.deputy.portrait, stored
    seat.deputy.save(update_fields=["portrait"])
    journal.record(seat, "mandate.portrait", by=by)
    if before:
        files.empty(before)


def _known(id_number):
    index = blind_index(id_number or "")
    return Deputy.objects.filter(id_number_index=index).first() if index else None


def _told(name, old, new):
    if name in SECRET:
        return _("已改动")
    return [f"{'' if old is None else old}", f"{'' if new is None else new}"]


def reveal(seat, field, *, by):
    """One personal value in full; whoever looks stands in the journal."""
    journal.record(seat, "mandate.reveal", by=by, facts={"field": str(SECRET[field])})
    return getattr(seat.deputy, field)


def note_export(congress, *, count, by, what):
    """An export of the roll stands in the journal of its congress."""
    journal.record(congress, "roll.export", by=by, facts={"count": count, "what": what}, congress=congress)


@transaction.atomic
def keep_body(body, *, by):
    """Write a delegation, group or constituency, new or changed."""
    body.save()
    journal.record(body.congress, "roll.body", by=by, facts={"name": body.name, "id": body.pk}, congress=body.congress)
    announce("roll.body", body)


@transaction.atomic
def remove_body(body, *, by):
    """Remove a body in which nobody sits."""
    congress, name = body.congress, body.name
    members = body.members if hasattr(body, "members") else body.mandates
    if members.exists():
        raise ValidationError(_("“%s”里还有代表，先把他们调出来再删除。") % name)
    try:
        body.delete()
    except ProtectedError:
        raise ValidationError(_("“%s”已被别处用到，不能删除。") % name) from None
    journal.record(congress, "roll.body", by=by, facts={"removed": name}, congress=congress)
