import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on a request for quotation of who is often late.
tours.add("supplier_evaluation_requisition_choose", {
    steps: () => [
        {
            content: "Who else sells it?",
            trigger: "a[name=alternative_pos]",
            run: "click",
        },
        {
            trigger: "button[name=action_find_candidates]",
            run: "click",
        },
        {
            content: "Another supplier is known",
            trigger:
                ".o_field_widget[name=candidate_ids] .o_data_row:contains(Rival) td[name=is_chosen]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=candidate_ids] .o_data_row:contains(Rival) td[name=is_chosen] input:checked",
        },
        {
            content: "Ask it for a quotation",
            trigger: "button[name=action_request]",
            run: "click",
        },
        {
            content: "Its offer is an alternative",
            trigger:
                "body:not(:has(.o_field_widget[name=candidate_ids])) .o_form_view .o_field_widget[name=partner_id] input:value(Rival)",
        },
        {
            trigger: "a[name=alternative_pos]",
            run: "click",
        },
        {
            trigger: "button[name=action_compare_alternative_lines]",
            run: "click",
        },
        {
            content: "Why does the late one cost more?",
            trigger:
                ".o_data_row:contains(Golden Supplier) button[name=action_explain_offer]",
            run: "click",
        },
        {
            content: "By its days late",
            trigger: ".modal .o_field_widget[name=offer_late_text]:contains(days)",
        },
        {
            trigger: ".modal footer button:contains(Close)",
            run: "click",
        },
        {
            content: "Back to the request",
            trigger: "body:not(:has(.modal)) .o_back_button a",
            run: "click",
        },
        {
            trigger: "a[name=alternative_pos]",
            run: "click",
        },
        {
            content: "Weigh both by requirements",
            trigger: "button[name=action_open_choice]",
            run: "click",
        },
        {
            content: "The prices are there already",
            trigger: ".o_supplier_choice_matrix button[aria-label^='Price of Rival']",
        },
        {
            content: "How did the trial go?",
            trigger: ".o_supplier_choice_matrix button[aria-label^='Trial of Rival']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=own_figure] input",
            run: "edit 4",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Ran for two weeks",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Four of five points are 80",
            trigger:
                ".o_supplier_choice_matrix button[aria-label='Trial of Rival: 80.0']",
        },
        {
            content: "This one",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=candidate_ids] .o_data_row:contains(Rival) button[name=action_take]",
            run: "click",
        },
        {
            content: "Not all is known, so somebody says why",
            trigger: ".o_field_widget[name=choice_reason] textarea",
            run: "edit Comes in time",
        },
        {
            trigger: "button[name=action_choose]",
            run: "click",
        },
        {
            content: "The choice is kept",
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Choice Made)",
        },
        {
            content: "The other offer is not needed",
            trigger: "button[name=action_cancel_others]",
            run: "click",
        },
        {
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "Go on with the one that was chosen",
            trigger:
                "body:not(:has(.modal)):not(:has(button[name=action_cancel_others])) button[name=action_open_order]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=partner_id] input:value(Rival)",
        },
    ],
});
