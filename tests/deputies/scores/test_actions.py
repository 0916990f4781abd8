"""Rules that don't change once adopted, periods that stand still once closed, objections that are traced."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate
from deputies.scores import actions
from deputies.scores.boards import now_of, rules_of
from deputies.scores.listing import closed_rows
from deputies.scores.models import Item, KindOfDeputy, Objection, PeriodClose, Scheme, ScoreLine, Standing, Version
from deputies.scores.simulation import simulate
from deputies.scores.windows import window_at, windows_within, year
from tests.factories.accounts import UserFactory
from tests.factories.roll import DelegationFactory
from tests.people import serving

TODAY = date(2026, 1, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def adopted(county, clerk):
    """A scheme in force since 2025 with the product's own twelve items."""
    scheme = actions.create_scheme(congress=county, name="履职积分", preset="product_default", on=TODAY, by=clerk)
    return actions.adopt(scheme.versions.get(), effective_from=date(2025, 1, 1), on=TODAY, by=clerk)


@pytest.fixture
def deputy(seat, deputy_user):
    return seat("田禾", user=deputy_user)


@pytest.fixture
def close(adopted, deputy, did, clerk):
    """2025 of the county, closed: one deputy with three led suggestions, another with nothing."""
    did(deputy, Kind.SUGGESTION, times=3)
    return actions.close_period(adopted.scheme, year(2025), on=TODAY, by=clerk)


# ---- rules


def test_a_version_in_force_is_never_changed(adopted, clerk):
    item = adopted.items.first()
    values = {name: getattr(adopted, name) for name in actions.schemes.FIELDS}
    for change in (
        lambda: actions.write(adopted, values=values | {"base": D(60)}, on=TODAY, by=clerk),
        lambda: actions.put_item(adopted, item, on=TODAY, by=clerk),
        lambda: actions.remove_item(item, on=TODAY, by=clerk),
        lambda: actions.drop(adopted, on=TODAY, by=clerk),
    ):
        with pytest.raises(ValidationError, match="已经施行"):
            change()


def test_a_new_version_is_a_copy_that_ends_the_old_one_the_day_before(adopted, clerk):
    scheme = adopted.scheme
    fresh = actions.draft(scheme, on=TODAY, by=clerk)
    assert [item.text for item in fresh.items.all()] == [item.text for item in adopted.items.all()]
    with pytest.raises(ValidationError, match="已经有一份草稿"):
        actions.draft(scheme, on=TODAY, by=clerk)
    actions.adopt(fresh, effective_from=date(2026, 1, 1), on=TODAY, by=clerk)
    adopted.refresh_from_db()
    assert adopted.effective_to == date(2025, 12, 31)
    assert rules_of(scheme, year(2025)) == adopted
    assert rules_of(scheme, year(2026)) == fresh
    assert rules_of(scheme, year(2024)) is None


def test_rules_begin_with_a_period_and_after_the_ones_in_force(adopted, clerk):
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    with pytest.raises(ValidationError, match="第一天"):
        actions.adopt(fresh, effective_from=date(2026, 2, 1), on=TODAY, by=clerk)
    with pytest.raises(ValidationError, match="要晚于现行版本"):
        actions.adopt(fresh, effective_from=date(2025, 1, 1), on=TODAY, by=clerk)


def test_rules_of_shorter_periods_begin_where_a_period_of_those_in_force_ends(adopted, clerk):
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    values = {name: getattr(fresh, name) for name in actions.schemes.FIELDS}
    actions.write(fresh, values=values | {"period": "quarter"}, on=TODAY, by=clerk)
    fresh.refresh_from_db()
    with pytest.raises(ValidationError, match="现行版本按"):
        actions.adopt(fresh, effective_from=date(2026, 4, 1), on=TODAY, by=clerk)
    actions.adopt(fresh, effective_from=date(2027, 1, 1), on=TODAY, by=clerk)


def test_rules_cannot_begin_in_a_period_that_is_closed(close, adopted, clerk):
    Version.objects.filter(pk=adopted.pk).update(effective_from=date(2024, 1, 1))
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    with pytest.raises(ValidationError, match="已经结转"):
        actions.adopt(fresh, effective_from=date(2025, 1, 1), on=TODAY, by=clerk)


