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
