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
            content: "Choose who is in time",
            trigger:
                "body:not(:has(.modal)) .o_data_row:contains(Rival) button[name=action_choose]",
            run: "click",
        },
        {
            content: "The other offer is dropped",
            trigger:
                ".o_data_row:contains(Golden Supplier) td[name=product_qty]:contains(0.00)",
        },
    ],
});
