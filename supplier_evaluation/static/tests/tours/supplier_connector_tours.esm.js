import {choose, save, select} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the connectors; there is a system to name.
tours.add("supplier_evaluation_connector", {
    steps: () => [
        {
            content: "A new connector",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Our Zoho",
        },
        ...select("preset", "Zoho CRM", "Choose the preset"),
        {
            content: "It brings its mapping",
            trigger:
                ".o_field_widget[name=field_ids] .o_data_row:contains(Vendor_Name)",
        },
        {
            content: "It says that nobody tried it",
            trigger: ".alert:contains(not tried)",
        },
        ...choose("source_id", "CRM"),
        ...save(),
        {
            content: "Read it now",
            trigger: "button[name=action_run]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(in a moment)",
        },
    ],
});
