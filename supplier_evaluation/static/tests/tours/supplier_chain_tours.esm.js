import {openMenu} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

// Starts anywhere. Two suppliers changed their tiers; both changes are sealed, a third one
// is not yet.
tours.add("supplier_evaluation_verify", {
    steps: () => [
        ...stepUtils.goToAppSteps(
            "supplier_evaluation.supplier_root_menu",
            "Open Suppliers"
        ),
        ...openMenu(
            "supplier_evaluation.supplier_manage_menu",
            "supplier_evaluation.supplier_chain_block_menu",
            "What is sealed?"
        ),
        {
            content: "Nobody writes here",
            trigger: ".o_list_view:not(:has(.o_list_button_add))",
        },
        {
            content: "Each sealed record has a row: what, whose, and its number",
            trigger:
                ".o_data_row:has(td[name=about]:contains(Golden Supplier)) td[name=what]:contains(Change of a Supplier's Tier)",
            run: "click",
        },
        {
            content: "What was sealed is told in words",
            trigger:
                ".o_form_view .o_field_widget[name=said]:contains(Golden Supplier)",
        },
        {
            content: "Its record is one click away",
            trigger: ".o_form_view button[name=action_open_record]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=partner_id]:contains(Golden Supplier)",
        },
        {
            content: "Go back",
            trigger: ".o_breadcrumb a:contains(Chain of Seals), .o_back_button a",
            run: "click",
        },
        {
            content: "Is everything as it was sealed?",
            trigger: "button[name=action_check]",
            run: "click",
        },
        {
            content: "It is, and what is not sealed yet is counted",
            trigger:
                ".modal .alert-success:contains(The chain holds):visible, .modal .o_data_row td[name=waiting]:contains(1)",
        },
        {
            trigger: ".modal .o_data_row td[name=waiting]:text(1)",
        },
        {
            trigger: ".modal button[name=action_export]",
        },
        {
            trigger: ".modal footer button[special=cancel]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

// Starts on the list. Somebody changed a sealed record by hand.
tours.add("supplier_evaluation_verify_broken", {
    steps: () => [
        {
            trigger: ".o_list_view button[name=action_check]",
            run: "click",
        },
        {
            content: "The dialog says what is broken",
            trigger: ".modal .alert-danger:contains(The chain is broken)",
        },
        {
            content: "It names the first record, and leads to it",
            trigger:
                ".modal .o_data_row:has(td[name=result]:contains(was changed afterwards)) button[name=action_open]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=partner_id]:contains(Golden Supplier)",
        },
    ],
});
