import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the risk signals.
tours.add("supplier_evaluation_risk_signal", {
    steps: () => [
        {
            content: "Enter a signal",
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Strike at the plant",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Golden Supplier",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Golden Supplier)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=kind] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Supply Interruption)",
            run: "click",
        },
        {
            content: "It is serious",
            trigger:
                ".o_field_widget[name=severity] .o_radio_item:contains(High) input:checked",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is true",
            trigger: ".o_form_saved button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Confirmed)",
        },
    ],
});
