import {registry} from "@web/core/registry";
import {save} from "./supplier_tour_steps.esm";

const tours = registry.category("web_tour.tours");
const ROWS = ".o_field_widget[name=value_ids] .o_kanban_record";

function openRow(name) {
    return [
        {
            content: `Open the characteristic ${name}`,
            trigger: `${ROWS}:not(.o_kanban_ghost):contains(${name})`,
            run: "click",
        },
        {
            trigger: `.modal .o_field_widget[name=name]:contains(${name})`,
        },
    ];
}

const CLOSE_ROW = [
    {
        trigger: ".modal .o_form_button_save",
        run: "click",
    },
    {
        trigger: "body:not(:has(.modal))",
    },
];

// Starts on the list of inspections, on a phone.
tours.add("supplier_evaluation_inspection", {
    steps: () => [
        {
            content: "Open the inspection",
            trigger: ".o_kanban_record:not(.o_kanban_ghost):contains(Golden Supplier)",
            run: "click",
        },
        {
            content: "Begin",
            trigger: ".o_statusbar_buttons button[name=action_start]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_finish]",
        },
        ...openRow("Thread"),
        {
            content: "It is bad",
            trigger: ".modal .o_field_widget[name=verdict] input[data-value=bad]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=verdict] input:checked",
        },
        ...CLOSE_ROW,
        ...openRow("Length"),
        {
            content: "Enter what was measured",
            trigger: ".modal .o_field_widget[name=value] input",
            run: "edit 10",
        },
        ...CLOSE_ROW,
        {
            content: "Enter how much was checked",
            trigger: ".o_field_widget[name=quantity_inspected] input",
            run: "edit 10",
        },
        {
            trigger: ".o_field_widget[name=quantity_rejected] input",
            run: "edit 1",
        },
        ...save(),
        {
            content: "Finish",
            trigger: ".o_statusbar_buttons button[name=action_finish]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=result]:contains(Rejected)",
        },
        {
            content: "Report it",
            trigger: ".o_statusbar_buttons button[name=action_report_incident]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=title]:has(:value(found bad))",
        },
        ...save("Save the incident"),
    ],
});
