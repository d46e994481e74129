import { registry } from "@web/core/registry";

// Starts on the form of a done receipt.
registry.category("web_tour.tours").add("supplier_evaluation_report_incident", {
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
            trigger: ".o_field_widget[name=incident_type] select, .o_field_widget[name=incident_type] input",
            run(helpers) {
                if (this.anchor.tagName === "SELECT") {
                    return helpers.select('"quality"');
                }
                return helpers.click();
            },
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
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(In Progress)",
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
