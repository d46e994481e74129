import {registry} from "@web/core/registry";

// Starts on the list of expected late deliveries: why, and which deliveries behind it.
registry.category("web_tour.tours").add("supplier_evaluation_forecast", {
    steps: () => [
        {
            content: "Open a forecast",
            trigger: ".o_data_row:contains(Golden Supplier) td[name=partner_id]",
            run: "click",
        },
        {
            content: "It says what it rests on",
            trigger: ".o_form_view .alert-info:contains(2 of 4)",
        },
        {
            content: "Open the deliveries of this product",
            trigger:
                ".o_field_widget[name=level_ids] .o_data_row:contains(This Product) button[name=action_open_deliveries]",
            run: "click",
        },
        {
            content: "They are those that were counted",
            trigger: ".o_list_view .o_data_row:nth-child(4):contains(Golden Supplier)",
        },
    ],
});