def test_a_draft_that_says_nonsense_is_not_adopted(adopted, clerk):
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    Item.objects.filter(version=fresh, code="1").update(kinds=[])
    with pytest.raises(ValidationError, match="不能手工给分"):
        actions.adopt(fresh, effective_from=date(2026, 1, 1), on=TODAY, by=clerk)


def test_nobody_adopts_a_draft_that_was_written_anew_since_he_read_it(adopted, clerk):
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    values = {name: getattr(fresh, name) for name in actions.schemes.FIELDS}
    for change in (
        lambda: actions.write(fresh, values=values | {"base": D(60)}, on=TODAY, by=clerk),
        lambda: actions.put_item(fresh, fresh.items.first(), on=TODAY, by=clerk),
        lambda: actions.remove_item(fresh.items.last(), on=TODAY, by=clerk),
    ):
        read = Version.objects.get(pk=fresh.pk)
        change()
        with pytest.raises(StepNotOpen):
            actions.adopt(read, effective_from=date(2026, 1, 1), on=TODAY, by=clerk, version_number=read.version)
    assert Version.objects.get(pk=fresh.pk).is_draft


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("points", {"points": D("0.3")}),
        ("per_missing", {"norm": D(3), "per_missing": D(5)}),
        ("norm", {"way": Item.Way.NORM, "norm": None}),
        ("per_extra", {"norm": D(1), "per_extra": D(1)}),
        ("at_least", {"at_most": D(1), "at_least": D(2)}),
        ("full_until", {"then_percent": 50}),
        ("then_percent", {"full_until": 1, "then_percent": 120}),
        ("below_quantity", {"min_quantity": D(2), "below_quantity": D(1)}),
        ("why_off", {"is_off": True}),
        ("kinds", {"kinds": ["golf"]}),
        ("kinds", {"kinds": []}),
    ],
)
def test_what_no_rule_may_say_is_told_beside_its_field(field, values):
    item = Item(**({"code": "1", "text": "视察", "kinds": ["inspection"], "points": D(1)} | values))
    with pytest.raises(ValidationError) as refused:
        item.clean()
    assert list(refused.value.message_dict) == [field]


def test_only_the_clerk_of_the_congress_puts_rules_in_force(adopted, leader, clerk):
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    with pytest.raises(PermissionDenied):
        actions.adopt(fresh, effective_from=date(2026, 1, 1), on=TODAY, by=leader)


def test_dropping_the_only_draft_takes_the_scheme_along(county, clerk):
    scheme = actions.create_scheme(congress=county, name="空白", on=TODAY, by=clerk)
    actions.drop(scheme.versions.get(), on=TODAY, by=clerk)
    assert not Scheme.objects.exists()


def test_every_writing_of_rules_stands_in_the_journal(adopted, clerk):
    fresh = actions.draft(adopted.scheme, on=TODAY, by=clerk)
    actions.drop(fresh, on=TODAY, by=clerk)
    verbs = [entry.verb for entry in Entry.objects.of(adopted.scheme)]
    assert verbs == ["scheme.create", "scheme.draft", "scheme.drop"]
    assert [entry.verb for entry in Entry.objects.of(adopted)] == ["scoring.adopt"]


# ---- periods


def test_closing_writes_one_standing_each_whose_lines_add_up(close, deputy):
    standing = close.standings.get(mandate=deputy)
    assert standing.points == 15 - 4  # three suggestions; four group activities are missing
    assert sum(line.points for line in standing.lines.all()) == standing.points
    line = standing.lines.get(code="4")
    assert len(line.records) == 3
    assert [entry.verb for entry in Entry.objects.of(close)] == ["closing.close"]


def test_a_closed_period_stands_still_whatever_the_records_do(close, deputy, did):
    did(deputy, Kind.RECEPTION, times=2)
    DutyRecord.objects.filter(kind=Kind.SUGGESTION).update(state=DutyRecord.State.STRUCK)
    standing = Standing.objects.get(mandate=deputy)
    assert standing.points == 11
    assert now_of(standing).points == 8 - 4
    (row,) = closed_rows(close)
    assert (row.points, row.difference) == (11, -7)


