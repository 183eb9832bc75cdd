"""The questions that the specification names: each stays, whatever is added to them."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest

from bot.content.library import Library
from bot.core.dialog import Type
from bot.core.reading import Understood, read

DIAGNOSTIC = """
    role headcount clientele initial_preference triggers shared_targets sales_ready_definition
    joint_decisions role_split missed_target_cause lead_feedback arbitration_rule
    marketing_digital_skills sales_digital_skills shared_dashboard marketing_indicators
    indicator_count shared_customer_data behavioural_segmentation field_feedback customer_roles
    customer_journey stage_ownership process_departments leaking_stages tool_usage
    it_marketing_cooperation adoption_brakes tool_rationale social_network
    social_network_purpose sharing_vs_confidentiality roadmap clarity_of_why projects sponsor
    steering_days need_duration annual_budget decision_power results_horizon internal_skills
    workload_pattern apprentice_tutor keep_inhouse outsource provider_experience
"""
DOCUMENTS = """
    company_name industry decision_date priority_projects essential_skills role_orientation
    reports_to qualities team_size managed_budget success_signs contract_type employment_status
    day_count_agreement workplace remote_days pay_min pay_max variable_pay start_date
    collective_agreement trial_months application_contact apprentice_level mission_purpose
    deliverables mission_months days_per_month mission_budget pricing_mode mission_lead
    selection_criteria response_deadline
"""
SECOND_ROUND = """
    second_answer second_reason worth_discussing argument
"""


def test_the_84_questions_of_the_specification_exist(library: Library) -> None:
    specified = {
        "diagnostic": DIAGNOSTIC.split(),
        "documents": DOCUMENTS.split(),
        "second_round": SECOND_ROUND.split(),
    }
    assert sum(map(len, specified.values())) == 84
    for name, ids in specified.items():
        assert set(ids) <= set(library.dialogs[name].by_id), name


def test_a_document_question_serves_documents_that_exist(library: Library) -> None:
    documents = library.dialogs["documents"]
    known = {doc for option in library.model.options for doc in option.docs}
    for question in documents.questions:
        assert question.docs <= known, question.id
        assert question.required_for <= question.docs, question.id


@pytest.mark.parametrize(("lang", "word"), [("fr", "Par exemple"), ("en", "For example")])
def test_the_example_under_a_question_is_an_answer_to_it(
    library: Library, lang: str, word: str
) -> None:
    reading = partial(read, lang=lang, today=date(2026, 11, 23), forbidden=library.forbidden[lang])
    read_back = []
    for question in library.dialogs["documents"].questions:
        found = re.search(rf"{word}[,:\s]+(.+?)(?: (?:ou|or) .*)?\.$", question.example[lang])
        if found and question.type in (Type.TEXT, Type.MONEY):
            assert isinstance(reading(question, found[1]), Understood), (question.id, found[1])
            read_back.append(question.id)
    assert {"benefits", "classification", "tutor_role", "budget_ceiling"} <= set(read_back)
