"""Target cards that counties are known to use, ready to be taken over and changed (目标卡样本)."""

from dataclasses import dataclass, field

from deputies.duties.kinds import Kind
from deputies.pledges.models import CardTemplate, Target

M, A = Target.Measure, CardTemplate.Audience


@dataclass(frozen=True)
class TargetPreset:
    label: str
    goal: int
    unit: str
    kinds: tuple = ()
    measure: str = M.RECORDS
    word: str = ""
    needs_office: bool = False


@dataclass(frozen=True)
class CardPreset:
    """A card as data; what a congress takes over is its own from then on."""

    code: str
    name: str
    audience: str
    note: str
    targets: tuple = field(default=())


PRESETS = (
    CardPreset(
        "12345",
        "“12345”目标卡",
        A.DEPUTY,
        "联系1个创业户，帮助2个困难户，为选民办3件实事，提出4条建议，走访50名选民。",
        (
            TargetPreset("联系创业户", 1, "户", (Kind.VISIT, Kind.ASSISTANCE), M.TITLES, word="创业"),
            TargetPreset("帮助困难户", 2, "户", (Kind.ASSISTANCE,), M.TITLES),
            TargetPreset("为选民办实事", 3, "件", (Kind.PRACTICAL_MATTER,)),
            TargetPreset("提出建议", 4, "条", (Kind.SUGGESTION,)),
            TargetPreset("走访选民", 50, "名", (Kind.VISIT,), M.QUANTITY),
        ),
    ),
    CardPreset(
        "wuyi",
        "“五个一”目标卡",
        A.DEPUTY,
        "提供一个好项目或好信息，完成一项中心工作，提出一条合理建议，办一件实事，帮一个困难户或学生。",
        (
            TargetPreset("提供好项目、好信息", 1, "个", (Kind.PUBLICITY, Kind.OPINION)),
            TargetPreset("完成中心工作", 1, "项", (Kind.VOLUNTEERING, Kind.GRID, Kind.PATROL)),
            TargetPreset("提出合理建议", 1, "条", (Kind.SUGGESTION,)),
            TargetPreset("办一件实事", 1, "件", (Kind.PRACTICAL_MATTER,)),
            TargetPreset("帮扶困难户、学生", 1, "户", (Kind.ASSISTANCE,), M.TITLES),
        ),
    ),
    CardPreset(
        "siyi",
        "小组“四个一”",
        A.GROUP,
        "每季度一次活动，每次一个主题，每年一次向选民述职，每年一份被采纳的调研报告。",
        (
            TargetPreset("每季度开展活动", 4, "季", measure=M.QUARTERS),
            TargetPreset("每次活动有主题", 1, "次", measure=M.THEMED),
            TargetPreset("代表向选民述职", 1, "次", (Kind.DEBRIEFING,)),
            TargetPreset("调研报告被认可", 1, "份", (Kind.REPORT,), needs_office=True),
        ),
    ),
)
BY_CODE = {preset.code: preset for preset in PRESETS}
