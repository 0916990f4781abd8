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


DUTIES = {
    Role.NPC_CLERK: _("登记、审查、交办、催办本级人大的代表建议，管理代表名册、届次和账号；看得到本级和所辖乡镇的全部案卷。"),
    Role.COMMITTEE_CLERK: _("查看与本委员会对口单位承办的建议，参与督办；不能交办。"),
    Role.LEADER: _("查看本级和所辖乡镇的全部案卷和统计；不改动案卷。"),
    Role.GOVERNMENT_OFFICE: _("把人大交来的建议分办给政府部门，查看并催办政府系统承办的建议；看不到密封中的评价。"),
    Role.CASE_OFFICER: _("签收、退办、联系代表、起草答复；只看得到交给本单位的建议。"),
    Role.DEPARTMENT_HEAD: _("审定、签发本单位的答复；只看得到交给本单位的建议。"),
    Role.DEPUTY: _("提出、附议建议，评价答复；看得到自己领衔和附议的建议。"),
    Role.TOWNSHIP_CLERK: _("在本乡镇范围内做代表工作机构的工作；看不到县和其他乡镇的案卷。"),
    Role.STATION_KEEPER: _("管理所在联络站的接待和民情。"),
    Role.AUDITOR: _("只读日志，不读案卷内容。"),
    Role.ADMINISTRATOR: _("维护系统运行和账号锁定，不读案卷。"),
}
