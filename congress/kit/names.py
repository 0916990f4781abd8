"""Chinese names: their pinyin to find them by, and the stroke order in which official lists stand (姓氏笔画)."""

from functools import lru_cache

from pypinyin import lazy_pinyin

# Surnames that are read otherwise than the character alone.
_READINGS = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "查": "zha", "朴": "piao", "盖": "ge", "区": "ou", "任": "ren",
    "翟": "zhai", "乐": "yue", "员": "yun", "缪": "miao", "覃": "qin", "冼": "xian", "折": "she", "黑": "he", "召": "shao",
    "仝": "tong", "祭": "zhai", "逄": "pang", "句": "gou", "种": "chong", "繁": "po", "秘": "bi", "华": "hua", "宁": "ning",
    "纪": "ji", "万": "wan", "长": "zhang", "尉迟": "yuchi", "万俟": "moqi", "令狐": "linghu", "长孙": "zhangsun",
}  # fmt: skip
_BY_STROKES = {
    2: "丁刁卜", 3: "万于马", 4: "王韦尤牛毛文方尹孔邓巴卞", 5: "艾古厉石龙叶史冉田丘白乐包冯兰宁司边甘左卢申皮",
    6: "邢巩权毕曲吕朱伍任华向庄刘齐闫关江汤安许阮纪孙牟全仲米祁成", 7: "严苏杜李杨肖吴时岑邱何余邹狄应辛沙沈宋张陆陈邵劳巫连车",
    8: "武苗苟范茅林郁欧尚易罗和季岳金周庞郑单郎房屈孟练宗练官", 9: "项赵郝荆胡柯柏柳钟段饶侯俞施闻姜洪祝费姚贺骆娄宣查封荣祖",
    10: "秦班袁聂莫耿贾夏顾柴党晏钱倪徐殷翁高郭席唐凌浦陶桑涂容诸敖", 11: "黄梅曹戚盛龚崔符康鹿章商梁寇逯阎尉隋谌屠",
    12: "彭葛董蒋韩覃粟喻景程傅焦储舒鲁童温游富谢强惠", 13: "靳蓝蒲蒙赖甄裘雷虞路詹鲍解褚窦满", 14: "蔡臧管廖谭熊翟缪慕", 15: "樊黎滕颜潘",
    16: "薛霍穆操冀", 17: "戴魏鞠", 18: "瞿", 19: "谯", 20: "籍",
}  # fmt: skip
_STROKES = {surname: count for count, surnames in _BY_STROKES.items() for surname in surnames}
_UNKNOWN = 99


@lru_cache(maxsize=1024)  # a roster asks twice for each name, and has many alike
def pinyin_of(name):
    """The whole and the initials: 周德顺 → "zhoudeshun zds"."""
    for surname, reading in _READINGS.items():
        if name.startswith(surname):
            syllables = [reading, *lazy_pinyin(name[len(surname) :])]
            break
    else:
        syllables = lazy_pinyin(name)
    syllables = [each.lower() for each in syllables if each.strip()]
    return f"{''.join(syllables)} {''.join(each[0] for each in syllables)}"[:200]


def stroke_key(name):
    """A sort key: strokes of the surname, then its pinyin; a surname the table lacks comes after the others."""
    strokes = _STROKES.get(name[:1], _UNKNOWN)
    return f"{strokes:02}{pinyin_of(name)}"[:60]
