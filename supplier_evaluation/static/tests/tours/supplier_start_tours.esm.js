import {save, select} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// No words here: the same steps are done in every language.
const step = (key) => `.o_supplier_start_step[data-step=${key}]`;
const body = (key) => `${step(key)} .o_supplier_start_body`;
const done = (key) => `${step(key)} .o_supplier_start_done`;

// From the empty overview to evaluations that wait for the scheduled action.
tours.add("supplier_evaluation_start_begin", {
    steps: () => [
        {
            content: "Nothing is published: the overview leads to the guided start",
            trigger: ".o_supplier_guided_start",
            run: "click",
        },
        {
            content: "The first step is open, and says what it changes",
            trigger: `${body("zone")} .o_supplier_start_change li`,
        },
        {
            trigger: `${body("zone")} .o_supplier_start_apply`,
            run: "click",
        },
        {
            content: "It is done, and the next one is open",
            trigger: done("zone"),
        },
        {
            content: "A template is proposed",
            trigger: `${body("template")} input[type=radio]:checked`,
        },
        {
            trigger: `${body("template")} .o_supplier_start_apply`,
            run: "click",
        },
        {
            trigger: done("template"),
        },
        {
            content: "Whether to publish has to be said",
            trigger: `${body("past")} .o_supplier_start_apply:disabled`,
        },
        {
            trigger: `${body("past")} [data-option=publish] input`,
            run: "click",
        },
        {
            trigger: `${body("past")} .o_supplier_start_apply:enabled`,
            run: "click",
        },
        {
            content: "The scheduled action has work",
            trigger: `${body("past")} .o_supplier_start_waiting`,
        },
        {
            content: "What is asked already is not asked again",
            trigger: `${body("past")}:not(:has(.o_supplier_start_apply))`,
        },
    ],
});

// What the scheduled action did meanwhile, up to a published scorecard.
tours.add("supplier_evaluation_start_end", {
    steps: () => [
        {
            content: "The months are scored",
            trigger: done("past"),
        },
        {
            content: "Each supplier gets a buyer",
            trigger: `${body("reviewers")} .o_supplier_start_apply`,
            run: "click",
        },
        {
            trigger: done("reviewers"),
        },
        {
            content: "Purchase policies can wait, but are there",
            trigger: `${step("policies")} .o_supplier_start_title`,
            run: "click",
        },
        {
            trigger: `${body("policies")} .o_supplier_start_apply:enabled`,
            run: "click",
        },
        {
            trigger: done("policies"),
        },
        {
            content: "Look at what is published",
            trigger: ".o_supplier_start_published button",
            run: "click",
        },
        {
            content: "Open a supplier, in a row or on a phone's card",
            trigger:
                ".o_supplier_heatmap [data-cell='0:0'], .o_supplier_heatmap_card button",
            run: "click",
        },
        {
            content: "This is its first published scorecard",
            trigger: ".o_form_view .o_supplier_card_table",
        },
    ],
});

// Choose a page in the preferences, and open the app.
tours.add("supplier_evaluation_start_page", {
    steps: () => [
        ...select(
            "supplier_start_page",
            "Guided Start",
            "Let the app open on the guided start"
        ),
        ...save(),
        {
            trigger: ".o_navbar_apps_menu button:enabled",
            run: "click",
        },
        {
            trigger: ".o_app[data-menu-xmlid='supplier_evaluation.supplier_root_menu']",
            run: "click",
        },
        {
            trigger: ".o_supplier_start_steps",
        },
        {
            content: "The bar is that of the app",
            trigger:
                ".o_menu_sections [data-menu-xmlid='supplier_evaluation.supplier_overview_menu']",
        },
    ],
});

// Begin the programme, and finish its first phase.
tours.add("supplier_evaluation_start_introduction", {
    steps: () => [
        {
            trigger: "button[name=action_begin]",
            run: "click",
        },
        {
            trigger: ".o_data_row:nth-child(5)",
        },
        {
            trigger: ".o_data_row:first button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_data_row .o_field_badge:contains(Done)",
        },
    ],
});

// How a published period was made leads to its evaluation.
tours.add("supplier_evaluation_start_usage", {
    steps: () => [
        {
            trigger:
                ".o_list_view .o_data_row td[name=evaluation_id]:contains(March 2026)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=scorecard_ids]",
        },
    ],
});
