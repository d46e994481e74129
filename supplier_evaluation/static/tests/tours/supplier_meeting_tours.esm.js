import {registry} from "@web/core/registry";
import {save} from "./supplier_tour_steps.esm";

const tours = registry.category("web_tour.tours");
const DECISIONS = ".o_field_widget[name=decision_ids]";

// Starts on a planned meeting: its agenda is filled, it is held, and closed with a
// decision, which is a corrective action then.
tours.add("supplier_evaluation_meeting_review", {
    steps: () => [
        {
            content: "Fill the agenda from the records",
            trigger: "button[name=action_fill_agenda]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=point_ids] .o_data_row:contains(Rust on bolts)",
        },
        {
            content: "It took place",
            trigger: "button[name=action_hold]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Meeting Held)",
        },
        {
            content: "What was decided?",
            trigger: ".nav-link[name=decisions]",
            run: "click",
        },
        {
            trigger: `${DECISIONS} .o_field_x2many_list_row_add button, ${DECISIONS} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        {
            trigger: `${DECISIONS} .o_selected_row [name=name] input`,
            run: "edit Check every lot",
        },
        {
            content: "It becomes a corrective action",
            trigger: `${DECISIONS} .o_selected_row [name=kind] input`,
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Corrective Action)",
            run: "click",
        },
        ...save(),
        {
            content: "Close the meeting",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Closed)",
        },
        {
            content: "Open what follows",
            trigger: `${DECISIONS} button[name=action_open]`,
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=title]:has(:value(Check every lot)), .o_last_breadcrumb_item:contains(Check every lot)",
        },
    ],
});
