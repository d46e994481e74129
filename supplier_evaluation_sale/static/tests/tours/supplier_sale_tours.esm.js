import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the form of a sales order that a customer got late.
tours.add("supplier_evaluation_sale_trace", {
    steps: () => [
        {
            content: "Why did the customer get it late?",
            trigger: "button[name=action_open_supplier_trace]",
            run: "click",
        },
        {
            content: "It was not us",
            trigger: ".o_data_row .o_data_cell[name=cause]:contains(Supplier late)",
            run: "click",
        },
        {
            content: "The supplier has a name",
            trigger: ".o_form_view .o_field_widget[name=partner_id]:contains(Golden)",
        },
        {
            content: "It promised a day and came later",
            trigger: ".o_field_widget[name=days_supplier_late]:contains(3)",
        },
        {
            content: "Back to the trace",
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            content: "Back to the order",
            trigger:
                ".o_action_manager:has(.o_list_view) .breadcrumb-item.o_back_button a, .o_action_manager:has(.o_list_view) .o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "The customer complains",
            trigger: "button[name=action_report_supplier_incident]",
            run: "click",
        },
        {
            content: "Customer, order and supplier are known",
            trigger: ".o_field_widget[name=partner_id] input:value(Golden Supplier)",
        },
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit Came too late",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It has a number",
            trigger: ".o_form_saved .o_field_widget[name=name]:contains(INC/)",
        },
    ],
});

// Starts on the list of sales by supplier.
tours.add("supplier_evaluation_sale_sums", {
    steps: () => [
        {
            content: "Of all months",
            trigger: ".o_searchview_facet .o_facet_remove",
            run: "click",
        },
        {
            content: "What depends on the supplier, in sums",
            trigger: ".o_data_row .o_data_cell[name=customer_count]:contains(1)",
        },
        {
            content: "Who sells sees the customers",
            trigger: ".o_data_row button[name=action_open_customers]",
            run: "click",
        },
        {
            trigger: ".o_group_header:contains(Custom Boats)",
        },
    ],
});

// Starts on the form of a sales order that a customer waits for.
tours.add("supplier_evaluation_sale_promise", {
    steps: () => [
        {
            content: "The customer called",
            trigger: "button[name=action_change_customer_promise]",
            run: "click",
        },
        {
            content: "Whoever says nothing else says that we moved it",
            trigger: ".modal .o_radio_item:contains(We moved) input:checked",
        },
        {
            content: "It was the customer's wish",
            trigger: ".modal .o_radio_item:contains(The customer asked) input",
            run: "click",
        },
        {
            content: "It says why",
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Builds later",
        },
        {
            content: "The day is as before",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "So nothing changes, and that is said",
            trigger: ".modal:contains(Nothing changes) .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal:contains(Nothing changes))) .modal .o_field_widget[name=date_to] input, body:not(:has(.modal:contains(Nothing changes))) .modal .o_field_widget[name=date_to] button",
            run: "click",
        },
        {
            content: "The new day",
            trigger: ".modal .o_field_widget[name=date_to] input",
            run: "edit 05/20/2099 12:00:00",
        },
        {
            content: "The customer's wish is still chosen",
            trigger: ".modal .o_field_widget[name=note] input:value(Builds later)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The register has it",
            trigger: "body:not(:has(.modal)) .nav-link[name=customer_promise_changes]",
            run: "click",
        },
        {
            content: "Whose wish it was, and why",
            trigger:
                ".o_field_widget[name=customer_promise_change_ids] .o_data_row:contains(The customer asked):contains(Builds later)",
        },
    ],
});
