import {choose, save} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the list of contracts: one is written and submitted.
tours.add("supplier_evaluation_contract_enter", {
    steps: () => [
        {
            content: "Enter a contract",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=title] input, .o_field_widget[name=title] textarea",
            run: "edit Steel parts",
        },
        ...choose("partner_id", "Golden Supplier"),
        {
            content: "Add a line",
            trigger:
                ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add button, .o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=product_id] input",
            run: "edit Bolt",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(Bolt)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=price] input",
            run: "edit 10",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Bolt)",
        },
        ...save(),
        {
            content: "Have others approve it",
            trigger: "button[name=action_submit]:contains(Submit)",
            run: "click",
        },
        {
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(To Approve)) .alert-info:contains(Two people)",
        },
    ],
});

// Another one approves, on the list of contracts.
tours.add("supplier_evaluation_contract_approve", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Steel parts) td[name=title]",
            run: "click",
        },
        {
            content: "Approve it",
            trigger: "button[name=action_approve]:contains(Approve)",
            run: "click",
        },
        {
            content: "It is approved by one more",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(In Force)), .o_form_view:not(:has(button[name=action_approve]))",
        },
    ],
});

// A manager claims a penalty, on the list of what is proposed.
tours.add("supplier_evaluation_contract_penalty", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Golden Supplier) td[name=days_late]",
            run: "click",
        },
        {
            content: "Why is it claimed?",
            trigger: ".o_field_widget[name=reason] textarea",
            run: "edit They agreed by phone",
        },
        {
            trigger: "button[name=action_claim]:contains(Claim)",
            run: "click",
        },
        {
            trigger: ".o_form_view:has(.o_arrow_button_current:contains(Claimed))",
        },
    ],
});

// Starts on a request whose price is not that of the contract.
tours.add("supplier_evaluation_contract_wrong_price", {
    steps: () => [
        {
            content: "The order says what the contract agrees",
            trigger: ".o_supplier_gate_block:contains(agrees 10.00)",
        },
        {
            content: "Try to confirm",
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            content: "It is refused, with the price",
            trigger: ".modal .modal-body:contains(costs 12.00)",
        },
        {
            content: "Close",
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        {
            content: "Correct the price",
            trigger: "body:not(:has(.modal)) .o_data_row td[name=price_unit]",
            run: "click",
        },
        {
            trigger: ".o_data_row td[name=price_unit] input",
            run: "edit 10",
        },
        ...save(),
        {
            content: "Nothing speaks against it any more",
            trigger: ".o_form_view:not(:has(.o_supplier_gate_block))",
        },
        {
            content: "Confirm",
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            content: "It is ordered",
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Purchase Order)",
        },
    ],
});
