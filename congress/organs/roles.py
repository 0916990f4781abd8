"""The roles of the institution, fixed in code and described so that a lawyer can check them (角色)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    NPC_CLERK = "npc_clerk", _("代表工作机构工作人员")
    COMMITTEE_CLERK = "committee_clerk", _("委员会工作人员")
    LEADER = "leader", _("常委会领导")
    GOVERNMENT_OFFICE = "government_office", _("政府办（督查室）人员")
    CASE_OFFICER = "case_officer", _("承办人")
    DEPARTMENT_HEAD = "department_head", _("承办单位负责人")
    DEPUTY = "deputy", _("人大代表")
    TOWNSHIP_CLERK = "township_clerk", _("乡镇人大工作人员")
    STATION_KEEPER = "station_keeper", _("联络站管理员")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


# In which kind of organ a role is held (Organ.Kind; the township clerk's and the government office's are narrower).
HELD_IN = {
    Role.NPC_CLERK: "congress",
    Role.COMMITTEE_CLERK: "committee",
    Role.LEADER: "congress",
    Role.GOVERNMENT_OFFICE: "department",
    Role.CASE_OFFICER: "department",
    Role.DEPARTMENT_HEAD: "department",
    Role.DEPUTY: "congress",
    Role.TOWNSHIP_CLERK: "congress",
    Role.STATION_KEEPER: "station",
    Role.AUDITOR: "congress",
    Role.ADMINISTRATOR: "congress",
}

DUTIES = {
    Role.NPC_CLERK: _(
        "登记、审查、立案或退回本级人大的代表建议，直接交办或经政府办分办，催办，审核延期和退办，判定不满意件是否重新办理；"
        "管理代表名册、机构、届次和账号，答复代表求助，登记活动经费，可以代他人补录纸面办理。看得到本级和所辖乡镇的全部案卷；对乡镇案卷只读，不代乡镇办理。"
        "查看个人手机号、身份证号逐次留痕。"
    ),
    Role.COMMITTEE_CLERK: _(
        "查看与本委员会对口的单位承办的建议，不登记、不交办、不改动案卷，看不到其他单位承办的建议。"
    ),
    Role.LEADER: _(
        "查看本级和所辖乡镇的全部案卷、统计和驾驶舱；指定受理代表保密报告的人员，本人看不到报告；"
        "不登记、不交办、不改动案卷。"
    ),
    Role.GOVERNMENT_OFFICE: _(
        "把人大交来的建议分办给政府部门和乡镇，调整政府系统内的承办单位，查看并催办政府系统承办的建议；"
        "不办理法院、检察院、监委承办的建议；看不到密封中的评价。"
    ),
    Role.CASE_OFFICER: _(
        "在期限内签收或者说明理由退办，登记与代表的联系，起草逐条答复，出具会办意见；只看得到交给本单位的建议，"
        "看不到密封中的评价；代表要求保护身份的，看不到代表姓名。不能签发答复。"
    ),
    Role.DEPARTMENT_HEAD: _(
        "审定、签发本单位的答复，对本单位承诺的事项和期限负责；只看得到交给本单位的建议，看不到密封中的评价。"
    ),
    Role.DEPUTY: _(
        "提出建议，确认附议，在办理中与承办单位沟通，对答复的办理态度和办理结果分别作出评价，撤回自己领衔的建议；求助，向指定的人员保密报告；"
        "看得到自己领衔和附议的建议，以及已公开的建议。"
    ),
    Role.TOWNSHIP_CLERK: _(
        "在本乡镇范围内做代表工作机构的全部工作：登记、审查、交办、催办，管理本乡镇的名册、机构、届次和账号；看不到县和其他乡镇的案卷。"
    ),
    Role.STATION_KEEPER: _("管理所在联络站的开放、接待和民情登记；不看建议案卷。"),
    Role.AUDITOR: _("查阅本级人大的操作日志：谁在何时对何件做了何事；不看案卷正文，不看个人信息，不能作任何改动。"),
    Role.ADMINISTRATOR: _("维护系统运行，解除账号锁定，停用、启用账号；不签发激活码，不授予角色，不看案卷和名册。"),
}
