"""Which screens there are pictures of: an action, and what it is opened with.

What is worst or open is looked for in the database: it is the demo's, of any day.
"""

from __future__ import annotations

from dataclasses import dataclass

ADDON = "supplier_evaluation."
SALE, REQUISITION = "supplier_evaluation_sale.", "supplier_evaluation_requisition."
# A list or form that a button opens: in a dialog, or in the place of the screen.
DIALOG = ".modal .o_form_view, .modal .o_list_view"
LIST = ".o_list_view .o_data_row"
# The newest published scorecards of the first company, the worst one first.
WORST = """
    SELECT %s FROM supplier_scorecard card
      JOIN supplier_evaluation evaluation ON evaluation.id = card.evaluation_id
      JOIN supplier_scorecard_template template
        ON template.id = evaluation.template_id AND template.sets_vendor_score
     WHERE evaluation.state = 'published' AND evaluation.company_id = 1
       AND card.rank > 0
  ORDER BY evaluation.date_to DESC, card.score
"""


@dataclass(frozen=True)
class Screen:
    """A screen.

    :param action: the external identifier of the action
    :param record: SQL for the id of the record whose form is shown
    :param query: SQL for what the address ends with
    :param press: selectors in CSS, of what is pressed there one after the other
    :param opens: a selector of what is there then
    """

    name: str
    action: str
    record: str = ""
    query: str = ""
    press: tuple[str, ...] = ()
    opens: str = DIALOG

    def address(self, look_up) -> str:
        """Where it is.

        :param look_up: returns the one value that SQL asks for
        """
        path = f"/odoo/action-{self.action}"
        if self.record:
            path += f"/{look_up(self.record)}"
        if self.query:
            path += f"?{look_up(self.query)}"
        return path


