import {choose, save} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const CARD = ".o_supplier_goals .o_supplier_goal_card";

function fill(name, text) {
    return {
        content: `Fill in ${name}`,
        trigger: `.o_field_widget[name=${name}] input`,
        run: `edit ${text}`,
    };
}

function day(name, text) {
    return [
        {
            content: `Choose the day ${name}`,
            trigger: `.o_field_widget[name=${name}] button, .o_field_widget[name=${name}] input`,
            run: "click",
        },
        {
            trigger: `.o_field_widget[name=${name}] input`,
            run: `edit ${text}`,
        },
    ];
}

// Starts on a new goal; two months are published.
tours.add("supplier_evaluation_goal", {
    steps: () => [
        {
            content: "Name it",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Punctual",
        },
        ...choose("kpi_id", "On-time delivery"),
        fill("baseline", "60"),
        ...day("date_baseline", "01/31/2026"),
        fill("target", "90"),
        ...day("date", "12/31/2036"),
        ...save(),
        {
            content: "The form says how it stands, in words",
            trigger:
                ".o_supplier_goal_headline:contains(On track):contains(66.7 %):contains(at least 90.0 %)",
        },
        {
            trigger:
                ".o_supplier_goal_periods tbody tr:eq(1):contains(March 2026):contains(on the path)",
        },
        {
            content: "Aim higher: what is drawn follows",
            trigger: ".o_field_widget[name=target] input",
            run: "edit 95",
        },
        ...save(),
        {
            trigger: ".o_supplier_goal_headline:contains(at least 95.0 %)",
        },
        {
            content: "A period opens what it was made of",
            trigger: ".o_supplier_goal_periods button:contains(March 2026)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Late)",
        },
        {
            content: "To the overview",
            trigger:
                ".o_menu_sections [data-menu-xmlid='supplier_evaluation.supplier_overview_menu']",
            run: "click",
        },
        {
            content: "The goal is there",
            trigger: `${CARD}:contains(Punctual):contains(66.7 %):contains(On track)`,
            run: "click",
        },
        {
            trigger: ".o_form_view .o_supplier_goal_periods",
        },
    ],
});

// A buyer sees the goals, and changes none.
tours.add("supplier_evaluation_goal_read", {
    steps: () => [
        {
            trigger: `${CARD}:contains(On time):contains(On track)`,
            run: "click",
        },
        {
            trigger: ".o_form_view.o_form_readonly, .o_form_view .o_form_readonly",
        },
        {
            trigger: ".o_supplier_goal_periods tbody tr:contains(February 2026)",
        },
    ],
});
