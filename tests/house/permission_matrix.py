"""Who may open which page, one line a URL name (权限总表).

    "roll:list": may("npc_clerk", "leader")     these roles; everybody else gets 403 or 404
    "accounts:profile": everyone()              whoever is signed in
    "accounts:sign_in": public()                without signing in; the only list of public pages
    "docket:detail": may(..., scoped=True)      these roles as far as `visible_to` reaches

A role is a value of `congress.organs.roles.Role`. Pages that need no parameter are tried with a person of every
role by GET; of the others the line is the promise that the room's own tests keep. A page whose GET makes no sense
(a step taken by POST) answers 405 to whoever may.
"""

from dataclasses import dataclass

from congress.organs.roles import Role


@dataclass(frozen=True)
class Line:
    roles: frozenset
    is_public: bool = False
    scoped: bool = False

    def allows(self, role):
        return self.is_public or role in self.roles


def may(*roles, scoped=False):
    """Only these roles."""
    return Line(frozenset(Role(role) for role in roles), scoped=scoped)


def everyone():
    """Whoever is signed in."""
    return Line(frozenset(Role))


def public():
    """Everybody, without signing in."""
    return Line(frozenset(Role), is_public=True)


READERS = (
    "npc_clerk", "township_clerk", "leader", "committee_clerk", "government_office", "case_officer",
    "department_head", "deputy",
)  # fmt: skip

STATION_READERS = ("npc_clerk", "township_clerk", "leader", "station_keeper")
OPINION_READERS = (
    "npc_clerk", "township_clerk", "leader", "station_keeper", "government_office", "case_officer", "department_head",
)  # fmt: skip

ACTIVITY_PLANNERS = (
    "npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "government_office", "case_officer",
    "department_head",
)  # fmt: skip

ACTIVITY_READERS = (*ACTIVITY_PLANNERS, "leader")

