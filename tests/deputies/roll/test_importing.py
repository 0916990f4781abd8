"""An import from upload to roll-back, each step of it safe to run twice."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from congress.files.actions import store
from congress.kit.personal import blind_index, decrypt
from congress.kit.uploads import SHEETS
from deputies.roll import actions, importing, tasks
from deputies.roll.models import Constituency, Delegation, Deputy, Import, ImportRow, Mandate
from tests.deputies.roll.rosters import HEAD, as_csv, id_number, person, upload
from tests.factories.accounts import UserFactory
from tests.factories.organs import CongressFactory

TODAY = date(2026, 3, 1)
S, V, D = Import.State, ImportRow.Verdict, ImportRow.Decision


def put_in(batch, **how):
    importing.confirm(batch, leaves_errors_out=how.get("leaves_errors_out", False), by=batch.by)
    importing.apply_batch(batch)
    batch.refresh_from_db()
    return batch


def test_a_checked_roster_keeps_a_verdict_for_each_row_and_writes_nothing(bring):
    batch = bring(person("田禾"), person("谷雨", 性别="未知"))
    assert (batch.state, batch.total, batch.counts[V.NEW], batch.counts[V.ERROR]) == (S.CHECKED, 2, 1, 1)
    assert [row.verdict for row in batch.rows.all()] == [V.NEW, V.ERROR]
    assert Mandate.objects.count() == 0


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(bring):
    batch = bring(["田禾"], head=["什么也不是"])
    assert batch.state == S.REFUSED
    assert "找不到表头" in batch.problem


def test_an_error_keeps_everything_out_until_the_clerk_leaves_it_out(bring):
    batch = bring(person("田禾"), person("谷雨", 性别="未知"))
    with pytest.raises(importing.NotImported):
        importing.confirm(batch, leaves_errors_out=False, by=batch.by)
    assert put_in(batch, leaves_errors_out=True).state == S.APPLIED
    assert list(Mandate.objects.values_list("deputy__name", flat=True)) == ["田禾"]


def test_the_rows_of_the_file_stay_as_they_were_checked_when_they_are_written(bring):
    batch = bring(person("田禾"), person("谷雨", 出生年月="1975年"))
    checked = {row.number: (row.cells, row.messages) for row in batch.rows.all()}
    put_in(batch)
    assert {row.number: (row.cells, row.messages) for row in batch.rows.all()} == checked


def test_a_roster_brings_what_deputies_know(bring):
    put_in(bring([*person("田禾"), "水利，法律；水利"], person("谷雨"), head=[*HEAD, "业务专长"]))
    assert dict(Deputy.objects.values_list("name", "expertise")) == {"田禾": "水利、法律", "谷雨": ""}


def test_an_empty_structure_is_kept_as_nothing_and_no_structure_as_none(bring):
    row = bring(person("田禾")).rows.get()
    assert (row.messages, row.before) == ([], None)
    ImportRow.objects.filter(pk=row.pk).update(before={})
    assert ImportRow.objects.get(pk=row.pk).before == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT messages FROM roll_importrow WHERE id = %s", [row.pk])
        assert cursor.fetchone() == ("",)


def test_confirming_and_applying_twice_writes_once(bring):
    batch = put_in(bring(person("田禾")))
    with pytest.raises(importing.NotImported):
        importing.confirm(batch, leaves_errors_out=False, by=batch.by)
    importing.apply_batch(batch)
    assert Mandate.objects.count() == Deputy.objects.count() == Delegation.objects.count() == 1


def test_a_roll_that_changed_since_the_check_is_shown_again(bring, take_in):
    batch = bring(person("田禾", 出生年月="1980-01"))
    take_in(person("田禾"))
    batch = put_in(batch)
    assert (batch.state, batch.counts[V.ERROR], Mandate.objects.count()) == (S.CHECKED, 1, 1)
    assert batch.problem
    assert batch.confirmed_by is None  # it is to be confirmed once more


def test_what_a_seat_underwent_while_a_roster_was_judged_stays(county, term, take_in, clerk):
    head = (*HEAD, "代表证号", "手机号")
    take_in([*person("田禾"), "1", ""], [*person("谷雨"), "2", ""], head=head)
    rows = as_csv([head, [*person("田禾", 党派="群众"), "1", ""], [*person("谷雨"), "2", "13800000009"]])
    _headings, lines, new = importing.check_file(rows, name="名册.csv", congress=county, term=term)
    seat, account = Mandate.objects.get(certificate_number="1"), UserFactory()
    actions.suspend(seat, ground="detained", announcement="第 3 号报告", on=TODAY, by=clerk, version=0)
    Deputy.objects.filter(pk=seat.deputy_id).update(user=account, address="河东路 1 号")
    importing.write(lines, new, congress=county, term=term)
    seat.refresh_from_db()
    assert (seat.state, seat.version, seat.ground) == (Mandate.State.SUSPENDED, 1, "detained")
    assert (seat.deputy.user, seat.deputy.address, seat.deputy.party) == (account, "河东路 1 号", "群众")
    other = Deputy.objects.get(name="谷雨")
    assert (other.phone, other.phone_index) == ("13800000009", blind_index("13800000009"))


def test_the_clerk_decides_who_a_row_is_and_which_row_stays_out(bring, take_in):
    take_in(person("田禾"))
    batch = bring(person("田禾", 出生年月="1980-01"), person("谷雨"))
    asked, fresh = batch.rows.all()
    assert asked.asks_who
    importing.decide(batch, {asked.pk: D.OTHER, fresh.pk: D.SKIP}, by=batch.by)
    batch.refresh_from_db()
    importing.check_batch(batch)
    batch.refresh_from_db()
    assert batch.counts[V.ERROR] == 0
    put_in(batch)
    assert sorted(Mandate.objects.values_list("deputy__name", flat=True)) == ["田禾", "田禾"]


def test_the_last_import_is_rolled_back_whole(bring, clerk, take_in):
    head = (*HEAD, "代表证号", "选区")
    take_in([*person("谷雨"), "7", ""], head=head)
    batch = put_in(
        bring(
            [*person("田禾", 代表团="柳溪镇代表团"), "8", "第一选区"],
            [*person("谷雨", 单位及职务="校长"), "7", ""],
            head=head,
        )
    )
    assert Mandate.objects.count() == 2
    importing.roll_back(batch, by=clerk, reason="传错了文件")
    assert list(Mandate.objects.values_list("deputy__name", "deputy__position_held")) == [("谷雨", "青石村农民")]
    assert list(Delegation.objects.values_list("name", flat=True)) == ["青石镇代表团"]
    assert not Constituency.objects.exists()
    batch.refresh_from_db()
    assert batch.state == S.UNDONE


def test_nothing_is_rolled_back_once_somebody_worked_on_it(bring, clerk):
    batch = put_in(bring(person("田禾")))
    seat = Mandate.objects.get()
    actions.suspend(seat, ground="detained", announcement="第 1 号报告", on=seat.started_on, by=clerk, version=0)
    with pytest.raises(importing.NotImported):
        importing.roll_back(batch, by=clerk, reason="传错了文件")
    assert Mandate.objects.count() == 1


def test_nothing_is_rolled_back_once_a_deputy_has_an_account(bring, clerk):
    batch = put_in(bring(person("田禾")))
    Deputy.objects.update(user=UserFactory())
    with pytest.raises(importing.NotImported):
        importing.roll_back(batch, by=clerk, reason="传错了文件")
    assert Deputy.objects.count() == 1


def test_only_the_last_import_is_rolled_back(bring, clerk):
    first = put_in(bring(person("田禾")))
    put_in(bring(person("谷雨")))
    with pytest.raises(importing.NotImported, match="最后一次"):
        importing.roll_back(first, by=clerk, reason="传错了文件")


def test_personal_data_of_a_roster_is_nowhere_in_plain(bring):
    head = (*HEAD, "手机号", "身份证号")
    put_in(bring([*person("田禾"), "13800000001", id_number()], head=head))
    with connection.cursor() as cursor:
        stored = []
        for table, columns in (("roll_deputy", "born, phone, id_number"), ("roll_importrow", "cells, messages")):
            cursor.execute(f"SELECT {columns} FROM {table}")
            stored += [value for row in cursor.fetchall() for value in row if value]
    assert not any(secret in value for value in stored for secret in ("13800000001", "1101011990", "1976-05"))
    assert "13800000001" in [decrypt(value) for value in stored if not value.startswith("{")]


def test_a_row_that_somebody_wrote_by_hand_meanwhile_survives_the_roll_back(bring, take_in, clerk):
    head = (*HEAD, "代表证号")
    take_in([*person("田禾"), "1"], head=head)
    batch = bring([*person("田禾", 单位及职务="校长"), "1"], [*person("谷雨"), "2"], head=head)
    take_in([*person("田禾", 单位及职务="校长"), "1"], head=head)
    batch = put_in(batch)
    importing.roll_back(batch, by=clerk, reason="传错了文件")
    assert list(Mandate.objects.values_list("deputy__name", "deputy__position_held")) == [("田禾", "校长")]


def test_a_standing_seat_beside_a_row_in_error_survives_the_roll_back(bring, take_in, clerk):
    head = (*HEAD, "代表证号")
    take_in([*person("田禾"), "1"], head=head)
    batch = bring([*person("谷雨"), "2"], [*person("田禾"), "2"], head=head)
    batch = put_in(batch, leaves_errors_out=True)
    importing.roll_back(batch, by=clerk, reason="传错了文件")
    assert list(Mandate.objects.values_list("deputy__name", flat=True)) == ["田禾"]


def test_what_a_killed_worker_left_is_made_good_once(bring, county, term, clerk):
    batch = bring(person("田禾"))
    importing.confirm(batch, leaves_errors_out=False, by=batch.by)
    again = store(upload([HEAD, person("田禾")]), congress=county, by=clerk, kinds=SHEETS)
    waiting = importing.upload(again, congress=county, term=term, by=clerk)
    assert tasks.imports(at=timezone.now()) == 2
    batch.refresh_from_db()
    waiting.refresh_from_db()
    assert (batch.state, waiting.state, Mandate.objects.count()) == (S.APPLIED, S.CHECKED, 1)
    assert tasks.imports(at=timezone.now()) == 0


def test_a_slow_second_check_does_not_undo_what_the_clerk_confirmed(bring):
    batch = bring(person("田禾"))
    late = Import.objects.get(pk=batch.pk)
    late.state = S.WAITING  # as the slower worker read it
    importing.confirm(batch, leaves_errors_out=False, by=batch.by)
    importing.check_batch(late)
    batch.refresh_from_db()
    assert batch.state == S.CONFIRMED


def test_a_decision_outlives_the_check_after_it(bring):
    batch = bring(person("田禾"), person("谷雨"))
    row = batch.rows.last()
    importing.decide(batch, {row.pk: D.SKIP}, by=batch.by)
    batch.refresh_from_db()
    importing.check_batch(batch)
    assert batch.rows.get(pk=row.pk).decision == D.SKIP
    assert sum(batch.counts.values()) == batch.total == 2


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("柳溪镇代表团", "柳溪镇"),
        ("柳溪镇第一代表团", "柳溪镇"),
        ("柳溪代表团", "柳溪镇"),
        ("柳溪镇", "柳溪镇"),
        ("柳溪口镇代表团", ""),
        ("驻县部队代表团", ""),
    ],
)
def test_a_new_delegation_is_put_to_the_township_of_its_name(take_in, township, county, name, region):
    CongressFactory(township=True, parent=county, region="青石镇")
    take_in(person("田禾", 代表团=name))
    (delegation,) = Delegation.objects.all()
    assert (delegation.township.region if delegation.township else "") == region


def test_a_deputy_of_a_by_election_sits_from_the_day_of_it_and_nobody_before_the_first_session(bring):
    head = [*HEAD, "备注", "当选日期"]
    batch = bring(
        [*person("田禾"), "", "2021年12月28日"],
        [*person("谷雨"), "补选", "2024.3.5"],
        [*person("麦穗"), "补选", ""],
        [*person("禾苗"), "", ""],
        head=head,
    )
    told = {row.number: row.messages for row in batch.rows.all() if row.messages}
    assert told == {4: ["是补选的代表，没有写当选日期，先从本届首次会议（2022年1月10日）算起。"]}
    put_in(batch)
    first = date(2022, 1, 10)
    assert dict(Mandate.objects.values_list("deputy__name", "started_on")) == {
        "田禾": first,
        "谷雨": date(2024, 3, 5),
        "麦穗": first,
        "禾苗": first,
    }


def test_a_day_of_election_that_comes_later_is_written_and_taken_back_with_the_import(bring):
    head, one = [*HEAD, "身份证号", "备注", "补选日期"], [*person("谷雨"), id_number(), "补选"]
    put_in(bring([*one, ""], head=head))
    batch = put_in(bring([*one, "2024-03-05"], head=head))
    assert Mandate.objects.get().started_on == date(2024, 3, 5)
    assert bring([*one, "2024-03-05"], head=head).counts[V.DUPLICATE] == 1
    importing.roll_back(batch, by=batch.by, reason="导错了表。")
    assert Mandate.objects.get().started_on == date(2022, 1, 10)


def test_a_day_of_election_after_the_term_is_an_error(bring, term):
    term.ends_on = date(2027, 1, 8)
    term.save()
    batch = bring([*person("谷雨"), "2027-02-01"], head=[*HEAD, "当选日期"])
    (row,) = batch.rows.all()
    assert (row.verdict, row.messages) == (V.ERROR, ["当选日期在下届首次会议（2027年1月8日）以后，请核对。"])
