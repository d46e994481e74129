import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("supplier_evaluation_360", {
    steps: () => [
        {
            content: "The strip says how good the vendor is, before its address",
            trigger: ".o_widget_supplier_strip + .o_group",
        },
        {
            trigger: "[data-chip=score]:contains(March 2026)",
        },
        {
            trigger: "[data-chip=incidents]:contains(1 overdue)",
        },
        {
            content: "The first tab is open: the supplier",
            trigger: ".o_notebook .nav-link.active[name=supplier_evaluation]",
        },
        {
            content: "What is late stands among the risks",
            trigger: ".o_supplier_risks li[data-kind=order]:contains(days late: 6)",
        },
        {
            trigger: ".o_supplier_goods:contains(Bolt)",
        },
        {
            content: "Its scores over the grades, and the same as a table",
            trigger:
                ".o_supplier_history:has(.o_supplier_band) .o_supplier_history_point[aria-label*='March 2026']",
        },
        {
            trigger: ".o_supplier_history_table summary",
            run: "click",
        },
        {
            trigger: ".o_supplier_history_table[open] tbody tr:contains(March 2026)",
        },
        {
            content: "What a sign says is read below, on hover",
            trigger: ".o_supplier_history_mark[data-kind=incident]",
            run: "hover",
        },
        {
            trigger: ".o_supplier_history_said:contains(Cracked)",
        },
        {
            content: "What happened",
            trigger: ".o_supplier_timeline li[data-kind=incident]:contains(Cracked)",
        },
        {
            content: "The last orders",
            trigger: ".o_supplier_tabs [data-list=orders]",
            run: "click",
        },
        {
            trigger: ".o_supplier_rows li:contains(P0)",
        },
        {
            content: "A mark opens its record",
            trigger: ".o_supplier_history_mark[data-kind=incident]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=title]",
        },
        {
            content: "Back to the vendor",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            content: "The next step",
            trigger: "[data-step=action_report_supplier_incident]",
            run: "click",
        },
        {
            content: "It is about this vendor",
            trigger: ".o_field_widget[name=partner_id] input:value(Golden Supplier)",
        },
        {
            content: "Forget it",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});

tours.add("supplier_evaluation_choice", {
    steps: () => [
        {
            content: "The vendor is blocked: who else sells it?",
            trigger: ".o_supplier_gate_block .o_supplier_alternatives",
            run: "click",
        },
        {
            content: "Another vendor, with price and lead time",
            trigger:
                ".modal .o_supplier_offer:contains(Golden Supplier):contains(7.00):contains(Days: 4)",
        },
        {
            trigger:
                ".modal .o_supplier_offer:contains(Golden Supplier) button:contains(Choose)",
            run: "click",
        },
        {
            content: "It replaces the vendor, and nothing is blocked any more",
            trigger:
                ".o_form_view:not(:has(.o_supplier_gate_block)) .o_field_widget[name=partner_id] input:value(Golden Supplier)",
        },
        {
            content: "Look at the vendors that there are",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Supplier",
        },
        {
            content: "The blocked one is marked",
            trigger:
                ".o-autocomplete--dropdown-item:contains(Bad Supplier):has(.o_supplier_choice_blocked:contains(Blocked) .fa-ban)",
        },
        {
            content: "The other one is offered with its grade",
            trigger:
                ".o-autocomplete--dropdown-item:contains(Golden Supplier):has(.o_supplier_choice_on_time:contains(100 % on time))",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input:value(Golden Supplier)",
        },
        {
            content: "Save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))",
        },
    ],
});

tours.add("supplier_evaluation_ask_override", {
    steps: () => [
        {
            content: "Ask for an override",
            trigger: ".o_supplier_gate_block button[name=action_ask_supplier_override]",
            run: "click",
        },
        {
            content: "The banner says who was asked",
            trigger:
                ".o_supplier_gate_block:not(:has(button[name=action_ask_supplier_override])):contains(Asked for an override):contains(Gate Approver)",
        },
    ],
});
