"""The lawful steps of a plan, a paper to read, a quiz and a contest (培训的程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.training.models import Contest, Material, Quiz, TrainingPlan

P, M, Q, C = TrainingPlan.State, Material.State, Quiz.State, Contest.State
_KEEP = "training.keep"

PLAN = Procedure(
    "training_plan",
    Step("adopt", _("印发计划"), frozenset({P.DRAFT}), P.ADOPTED, _KEEP, _("%(who)s印发%(year)s年度培训计划")),
    Step("reopen", _("修订计划"), frozenset({P.ADOPTED}), P.DRAFT, _KEEP, _("%(who)s修订计划")),
)  # fmt: skip

MATERIAL = Procedure(
    "material",
    Step("push", _("推送"), frozenset({M.DRAFT, M.WITHDRAWN}), M.PUSHED, _KEEP, _("%(who)s推送给 %(count)s 人：%(audience)s")),
    Step("push_again", _("再推送给没打开的人"), frozenset({M.PUSHED}), None, _KEEP, _("%(who)s再次推送给 %(count)s 名没有打开的人")),
    Step("withdraw", _("撤回"), frozenset({M.PUSHED}), M.WITHDRAWN, _KEEP, _("%(who)s撤回")),
)  # fmt: skip

QUIZ = Procedure(
    "quiz",
    Step("open", _("发布"), frozenset({Q.DRAFT}), Q.OPEN, _KEEP, _("%(who)s发布，通知 %(count)s 人")),
    Step("close", _("结束"), frozenset({Q.OPEN}), Q.CLOSED, "training.close_quiz", _("测验结束，%(count)s 人交卷")),
    Step("drop", _("撤销"), frozenset({Q.DRAFT}), Q.DROPPED, _KEEP, _("%(who)s撤销")),
)  # fmt: skip

CONTEST = Procedure(
    "contest",
    Step("select", _("确定入围名单"), frozenset({C.WRITTEN}), C.LIVE, _KEEP, _("%(count)s 人参加笔试，%(finalists)s 人入围")),
    Step("enter", _("录入成绩"), frozenset({C.LIVE}), None, _KEEP, _("%(who)s录入 %(count)s 人的成绩"), rewrites=True),
    Step("settle", _("公布成绩"), frozenset({C.LIVE}), C.SETTLED, _KEEP, _("公布成绩，%(count)s 人参赛")),
    Step("drop", _("撤销"), frozenset({C.WRITTEN, C.LIVE}), C.DROPPED, _KEEP, _("%(who)s撤销")),
)  # fmt: skip

describe(
    training_line=_("%(who)s写入计划项目：%(theme)s"),
    training_unline=_("%(who)s删去计划项目：%(theme)s"),
    training_hold=_("%(who)s按计划组织：%(theme)s"),
    training_lesson=_("%(who)s列为培训场次：%(kind)s"),
    training_export=_("%(who)s导出%(what)s，共 %(count)s 行"),
    group_nominate=_("%(who)s推荐%(group)s为%(year)s年先进代表小组"),
    group_withdraw=_("%(who)s撤回对%(group)s的推荐"),
    onboarding_remind=_("提醒 %(count)s 名新任代表参加岗前培训"),
    material_write=_("%(who)s编写学习资料"),
    quiz_write=_("%(who)s编写测验"),
    contest_write=_("%(who)s编写竞赛"),
    question_write=_("%(who)s编写试题"),
    questions_upload=_("%(who)s上传题库表：%(file)s"),
    questions_decide=_("改动题库表的取舍，%(rows)s行"),
    questions_confirm=_("确认导入题库表：%(file)s"),
    questions_apply=_("导入题库：%(file)s"),
    questions_drop=_("%(who)s放弃导入题库：%(file)s"),
    questions_undo=_("%(who)s撤销题库导入：%(file)s"),
)
