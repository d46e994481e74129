import {filterBy, openMenu} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

// Starts anywhere. "Golden Supplier" became Partner, then Strategic; "Second Supplier"
// became Partner.
tours.add("supplier_evaluation_tier_changes", {
    steps: () => [
        ...stepUtils.goToAppSteps(
            "supplier_evaluation.supplier_root_menu",
            "Open Suppliers"
        ),
        ...openMenu(
            "supplier_evaluation.supplier_analysis_menu",
            "supplier_evaluation.supplier_tier_change_menu",
            "Who moved suppliers to other tiers?"
        ),
        {
            trigger: ".o_breadcrumb .active:contains(Changes of Tier)",
        },
        {
            content: "Each change has a row",
            trigger:
                ".o_data_row:has(td[name=tier_from_id]:contains(/^\\s*$/)):has(td[name=tier_to_id]:text(Partner)) td[name=partner_id]:contains(Second Supplier)",
        },
        {
            content: "Nobody writes here",
            trigger: ".o_list_view:not(:has(.o_list_button_add))",
        },
        {
            content: "Who became strategic?",
            trigger: ".o_searchview_input",
            run: "edit Strategic",
        },
        {
            trigger:
                ".o_searchview_autocomplete .o-dropdown-item:contains(Search To for)",
            run: "click",
        },
        {
            content: "One did, and it is told from where, and who did it",
            trigger:
                ".o_list_view:not(:has(td:contains(Second Supplier))) .o_data_row:only:has(td[name=partner_id]:contains(Golden Supplier)):has(td[name=tier_from_id]:text(Partner)):has(td[name=tier_to_id]:text(Strategic)) td[name=user_id]:contains(tier_manager)",
        },
    ],
});

// Starts anywhere. A licence ends in 20 days, a certification in 30, another licence in
// 200.
tours.add("supplier_evaluation_what_expires", {
    steps: () => [
        ...stepUtils.goToAppSteps(
            "supplier_evaluation.supplier_root_menu",
            "Open Suppliers"
        ),
        ...openMenu(
            "supplier_evaluation.supplier_analysis_menu",
            "supplier_evaluation.supplier_expiry_menu",
            "What ends soon?"
        ),
        {
            trigger: ".o_searchview .o_facet_value:contains(Ends Within 90 Days)",
        },
        {
            content: "A document does",
            trigger: ".o_kanban_record:contains(Licence 20):contains(days left: 20)",
        },
        {
            content: "And a certification, but not what is good for long",
            trigger:
                ".o_kanban_view:not(:has(.o_kanban_record:contains(Licence 200))) .o_kanban_record:contains(Test programme):contains(days left: 30)",
        },
        ...filterBy("Certifications", "Leave the documents out"),
        {
            content: "The certification stays alone",
            trigger:
                ".o_kanban_view:not(:has(.o_kanban_record:contains(Licence))) .o_kanban_record:contains(Test programme)",
        },
        {
            content: "Look at the list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "Open the month",
            trigger: ".o_group_header:only",
            run: "click",
        },
        {
            content: "The row opens the certification",
            trigger:
                ".o_data_row:only:has(td[name=days_left]:text(30)) td[name=display_name]:contains(Test programme)",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=program_id]:contains(Test programme)",
        },
    ],
});