deeds = st.lists(
    st.tuples(
        st.sampled_from(["add", "strike", "more", "later"]),
        st.sampled_from([Kind.SUGGESTION, Kind.RECEPTION, Kind.TRAINING]),
        st.integers(1, 5),
    ),
    max_size=8,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(deeds)
def test_whatever_happens_to_the_records_the_closed_lines_stay_what_they_were(close, deputy, did, deeds):
    def written():
        lines = ScoreLine.objects.filter(standing__close=close).order_by("pk")
        return list(close.standings.values()), list(lines.values())

    before = written()
    for deed, kind, number in deeds:
        rows = DutyRecord.objects.filter(mandate=deputy, kind=kind)
        if deed == "add":
            did(deputy, kind, times=number)
        elif deed == "strike":
            rows.update(state=DutyRecord.State.STRUCK)
        elif deed == "more":
            rows.update(quantity=number, state=DutyRecord.State.SETTLED)
        else:
            rows.update(held_on=date(2025 + number % 2, 6, 1))
    assert written() == before
    standing = close.standings.get()
    assert sum(line.points for line in standing.lines.all()) == standing.points
    (row,) = closed_rows(close)
    assert row.points + row.difference == now_of(standing).points


def test_a_row_of_a_closed_period_can_be_neither_changed_nor_taken_away(close):
    for row in (Standing.objects.first(), ScoreLine.objects.first()):
        with pytest.raises(TypeError, match="stands still"):
            row.save()
        with pytest.raises(TypeError, match="stands still"):
            row.delete()


def test_a_period_is_closed_once_and_not_before_its_end(close, adopted, clerk):
    with pytest.raises(ValidationError, match="已经结转"):
        actions.close_period(adopted.scheme, year(2025), on=TODAY, by=clerk)
    with pytest.raises(ValidationError, match="还不能结转"):
        actions.close_period(adopted.scheme, year(2026), on=TODAY, by=clerk)
    with pytest.raises(ValidationError, match="还没有规则"):
        actions.close_period(adopted.scheme, year(2024), on=TODAY, by=clerk)
    assert PeriodClose.objects.count() == 1


def test_records_that_wait_keep_a_period_open_until_the_clerk_says_otherwise(adopted, deputy, did, clerk):
    did(deputy, state=DutyRecord.State.CLAIMED)
    with pytest.raises(ValidationError, match="1 条登记没有核定"):
        actions.close_period(adopted.scheme, year(2025), on=TODAY, by=clerk)
    assert actions.close_period(adopted.scheme, year(2025), leaves_open=True, on=TODAY, by=clerk).pk


@pytest.mark.parametrize("deputies", [1, 3])
def test_closing_costs_as_many_statements_for_three_as_for_one(
    adopted, seat, did, clerk, deputies, django_assert_num_queries
):
    for _number in range(deputies):
        did(seat(), Kind.SUGGESTION, times=3)
    with django_assert_num_queries(28):
        actions.close_period(adopted.scheme, year(2025), on=TODAY, by=clerk)


def test_publishing_is_a_step_of_the_clerk_and_taken_once(close, clerk, leader):
    with pytest.raises(PermissionDenied):
        actions.publish(close, on=TODAY, by=leader)
    actions.publish(close, on=TODAY, by=clerk)
    assert close.state == PeriodClose.State.PUBLISHED
    with pytest.raises(StepNotOpen):
        actions.publish(close, on=TODAY, by=clerk)


@pytest.mark.parametrize(
    ("shown", "names"), [("own", {"田禾"}), ("body", {"田禾", "邻座"}), ("congress", {"田禾", "邻座", "外团"})]
)
def test_who_reads_the_ranking_is_a_setting_and_only_after_publication(
    adopted, deputy, seat, clerk, deputy_user, county, shown, names
):
    home = DelegationFactory(congress=county)
    Mandate.objects.filter(pk=deputy.pk).update(delegation=home)
    seat("邻座", delegation=home)
    seat("外团", delegation=DelegationFactory(congress=county))
    actions.change_scheme(adopted.scheme, name="履职积分", shown=shown, on=TODAY, by=clerk)
    close = actions.close_period(adopted.scheme, year(2025), on=TODAY, by=clerk)

    def seen():
        return {each.mandate.deputy.name for each in Standing.objects.visible_to(deputy_user)}

    assert seen() == {"田禾"}
    actions.publish(close, on=TODAY, by=clerk)
    assert seen() == names


# ---- objections


def test_a_deputy_objects_within_the_days_of_the_rulebook(close, deputy, deputy_user):
    standing = close.standings.get(mandate=deputy)
    assert close.object_until == TODAY + timedelta(days=10)
    with pytest.raises(ValidationError, match="已经过了"):
        actions.raise_objection(standing, text="少了一次接待", on=TODAY + timedelta(days=11), by=deputy_user)
    with pytest.raises(ValidationError, match="请写明"):
        actions.raise_objection(standing, text=" ", on=TODAY, by=deputy_user)
    actions.raise_objection(standing, text="少了一次接待", on=close.object_until, by=deputy_user)
    with pytest.raises(ValidationError, match="正在处理"):
        actions.raise_objection(standing, text="再说一次", on=TODAY, by=deputy_user)


def test_nobody_objects_for_another(close, deputy, clerk):
    with pytest.raises(PermissionDenied):
        actions.raise_objection(close.standings.get(mandate=deputy), text="不对", on=TODAY, by=clerk)


@pytest.fixture
def objection(close, deputy, deputy_user):
    standing = close.standings.get(mandate=deputy)
    return actions.raise_objection(standing, text="少了一次接待", on=TODAY, by=deputy_user)


def test_a_correction_is_reckoned_from_mended_records_and_never_typed(objection, deputy, did, clerk):
    with pytest.raises(ValidationError, match="没有变化"):
        actions.correct(objection, finding="属实", on=TODAY, by=clerk)
    did(deputy, Kind.RECEPTION)
    actions.correct(objection, finding="属实", on=TODAY, by=clerk)
    objection.refresh_from_db()
    assert (objection.state, objection.difference) == (Objection.State.CORRECTED, 4)
    assert Standing.objects.get(mandate=deputy).points == 11
    (row,) = closed_rows(objection.standing.close)
    assert (row.points, row.corrected, row.difference) == (11, 4, 0)
    assert [entry.verb for entry in Entry.objects.of(objection)] == ["objection.raise", "objection.correct"]


def test_a_second_correction_adds_only_what_is_new(objection, deputy, did, clerk, deputy_user):
    did(deputy, Kind.RECEPTION)
    actions.correct(objection, finding="属实", on=TODAY, by=clerk)
    again = actions.raise_objection(objection.standing, text="还少一次", on=TODAY, by=deputy_user)
    did(deputy, Kind.RECEPTION)
    actions.correct(again, finding="属实", on=TODAY, by=clerk)
    assert again.difference == 4


def test_upholding_needs_a_reason_and_the_clerk(objection, clerk, deputy_user):
    with pytest.raises(ValidationError, match="请写明理由"):
        actions.uphold(objection, finding="", on=TODAY, by=clerk)
    with pytest.raises(PermissionDenied):
        actions.uphold(objection, finding="不属实", on=TODAY, by=deputy_user)
    actions.uphold(objection, finding="登记无误", on=TODAY, by=clerk)
    assert objection.state == Objection.State.UPHELD


def test_a_deputy_takes_back_his_own_objection(objection, clerk, deputy_user):
    with pytest.raises(PermissionDenied):
        actions.withdraw(objection, on=TODAY, by=clerk)
    actions.withdraw(objection, on=TODAY, by=deputy_user)
    assert objection.state == Objection.State.WITHDRAWN


def test_a_button_pressed_twice_objects_once(close, deputy, deputy_user):
    standing = close.standings.get(mandate=deputy)
    actions.raise_objection(standing, text="不对", on=TODAY, by=deputy_user, request_key="k")
    with pytest.raises((ValidationError, journal.AlreadyRecorded)), transaction.atomic():
        actions.raise_objection(standing, text="不对", on=TODAY, by=deputy_user, request_key="k")
    assert Objection.objects.count() == 1


# ---- no legal effect


def test_no_act_of_scoring_touches_a_mandate(county, adopted, seat, did, clerk, deputy_user):
    """代表法 Arts. 61-63 give the only grounds: the lowest band, year after year, changes nothing."""
    mandate = seat(user=deputy_user)
    before = Mandate.objects.values().get(pk=mandate.pk)
    entries = Entry.objects.of(mandate).count()
    did(mandate, Kind.SESSION, outcome=DutyRecord.Outcome.ABSENT, times=4)
    close = actions.close_period(adopted.scheme, year(2025), on=TODAY, by=clerk)
    actions.publish(close, on=TODAY, by=clerk)
    objection = actions.raise_objection(close.standings.get(), text="不对", on=TODAY, by=deputy_user)
    did(mandate, Kind.RECEPTION)
    actions.correct(objection, finding="属实", on=TODAY, by=clerk)
    actions.place_kinds(county, {mandate.pk: "leader"}, on=TODAY, by=clerk)
    assert close.standings.get().points < 0
    assert Mandate.objects.values().get(pk=mandate.pk) == before
    assert Entry.objects.of(mandate).count() == entries


# ---- kinds, simulation, periods


def test_kinds_are_written_once_and_ordinary_ones_have_no_row(county, seat, clerk):
    mandate = seat()
    assert actions.place_kinds(county, {mandate.pk: "mobile"}, on=TODAY, by=clerk) == 1
    assert actions.place_kinds(county, {mandate.pk: "mobile"}, on=TODAY, by=clerk) == 0
    assert actions.place_kinds(county, {mandate.pk: "ordinary"}, on=TODAY, by=clerk) == 1
    assert not KindOfDeputy.objects.exists()


def test_a_new_rule_is_tried_on_last_year_and_changes_nothing(rules, seat, did, county, clerk):
    """U14: the twenty largest changes, and how alike the rankings are."""
    for number in range(25):
        mandate = seat(f"代表{number}")
        did(mandate, Kind.INSPECTION, times=number)
        did(mandate, Kind.VISIT, times=24 - number)
    old = rules({}, {"kinds": ["visit"], "points": D(0)})
    new = rules({"points": D(0)}, {"kinds": ["visit"]}, scheme=old.scheme, number=2, draft=True)
    found = simulate(old, new, 2025)
    assert found.correlation == pytest.approx(-1)
    assert len(found.largest) == 20
    assert found.largest[0].rank_before in (1, 25)
    assert abs(found.largest[0].moved) == 24
    assert len(found.moved) == 24  # the one in the middle keeps his place
    assert found.kinds == [("ordinary", 25, [24, 24])]
    assert not PeriodClose.objects.exists()


def test_a_rule_by_the_quarter_is_added_up_over_the_year(rules, seat, did):
    mandate = seat()
    for month in (2, 5, 8, 11):
        did(mandate, held_on=date(2025, month, 3), times=1)
    old = rules({})
    new = rules({"at_most": D(1)}, scheme=old.scheme, number=2, draft=True, period=Version.Period.QUARTER)
    (change,) = simulate(old, new, 2025).changes
    assert (change.points_before, change.points_after) == (8, 4)


def test_periods_cover_a_year_without_gap_or_overlap(term):
    for period, count in (("month", 12), ("quarter", 4), ("half", 2), ("year", 1)):
        windows = windows_within(period, date(2026, 1, 1), date(2026, 12, 31))
        assert len(windows) == count
        assert sum(each.days for each in windows) == 365
        assert all(each.label for each in windows)
    found = window_at("term", date(2026, 3, 1), terms=[term])
    assert (found.code, found.label, found.first, found.last) == (
        "T18",
        "第十八届",
        date(2022, 1, 10),
        date(2027, 1, 9),
    )
    assert window_at("term", date(2021, 3, 1), terms=[term]) is None


def test_who_sees_a_scheme_is_who_watches_or_sits_there(adopted, close, person):
    far = UserFactory()
    for role in Role:
        user = person(role)
        expected = role in {Role.NPC_CLERK, Role.LEADER, Role.DEPUTY}
        assert Scheme.objects.visible_to(user).exists() == expected, role
    assert not Scheme.objects.visible_to(far).exists()


def test_a_township_does_not_see_the_scores_of_the_county(close, township):
    clerk = serving(Role.TOWNSHIP_CLERK, township)
    assert not Standing.objects.visible_to(clerk).exists()
    assert not PeriodClose.objects.visible_to(clerk).exists()
