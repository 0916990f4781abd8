"""What the columns of a roster mean, and what a value in them may be (表头与取值)."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.cn import ric

from congress.kit.columns import CONTROL, ERROR, OK, WARNING, Cell, Column, Columns, read_text
from congress.kit.columns import fail as _fail
from congress.kit.columns import warn as _warn
from congress.kit.dates import read_day
from deputies.roll.models import Deputy

_HAN = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+$")
_NAME = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd〇·A-Za-z .]+$")
_DOTS = re.compile(r"[•・‧∙⋅．.]")


def read_name(raw):
    """A name as it will be kept; spaces inside a two-character name, stray digits and odd dots are mended and told."""
    value = CONTROL.sub("", raw).strip()
    if not value:
        return _fail(raw, _("没有姓名。"))
    mended, notes = value, []
    if digits := re.search(r"\d+$", mended):
        mended = mended[: digits.start()].strip()
        notes.append(_("姓名后面多了“%s”，已去掉") % digits.group())
    squeezed = re.sub(r"[\s\u3000]+", "", mended)
    if squeezed != mended and _HAN.match(squeezed):
        mended = squeezed
        notes.append(_("姓名中间的空格已去掉"))
    if len(mended) > 3 and _DOTS.search(mended):
        mended = _DOTS.sub("·", mended)
        notes.append(_("姓名里的间隔号已统一为“·”"))
    if not mended:
        return _fail(raw, _("没有姓名。"))
    if len(mended) > Deputy._meta.get_field("name").max_length:
        return _fail(raw, _("姓名太长，请核对是否串列。"))
    if not _NAME.match(mended):
        return _fail(raw, _("姓名里有不能识别的字符，请核对。"))
    if notes:
        return _warn(raw, mended, "，".join(notes) + _("，请核对。"))
    return Cell(raw, mended)


_SEXES = {"男": Deputy.Sex.MALE, "女": Deputy.Sex.FEMALE, "m": Deputy.Sex.MALE, "f": Deputy.Sex.FEMALE}


def read_sex(raw):
    value = raw.strip().lower().removesuffix("性")
    if not value:
        return Cell(raw, "")
    if value in _SEXES:
        return Cell(raw, _SEXES[value].value)
    return _fail(raw, _("性别只能是“男”或者“女”。"))


PEOPLES = frozenset(
    [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
        "穿青人",
        "其他",
    ]
)


def read_people(raw):
    value = raw.strip()
    if not value:
        return Cell(raw, "")
    short = value.removesuffix("族")
    if value in _SEXES or value in _PARTIES or re.search(r"\d", value):
        return _fail(raw, _("不是民族，可能串列了。"))
    if short not in PEOPLES:
        return _warn(raw, value[:20], _("不是常见的民族名称，照原样保留，请核对。"))
    full = short if short in {"穿青人", "其他"} else f"{short}族"
    return Cell(raw, full)


_PARTIES = {
    "中共": "中国共产党", "中共党员": "中国共产党", "党员": "中国共产党", "中共预备党员": "中国共产党", "共产党": "中国共产党",
    "民革": "中国国民党革命委员会", "民盟": "中国民主同盟", "民建": "中国民主建国会", "民进": "中国民主促进会",
    "农工": "中国农工民主党", "农工党": "中国农工民主党", "农工民主党": "中国农工民主党", "致公": "中国致公党", "致公党": "中国致公党",
    "九三": "九三学社", "台盟": "台湾民主自治同盟", "无": "无党派", "無": "无党派", "无党派人士": "无党派", "無黨派": "无党派",
}  # fmt: skip


def read_party(raw):
    value = raw.strip()
    return Cell(raw, _PARTIES.get(value, value)[:40])


def read_born(raw):
    """YYYY, YYYY-MM or YYYY-MM-DD; a cell that is no date at all is most often a shifted one."""
    value = raw.strip()
    if not value:
        return Cell(raw, "")
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", value)
    found = compact or re.fullmatch(r"(\d{4})[年./\-]?(?:(\d{1,2})[月./\-]?)?(?:(\d{1,2})日?)?", value)
    if not found:
        return _fail(raw, _("不是出生年月，可能串列了。请改为“1963-05”这样的写法。"))
    year, month, day = (int(part) if part else None for part in found.groups())
    if not 1900 <= year <= 2100 or (month and not 1 <= month <= 12) or (day and not 1 <= day <= 31):
        return _fail(raw, _("没有这样的日期，请改为“1963-05”这样的写法。"))
    if month is None:
        return _warn(raw, f"{year}", _("只有年份，没有月份。"))
    return Cell(raw, f"{year}-{month:02}" + (f"-{day:02}" if day else ""))


def read_phone(raw):
    value = re.sub(r"[\s\-()（）]", "", raw).removeprefix("+86")
    if not value:
        return Cell(raw, "")
    if not re.fullmatch(r"1\d{10}", value):
        return _fail(raw, _("手机号应当是 11 位数字。"))
    return Cell(raw, value)


def read_id_number(raw):
    value = raw.strip().upper()
    if not value:
        return Cell(raw, "")
    if not ric.is_valid(value):
        return _fail(raw, _("身份证号不对，请核对位数和校验位。"))
    return Cell(raw, value)


def read_expertise(raw):
    """What somebody knows, each word once, joined as the roll keeps them: 水利、法律."""
    cell = read_text(200)(raw)
    words = [word.strip() for word in re.split(r"[、,，;；/／|\n]+", cell.value or "")]
    return replace(cell, value="、".join(dict.fromkeys(filter(None, words))))


def read_elected_on(raw):
    """The day on which somebody was elected, as text; where it is not said to the day it is left open, and told."""
    cell = read_day(raw)
    return replace(cell, value=cell.value.isoformat() if cell.value else "")


def read_re_elected(raw):
    """A remark: 连任 in either script, a by-election, or other words kept out of the roll."""
    value = raw.strip()
    return Cell(raw, {"is_re_elected": "连任" in value or "連任" in value, "is_by_election": "补选" in value})


COLUMNS = (
    Column("name", gettext_lazy("姓名"), ("姓名", "代表姓名", "名字"), read_name, is_required=True),
    Column("sex", gettext_lazy("性别"), ("性别",), read_sex),
    Column("people", gettext_lazy("民族"), ("民族", "族别"), read_people),
    Column("party", gettext_lazy("党派"), ("党派", "政治面貌", "政党"), read_party),
    Column("born", gettext_lazy("出生年月"), ("出生年月", "出生日期", "出生", "生日"), read_born),
    Column("id_number", gettext_lazy("身份证号"), ("身份证号", "身份证号码", "公民身份号码", "身份证"), read_id_number),
    Column("phone", gettext_lazy("手机号"), ("手机号", "手机", "手机号码", "联系电话", "电话", "联系方式"), read_phone),
    Column("education", gettext_lazy("学历"), ("学历", "文化程度"), read_text(40)),
    Column("position_held", gettext_lazy("单位及职务"), ("职务", "单位及职务", "工作单位及职务", "单位", "单位名称", "工作单位", "单位职务", "职业"), read_text(200), is_joined=True),
    Column("address", gettext_lazy("通讯地址"), ("通讯地址", "地址", "住址"), read_text(200)),
    Column("expertise", gettext_lazy("专长"), ("专长", "业务专长", "专业特长", "专业领域", "擅长领域"), read_expertise),
    Column("delegation", gettext_lazy("代表团"), ("代表团", "所在代表团", "代表团名称"), read_text(60)),
    Column("constituency", gettext_lazy("选区"), ("选区", "选举单位", "原选举单位", "选区名称"), read_text(100)),
    Column("certificate_number", gettext_lazy("代表证号"), ("代表证号", "证号", "代表证号码", "代表证编号"), read_text(40)),
    Column("started_on", gettext_lazy("当选日期"), ("当选日期", "当选时间", "补选日期", "补选时间", "资格确认日期"), read_elected_on),
    Column("remark", gettext_lazy("备注"), ("备注", "连任", "说明"), read_re_elected),
)  # fmt: skip
ROSTER = Columns(COLUMNS, key="name")
heading_of, find_header = ROSTER.heading_of, ROSTER.find_header

__all__ = ["COLUMNS", "ERROR", "OK", "ROSTER", "WARNING", "Cell", "find_header", "heading_of"]
