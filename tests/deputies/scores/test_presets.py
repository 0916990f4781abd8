"""The published rule sets load as data, say where they stand, and score what is known of them correctly."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError

from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup
from deputies.scores import actions
from deputies.scores.models import Version
from deputies.scores.presets import items_of, presets
from deputies.scores.tally import Tally

NEW_YEAR = date(2025, 1, 1)
KNOWN = {
    "product_default": 12, "yinchuan_2017": 6, "jiangbei_2014": 3, "dongbao_2018": 2, "shigu_2022": 2, "xiangzhou": 5,
    "hunchun_2025": 3, "hanbin_jiangbei_2019": 7, "bishan": 1, "yuanjiang_2020": 3, "ruzhou_form": 7, "rudong_2023": 0,
    "chunfu_township": 13, "minhang_cppcc": 11,
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(county, term, clerk):
    """load(code) → the adopted version of a sample."""

    def loaded(code, **changes):
        scheme = actions.create_scheme(congress=county, name=code, preset=code, on=NEW_YEAR, by=clerk)
        version = scheme.versions.get()
        first = term.starts_on if version.period == Version.Period.TERM else NEW_YEAR
        return actions.adopt(version, effective_from=first, on=NEW_YEAR, by=clerk)

    return loaded


@pytest.fixture
def score(y2025):
    """score(version) → {text of the item: points} of the only one who is scored."""

    def scored(version):
        (row,) = Tally(version, y2025).scored()
        return {line.item.text: line.points for line in row.score.lines}, row.points

    return scored


def test_every_sample_holds_what_is_known_and_says_where_it_stands():
    assert {code: len(each.items) for code, each in presets().items()} == KNOWN
    assert [code for code, each in presets().items() if not each.source or not each.note] == []


@pytest.mark.parametrize("code", KNOWN)
def test_every_sample_makes_a_draft_that_breaks_no_rule(county, clerk, code):
    scheme = actions.create_scheme(congress=county, name="试", preset=code, on=NEW_YEAR, by=clerk)
    version = scheme.versions.get()
    assert version.is_draft
    assert version.items.count() == KNOWN[code]
    for item in version.items.all():
        item.full_clean()


def test_a_sample_whose_points_were_not_published_waits_for_them(load):
    with pytest.raises(ValidationError, match="还没有一个项目有分值"):
        load("yinchuan_2017")


def test_donations_are_off_and_say_why(load, seat, did, score):
    mandate = seat()
    did(mandate, Kind.OTHER, title="慈善捐款 999 元", level=DutyRecord.Level.OFFICE)
    did(mandate, Kind.RECEPTION, times=2, level=DutyRecord.Level.TOWNSHIP)
    did(mandate, Kind.RECEPTION, level=DutyRecord.Level.GROUP)
    version = load("shigu_2022")
    assert score(version) == ({"联络站接待一次": 10}, 10)
    off = version.items.get(is_off=True)
    assert off.points == 10
    assert "捐款" in off.why_off


def test_jiangbei_gives_for_suggestions_and_inspections_and_takes_for_leave(load, seat, did, score):
    mandate = seat()
    did(mandate, Kind.SUGGESTION, times=2)
    did(mandate, Kind.INSPECTION)
    did(mandate, Kind.SESSION, outcome=DutyRecord.Outcome.LEAVE, quantity=3)
    lines, total = score(load("jiangbei_2014"))
    assert list(lines.values()) == [6, 3, -3]
    assert total == 6


def test_chunfu_scores_the_group_with_extra_and_missing(load, seat, did, score, county):
    group = DeputyGroup.objects.create(congress=county, name="一组")
    members = [seat("甲"), seat("乙")]
    group.members.set(members)
    for mandate in members:
        did(mandate, Kind.SESSION)
        for number in range(4):
            did(mandate, Kind.GROUP_ACTIVITY, source_kind="activities.activity", source_id=number)
        did(mandate, Kind.VISIT)
    did(members[0], Kind.SUGGESTION, times=5)
    did(members[0], Kind.SPEECH)
    did(members[1], Kind.SPEECH)
    lines, total = score(load("chunfu_township"))
    assert lines["出席人代会不缺席、不迟到、不早退"] == 10
    assert lines["书面建议 3 条"] == 20
    assert lines["1 名代表作审议发言"] == 15
    assert lines["全年小组活动 4 次并汇报"] == 10
    assert lines["小组活动有规范记录"] == 5
    assert lines["每名代表联系 10 户、走访 1 次以上"] == 5
    assert total == 65


def test_a_chunfu_group_that_wrote_one_suggestion_lacks_two(load, seat, did, score, county):
    DeputyGroup.objects.create(congress=county, name="一组").members.add(seat())
    assert score(load("chunfu_township"))[0]["书面建议 3 条"] == -5


def test_minhang_counts_a_proposal_once_and_the_higher_of_own_and_joint(load, seat, did, score):
    mandate = seat()
    did(mandate, Kind.COSIGN, times=4)
    version = load("minhang_cppcc")
    assert score(version)[1] == 3
    did(mandate, Kind.SUGGESTION, times=3)
    lines, total = score(version)
    assert (lines["立案提案，个人或者主笔"], lines["立案提案，参与联名"], total) == (15, 0, 15)
    did(mandate, Kind.AWARD, title="重点提案主笔")
    did(mandate, Kind.AWARD, title="优秀提案参与")
    did(mandate, Kind.TRAINING, title="外出集中培训", quantity=D("0.5"))
    did(mandate, Kind.SESSION, quantity=5)
    assert score(version)[1] == 15 + 15 + 2 + 5 + 25


def test_the_products_own_twelve_score_a_year_with_caps_and_norms(load, seat, did, score):
    mandate = seat()
    did(mandate, Kind.SUGGESTION, times=9)
    did(mandate, Kind.COSIGN, times=9)
    did(mandate, Kind.GROUP_ACTIVITY, times=3)
    lines, total = score(load("product_default"))
    assert lines["领衔提出议案、建议"] == 20
    assert lines["附议建议"] == 5
    assert lines["参加代表小组活动"] == 5
    assert total == 30


def completed(draft, clerk, points):
    """What an office does to a sample whose points were not published: it writes them in, item by item."""
    for item in draft.items.all():
        if item.text in points:
            for name, value in points[item.text].items():
                setattr(item, name, value)
            actions.put_item(draft, item, on=NEW_YEAR, by=clerk)
    return actions.adopt(draft, effective_from=NEW_YEAR, on=NEW_YEAR, by=clerk)


@pytest.fixture
def drafted(county, clerk):
    """drafted(code) → the draft of a sample."""

    def made(code):
        return actions.create_scheme(congress=county, name=code, preset=code, on=NEW_YEAR, by=clerk).versions.get()

    return made


def test_dongbao_begins_at_sixty_and_has_no_top(drafted, clerk, seat, did, score):
    did(seat(), Kind.GROUP_ACTIVITY, times=27)
    points = {"履职规定事项（分值未公开）": {"kinds": ["group_activity"], "points": D(2)}}
    version = completed(drafted("dongbao_2018"), clerk, points)
    assert score(version)[1] == 60 + 2 * 27


def test_yinchuan_stops_at_a_hundred_and_names_its_bands(drafted, clerk, seat, did, y2025):
    busy, idle = seat("甲"), seat("乙")
    did(busy, Kind.TRAINING, times=12)
    did(idle, Kind.TRAINING, times=7)
    version = completed(drafted("yinchuan_2017"), clerk, {"培训学习": {"points": D(9)}})
    rows = {row.subject: row for row in Tally(version, y2025).scored()}
    assert (rows[busy].points, rows[busy].score.trimmed, rows[busy].band) == (100, -8, "好")
    assert (rows[idle].points, rows[idle].band) == (63, "较好")


def test_each_of_the_five_ones_of_xiangzhou_counts_once(drafted, clerk, seat, did, score):
    mandate = seat()
    did(mandate, Kind.INSPECTION, times=3)
    did(mandate, Kind.SUGGESTION, times=2)
    did(mandate, Kind.VISIT)
    names = ("参加一次监督活动", "提出一件高质量意见建议", "一次走访选民", "一次述职", "一篇宣传信息")
    version = completed(drafted("xiangzhou"), clerk, {name: {"points": D(20)} for name in names})
    lines, total = score(version)
    assert ([lines[name] for name in names], total) == ([20, 20, 20, 0, 0], 60)


def test_bishan_counts_days_and_gives_half_points(drafted, clerk, seat, did, score):
    mandate = seat()
    for _twice_a_day in range(2):
        did(mandate, Kind.VISIT, times=27)
    version = drafted("bishan")
    version.period = Version.Period.YEAR
    version.save()
    assert score(completed(version, clerk, {"履职天数（分值未公开）": {"points": D("4.5")}}))[1] == D("121.5")


def test_a_sample_may_be_loaded_twice_under_two_names(county, clerk):
    for name in ("一", "二"):
        actions.create_scheme(congress=county, name=name, preset="bishan", on=NEW_YEAR, by=clerk)
    assert Version.objects.count() == 2
    assert items_of(presets()["bishan"])[0].pk is None