MATRIX = {
    # congress.dashboards
    "dashboards:healthz": public(),
    "dashboards:readyz": public(),
    "dashboards:desk": everyone(),
    "dashboards:cockpit": may("npc_clerk", "township_clerk", "leader"),
    "dashboards:journal": may("auditor"),
    "dashboards:journal_export": may("auditor"),
    "dashboards:settings": may("npc_clerk", "township_clerk", "administrator"),
    # deputies.duties
    "duties:list": may("npc_clerk", "township_clerk", "leader", "committee_clerk", "station_keeper", scoped=True),
    "duties:export": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "duties:batch": everyone(),
    "duties:mine": may("deputy"),
    "duties:claim": may("deputy"),
    "duties:confirm": may("deputy", scoped=True),
    "duties:check": may("deputy", scoped=True),
    "duties:groups": may("npc_clerk", "township_clerk", "leader"),
    "duties:inactive": may("npc_clerk", "township_clerk", "leader"),
    "duties:subsidy": may("npc_clerk", "township_clerk"),
    "duties:subsidy_export": may("npc_clerk", "township_clerk"),
    "duties:record": may(*READERS, "station_keeper", scoped=True),
    "duties:step": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "duties:archive": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "duties:archive_paper": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "duties:certificate": may("npc_clerk", "township_clerk", scoped=True),
    "duties:issued": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "duties:issued_paper": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    # congress.kit, congress.files
    "kit:elder": public(),
    "kit:gallery": may("administrator"),
    "files:download": everyone(),
    # suggestions.appraisals
    "appraisals:rate": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "appraisals:link": public(),
    "appraisals:judge": may("npc_clerk", "township_clerk", scoped=True),
    # congress.portal
    **dict.fromkeys(
        (
            "portal:home",
            "portal:deputies",
            "portal:deputy",
            "portal:stations",
            "portal:station",
            "portal:receptions",
            "portal:suggestions",
            "portal:suggestion",
            "portal:say",
            "portal:say_deputy",
            "portal:code",
            "portal:look",
            "portal:opinion",
            "portal:grade",
            "portal:withdraw",
            "portal:elder",
        ),
        public(),
    ),
    "portal:review": may("npc_clerk", "township_clerk", scoped=True),
    "portal:profile": may("deputy", scoped=True),
    "portal:card": may("npc_clerk", "township_clerk", "deputy", scoped=True),
    # liaison.stations, liaison.receptions
    "stations:list": may(*STATION_READERS, scoped=True),
    "stations:detail": may(*STATION_READERS, "deputy", scoped=True),
    "stations:create": may("npc_clerk", "township_clerk", scoped=True),
    "stations:change": may("npc_clerk", "township_clerk", "station_keeper", scoped=True),
    "stations:grade": may("npc_clerk", "township_clerk", scoped=True),
    "stations:board": may(*STATION_READERS, "deputy", scoped=True),
    "stations:poster": may(*STATION_READERS, "deputy", scoped=True),
    "receptions:grid": may(*STATION_READERS, scoped=True),
    "receptions:create": may("npc_clerk", "township_clerk", "station_keeper", scoped=True),
    "receptions:year": may("npc_clerk", "township_clerk", "station_keeper", scoped=True),
    # liaison.opinions
    "opinions:list": may(*OPINION_READERS, scoped=True),
    "opinions:export": may(*OPINION_READERS, scoped=True),
    "opinions:detail": may(*OPINION_READERS, "deputy", scoped=True),
    "opinions:step": may(*OPINION_READERS, "deputy", scoped=True),
    "opinions:reveal": may("npc_clerk", "township_clerk", "station_keeper", "deputy", scoped=True),
    "opinions:record": may("npc_clerk", "township_clerk", "station_keeper", scoped=True),
    "opinions:mine": may("deputy", scoped=True),
    "opinions:note": may("deputy", scoped=True),
    "opinions:gather": may("npc_clerk", "township_clerk", scoped=True),
    "opinions:raise": may("npc_clerk", "township_clerk", "deputy", scoped=True),
    "opinions:theme": may("npc_clerk", "township_clerk", scoped=True),
    "opinions:slips": may("npc_clerk", "township_clerk", scoped=True),
    "opinions:slip": may("npc_clerk", "township_clerk", scoped=True),
    # congress.accounts
    "accounts:sign_in": public(),
    "accounts:sign_in_by_code": public(),
    "accounts:second_factor": public(),
    "accounts:activate": public(),
    "accounts:sign_out": public(),
    "accounts:profile": everyone(),
    "accounts:change_password": everyone(),
    "accounts:enrol_second_factor": everyone(),
    "accounts:drop_second_factor": everyone(),
    "accounts:revoke_token": everyone(),
    # congress.api: the REST interface, by the same predicates as the pages
    "api:sign_in": public(),
    "api:schema": everyone(),
    "api:docs": everyone(),
    "api:nowhere": everyone(),
    "api:me": everyone(),
    "api:waiting": everyone(),
    "api:token-list": everyone(),
    "api:token-detail": everyone(),
    "api:token-sign-out": everyone(),
    "api:notice-list": everyone(),
    "api:notice-detail": everyone(),
    "api:notice-read": everyone(),
    "api:notice-read-all": everyone(),
    "api:suggestion-list": may(*READERS, scoped=True),
    "api:suggestion-detail": may(*READERS, scoped=True),
    "api:suggestion-steps": may(*READERS, scoped=True),
    "api:suggestion-step": may("npc_clerk", "township_clerk", "government_office", "deputy", scoped=True),
    "api:suggestion-questions": may("deputy", scoped=True),
    "api:suggestion-own-questions": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "api:suggestion-attachments": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "api:share-steps": may(*READERS, scoped=True),
    "api:share-step": may(
        "npc_clerk", "township_clerk", "government_office", "case_officer", "department_head", scoped=True
    ),
    "api:invitation-list": everyone(),
    "api:invitation-detail": may("deputy", scoped=True),
    "api:invitation-confirm": may("deputy", scoped=True),
    "api:invitation-decline": may("deputy", scoped=True),
    "api:slip-list": everyone(),
    "api:slip-detail": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "api:slip-rate": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "api:appraisal-detail": may(*READERS, scoped=True),
    "api:activity-list": everyone(),
    "api:activity-detail": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:activity-steps": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:activity-step": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:activity-check-in": may("deputy", scoped=True),
    "api:call-list": everyone(),
    "api:call-detail": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:call-steps": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:call-step": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:duty-list": everyone(),
    "api:duty-detail": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:duty-steps": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:duty-step": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "api:duty-confirm": may("deputy", scoped=True),
    "api:opinion-list": everyone(),
    "api:opinion-detail": may(*OPINION_READERS, "deputy", scoped=True),
    "api:opinion-steps": may(*OPINION_READERS, "deputy", scoped=True),
    "api:opinion-step": may(*OPINION_READERS, "deputy", scoped=True),
    "api:resident-say": public(),
    "api:resident-look": public(),
    "api:resident-grade": public(),
    "api:resident-withdraw": public(),
    "api:judgement-list": everyone(),
    "api:judgement-detail": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "api:judgement-steps": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "api:judgement-step": may("npc_clerk", "township_clerk", scoped=True),
    # congress.rulebook
    "rulebook:mine": everyone(),
    "rulebook:profiles": everyone(),
    "rulebook:profile": everyone(),
    "rulebook:congress": everyone(),
    "rulebook:calendar": everyone(),
    "rulebook:calendar_year": everyone(),
    "rulebook:try": everyone(),
    # congress.deadlines
    "deadlines:explain": may(
        "npc_clerk",
        "township_clerk",
        "leader",
        "committee_clerk",
        "government_office",
        "case_officer",
        "department_head",
        "deputy",
        scoped=True,
    ),
    "deadlines:choose_profile": may("npc_clerk", "township_clerk", scoped=True),
    "deadlines:override": may("npc_clerk", "township_clerk", scoped=True),
    "deadlines:drop_override": may("npc_clerk", "township_clerk", scoped=True),
    "deadlines:moves": may("npc_clerk", "township_clerk", scoped=True),
    "deadlines:day": may("npc_clerk", "administrator"),
    "deadlines:publish_year": may("npc_clerk", "administrator"),
    "deadlines:import_year": may("npc_clerk", "administrator"),
    # congress.dashboards.office
    "office:index": may("npc_clerk", "township_clerk", "administrator"),
    "office:roles": everyone(),
    "office:organs": may("npc_clerk", "township_clerk", scoped=True),
    "office:organ_create": may("npc_clerk", "township_clerk", scoped=True),
    "office:organ_change": may("npc_clerk", "township_clerk", scoped=True),
    "office:organ_abolish": may("npc_clerk", "township_clerk", scoped=True),
    "office:congress_change": may("npc_clerk", "township_clerk", scoped=True),
    "office:terms": may("npc_clerk", "township_clerk", scoped=True),
    "office:term_create": may("npc_clerk", "township_clerk", scoped=True),
    "office:term_change": may("npc_clerk", "township_clerk", scoped=True),
    "office:session_create": may("npc_clerk", "township_clerk", scoped=True),
    "office:session_change": may("npc_clerk", "township_clerk", scoped=True),
    "office:account_create": may("npc_clerk", "township_clerk", scoped=True),
    "office:place_give": may("npc_clerk", "township_clerk", scoped=True),
    "office:place_end": may("npc_clerk", "township_clerk", scoped=True),
    "office:place_deputise": may("npc_clerk", "township_clerk", scoped=True),
    "office:hand_over": may("npc_clerk", "township_clerk", scoped=True),
    "office:reveal": may("npc_clerk", "township_clerk", scoped=True),
    "office:issue": may("npc_clerk", "township_clerk", scoped=True),
    "office:people_export": may("npc_clerk", "township_clerk", "administrator", scoped=True),
    "office:people": may("npc_clerk", "township_clerk", "administrator", scoped=True),
    "office:person": may("npc_clerk", "township_clerk", "administrator", scoped=True),
    "office:account_step": may("npc_clerk", "township_clerk", "administrator", scoped=True),
    # congress.notices
    "notices:inbox": everyone(),
    "notices:open": everyone(),
    "notices:read_all": everyone(),
    "notices:preferences": everyone(),
    # suggestions.docket: the deputy's pages, the case and its steps
    # suggestions.docket: lists, the office, papers
    "docket:list": may(*READERS, scoped=True),
    "docket:export": may(*READERS, scoped=True),
    "docket:bulk": may("npc_clerk", "township_clerk", "government_office", scoped=True),
    "docket:batch": may("npc_clerk", "township_clerk"),
    "docket:due_text": may(
        "npc_clerk", "township_clerk", "government_office", "case_officer", "department_head", scoped=True
    ),
    "docket:imports": may("npc_clerk", "township_clerk"),
    "docket:import": may("npc_clerk", "township_clerk", scoped=True),
    "docket:import_act": may("npc_clerk", "township_clerk", scoped=True),
    "docket:import_left_out": may("npc_clerk", "township_clerk", scoped=True),
    "docket:names": may("npc_clerk", "township_clerk"),
    "docket:record": may("npc_clerk", "township_clerk"),
    "docket:queue": may("npc_clerk", "township_clerk", scoped=True),
    "docket:check": may("npc_clerk", "township_clerk", scoped=True),
    "docket:assign": may("npc_clerk", "township_clerk", scoped=True),
    "docket:office_step": may("npc_clerk", "township_clerk", "government_office", scoped=True),
    "docket:distribute": may("npc_clerk", "township_clerk", "government_office", scoped=True),
    "docket:hand_back": may("npc_clerk", "township_clerk", "government_office", scoped=True),
    "docket:assignment_lists": may(
        "npc_clerk", "township_clerk", "government_office", "case_officer", "department_head", scoped=True
    ),
    "docket:assignment_list": may(
        "npc_clerk", "township_clerk", "government_office", "case_officer", "department_head", scoped=True
    ),
    "docket:reply_letter": may(*READERS, scoped=True),
    "docket:mine": may("deputy"),
    "docket:write": may("deputy", scoped=True),
    "docket:autosave_new": may("deputy", scoped=True),
    "docket:rewrite": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "docket:autosave": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "docket:cosign": may("deputy", scoped=True),
    "docket:detail": may(
        "npc_clerk",
        "township_clerk",
        "leader",
        "committee_clerk",
        "government_office",
        "case_officer",
        "department_head",
        "deputy",
        scoped=True,
    ),
    "docket:step": may("npc_clerk", "township_clerk", "government_office", "deputy", scoped=True),
    "docket:share_step": may(
        "npc_clerk", "township_clerk", "government_office", "case_officer", "department_head", scoped=True
    ),
    "docket:save_reply": may("npc_clerk", "township_clerk", "case_officer", "department_head", scoped=True),
    # deputies.activities
    "activities:list": may(*ACTIVITY_READERS),
    "activities:export": may(*ACTIVITY_READERS),
    "activities:mine": may("deputy"),
    "activities:plan": may(*ACTIVITY_PLANNERS),
    "activities:figures": may("npc_clerk", "township_clerk", "leader"),
    "activities:figures_export": may("npc_clerk", "township_clerk", "leader"),
    "activities:absences": may("npc_clerk", "township_clerk"),
    "activities:campaigns": may(*ACTIVITY_READERS),
    "activities:campaign_create": may("npc_clerk", "township_clerk"),
    "activities:campaign": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "activities:campaign_change": may("npc_clerk", "township_clerk", scoped=True),
    "activities:raised_list": may(*ACTIVITY_READERS),
    "activities:raised": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "activities:raised_step": may(*ACTIVITY_PLANNERS, "deputy", scoped=True),
    "activities:answer": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:check_in": everyone(),
    "activities:detail": may(*ACTIVITY_READERS, "deputy", scoped=True),
    "activities:change": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:invite": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:release": may(
        "npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True
    ),
    "activities:screen": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:screen_part": may(
        "npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True
    ),
    "activities:mark": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:guests": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:photos": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:paper": may("npc_clerk", "township_clerk", "committee_clerk", "station_keeper", "deputy", scoped=True),
    "activities:step": may(*ACTIVITY_READERS, "deputy", scoped=True),
    # deputies.debriefings
    "debriefings:list": may("npc_clerk", "township_clerk", "leader"),
    "debriefings:mine": may("deputy"),
    "debriefings:coverage": may("npc_clerk", "township_clerk", "leader"),
    "debriefings:export": may("npc_clerk", "township_clerk", "leader"),
    "debriefings:create": may("npc_clerk", "township_clerk", scoped=True),
    "debriefings:detail": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "debriefings:change": may("npc_clerk", "township_clerk", scoped=True),
    "debriefings:step": may("npc_clerk", "township_clerk", scoped=True),
    "debriefings:statement": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "debriefings:report": may("npc_clerk", "township_clerk", "deputy", scoped=True),
    "debriefings:tally": may("npc_clerk", "township_clerk", scoped=True),
    # deputies.pledges
    "pledges:list": may("npc_clerk", "township_clerk", "leader"),
    "pledges:mine": may("deputy"),
    "pledges:plans": may("npc_clerk", "township_clerk", "leader"),
    "pledges:plans_export": may("npc_clerk", "township_clerk", "leader"),
    "pledges:write": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "pledges:plan": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "pledges:kept": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "pledges:step": may("deputy", "npc_clerk", "township_clerk", scoped=True),
    "pledges:cards": may("npc_clerk", "township_clerk", "leader"),
    "pledges:adopt": may("npc_clerk", "township_clerk", "leader"),
    "pledges:card_create": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:card": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "pledges:card_export": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "pledges:card_change": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:target_create": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:target": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:contacts": may("npc_clerk", "township_clerk", "leader"),
    "pledges:contacts_export": may("npc_clerk", "township_clerk", "leader"),
    "pledges:pair": may("npc_clerk", "township_clerk", "leader"),
    "pledges:allot": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:tie": may("npc_clerk", "township_clerk", "leader", "committee_clerk", "deputy", scoped=True),
    "pledges:end_tie": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:log": may("npc_clerk", "township_clerk", "committee_clerk", "deputy", scoped=True),
    "pledges:follow": may("npc_clerk", "township_clerk", "committee_clerk", "deputy", scoped=True),
    "pledges:settle": may("npc_clerk", "township_clerk", scoped=True),
    "pledges:townships": may("npc_clerk", "township_clerk", "leader"),
    "pledges:townships_export": may("npc_clerk", "township_clerk", "leader"),
    "pledges:township_quota": may("npc_clerk", "township_clerk", "leader", scoped=True),
    # deputies.scores
    "scores:list": may("npc_clerk", "township_clerk", "leader"),
    "scores:export": may("npc_clerk", "township_clerk"),
    "scores:mine": may("deputy"),
    "scores:kinds": may("npc_clerk", "township_clerk"),
    "scores:grounds": may("npc_clerk", "township_clerk", "leader"),
    "scores:detail": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "scores:group": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "scores:standing": may("deputy", scoped=True),
    "scores:object": may("deputy", scoped=True),
    "scores:shown": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "scores:close_step": may("npc_clerk", "township_clerk", scoped=True),
    "scores:objections": may("npc_clerk", "township_clerk", "leader"),
    "scores:objection": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "scores:objection_step": may("npc_clerk", "township_clerk", "deputy", scoped=True),
    "scores:schemes": may("npc_clerk", "township_clerk", "leader"),
    "scores:scheme_create": may("npc_clerk", "township_clerk", scoped=True),
    "scores:scheme": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "scores:scheme_change": may("npc_clerk", "township_clerk", scoped=True),
    "scores:draft": may("npc_clerk", "township_clerk", scoped=True),
    "scores:close": may("npc_clerk", "township_clerk", scoped=True),
    "scores:version": may("npc_clerk", "township_clerk", "leader", "deputy", scoped=True),
    "scores:version_write": may("npc_clerk", "township_clerk", scoped=True),
    "scores:item_create": may("npc_clerk", "township_clerk", scoped=True),
    "scores:item": may("npc_clerk", "township_clerk", scoped=True),
    "scores:item_remove": may("npc_clerk", "township_clerk", scoped=True),
    "scores:drop": may("npc_clerk", "township_clerk", scoped=True),
    "scores:simulate": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "scores:version_step": may("npc_clerk", "township_clerk", scoped=True),
    # deputies.roll
    "roll:list": may("npc_clerk", "township_clerk", "leader", "committee_clerk", "deputy"),
    "roll:export": may("npc_clerk", "township_clerk"),
    "roll:mandate": may("npc_clerk", "township_clerk", "leader", "committee_clerk", "deputy", scoped=True),
    "roll:imports": may("npc_clerk", "township_clerk"),
    "roll:import": may("npc_clerk", "township_clerk", scoped=True),
    "roll:import_act": may("npc_clerk", "township_clerk", scoped=True),
    "roll:import_left_out": may("npc_clerk", "township_clerk", scoped=True),
    "roll:reveal": may("npc_clerk", "township_clerk", scoped=True),
    "roll:change": may("npc_clerk", "township_clerk", scoped=True),
    "roll:step": may("npc_clerk", "township_clerk", scoped=True),
    "roll:create": may("npc_clerk", "township_clerk", scoped=True),
    "roll:bodies": may("npc_clerk", "township_clerk", scoped=True),
    "roll:body_create": may("npc_clerk", "township_clerk", scoped=True),
    "roll:body_change": may("npc_clerk", "township_clerk", scoped=True),
    # deputies.training
    "training:list": may("npc_clerk", "township_clerk", "leader"),
    "training:figures": may("npc_clerk", "township_clerk", "leader"),
    "training:rows": may("npc_clerk", "township_clerk", "leader"),
    "training:hours": may("npc_clerk", "township_clerk", "leader"),
    "training:onboarding": may("npc_clerk", "township_clerk", "leader"),
    "training:materials": may("npc_clerk", "township_clerk", "leader"),
    "training:bank": may("npc_clerk", "township_clerk", "leader"),
    "training:quizzes": may("npc_clerk", "township_clerk", "leader"),
    "training:contests": may("npc_clerk", "township_clerk", "leader"),
    "training:figures_export": may("npc_clerk", "township_clerk", "leader"),
    "training:rows_export": may("npc_clerk", "township_clerk", "leader"),
    "training:hours_export": may("npc_clerk", "township_clerk", "leader"),
    "training:onboarding_export": may("npc_clerk", "township_clerk", "leader"),
    "training:material": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "training:receipts_export": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "training:quiz": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "training:quiz_export": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "training:contest": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "training:contest_export": may("npc_clerk", "township_clerk", "leader", scoped=True),
    "training:create_line": may("npc_clerk", "township_clerk", scoped=True),
    "training:line": may("npc_clerk", "township_clerk", scoped=True),
    "training:hold": may("npc_clerk", "township_clerk", scoped=True),
    "training:plan_step": may("npc_clerk", "township_clerk", scoped=True),
    "training:lesson": may("npc_clerk", "township_clerk", scoped=True),
    "training:create_material": may("npc_clerk", "township_clerk", scoped=True),
    "training:change_material": may("npc_clerk", "township_clerk", scoped=True),
    "training:material_step": may("npc_clerk", "township_clerk", scoped=True),
    "training:create_question": may("npc_clerk", "township_clerk", scoped=True),
    "training:question": may("npc_clerk", "township_clerk", scoped=True),
    "training:import": may("npc_clerk", "township_clerk", scoped=True),
    "training:import_act": may("npc_clerk", "township_clerk", scoped=True),
    "training:import_left_out": may("npc_clerk", "township_clerk", scoped=True),
    "training:create_quiz": may("npc_clerk", "township_clerk", scoped=True),
    "training:change_quiz": may("npc_clerk", "township_clerk", scoped=True),
    "training:quiz_step": may("npc_clerk", "township_clerk", scoped=True),
    "training:create_contest": may("npc_clerk", "township_clerk", scoped=True),
    "training:change_contest": may("npc_clerk", "township_clerk", scoped=True),
    "training:work": may("npc_clerk", "township_clerk", scoped=True),
    "training:contest_step": may("npc_clerk", "township_clerk", scoped=True),
    "training:imports": may("npc_clerk", "township_clerk"),
    "training:mine": may("deputy", "npc_clerk", "township_clerk", "leader", "committee_clerk", "station_keeper"),
    "training:read": may(
        "deputy", "npc_clerk", "township_clerk", "leader", "committee_clerk", "station_keeper", scoped=True
    ),
    "training:take": may("deputy", scoped=True),
    "training:paper": may("deputy", "npc_clerk", "township_clerk", "leader", scoped=True),
}