SCREENS = (
    Screen("overview", f"{ADDON}supplier_overview_action"),
    Screen("guided-start", f"{ADDON}supplier_start_action"),
    Screen("scorecards", f"{ADDON}supplier_scorecard_action"),
    Screen(
        "scorecard",
        f"{ADDON}supplier_scorecard_action",
        record=WORST % "card.id" + "LIMIT 1",
    ),
    Screen(
        "vendor",
        "account.res_partner_action_supplier",
        record=WORST % "card.partner_id" + "LIMIT 1",
    ),
    Screen(
        "certification",
        f"{ADDON}supplier_certification_action",
        record="""
            SELECT id FROM supplier_certification WHERE state = 'approval'
          ORDER BY id DESC LIMIT 1
        """,
    ),
    Screen(
        "order-blocked",
        "purchase.purchase_rfq",
        record="""
            SELECT purchase.id FROM purchase_order purchase
             WHERE purchase.state = 'draft'
               AND purchase.purchase_group_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM supplier_purchase_override let
                                WHERE let.order_id = purchase.id)
          ORDER BY purchase.id DESC LIMIT 1
        """,
    ),
    Screen(
        "incident",
        f"{ADDON}supplier_incident_action",
        record="""
            SELECT id FROM supplier_incident WHERE state = 'in_progress'
          ORDER BY cost DESC, id DESC LIMIT 1
        """,
    ),
    Screen(
        "review",
        f"{ADDON}supplier_review_action",
        record="""
            SELECT id FROM supplier_review WHERE state = 'open'
          ORDER BY id DESC LIMIT 1
        """,
    ),
    Screen(
        "compare",
        f"{ADDON}supplier_compare_action",
        query=f"""
            SELECT 'cards=' || string_agg(id::text, '-')
              FROM ({WORST % "card.id"} LIMIT 4) AS worst
        """,
    ),
    Screen("delivery-analysis", f"{ADDON}supplier_delivery_fact_action"),
    Screen(
        "alert",
        f"{ADDON}supplier_alert_action",
        record="""
            SELECT id FROM supplier_alert WHERE state = 'open' AND company_id = 1
          ORDER BY partner_id IS NULL, value DESC NULLS LAST, id LIMIT 1
        """,
    ),
    Screen(
        "alert-rule",
        f"{ADDON}supplier_alert_rule_action",
        record="SELECT id FROM supplier_alert_rule WHERE active ORDER BY id LIMIT 1",
    ),
    Screen(
        "corrective-action",
        f"{ADDON}supplier_corrective_action_action",
        record="""
            SELECT id FROM supplier_corrective_action
          ORDER BY state = 'effective' DESC, id LIMIT 1
        """,
    ),
    Screen(
        "goal",
        f"{ADDON}supplier_goal_action",
        record="""
            SELECT id FROM supplier_goal WHERE active
          ORDER BY status = 'on_track' DESC, sequence, id LIMIT 1
        """,
    ),
    Screen("tier-matrix", f"{ADDON}supplier_tier_matrix_action"),
    Screen("rewards", f"{ADDON}supplier_incentive_action"),
    Screen("what-if", f"{ADDON}supplier_what_if_action"),
    Screen(
        "back-test",
        f"{ADDON}supplier_trial_action",
        record="SELECT id FROM supplier_trial WHERE state = 'done' ORDER BY id LIMIT 1",
    ),
    Screen("allocation", f"{ADDON}supplier_allocation_action"),
    Screen("risks", f"{ADDON}supplier_risk_level_action"),
    Screen(
        "risk-signal",
        f"{ADDON}supplier_risk_signal_action",
        record="""
            SELECT id FROM supplier_risk_signal WHERE company_id = 1
          ORDER BY kind = 'litigation' DESC, id LIMIT 1
        """,
    ),
    Screen(
        "application",
        f"{ADDON}supplier_application_action",
        record="""
            SELECT id FROM supplier_application WHERE state IN ('new', 'claimed')
          ORDER BY state DESC,
                   EXISTS (SELECT 1 FROM supplier_application_candidate candidate
                            WHERE candidate.application_id = supplier_application.id)
                      DESC, id
             LIMIT 1
        """,
    ),
    Screen(
        "exchange-message",
        f"{ADDON}supplier_exchange_message_action",
        record="SELECT id FROM supplier_exchange_message ORDER BY id LIMIT 1",
    ),
    Screen(
        "exchange-question",
        f"{ADDON}supplier_exchange_question_action",
        record="SELECT id FROM supplier_exchange_question ORDER BY id LIMIT 1",
    ),
    Screen("master-data", f"{ADDON}supplier_profile_action"),
    Screen("likely-duplicates", f"{ADDON}supplier_duplicate_action"),
    Screen(
        "master-data-report",
        f"{ADDON}supplier_data_report_action",
        record="SELECT id FROM supplier_data_report ORDER BY id DESC LIMIT 1",
    ),
    Screen("dimensions", f"{ADDON}supplier_dimension_action"),
    Screen("flexibility-analysis", f"{ADDON}supplier_flexibility_fact_action"),
    Screen("quotation-analysis", f"{ADDON}supplier_quotation_fact_action"),
    Screen("cooperation-analysis", f"{ADDON}supplier_cooperation_fact_action"),
    Screen("region-groups", f"{ADDON}supplier_region_group_action"),
    Screen("contracts", f"{ADDON}supplier_contract_action"),
    Screen(
        "contract",
        f"{ADDON}supplier_contract_action",
        record="""
            SELECT id FROM supplier_contract WHERE is_in_portal ORDER BY id LIMIT 1
        """,
    ),
    Screen("contract-penalties", f"{ADDON}supplier_contract_penalty_action"),
    Screen("savings", f"{ADDON}supplier_saving_fact_action"),
    Screen("expected-late", f"{ADDON}supplier_delivery_forecast_action"),
    Screen(
        "expected-late-why",
        f"{ADDON}supplier_delivery_forecast_action",
        record="""
            SELECT id FROM supplier_delivery_forecast WHERE NOT is_overdue
             ORDER BY probability DESC, id LIMIT 1
        """,
    ),
    Screen("forecasts-when-ordered", f"{ADDON}supplier_delivery_forecast_first_action"),
    Screen("expected-demand", f"{ADDON}supplier_demand_action"),
    Screen("meetings", f"{ADDON}supplier_meeting_action"),
    Screen(
        "meeting",
        f"{ADDON}supplier_meeting_action",
        record="""
            SELECT id FROM supplier_meeting WHERE state = 'closed' ORDER BY id LIMIT 1
        """,
    ),
    Screen("contact-log", f"{ADDON}supplier_contact_action"),
    Screen("contact-figures", f"{ADDON}supplier_contact_fact_action"),
    Screen("trainings", f"{ADDON}supplier_training_action"),
    Screen(
        "own-fields",
        f"{ADDON}supplier_incident_action",
        record="""
            SELECT id FROM supplier_incident
             WHERE own_properties IS NOT NULL ORDER BY id LIMIT 1
        """,
    ),
    Screen(
        "hand-over",
        "base.action_res_users",
        record="""
            SELECT buyer_id FROM res_partner WHERE buyer_id IS NOT NULL
          GROUP BY buyer_id ORDER BY COUNT(*) DESC, buyer_id LIMIT 1
        """,
        press=("button[name='action_hand_over_supplier_work']",),
    ),
    Screen("customer-assessments", f"{ADDON}supplier_customer_review_action"),
    Screen(
        "customer-assessment",
        f"{ADDON}supplier_customer_review_action",
        record="""
            SELECT id FROM supplier_customer_review
             WHERE state = 'done' ORDER BY score, id LIMIT 1
        """,
    ),
    Screen("inspections", f"{ADDON}supplier_inspection_action"),
    Screen(
        "inspection",
        f"{ADDON}supplier_inspection_action",
        record="""
            SELECT id FROM supplier_inspection
             WHERE result = 'rejected' AND plan_id IS NOT NULL ORDER BY id LIMIT 1
        """,
    ),
    Screen("inspection-plans", f"{ADDON}supplier_inspection_plan_action"),
    Screen(
        "audit",
        f"{ADDON}supplier_certification_audit_action",
        record="""
            SELECT id FROM supplier_certification_audit
             WHERE certification_id IS NULL ORDER BY id LIMIT 1
        """,
    ),
    Screen(
        "chat-message",
        f"{ADDON}supplier_outbox_action",
        record="""
            SELECT id FROM supplier_outbox WHERE state = 'dead' ORDER BY id LIMIT 1
        """,
    ),
    Screen(
        "webhook",
        f"{ADDON}supplier_outbox_channel_action",
        record="""
            SELECT id FROM supplier_outbox_channel WHERE kind = 'exchange' LIMIT 1
        """,
    ),
    Screen("customer-orders", f"{SALE}supplier_sale_trace_action"),
    Screen(
        "customer-order",
        f"{SALE}supplier_sale_trace_action",
        # The first way of the line, see FACT_IDS of the trace.
        record="""
            SELECT line.id * 4096 + 1 FROM sale_order_line line
              JOIN sale_order sale ON sale.id = line.order_id
              JOIN stock_move move ON move.sale_line_id = line.id
             WHERE sale.state = 'sale' AND move.state = 'done'
               AND move.date > sale.commitment_date + INTERVAL '4 days'
               AND EXISTS (SELECT 1 FROM stock_move_created_purchase_line_rel made
                            WHERE made.move_id = move.id)
          ORDER BY line.id DESC LIMIT 1
        """,
    ),
    Screen("customer-orders-waiting", f"{SALE}supplier_sale_trace_action_waiting"),
    Screen("customers-of-suppliers", f"{SALE}supplier_sale_sum_action"),
    Screen("customers-by-class", f"{SALE}supplier_sale_customer_action"),
    Screen(
        "customer-complaint",
        f"{ADDON}supplier_incident_action",
        record="""
            SELECT id FROM supplier_incident WHERE sale_line_id IS NOT NULL
          ORDER BY incident_type = 'quality' DESC, id LIMIT 1
        """,
    ),
    Screen(
        "customer-impact",
        f"{ADDON}supplier_scorecard_action",
        record="""
            SELECT line.scorecard_id FROM supplier_scorecard_line line
              JOIN supplier_kpi kpi ON kpi.id = line.kpi_id
              JOIN supplier_scorecard card ON card.id = line.scorecard_id
             WHERE kpi.code = 'customer_impact' AND line.has_value
          ORDER BY card.date_to DESC, line.value DESC, card.id LIMIT 1
        """,
    ),
    Screen(
        "compare-offers",
        "purchase.purchase_rfq",
        record="""
            SELECT id FROM purchase_order
             WHERE state = 'draft' AND purchase_group_id IS NOT NULL
          ORDER BY id DESC LIMIT 1
        """,
        press=(
            "a[name='alternative_pos']",
            "button[name='action_compare_alternative_lines']",
        ),
        opens=LIST,
    ),
    Screen("requirement-lists", f"{REQUISITION}supplier_choice_action"),
    Screen(
        "requirement-list",
        f"{REQUISITION}supplier_choice_action",
        record="""
            SELECT id FROM supplier_choice WHERE state = 'chosen' ORDER BY id LIMIT 1
        """,
    ),
    Screen(
        "requirement-list-open",
        f"{REQUISITION}supplier_choice_action",
        record="""
            SELECT id FROM supplier_choice WHERE state = 'draft' ORDER BY id LIMIT 1
        """,
    ),
    Screen(
        "blanket-order",
        "purchase_requisition.action_purchase_requisition",
        record="""
            SELECT id FROM purchase_requisition WHERE state = 'confirmed'
          ORDER BY id LIMIT 1
        """,
    ),
)
# Widths of a picture in pixels, with their heights: a desk and a telephone.
SIZES = ((1400, 900), (390, 844))
