"""Pages of long lists are counted once and no further than is worth reading."""

from datetime import date

import pytest
from django.db.models import Case, DateField, Q, When

from congress.accounts.models import User
from congress.kit import paging
from congress.rulebook.models import CalendarDay
from tests.factories.accounts import UserFactory


def test_a_page_number_that_does_not_exist_leads_to_the_nearest():
    rows = range(60)
    assert paging.page_of(rows, "9").number == 3
    assert paging.page_of(rows, "nonsense").number == 1
    assert list(paging.page_of(rows, 3)) == list(range(50, 60))


@pytest.mark.django_db
def test_a_count_that_is_known_is_not_asked_again(django_assert_num_queries):
    UserFactory.create_batch(3)
    with django_assert_num_queries(1):
        page = paging.page_of(User.objects.order_by("pk"), 1, count=3)
        assert len(list(page)) == 3
    assert page.paginator.count == 3


@pytest.mark.django_db
def test_several_counts_stand_in_one_statement_and_stop_at_the_limit(monkeypatch, django_assert_num_queries):
    UserFactory.create_batch(3)
    monkeypatch.setattr(paging, "COUNTED", 2)
    with django_assert_num_queries(1):
        row = User.objects.values("pk").annotate(all=paging.CountUpTo(User.objects.all())).first()
    assert row["all"] == 2


@pytest.mark.django_db
def test_one_pass_counts_all_rows_and_those_of_each_condition(django_assert_num_queries):
    UserFactory.create_batch(2, name="周一")
    UserFactory(name="周二")
    here = User.objects.filter(name__startswith="周")
    wheres = [Q(name="周一"), Q(name="周二"), Q(pk__in=())]
    with django_assert_num_queries(1):
        (told,) = User.objects.filter(name="周二").values_list(paging.CountsUpTo(here, wheres), flat=True)
    assert paging.CountsUpTo.read(told) == [3, 2, 1, 0]
    (nothing,) = User.objects.filter(name="周二").values_list(paging.CountsUpTo(User.objects.none(), wheres), flat=True)
    assert paging.CountsUpTo.read(nothing) == []


@pytest.mark.django_db
def test_a_count_brings_the_first_day_along_even_where_it_stops_at_the_limit(monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 2)
    for day in (None, date(2026, 12, 9), date(2026, 12, 4)):
        CalendarDay.objects.create(date=day or date(2027, 1, 1), name="有日" if day else "无日", is_workday=False)
    days = CalendarDay.objects.filter(name__in=["有日", "无日"])
    with_day = Case(When(name="有日", then="date"), output_field=DateField())
    user = UserFactory()

    def counted(rows):
        (told,) = User.objects.filter(pk=user.pk).values_list(paging.CountAndFirst(rows, with_day), flat=True)
        return paging.CountAndFirst.read(told)

    assert counted(days) == (2, date(2026, 12, 4))
    assert counted(days.filter(name="无日")) == (1, None)
    assert counted(days.none()) == (0, None)
