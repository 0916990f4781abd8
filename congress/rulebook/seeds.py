"""Plants the shipped profiles and the published holiday notices; planting twice changes nothing."""

import datetime as dt
import re
import tomllib
from pathlib import Path

import holidays

from congress.organs.models import chinese_number

SHIPPED = Path(__file__).parent / "data" / "profiles.toml"
LEVELS = ("county", "township")
PUBLISHED_YEARS = range(2018, 2027)  # the notices that the `holidays` package holds in full
NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
UNION = "ZJ 6; CQ 9; QD 11; SD 6; BJ 12; SH 8"


def read_shipped():
    with SHIPPED.open("rb") as file:
        return tomllib.load(file)


def plant_profiles(models):
    """Create the shipped profiles with every value at both levels; `models` gives a model by its name.

    What a version says already is left as it is: a shipped text that changes gets a new date. Codes that the product
    has learnt since are added to it.
    """
    book = read_shipped()
    for position, (code, profile) in enumerate(book["profiles"].items()):
        row, _new = models("RuleProfile").objects.get_or_create(
            code=code,
            defaults={
                "name": profile["name"],
                "home_level": profile.get("home_level", "county"),
                "position": position,
            },
        )
        version, _new = models("ProfileVersion").objects.get_or_create(
            profile=row, effective_from=book["effective_from"], defaults={"note": profile["note"]}
        )
        rule = models("Rule")
        known = set(rule.objects.filter(version=version).values_list("level", "code"))
        rule.objects.bulk_create(
            rule(version=version, level=level, code=name, **_columns(value, book["instruments"]))
            for level in LEVELS
            for name, value in _values(book["base"], profile, level).items()
            if (level, name) not in known
        )


def _values(base, profile, level):
    values = dict(base["county"])
    if level == "township":
        values |= base["township"]
        values |= {name: value for name, value in profile.get("county", {}).items() if name not in base["township"]}
        return values | profile.get("township", {})
    return values | profile.get("county", {})


def _columns(value, instruments):
    law = value.get("law", "")
    return {
        "unit": value["unit"],
        "value": _cited_items(value["value"], instruments),
        "article": cite(law, instruments),
        "is_product_default": not law,
    }


def _cited_items(value, instruments):
    """List items that carry a law of their own get it spelled out."""
    if not isinstance(value, list):
        return value
    return [
        item | {"law": cite(UNION if item["law"] == "union" else item["law"], instruments)}
        if isinstance(item, dict) and "law" in item
        else item
        for item in value
    ]


def cite(law, instruments):
    """DL 51; CQ 13 → the instruments by title, the articles in Chinese numerals, and what lets a county use them."""
    return "；".join(_cite_one(part.strip(), instruments) for part in law.split(";")) if law else ""


def _cite_one(part, instruments):
    key, numbers = part.split(" ", 1)
    instrument = instruments[key]
    articles = "、".join(f"第{chinese_number(int(number))}条" for number in numbers.split(","))
    analogy = instrument.get("by_analogy")
    return instrument["title"] + articles + (f"（依第{chinese_number(analogy)}条参照）" if analogy else "")


def plant_calendar(models):
    """Create the days that the holiday notices change or name, and mark their years as published."""
    year_model, day_model = models("CalendarYear"), models("CalendarDay")
    standing = set(year_model.objects.values_list("year", flat=True))
    missing = [year for year in PUBLISHED_YEARS if year not in standing]
    year_model.objects.bulk_create(
        year_model(year=year, is_published=True, source=NOTICE.format(year=year)) for year in missing
    )
    day_model.objects.bulk_create(
        [
            day_model(date=day, is_workday=works, name=name, source=NOTICE.format(year=_notice_year(day)))
            for day, works, name in notice_days(missing)
        ],
        ignore_conflicts=True,
    )


def notice_days(years):
    """(day, works, name) for every day of those years that a notice names, weekends inside a holiday included."""
    if not years:
        return []
    known = holidays.China(years=range(min(years) - 1, max(years) + 2), language="zh_CN")
    names = _names_of_rest(known)
    worked = {dt.date.fromisoformat(_MOVED.search(text)[1]): names[day] for day, text in known.items() if "由" in text}
    days = [(day, False, name) for day, name in names.items()]
    days += [(day, True, f"{name}调休上班") for day, name in worked.items()]
    return sorted(each for each in days if each[0].year in set(years))


_MOVED = re.compile(r"由 (\d{4}-\d{2}-\d{2}) 调休")


def _names_of_rest(known):
    """Every rest day of a holiday, the touching weekend days included, under the name of the holiday it belongs to."""
    names = {day: _holiday(text) for day, text in known.items() if "由" not in text}
    nameless = {day for day in known if day not in names}
    frontier = set(names)
    while frontier:  # from the statutory days outwards, earlier days first, so that a bridge is named after its holiday
        reached = {}
        for day in sorted(frontier):
            for step in (1, -1):
                beside = day + dt.timedelta(days=step)
                is_weekend = beside.weekday() >= 5 and beside not in known.weekend_workdays
                if beside not in names and (is_weekend or beside in nameless):
                    reached.setdefault(beside, names[day])
        names |= reached
        frontier = set(reached)
    return names


def _holiday(text):
    """春节（补假）, 农历除夕, 春节延长假期 → 春节."""
    name = text.split("（")[0].replace("; ", "、").removesuffix("延长假期")
    return "春节" if name == "农历除夕" else name


def _notice_year(day):
    """New Year's bridge days in December stand in the notice of the coming year."""
    return day.year + (day.month == 12)
