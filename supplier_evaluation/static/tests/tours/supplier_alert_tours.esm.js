import {registry} from "@web/core/registry";
import {save} from "./supplier_tour_steps.esm";

const tours = registry.category("web_tour.tours");
const STEPS = ["D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"];

function answer(step) {
    return [
        {
            content: `Enter the answer to ${step}`,
            trigger: `.o_form_view:has(.o_field_widget[name=step_id]:contains(${step})) button[name=action_answer]:contains(Enter the Answer)`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=answer] .odoo-editor-editable",
            run: "editor Done as agreed.",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: `Accept ${step}`,
            trigger: `body:not(:has(.modal)) .o_form_view:has(.o_field_widget[name=step_id]:contains(${step})) button[name=action_accept]`,
            run: "click",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ];
}

// Starts on an alert about a line that is late.
tours.add("supplier_evaluation_alert_to_8d", {
    steps: () => [
        {
            content: "It says what was seen",
            trigger: ".o_form_view h1:contains(Late by more than 3 days)",
        },
        {
            content: "See to it",
            trigger: "button[name=action_acknowledge]",
            run: "click",
        },
        {
            content: "Which records are these?",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(Acknowledged)) button[name=action_open_records]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row",
        },
        {
            content: "Back to the alert",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            content: "Start a corrective action",
            trigger:
                ".o_form_statusbar button[name=action_start_corrective_action]:contains(Corrective Action)",
            run: "click",
        },
        {
            content: "What is the cause?",
            trigger:
                ".o_form_view:has(.o_field_widget[name=name]:contains(CAPA/)) .nav-link[name=problem]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=cause] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Method)",
            run: "click",
        },
        ...save(),
        ...STEPS.flatMap(answer),
        {
            content: "Did it help? No figure tells it, so somebody says it",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(Verifying)) button[name=action_judge]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=outcome] input[data-value=effective]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Nothing was late any more.",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Effective)",
        },
        {
            content: "Back to the alert",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            content: "And close it",
            trigger: "button[name=action_resolve]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit The cause is gone.",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Resolved)",
        },
    ],
});

// Starts on the list of rules.
tours.add("supplier_evaluation_alert_rule", {
    steps: () => [
        {
            content: "A rule of our own",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Slow",
        },
        {
            trigger: ".o_field_widget[name=threshold] input",
            run: "edit 60",
        },
        {
            trigger: ".o_field_widget[name=answer_hours] input",
            run: "edit 8",
        },
        {
            content: "Emptied, it is not 0",
            trigger: ".o_field_widget[name=answer_hours] input",
            run: "clear",
        },
        ...save(),
        {
            content: "It says in words what it does",
            trigger:
                ".o_field_widget[name=sentence]:contains(Opens an alert when the score is below 60)",
        },
        {
            content: "What would it have raised?",
            trigger: "button[name=action_dry_run]",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:count(12)",
        },
        {
            trigger: ".modal footer button:contains(Close)",
            run: "click",
        },
        {
            content: "Look now",
            trigger: "body:not(:has(.modal)) button[name=action_look]",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Alerts)",
        },
    ],
});
