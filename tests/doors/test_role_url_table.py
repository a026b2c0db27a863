"""Role × address: every named address with its methods and who passes its outer door, read over by a person.

Written by hand and on purpose not derived from the code's own table of actions: a slip there shows up here. An
address without a row fails, and so does a row without an address.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import BAISHI_PEOPLE, QINGXI_PEOPLE, Cast, signed_in

ANYONE = "anyone"
STAFF = "staff"  # whoever is signed in

CLERK, OFFICER, HEAD, SUPERVISOR = "clerk", "officer", "unit_head", "supervisor"
DUTY, LEADER, PRESS, PLANNER = "duty_officer", "leading_group", "press_officer", "planner"
AUDITOR, SYSTEM, SECURITY, AUDIT = "auditor", "system_admin", "security_admin", "audit_admin"
KEEPER = "store_keeper"

PETITIONS = {CLERK, OFFICER, HEAD, SUPERVISOR}
CAUSES = {CLERK, HEAD, SUPERVISOR, LEADER}
WARNINGS = CAUSES | {DUTY}
RESPONSE = {CLERK, OFFICER, HEAD, DUTY, LEADER, PRESS, PLANNER, KEEPER}
REPORTERS = RESPONSE | {SUPERVISOR}
NOTICES = {PRESS, LEADER, DUTY, HEAD}
EVALUATIONS = {PLANNER, LEADER, SUPERVISOR, HEAD, DUTY, PRESS}
FIGURES = {CLERK, HEAD, SUPERVISOR, LEADER, PLANNER, AUDITOR}
REHEARSERS = {PLANNER, LEADER, DUTY}
OWNERS = {OFFICER, HEAD, DUTY, PRESS, PLANNER, CLERK, KEEPER}

ASKS = 200  # a stranger at a petition's page reads the form that asks for the code, whether it exists or not

# name: methods, who passes the outer door, and what they find at a reference that does not exist (404 if unsaid).
TABLE: dict[str, tuple[str, set[str] | str] | tuple[str, set[str] | str, int]] = {
    # Both doors.
    "shared:language": ("POST", ANYONE),
    "shared:leave": ("POST", ANYONE),
    "shared:left": ("GET", ANYONE),
    "shared:components": ("GET", ANYONE),
    "shared:calendar_feed": ("GET", ANYONE),  # whoever has the key
    "shared:call_answer": ("GET POST", ANYONE),  # with the key of a message
    "shared:voice_hook": ("POST", ANYONE, ASKS),  # the answer is always the same
    # The public door.
    "portal:bodies": ("GET", ANYONE),
    "portal:help": ("GET", ANYONE),
    "portal:privacy": ("GET", ANYONE),
    "portal:accessibility": ("GET", ANYONE),
    "portal:home": ("GET", ANYONE),
    "portal:how": ("GET", ANYONE),
    "portal:file": ("GET POST", ANYONE),
    "portal:file_where": ("GET POST", ANYONE),
    "portal:file_name": ("GET POST", ANYONE),
    "portal:file_check": ("GET POST", ANYONE),
    "portal:file_receipt": ("GET", ANYONE),
    "portal:file_put_away": ("POST", ANYONE),
    "portal:follow": ("GET POST", ANYONE),
    "portal:petition": ("GET", ANYONE, ASKS),
    "portal:petition_read": ("POST", ANYONE, ASKS),
    "portal:petition_rate": ("GET POST", ANYONE, ASKS),
    "portal:petition_withdraw": ("GET POST", ANYONE, ASKS),
    "portal:petition_papers": ("POST", ANYONE, ASKS),
    "portal:petition_paper": ("GET", ANYONE, ASKS),
    "portal:petition_paper_erase": ("GET POST", ANYONE, ASKS),
    "portal:petition_proof": ("GET", ANYONE, ASKS),
    "portal:petition_close": ("POST", ANYONE, 303),
    "portal:petition_say": ("POST", ANYONE, ASKS),
    "portal:petition_correct": ("GET POST", ANYONE, ASKS),
    "portal:petition_retaliation": ("GET POST", ANYONE, ASKS),
    "portal:petition_appeal": ("GET POST", ANYONE, ASKS),
    "portal:petition_code": ("GET POST", ANYONE, ASKS),
    "portal:petition_resume": ("GET POST", ANYONE, ASKS),
    "portal:petition_receipt": ("GET", ANYONE, ASKS),
    "portal:petition_answer": ("GET", ANYONE, ASKS),
    "portal:notices": ("GET", ANYONE),
    "portal:notice_feed": ("GET", ANYONE),
    "portal:notice": ("GET", ANYONE),
    "portal:figures": ("GET", ANYONE),
    "portal:plan_suggest": ("GET POST", ANYONE),
    "portal:plan_suggestion": ("GET", ANYONE),
    # One's own account, one's own day.
    "console:sign_in": ("GET POST", ANYONE),
    "console:sign_out": ("POST", ANYONE),
    "console:sign_in_code": ("GET POST", ANYONE),
    "console:passphrase": ("GET POST", STAFF),
    "console:account": ("GET", STAFF),
    "console:account_language": ("POST", STAFF),
    "console:second_factor": ("GET POST", STAFF),
    "console:recovery_codes": ("GET POST", STAFF),
    "console:second_factor_end": ("GET POST", STAFF),
    "console:home": ("GET", STAFF),
    "console:search": ("GET", PETITIONS),
    # Calls: the lists hold what asks oneself, and for who may call the body's own.
    "console:calls": ("GET", REPORTERS),
    "console:call": ("GET", REPORTERS),
    "console:call_acknowledge": ("POST", REPORTERS),
    "console:call_start": ("GET POST", {DUTY, LEADER}),
    "console:call_off": ("GET POST", {DUTY, LEADER}),
    "console:contact_ways": ("GET POST", REPORTERS),
    "console:contact_way_first": ("POST", REPORTERS),
    "console:contact_way_test": ("POST", REPORTERS),
    "console:contact_way_drop": ("POST", REPORTERS),
    "console:communication_tests": ("GET POST", {DUTY, LEADER}),
    "console:communication_test_end": ("POST", {DUTY, LEADER}),
    # Petitions.
    "console:petitions": ("GET", PETITIONS),
    "console:view_save": ("POST", PETITIONS),
    "console:view_drop": ("POST", PETITIONS),
    "console:reception": ("GET POST", {CLERK}),
    "console:reception_draft": ("POST", {CLERK}),
    "console:reception_receipt": ("GET", {CLERK}),
    "console:petition_page": ("GET", PETITIONS),
    "console:petition_register": ("POST", {CLERK}),
    "console:petition_shield": ("GET POST", {CLERK}),
    "console:petition_similar": ("POST", {CLERK}),
    "console:petition_link": ("POST", {CLERK}),
    "console:petition_unlink": ("POST", {CLERK}),
    "console:petition_accept": ("POST", {CLERK}),
    "console:petition_decline": ("POST", {CLERK}),
    "console:petition_refer": ("POST", {CLERK}),
    "console:petition_assign": ("POST", {CLERK}),
    "console:petition_danger": ("POST", {CLERK, OFFICER}),
    "console:petition_identity": ("GET POST", {CLERK, SUPERVISOR}),
    "console:petition_notify": ("POST", {OFFICER, HEAD}),
    "console:claim_answer": ("POST", {OFFICER, HEAD}),
    "console:draft_submit": ("POST", {OFFICER, HEAD}),
    "console:draft_return": ("POST", {HEAD}),
    "console:draft_approve": ("POST", {HEAD}),
    "console:reply_send": ("GET POST", {OFFICER, HEAD}),
    "console:reply_printed": ("GET", PETITIONS),
    "console:fact_finding_note": ("POST", {OFFICER, HEAD}),
    "console:evidence_add": ("POST", {OFFICER, HEAD}),
    "console:evidence_file": ("GET", PETITIONS),
    "console:evidence_printed": ("GET", PETITIONS),
    "console:message_write": ("POST", {CLERK, OFFICER, HEAD}),
    "console:messages_noted": ("POST", {CLERK, OFFICER, HEAD}),
    "console:message_pass": ("POST", {CLERK}),
    "console:assistance_ask": ("POST", {OFFICER, HEAD}),
    "console:assistances": ("GET", {OFFICER, HEAD}),
    "console:assistance_answer": ("POST", {OFFICER, HEAD}),
    "console:reply_serve": ("POST", {CLERK, OFFICER}),
    "console:petition_papers": ("POST", {CLERK}),
    "console:petition_paper": ("GET", PETITIONS),
    "console:petition_paper_pass": ("POST", {CLERK}),
    # Imports: one's own files alone.
    "console:imports": ("GET POST", {CLERK}),
    "console:import_page": ("GET POST", {CLERK}),
    "console:import_confirm": ("POST", {CLERK}),
    "console:import_bad": ("GET", {CLERK}),
    "console:import_map": ("GET", {CLERK}),
    "console:import_erase": ("POST", {CLERK}),
    "console:petition_classify": ("POST", {CLERK, SUPERVISOR}),
    "console:petition_recuse": ("POST", {CLERK, HEAD, SUPERVISOR}),
    "console:recusal_end": ("POST", {CLERK, HEAD, SUPERVISOR}),
    "console:petition_extension_ask": ("POST", {OFFICER, HEAD}),
    "console:petition_extension_approve": ("POST", {HEAD, SUPERVISOR}),
    "console:petition_extension_refuse": ("POST", {HEAD, SUPERVISOR}),
    "console:petition_objection_raise": ("POST", {OFFICER, HEAD}),
    "console:petition_objection_agree": ("POST", {CLERK}),
    "console:petition_objection_refuse": ("POST", {CLERK}),
    "console:petition_execution_report": ("POST", {OFFICER, HEAD}),
    "console:petition_execution_verify": ("POST", {CLERK, SUPERVISOR}),
    "console:petition_execution_return": ("POST", {CLERK, SUPERVISOR}),
    "console:petition_reopen": ("POST", {CLERK}),
    "console:petition_spam_propose": ("POST", {CLERK}),
    "console:petition_spam_confirm": ("POST", {SUPERVISOR}),
    "console:petition_spam_lift": ("POST", {SUPERVISOR}),
    "console:unit": ("GET", {HEAD}),
    "console:supervision": ("GET", {SUPERVISOR}),
    "console:retaliation_answer": ("POST", {SUPERVISOR}),
    "console:follow_ups": ("GET", {CLERK, SUPERVISOR}),
    "console:follow_up_close": ("POST", {CLERK, SUPERVISOR}),
    # Duty: rosters, patterns, leave.
    "console:duty": ("GET", REPORTERS),
    "console:duty_take_over": ("GET POST", REPORTERS),  # whoever answers for the post; the action says
    "console:duty_note": ("GET POST", REPORTERS),
    "console:duty_note_read": ("POST", REPORTERS),
    "console:duty_mine": ("GET", REPORTERS),
    "console:duty_swap": ("GET POST", REPORTERS),
    "console:duty_swap_agree": ("POST", REPORTERS),
    "console:duty_swap_decline": ("POST", REPORTERS),
    "console:duty_swap_withdraw": ("POST", REPORTERS),
    "console:duty_substitute": ("GET POST", {DUTY, LEADER}),
    "console:duty_gap": ("GET POST", {DUTY, LEADER}),
    "console:duty_calendar": ("POST", REPORTERS),
    "console:duty_calendar_end": ("POST", REPORTERS),
    "console:duty_deputies": ("GET", REPORTERS),
    "console:duty_deputy_name": ("POST", {DUTY, LEADER}),
    "console:duty_deputy_end": ("POST", {DUTY, LEADER}),
    "console:duty_qualification_record": ("POST", {DUTY, LEADER}),
    "console:duty_qualification_end": ("POST", {DUTY, LEADER}),
    "console:duty_pool": ("GET", REPORTERS - {KEEPER}),
    "console:duty_expert_add": ("GET POST", {DUTY, PLANNER}),
    "console:duty_expert": ("GET POST", {DUTY, PLANNER}),
    "console:duty_expert_verify": ("POST", {DUTY, PLANNER}),
    "console:duty_expert_end": ("GET POST", {DUTY, PLANNER}),
    "console:duty_card": ("GET", REPORTERS),
    "console:duty_tree": ("GET", REPORTERS),
    "console:duty_rosters": ("GET", REPORTERS),
    "console:duty_roster_propose": ("POST", {DUTY, LEADER}),
    "console:duty_surge": ("GET POST", {DUTY, LEADER}),
    "console:duty_roster": ("GET", REPORTERS),
    "console:duty_roster_print": ("GET", REPORTERS),
    "console:duty_roster_again": ("POST", {DUTY, LEADER}),
    "console:duty_roster_publish": ("GET POST", {DUTY, LEADER}),
    "console:duty_roster_drop": ("GET POST", {DUTY, LEADER}),
    "console:duty_line": ("GET POST", {DUTY, LEADER}),
    "console:duty_shift_cancel": ("GET POST", {DUTY, LEADER}),
    "console:duty_patterns": ("GET POST", {DUTY, LEADER}),
    "console:duty_pattern_end": ("GET POST", {DUTY, LEADER}),
    "console:duty_leave": ("GET POST", REPORTERS),
    "console:duty_leave_cancel": ("GET POST", REPORTERS),
    # Causes and warnings.
    "console:issues": ("GET", CAUSES),
    "console:issue_open": ("GET POST", {CLERK, SUPERVISOR}),
    "console:issue_choose": ("GET POST", {CLERK, SUPERVISOR}),
    "console:issue_page": ("GET", CAUSES),
    "console:issue_tie": ("POST", {CLERK, SUPERVISOR}),
    "console:issue_untie": ("POST", {CLERK, SUPERVISOR}),
    "console:issue_close": ("POST", {CLERK, SUPERVISOR}),
    "console:warning_propose": ("POST", {CLERK, SUPERVISOR}),
    "console:warnings": ("GET", WARNINGS),
    "console:warning_page": ("GET", WARNINGS),
    "console:warning_verify": ("POST", {SUPERVISOR, DUTY}),
    "console:warning_confirm": ("POST", {LEADER}),
    "console:warning_dismiss": ("POST", WARNINGS),  # who may depends on how far it is; the action says
    "console:warning_lift": ("POST", {LEADER}),
    # Plans.
    "console:plans": ("GET", REPORTERS),
    "console:plan_new": ("GET POST", {PLANNER}),
    "console:plan_imports": ("GET POST", {PLANNER}),
    "console:plan_import": ("GET POST", {PLANNER}),
    "console:plan_import_certain": ("POST", {PLANNER}),
    "console:plan_import_finish": ("GET POST", {PLANNER}),
    "console:plan_import_drop": ("GET POST", {PLANNER}),
    "console:plan_page": ("GET", REPORTERS),
    "console:plan_draft": ("POST", {PLANNER}),
    "console:plan_version": ("GET", REPORTERS),
    "console:plan_edit": ("GET POST", {PLANNER}),
    "console:plan_undo": ("POST", {PLANNER}),
    "console:plan_section": ("GET", {PLANNER}),
    "console:plan_clause": ("GET POST", {PLANNER}),
    "console:plan_clause_add": ("GET POST", {PLANNER}),
    "console:plan_clause_move": ("POST", {PLANNER}),
    "console:plan_clause_delete": ("GET POST", {PLANNER}),
    "console:plan_history": ("GET", REPORTERS),
    "console:plan_download": ("GET", REPORTERS),
    "console:plan_changes": ("GET", REPORTERS),
    "console:plan_care": ("GET", REPORTERS),
    "console:plan_describe": ("GET POST", {PLANNER}),
    "console:plan_evaluated": ("GET POST", {PLANNER}),
    "console:plan_practised": ("GET POST", {PLANNER}),
    "console:plan_addendum_draft": ("GET POST", {PLANNER}),
    "console:plan_addendum_change": ("GET POST", {PLANNER}),
    "console:plan_addendum_drop": ("GET POST", {PLANNER}),
    "console:plan_addendum_promulgate": ("GET POST", {LEADER}),
    "console:plan_addendum_end": ("GET POST", {LEADER}),
    "console:plan_parameter_set": ("GET POST", {LEADER}),
    "console:plan_parameter_restore": ("GET POST", {LEADER}),
    "console:plan_revision_raise": ("GET POST", REPORTERS),  # planner or leading group; the action says
    "console:plan_revision_settle": ("GET POST", {PLANNER}),
    "console:plan_suggestion_give": ("GET POST", REPORTERS),
    "console:plan_suggestion_answer": ("GET POST", {PLANNER}),
    "console:plan_comment": ("GET POST", REPORTERS),
    "console:plan_comment_settle": ("GET POST", {PLANNER}),
    "console:plan_promulgate": ("GET POST", {LEADER}),
    "console:plan_road": ("GET", REPORTERS),
    "console:plan_submit": ("POST", {PLANNER}),
    "console:plan_withdraw": ("GET POST", {PLANNER}),
    "console:plan_return": ("POST", {LEADER}),
    "console:plan_approve": ("POST", {LEADER}),
    "console:opinion_ask": ("POST", {PLANNER}),
    "console:opinion_give": ("POST", {PLANNER, HEAD}),  # of an expert: the planner
    "console:opinion_deal": ("POST", {PLANNER}),
    "console:opinion_ask_again": ("POST", {PLANNER}),
    "console:plan_file_send": ("GET POST", {PLANNER}),
    "console:plan_receipt": ("POST", {PLANNER}),
    "console:plan_acknowledge": ("POST", {HEAD}),
    # Rehearsing, readiness.
    "console:readiness": ("GET", {PLANNER, LEADER, DUTY, HEAD, KEEPER}),
    "console:plan_rehearse": ("GET POST", REHEARSERS),
    "console:plan_rehearsal": ("GET", REHEARSERS),
    "console:plan_rehearsal_change": ("GET POST", {PLANNER}),
    "console:plan_rehearsals_compare": ("GET", REHEARSERS),
    # Supplies, money, more reception, contacts.
    "console:supplies": ("GET", RESPONSE),
    "console:supplies_csv": ("GET", RESPONSE),
    "console:supplies_print": ("GET", RESPONSE),
    "console:supply_item_add": ("GET POST", {KEEPER}),
    "console:supply_item": ("GET", RESPONSE),
    "console:supply_item_change": ("GET POST", {KEEPER}),
    "console:supply_item_end": ("GET POST", {KEEPER}),
    "console:store_add": ("GET POST", {KEEPER}),
    "console:store_page": ("GET", RESPONSE),
    "console:store_change": ("GET POST", {KEEPER}),
    "console:store_close": ("GET POST", {KEEPER}),
    "console:store_count": ("GET", {KEEPER, DUTY}),
    "console:stock_receive": ("GET POST", {KEEPER}),
    "console:stock_count": ("POST", {KEEPER, DUTY}),
    "console:stock_issue": ("GET POST", {KEEPER}),
    "console:stock_move": ("GET POST", {KEEPER}),
    "console:stock_discard": ("GET POST", {KEEPER}),
    "console:kits": ("GET", RESPONSE),
    "console:kit_make": ("GET POST", {KEEPER}),
    "console:kit_check": ("GET POST", {KEEPER, DUTY}),
    "console:kit_end": ("GET POST", {KEEPER}),
    "console:loans": ("GET", RESPONSE),
    "console:loan_make": ("GET POST", {KEEPER}),
    "console:loan_return": ("GET POST", {KEEPER}),
    "console:loan_write_off": ("GET POST", {KEEPER}),
    "console:funds": ("GET", {LEADER, PLANNER, HEAD, KEEPER, AUDITOR}),
    "console:fund_add": ("GET POST", {LEADER}),
    "console:fund_page": ("GET", {LEADER, PLANNER, HEAD, KEEPER, AUDITOR}),
    "console:fund_change": ("GET POST", {LEADER}),
    "console:spending_record": ("GET POST", {KEEPER, HEAD, LEADER}),
    "console:spending_reverse": ("GET POST", {KEEPER, HEAD, LEADER}),
    "console:capacities": ("GET", REPORTERS),
    "console:capacity_add": ("GET POST", {PLANNER, DUTY}),
    "console:capacity_page": ("GET", REPORTERS),
    "console:capacity_edit": ("GET POST", {PLANNER, DUTY}),
    "console:capacity_approve": ("GET POST", {LEADER}),
    "console:capacity_drop": ("GET POST", REPORTERS),  # who may depends on how far it is; the action says
    "console:contacts": ("GET", REPORTERS),
    "console:contacts_csv": ("GET", REPORTERS),
    "console:contacts_print": ("GET", REPORTERS),
    "console:contacts_round": ("GET", {DUTY, PLANNER, KEEPER, CLERK}),
    "console:contact_add": ("GET POST", {DUTY, PLANNER}),
    "console:contact_change": ("GET POST", {DUTY, PLANNER}),
    "console:contact_verify": ("POST", {DUTY, PLANNER, KEEPER, CLERK}),
    "console:contact_wrong": ("POST", {DUTY, PLANNER, KEEPER, CLERK}),
    "console:contact_end": ("GET POST", {DUTY, PLANNER}),
    # Incidents, orders, reports.
    "console:incidents": ("GET", REPORTERS),
    "console:incident_report": ("GET POST", REPORTERS),
    "console:incident_board": ("GET", RESPONSE),
    "console:incident_board_part": ("GET", RESPONSE),
    "console:incident_timeline": ("GET", RESPONSE),
    "console:incident_verify": ("POST", {DUTY, LEADER}),
    "console:incident_dismiss": ("GET POST", {DUTY, LEADER}),
    "console:incident_facts": ("GET POST", {DUTY, LEADER}),
    "console:incident_activate": ("GET POST", {LEADER}),
    "console:incident_decide": ("GET POST", {LEADER}),
    "console:incident_end": ("GET POST", {LEADER}),
    "console:my_orders": ("GET", RESPONSE),
    "console:order_page": ("GET", RESPONSE),
    "console:order_acknowledge": ("POST", RESPONSE),
    "console:order_done": ("POST", RESPONSE),
    "console:order_refuse": ("POST", RESPONSE),
    "console:order_reassign": ("POST", {LEADER}),
    "console:situation_report_send": ("GET POST", {DUTY, LEADER}),
    "console:situation_report_page": ("GET", RESPONSE),
    "console:situation_report_phone": ("GET POST", {DUTY, LEADER}),
    # Publishing.
    "console:notices": ("GET", NOTICES),
    "console:notice_facts": ("GET POST", NOTICES),
    "console:notice_new": ("GET POST", {PRESS}),
    "console:notice_page": ("GET", NOTICES),
    "console:notice_edit": ("GET POST", {PRESS}),
    "console:notice_submit": ("POST", {PRESS}),
    "console:notice_approve": ("POST", {LEADER, HEAD}),
    "console:notice_return": ("POST", {LEADER, HEAD}),
    "console:notice_recall": ("POST", {PRESS}),
    "console:conference_record": ("GET POST", {PRESS}),
    "console:notice_publish": ("POST", {PRESS}),
    "console:notice_withdraw": ("POST", {PRESS}),
    "console:notice_correct": ("GET POST", {PRESS}),
    "console:correction_approve": ("POST", {LEADER, HEAD}),
    "console:correction_return": ("POST", {LEADER, HEAD}),
    "console:figures": ("GET", FIGURES),
    "console:figures_release": ("POST", {PRESS}),
    # Learning.
    "console:evaluations": ("GET", EVALUATIONS),
    "console:evaluation_open": ("POST", {PLANNER}),
    "console:evaluation_page": ("GET", EVALUATIONS),
    "console:evaluation_summarise": ("POST", {PLANNER}),
    "console:evaluation_refresh": ("POST", {PLANNER}),
    "console:evaluation_adopt": ("POST", {LEADER}),
    "console:finding_record": ("POST", {PLANNER}),
    "console:corrective_order": ("GET POST", {PLANNER}),
    "console:change_propose": ("GET POST", {PLANNER}),
    "console:change_draft": ("POST", {PLANNER}),
    "console:correctives": ("GET", STAFF),  # one's own work; the body's for readers of evaluations
    "console:corrective_page": ("GET", STAFF),
    "console:corrective_done": ("POST", OWNERS),
    "console:corrective_verify": ("POST", {SUPERVISOR}),
    "console:corrective_return": ("POST", {SUPERVISOR}),
    # The auditor, the administrators.
    "console:ledger": ("GET", {AUDITOR, AUDIT}),
    "console:system": ("GET", {SYSTEM}),
    "console:settings": ("GET", {SYSTEM}),
    "console:settings_body": ("GET POST", {SYSTEM}),
    "console:settings_units": ("GET", {SYSTEM}),
    "console:settings_unit_found": ("GET POST", {SYSTEM}),
    "console:settings_unit": ("GET POST", {SYSTEM}),
    "console:settings_post": ("GET POST", {SYSTEM}),
    "console:settings_calendar": ("GET", {SYSTEM}),
    "console:settings_day": ("GET POST", {SYSTEM}),
    "console:settings_day_restore": ("GET POST", {SYSTEM}),
    "console:settings_categories": ("GET", {SYSTEM}),
    "console:settings_categories_default": ("POST", {SYSTEM}),
    "console:settings_category_add": ("GET POST", {SYSTEM}),
    "console:settings_category": ("GET POST", {SYSTEM}),
    "console:settings_category_end": ("GET POST", {SYSTEM}),
    "console:settings_places": ("GET", {SYSTEM}),
    "console:settings_place_add": ("GET POST", {SYSTEM}),
    "console:settings_place": ("GET POST", {SYSTEM}),
    "console:settings_place_close": ("GET POST", {SYSTEM}),
    "console:settings_numbering": ("GET POST", {SYSTEM}),
    "console:settings_people": ("GET", {SYSTEM}),
    "console:settings_person_enrol": ("GET POST", {SYSTEM}),
    "console:settings_person": ("GET", {SYSTEM}),
    "console:settings_person_lend": ("GET POST", {SYSTEM}),
    "console:settings_person_active": ("GET POST", {SYSTEM}),
    "console:staff": ("GET", {SECURITY}),
    "console:staff_page": ("GET POST", {SECURITY}),
    "console:second_factor_reset": ("GET POST", {SECURITY}),
    "console:grant_extend": ("GET POST", {SECURITY}),
    "console:grant_end": ("GET POST", {SECURITY}),
}

NOBODYS = {
    "body_code": "qingxi",
    "reference": "QX00-0000-0000",
    "petition_reference": "QX00-0000-0000",
    "code": "no-such-plan",
    "kind": "first",
    "file_id": "00000000-0000-4000-8000-000000000000",
    "key": "nobodys-key",
    "suggestion_ref": "00000000-0000-4000-8000-000000000000",
}
NUMBER = 999_999
EVERYONE = {**QINGXI_PEOPLE, **BAISHI_PEOPLE}


@dataclass(frozen=True)
class Row:
    """One line of the table, with the address it stands for."""

    name: str
    methods: frozenset[str]
    who: set[str] | str
    missing: int
    params: frozenset[str]

    @property
    def path(self) -> str:
        return reverse(self.name, kwargs={key: NOBODYS.get(key, NUMBER) for key in self.params})

    @property
    def names_a_thing(self) -> bool:
        return bool(self.params - {"body_code"})

    def lets_in(self, account: str) -> bool:
        return isinstance(self.who, str) or EVERYONE[account].role in self.who


def addresses() -> dict[str, frozenset[str]]:
    """Every named address with the names of its parts, from the resolver itself."""

    def walk(
        patterns: list[URLPattern | URLResolver], space: str, outer: frozenset[str]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        for pattern in patterns:
            params = outer | frozenset(pattern.pattern.converters)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, inner, params)
            else:
                assert pattern.name, f"the address {pattern.pattern} has no name"
                yield f"{space}{pattern.name}", params

    return dict(walk(get_resolver().url_patterns, "", frozenset()))


def rows() -> list[Row]:
    """The table as rows."""
    known = addresses()
    return [
        Row(name, frozenset(given[0].split()), given[1], (*given, 404)[2], known[name])
        for name, given in TABLE.items()
    ]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    known = set(addresses())
    assert known - set(TABLE) == set(), "say who may open these"
    assert set(TABLE) - known == set(), "these are gone"


def asked(client: Client, method: str, row: Row) -> int:
    return client.generic(method, row.path).status_code


def insiders(cast: Cast) -> Iterator[tuple[Row, Client]]:
    """Each row with a browser in which somebody is signed in who passes its door."""
    browsers: dict[str, Client] = {}
    for row in rows():
        account = next((account for account in EVERYONE if row.lets_in(account)), "clerk")
        if account not in browsers:
            browsers[account] = signed_in(Client(raise_request_exception=False), cast.staff[account])
        yield row, browsers[account]


def test_a_visitor_is_let_in_or_sent_to_sign_in_and_nothing_breaks(cast: Cast) -> None:
    wrong = []
    for row in rows():
        for method in sorted(row.methods):
            answer = Client().generic(method, row.path)
            sent = answer.status_code == 302 and "/sign-in/" in answer["Location"]
            if row.who != ANYONE and not sent:
                wrong.append((method, row.name, answer.status_code))
            if row.who == ANYONE and row.names_a_thing and answer.status_code != row.missing:
                wrong.append((method, row.name, answer.status_code))
            if row.who == ANYONE and (sent or answer.status_code >= 500 or answer.status_code in (403, 405)):
                wrong.append((method, row.name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("account", EVERYONE)
def test_staff_pass_the_doors_of_their_role_and_no_other(cast: Cast, account: str) -> None:
    client, wrong = signed_in(Client(), cast.staff[account]), []
    for row in rows():
        if row.who == ANYONE:
            continue
        for method in sorted(row.methods):
            status = asked(client, method, row)
            if not row.lets_in(account):
                right = status in (403, 404)
            elif row.names_a_thing:
                right = status == row.missing
            else:
                right = status < 500 and status not in (401, 403, 405)
            if not right:
                wrong.append((method, row.name, status))
    assert wrong == []


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "TRACE", "OPTIONS"])
def test_a_method_that_an_address_does_not_know_is_answered_with_405(cast: Cast, method: str) -> None:
    wrong = []
    for row, client in insiders(cast):
        status = 405 if method in row.methods else asked(client, method, row)
        if status != 405:
            wrong.append((row.name, status))
    assert wrong == []


def test_looking_with_get_or_head_writes_nothing(cast: Cast) -> None:
    """A page that is fetched ahead, or by a robot, must not have done anything."""
    from django.apps import apps

    def counted() -> dict[str, int]:
        ours = [m for m in apps.get_models() if m.__module__.startswith("huiying.")]
        return {model._meta.label: model._default_manager.count() for model in ours}

    before = counted()
    for row, client in insiders(cast):
        for method in ("GET", "HEAD"):
            assert asked(client, method, row) < 500, (method, row.name)
    assert counted() == before
