import {atMost} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the form of a done receipt.
tours.add("supplier_evaluation_report_incident", {
    steps: () => [
        {
            content: "Report what is wrong",
            trigger: "button[name=action_report_supplier_incident]",
            run: "click",
        },
        {
            content: "The supplier is known",
            trigger: ".o_field_widget[name=partner_id] input:value(Golden Supplier)",
        },
        {
            content: "So is the only product",
            trigger: ".o_field_widget[name=product_id] input:value(Bolt)",
        },
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit Threads are stripped",
        },
        {
            content: "Choose the type",
            trigger: ".o_field_widget[name=incident_type] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Environment)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=quantity] input",
            run: "edit 12",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It has a number",
            trigger: ".o_form_saved .o_field_widget[name=name]:contains(INC/)",
        },
        {
            content: "Take it up",
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(In Progress)",
        },
        {
            content: "Go back to the receipt",
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            content: "It counts the incident: open it",
            trigger:
                "button[name=action_open_supplier_incidents]:has([name=supplier_incident_count]:contains(1))",
            run: "click",
        },
        {
            content: "It is in its column",
            trigger:
                ".o_kanban_group:contains(In Progress) .o_kanban_record:contains(Threads are stripped)",
        },
    ],
});

// Starts on the incidents.
tours.add("supplier_evaluation_incident_by_hand", {
    steps: () => [
        {
            content: "Report an incident",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=title] input",
            run: "edit Scratched heads",
        },
        {
            content: "Without a supplier there is no order to choose",
            trigger: ".o_form_view:not(:has(.o_field_widget[name=order_id] input))",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Golden Supplier",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Golden Supplier)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=order_id] input",
            run: "click",
        },
        {
            content: "Only the supplier's orders are offered",
            trigger:
                ".o-autocomplete--dropdown-menu:not(:has(a:contains(OTHER-1))) a:contains(GOLD-1)",
            run: "click",
        },
        {
            content: "Its only line is taken, and so is its only receipt",
            trigger:
                ".o_form_view:has(.o_field_widget[name=purchase_line_id] input:value(Bolt)) .o_field_widget[name=picking_id] input:value(/IN/)",
        },
        {
            content: "The product is the line's, and no other one is offered",
            trigger: ".o_field_widget[name=product_id] input:value(Bolt)",
            run: "edit b",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-menu:not(:has(a:contains(Bracket))) a:contains(Bolt)",
            run: "click",
        },
        {
            content: "The receipts of the order are offered",
            trigger: ".o_field_widget[name=picking_id] input",
            run: "click",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(/IN/)",
        },
        {
            content: "Another one need not be chosen",
            trigger: ".o_field_widget[name=title] input",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved .o_field_widget[name=name]:contains(INC/)",
        },
    ],
});

// Starts on the form of an order.
tours.add("supplier_evaluation_incident_from_order", {
    steps: () => [
        ...atMost({clicks: 1, texts: 1}, [
            {
                content: "Report what is wrong",
                trigger: "button[name=action_report_supplier_incident]",
                run: "click",
            },
            {
                content: "A title is enough",
                trigger: ".o_field_widget[name=title] input",
                run: "edit Heads are scratched",
            },
        ]),
        {
            content: "Go on with the order: the incident is saved",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            trigger:
                "button[name=action_open_supplier_incidents]:has([name=supplier_incident_count]:contains(1))",
        },
    ],
});
