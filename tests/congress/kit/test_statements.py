"""Queries that are built once answer like those that are built each time."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Case, F, Q, Value, When

from congress.kit import statements
from congress.kit.statements import Statement, mark_of, trace_of
from congress.organs.models import Department, Membership, Organ, Term
from tests.factories.organs import DepartmentFactory, MembershipFactory, TermFactory

pytestmark = pytest.mark.django_db

MARCH_1 = date(2026, 3, 1)


@pytest.fixture
def departments(county):
    return [DepartmentFactory(congress=county, position=number, valid_from=MARCH_1) for number in range(4)]


def test_it_answers_what_the_queryset_answers_and_is_built_once_for_a_shape(departments):
    built = []

    @Statement
    def named(pks, on):
        built.append(pks)
        return Department.objects.standing(on=on).filter(pk__in=pks).order_by("pk").values_list("pk", "name")

    for chosen in (departments[:2], departments[2:]):
        pks = [each.pk for each in chosen]
        assert named(pks=pks, on=MARCH_1) == [(each.pk, each.name) for each in chosen]
        assert named(pks=pks, on=MARCH_1 - timedelta(days=1)) == []
    assert len(built) == 2  # and once more to see that it does not compute with them
    assert len(named(pks=[each.pk for each in departments], on=MARCH_1)) == 4
    assert len(built) == 4


def test_rows_come_as_the_queryset_gives_them_and_models_with_what_was_selected(departments, django_assert_num_queries):
    membership = MembershipFactory(organ=departments[0])
    of_user = Statement(lambda user: Membership.objects.filter(user=user).select_related("organ__congress"))
    with django_assert_num_queries(1):
        found = of_user(user=membership.user_id)
        assert [(each, each.organ.name, each.organ.congress.code) for each in found] == [
            (membership, departments[0].name, departments[0].congress.code)
        ]
    as_dicts = Statement(lambda pk: Organ.objects.filter(pk=pk).values("name", here=F("pk")))
    assert as_dicts(pk=departments[1].pk) == [{"name": departments[1].name, "here": departments[1].pk}]
    flat = Statement(lambda pk: Organ.objects.filter(pk=pk).values_list("valid_from", flat=True))
    assert flat(pk=departments[1].pk) == [MARCH_1]


def test_nothing_is_asked_of_the_database_where_nothing_can_be_found(departments, django_assert_num_queries):
    within = Statement(lambda pks: Organ.objects.filter(pk__in=pks))
    with django_assert_num_queries(0):
        assert within(pks=()) == []


def test_equal_values_stay_equal_while_it_is_built(departments):
    @dataclass(frozen=True)
    class Hats:
        clerk_of: frozenset
        watches: frozenset

    seen = Statement(lambda hats: Organ.objects.filter(pk__in=hats.watches - hats.clerk_of).order_by("pk"))
    one, two, three, _four = (each.pk for each in departments)
    for hats in (Hats(frozenset({one}), frozenset({one, two})), Hats(frozenset({two}), frozenset({one, three}))):
        assert {each.pk for each in seen(hats=hats)} == hats.watches - hats.clerk_of


def test_texts_and_truths_decide_the_shape(departments):
    @Statement
    def found(name, is_named):
        return Organ.objects.filter(Q(name=name) if is_named else ~Q(name=name), kind="department").values_list("pk")

    assert found(name=departments[0].name, is_named=True) == [(departments[0].pk,)]
    assert found(name=departments[1].name, is_named=True) == [(departments[1].pk,)]
    assert len(found(name=departments[0].name, is_named=False)) == 3


def test_a_statement_that_computes_with_its_values_is_refused(departments):
    later = Statement(lambda on: Organ.objects.standing(on=on + timedelta(days=1)))
    with pytest.raises(ValueError, match="computes"):
        later(on=MARCH_1)
    said = Statement(lambda pk: Organ.objects.annotate(said=Case(When(pk=pk, then=Value(f"№{pk}")))))
    with pytest.raises(ValueError, match="computes"):
        said(pk=1)


@pytest.mark.parametrize("where", [lambda number: Q(number=number), lambda number: Q(number=number) | Q(pk=0)])
def test_a_value_that_a_column_could_not_hold_is_refused_rather_than_never_found(county, where):
    """PostgreSQL's columns have bounds, and the ORM leaves out what lies beyond them; SQLite's have none."""
    term = TermFactory(congress=county, number=7)
    numbered = Statement(lambda number: Term.objects.filter(where(number)))
    if connection.vendor == "postgresql":
        with pytest.raises(ValueError, match="column"):
            numbered(number=term.number)
    else:
        assert numbered(number=term.number) == [term]


def test_a_statement_of_too_many_shapes_forgets_them(departments, monkeypatch):
    monkeypatch.setattr(statements, "SHAPES", 2)
    within = Statement(lambda pks: Organ.objects.filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
    pks = [each.pk for each in departments]
    assert [len(within(pks=pks[:number])) for number in (1, 2, 3, 4, 1)] == [1, 2, 3, 4, 1]
    assert len(within._made) <= 2


def test_answers_are_known_by_a_mark_of_what_the_database_told(departments):
    named = Statement(lambda pk: Organ.objects.filter(pk=pk))
    one, other = (departments[place].pk for place in (0, 1))
    marks = [mark_of(named.ask(pk=pk), "beside") for pk in (one, one, other)]
    assert marks[0] == marks[1] != marks[2]
    assert mark_of(named.ask(pk=one), "else") != marks[0]
    assert named.ask(pk=one).rows() == named(pk=one) == [Organ.objects.get(pk=one)]


def test_more_statements_than_a_connection_remembers_are_asked_all_the_same(departments, monkeypatch):
    monkeypatch.setattr(statements, "PREPARED", 2)
    pks = [each.pk for each in departments]
    for _time in range(2):
        for number in range(1, 5):
            within = Statement(lambda pks: Organ.objects.filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
            assert within(pks=pks[:number]) == pks[:number]


def test_questions_leave_a_trace_that_changes_with_any_answer(departments, django_assert_num_queries):
    named = Statement(lambda pk: Organ.objects.filter(pk=pk).select_related("congress").order_by("name"))
    nobody = Statement(lambda pks: Organ.objects.filter(pk__in=pks))
    one, other = (departments[place].pk for place in (0, 1))

    def trace():
        return trace_of(named.about(pk=one), nobody.about(pks=()), named.about(pk=other))

    before = trace()
    assert trace() == before
    Organ.objects.filter(pk=other).update(short_name="改过的简称")
    assert trace() != before
    assert trace_of(named.about(pk=other)) != trace_of(named.about(pk=one))
    if connection.vendor == "postgresql":
        with django_assert_num_queries(1):
            trace()


def test_a_column_that_is_called_as_the_rows_are_hides_no_other(departments):
    told = Statement(lambda pk: Organ.objects.filter(pk=pk).annotate(told=F("pk")))
    before = trace_of(told.about(pk=departments[0].pk))
    Organ.objects.filter(pk=departments[0].pk).update(short_name="改过的简称")
    assert trace_of(told.about(pk=departments[0].pk)) != before


def test_a_question_is_asked_once_and_only_when_its_rows_are_wanted(departments, django_assert_num_queries):
    named = Statement(lambda pk: Organ.objects.filter(pk=pk))
    with django_assert_num_queries(0):
        question = named.about(pk=departments[0].pk)
    with django_assert_num_queries(1):
        assert [each.name for each in [*question.rows(), *question.rows()]] == [departments[0].name] * 2
