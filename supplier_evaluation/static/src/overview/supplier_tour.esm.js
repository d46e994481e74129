import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

export const TOUR = "supplier_evaluation_tour";

const APP = "supplier_evaluation.supplier_root_menu";
const STEPS = ".o_supplier_first_steps";
const HISTORY = `${STEPS} [data-step=history]`;
const CARDS = ".o_field_widget[name=scorecard_ids]";
// Who asks for the tour on the overview is there already.
const ELSEWHERE = "body:not(:has(.o_supplier_overview))";

/** From the app's icon to why a supplier has its score, before there is any. */
registry.category("web_tour.tours").add(TOUR, {
    url: "/odoo",
    steps: () => [
        {
            isActive: ["community", "desktop", ELSEWHERE],
            trigger: ".o_navbar_apps_menu button:enabled",
            content: _t("All apps are here."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            isActive: [ELSEWHERE],
            trigger: `.o_app[data-menu-xmlid="${APP}"]`,
            content: _t("Open your suppliers."),
            tooltipPosition: "right",
            run: "click",
        },
        {
            trigger: `${HISTORY} h3, ${HISTORY} button`,
            content: _t(
                "Orders that are not in Odoo are imported here. None? Click the title to go on."
            ),
            tooltipPosition: "top",
            run: "click",
        },
        {
            trigger: `${STEPS} [data-step=evaluate] button`,
            content: _t("Start with last month."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=template_id] input",
            content: _t(
                "The template says what counts, and how much. Keep this one, or choose another."
            ),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_compute]",
            content: _t("Compute it. Nothing is published before you say so."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            // In a list, or on a phone in cards. The pointer is at the first of them.
            trigger: `${CARDS} .o_data_row td[name=partner_id], ${CARDS} .o_kanban_record .fw-bold, ${CARDS} .o_kanban_record`,
            content: _t("Open the scorecard of a supplier."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            // The bubble beside what is narrow stays on a phone's screen.
            trigger: ".o_supplier_findings li i, .o_supplier_findings",
            content: _t(
                "Why this score? What costs most comes first, with its records."
            ),
            tooltipPosition: "bottom",
            run: "click",
        },
    ],
});
