"""How the lists of the rulebook are written down in a form, one item a line, and read again (清单)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.rulebook.codes import CODES


class Lines:
    """One item a line: how a list of the rulebook is written down, and read again."""

    help_text = _("一行一项。")

    def write(self, item):
        return str(item)

    def read(self, line):
        return line


class MonthDays(Lines):
    help_text = _("每月几日集中交办，一行一个；空着表示随到随交。")

    def read(self, line):
        if not (line.isdecimal() and 1 <= int(line) <= 31):
            raise ValidationError(_("“%s”不是 1 到 31 的日子。") % line)
        return int(line)


class Classes(Lines):
    """A reply's result classes: code, label, and what the class demands."""

    help_text = _("一行一类：代码 名称 要求。要求写“承诺”（须写办结期限并列入台账）或“理由”（须说明理由），可以空着。")

    def write(self, item):
        demand = "承诺" if item["creates_promise"] else "理由" if item["needs_reason"] else ""
        return f"{item['code']} {item['label']} {demand}".strip()

    def read(self, line):
        code, *words = line.split()
        demand = words.pop() if words and words[-1] in {"承诺", "理由"} else ""
        if not words or len(code) > 4:
            raise ValidationError(_("“%s”要写成：代码 名称 要求。") % line)
        promises = demand == "承诺"
        return {
            "code": code,
            "label": " ".join(words),
            "needs_deadline": promises,
            "needs_reason": demand == "理由",
            "creates_promise": promises,
        }


class Reasons(Lines):
    help_text = _("一行一种：代码 情形 | 依据。")

    def write(self, item):
        return f"{item['code']} {item['label']} | {item['law']}"

    def read(self, line):
        head, _bar, law = (part.strip() for part in line.partition("|"))
        code, _space, label = head.partition(" ")
        if not label or not law:
            raise ValidationError(_("“%s”要写成：代码 情形 | 依据。") % line)
        return {"code": code, "label": label.strip(), "law": law}


class ReminderLines(Lines):
    help_text = _("一行一种期限：期限代码 前:30,15,7 后:1,3 上报:1。代码 * 用于没有单独写的期限。")

    def write(self, item):
        before, after = (",".join(map(str, item[side])) for side in ("before", "after"))
        return f"{item['period']} 前:{before} 后:{after} 上报:{item['escalate_after']}"

    def read(self, line):
        period, *parts = line.replace("：", ":").replace("，", ",").split()
        stages = dict(part.split(":", 1) for part in parts if ":" in part)
        known = period == "*" or (period in CODES and CODES[period].is_period)
        if not known or stages.keys() != {"前", "后", "上报"} or not stages["上报"].isdecimal():
            raise ValidationError(_("“%s”要写成：期限代码 前:30,15 后:1,3 上报:1。") % line)
        return {
            "period": period,
            "before": self._days(stages["前"], line),
            "after": self._days(stages["后"], line),
            "escalate_after": int(stages["上报"]),
        }

    def _days(self, text, line):
        numbers = [each for each in text.split(",") if each]
        if not all(each.isdecimal() and int(each) <= 200 for each in numbers):
            raise ValidationError(_("“%s”里的天数要写成 0 到 200 的数，用逗号隔开。") % line)
        return [int(each) for each in numbers]


LINES = {
    "*": Lines(),
    "batch_days": MonthDays(),
    "result_scheme": Classes(),
    "intake_reasons": Reasons(),
    "reminders": ReminderLines(),
}


class LinesField(forms.CharField):
    """A list, one item a line."""

    widget = forms.Textarea

    def __init__(self, lines, *, initial):
        self.lines = lines
        super().__init__(
            label=_("内容"),
            required=False,
            max_length=4000,
            help_text=lines.help_text,
            initial="\n".join(lines.write(item) for item in initial),
        )
        self.widget.attrs["rows"] = max(4, len(initial) + 1)

    def clean(self, value):
        text = super().clean(value)
        return [self.lines.read(line.strip()) for line in text.splitlines() if line.strip()]
