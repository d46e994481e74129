import {registry} from "@web/core/registry";
import {save} from "./supplier_tour_steps.esm";

const tours = registry.category("web_tour.tours");
const KIND = ".o_field_widget[name=feed_ids] .o_field_widget[name=kind]";

// Starts on the other systems; one of them is to get scorecards.
tours.add("supplier_evaluation_webhook", {
    steps: () => [
        {
            content: "Open the system",
            trigger: ".o_data_row:contains(ERP) td[name=name]",
            run: "click",
        },
        {
            content: "Let records be sent to it",
            trigger: "button[name=action_open_webhooks]",
            run: "click",
        },
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "It is of the right type, and has its system",
            trigger: ".o_field_widget[name=source_id] input:value(ERP)",
        },
        {
            content: "Enter its address",
            trigger: ".o_field_widget[name=url] input",
            run: "edit https://lake.example/records",
        },
        {
            content: "Enter its secret",
            trigger: ".o_field_widget[name=secret] input",
            run: "edit S3CRET",
        },
        {
            content: "What is sent",
            trigger: ".o_field_widget[name=feed_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Choose scorecards",
            trigger: `${KIND} input`,
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Scorecard)",
            run: "click",
        },
        {
            trigger: `${KIND} input:value(Scorecard)`,
        },
        ...save(),
        {
            content: "Of people nothing is asked",
            trigger: ".o_form_view:not(:has(.o_field_widget[name=on_alert]))",
        },
    ],
});
