import {applyBecause, atMost, choose, save} from "./supplier_tour_steps.esm";
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
        {
            content: "The only programme is proposed",
            trigger: ".o_field_widget[name=program_id] input:value(Test programme)",
        },
        ...save(),
        {
            content: "What is asked for is there",
            trigger:
                ".o_field_widget[name=checklist_rows] li:has(.fa-check):contains(Licence)",
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

const row = (text) => `.o_supplier_requirement:contains(${text})`;
const missing = (text) => `.o_supplier_requirement_missing:contains(${text})`;

// A buyer, on a new certification of a supplier of whom nothing is known yet. One of the
// clicks is a detour: three people need 15 to certify it.
tours.add("supplier_evaluation_certification_alone_submit", {
    steps: () =>
        atMost({clicks: 9, texts: 2}, [
            {
                content: "The checklist comes first",
                trigger: ".o_notebook .nav-link.active[name=checklist]",
            },
            ...choose("partner_id", "Unknown Supplier"),
            {
                content: "The programme is proposed",
                trigger: ".o_field_widget[name=program_id] input:value(Alone)",
            },
            {
                content: "Add the document that is missing",
                trigger: `${missing("Licence")} button:contains(Add)`,
                run: "click",
            },
            {
                content: "Supplier and type are known",
                trigger:
                    ".modal:has(.o_field_widget[name=partner_id] input:value(Unknown Supplier)) .o_field_widget[name=type_id] input:value(Licence)",
            },
            {
                trigger: ".modal .o_field_widget[name=number] input",
                run: "edit L-77",
            },
            {
                trigger: ".modal .o_form_button_save",
                run: "click",
            },
            {
                content: "It is there, and somebody else verifies it",
                trigger: `body:not(:has(.modal)) ${row("not verified yet")}:not(:has(.o_supplier_requirement_verify))`,
            },
            {
                content: "The checklist says how many rows are missing",
                trigger: "[role=status]:contains(1 of)",
            },
            {
                content: "Submit too early",
                trigger: ".o_statusbar_buttons button[name=action_submit]",
                run: "click",
            },
            {
                content: "No dialog: the row is shown",
                trigger: `body:not(:has(.modal)) .o_notification:contains(One row)`,
            },
            {
                content: "Go to the questions from the row",
                trigger: `${missing("open questions")} button:contains(Answer)`,
                run: "click",
            },
            {
                trigger: ".o_supplier_answer:contains(Reliable) button:contains(9)",
                run: "click",
            },
            {
                trigger: ".o_supplier_answer button.btn-primary:contains(9)",
            },
            ...save(),
            {
                trigger: ".o_form_saved .o_notebook a[name=checklist]",
                run: "click",
            },
            {
                content: "Everything is there now",
                trigger: ".o_supplier_checklist:contains(Everything for the next step)",
            },
            {
                trigger:
                    ".o_statusbar_buttons button.btn-primary[name=action_submit]:contains(/^Submit$/)",
                run: "click",
            },
            state("Submitted"),
        ]),
});

// The first approver, on the certification.
tours.add("supplier_evaluation_certification_alone_review", {
    steps: () =>
        atMost({clicks: 5, texts: 1}, [
            {
                trigger: ".o_statusbar_buttons button[name=action_start_review]",
                run: "click",
            },
            state("In Review"),
            {
                content: "Verify the document from here",
                trigger: `${row("not verified yet")} .o_supplier_requirement_verify`,
                run: "click",
            },
            {
                trigger: `${row("Licence")}:has(.fa-check)`,
            },
            {
                trigger:
                    ".o_statusbar_buttons button.btn-primary[name=action_finish_review]",
                run: "click",
            },
            state("In Approval"),
            {
                content: "The first of two steps waits",
                trigger:
                    ".o_supplier_steps:contains(Step 1 of 2) [data-status=current]:contains(Quality)",
            },
            ...approve(),
            {
                content: "Who decided, and who is next",
                trigger:
                    ".o_supplier_steps:has([data-status=done]:contains(Approved by certification_first)):contains(Step 2 of 2) [data-status=current]:contains(Purchasing)",
            },
            {
                content: "The chatter tells it, too",
                trigger: ".o-mail-Message:contains(Approved in this step)",
            },
        ]),
});

// The second approver, on a phone.
tours.add("supplier_evaluation_certification_alone_phone", {
    steps: () =>
        atMost({clicks: 2, texts: 1}, [
            {
                content: "Approve at the thumb",
                trigger: ".o_supplier_thumb_bar button:contains(/^Approve$/)",
                run: "click",
            },
            ...applyBecause("[name=comment] textarea", "Good"),
            {
                content: "It is certified, and nothing is left to decide",
                trigger:
                    "body:not(:has(.modal)) .o_form_view:not(:has(.o_supplier_thumb_bar)) .o_supplier_steps:not(:has([data-status=current])):contains(Approved by certification_second)",
            },
        ]),
});
