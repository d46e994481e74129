import {applyBecause, choose, save} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function state(label) {
    return {
        content: `It is ${label}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
    };
}

function approve() {
    return [
        {
            content: "Decide",
            trigger: ".o_statusbar_buttons button:contains(/^Approve$/)",
            run: "click",
        },
        ...applyBecause("[name=comment] textarea", "Looks good"),
    ];
}

// A buyer, on the certifications.
tours.add("supplier_evaluation_certification_submit", {
    steps: () => [
        {
            content: "A new certification",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        ...choose("partner_id", "Golden Supplier"),
        ...choose("program_id", "Test programme"),
        save(),
        {
            content: "What is asked for is there",
            trigger:
                ".o_field_widget[name=checklist] li:has(.fa-check):contains(Licence)",
        },
        {
            content: "Submit it",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        state("Submitted"),
        {
            content: "It has a number",
            trigger: ".o_form_saved .o_field_widget[name=name]:contains(CERT/)",
        },
        {
            content: "The buyer cannot review it",
            trigger: ".o_form_view:not(:has(button[name=action_start_review]))",
        },
    ],
});

// The first approver, on the certification.
tours.add("supplier_evaluation_certification_review", {
    steps: () => [
        {
            content: "Take it up",
            trigger: "button[name=action_start_review]",
            run: "click",
        },
        state("In Review"),
        {
            content: "Everything is in order",
            trigger: "button[name=action_finish_review]",
            run: "click",
        },
        state("In Approval"),
        ...approve(),
        {
            content: "The second step waits, and not for this approver",
            trigger:
                ".o_form_view:has(.o_field_widget[name=step_id]:contains(Purchasing)):not(:has(.o_statusbar_buttons button:contains(/^Approve$/)))",
        },
    ],
});

// The second approver, on what waits.
tours.add("supplier_evaluation_certification_certify", {
    steps: () => [
        {
            content: "It waits here",
            trigger:
                ".o_data_row:contains(Golden Supplier) .o_data_cell[name=partner_id]",
            run: "click",
        },
        state("In Approval"),
        ...approve(),
        state("Certified"),
        {
            content: "The certificate can be printed",
            trigger: "button[name=action_print_certificate]",
        },
        {
            content: "Who decided what",
            trigger: ".o_notebook a[name=approvals]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=approval_ids] .o_data_row:contains(Quality)",
        },
    ],
});
