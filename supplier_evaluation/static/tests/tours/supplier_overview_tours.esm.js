import {atMost} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const OVERVIEW = ".o_supplier_overview";
const backToOverview = {
    content: "Go back",
    trigger: ".o_back_button a",
    run: "click",
};

// A buyer with one supplier, which is late since March.
tours.add("supplier_evaluation_overview_buyer", {
    steps: () => [
        {
            content: "The newest period is shown",
            trigger: ".o_supplier_period_select:value(2026-03-01..2026-03-31)",
        },
        {
            content: "The arrow leads to what was found, as in lists",
            trigger: ".o_searchview_input:focus",
            run: "press ArrowDown",
        },
        {
            trigger: `${OVERVIEW} [data-row=all] [name=evaluated]:focus`,
        },
        {
            trigger: ".o_searchview_input",
            run: "click",
        },
        {
            content: "Tab leaves the search bar",
            trigger: ".o_searchview_input:focus",
            run: "press Tab",
        },
        {
            trigger: ".o_searchview_dropdown_toggler:focus",
        },
        {
            content: "With figures of all suppliers",
            trigger: `${OVERVIEW} [data-row=all] [name=evaluated]:contains(3):contains(+1)`,
        },
        {
            content: "And of one's own",
            trigger: `${OVERVIEW} [data-row=my] [name=on_time]:contains(0 %)`,
        },
        {
            content: "A sentence says who got worse, and why; it opens the scorecard",
            trigger:
                ".o_supplier_news:contains(Late lost 50.0 points):contains(On-time delivery went from 100.0 % to 0.0 %) button",
            run: "click",
        },
        {
            trigger: ".o_form_view:contains(Late)",
        },
        backToOverview,
        {
            content: "Look at the month before",
            trigger: `${OVERVIEW} .o_supplier_heatmap:contains(Suppliers (3))`,
        },
        {
            trigger: ".o_supplier_period_older",
            run: "click",
        },
        {
            content:
                "There were two suppliers, and nothing is told without a month before",
            trigger: `${OVERVIEW} .o_supplier_heatmap:contains(Suppliers (2))`,
        },
        {
            trigger: `${OVERVIEW} .o_supplier_changes:contains(Nothing moved)`,
        },
        {
            content: "Filter by one's own suppliers",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            trigger: ".o_search_bar_menu .o_menu_item:contains(My Suppliers)",
            run: "click",
        },
        {
            trigger: `${OVERVIEW} .o_supplier_heatmap:contains(Suppliers (1))`,
        },
        {
            content: "A figure opens its scorecards",
            trigger: "[data-row=all] [name=evaluated]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:only:contains(Late)",
        },
        backToOverview,
        {
            content: "Period and filter are as they were left",
            trigger: `${OVERVIEW} .o_supplier_heatmap:contains(Suppliers (1))`,
        },
        {
            trigger: ".o_searchview .o_facet_value:contains(My Suppliers)",
        },
        {
            trigger: ".o_supplier_period_select:value(2026-02-01..2026-02-28)",
        },
    ],
});

// Starts on an address that names a period and a filter.
tours.add("supplier_evaluation_overview_address", {
    steps: () => [
        {
            trigger: ".o_searchview .o_facet_value:contains(My Suppliers)",
        },
        {
            trigger: ".o_supplier_period_select:value(2026-02-01..2026-02-28)",
        },
        {
            trigger: `${OVERVIEW} .o_supplier_heatmap:contains(Suppliers (1))`,
        },
    ],
});

tours.add("supplier_evaluation_overview_compare", {
    steps: () => [
        {
            content: "The worst first",
            trigger: "[data-column=score] button",
            run: "click",
        },
        {
            trigger: "[data-cell='0:0']:contains(Late) input",
            run: "click",
        },
        {
            trigger: "[data-cell='1:0'] input",
            run: "click",
        },
        {
            content: "Compare it with another one",
            trigger: ".o_supplier_compare_button:contains(2)",
            run: "click",
        },
        {
            trigger: ".o_supplier_compare_table th:contains(Late)",
        },
        {
            content: "The better cells are marked",
            trigger: ".o_supplier_compare_table .o_supplier_best:contains(100.0)",
        },
        {
            content: "Both places are sure: nothing overlaps",
            trigger: ".o_supplier_ranking tbody tr:last:contains(Late):contains(50.0)",
        },
        {
            trigger: ".o_supplier_chart canvas",
        },
        {
            content: "A KPI explains itself",
            trigger: "tbody:last .o_supplier_cell:first",
            run: "click",
        },
        {
            trigger: ".modal .o_supplier_figure",
        },
    ],
});

const APP = ".o_app[data-menu-xmlid='supplier_evaluation.supplier_root_menu']";
const WORST = `${OVERVIEW} .o_supplier_heatmap [role=row]:last`;

// A buyer who is new here, on any screen. The apps are a menu in Odoo Community.
tours.add("supplier_evaluation_overview_newcomer", {
    steps: () => [
        {
            content: "To the apps",
            trigger: ".o_navbar_apps_menu button:enabled",
            run: "click",
        },
        ...atMost({clicks: 2}, [
            {
                content: "The icon of the app",
                trigger: `${APP}:contains(Suppliers)`,
                run: "click",
            },
            {
                content: "Who is the worst is the last of the ranking",
                trigger: `${WORST}:contains(3):contains(Late):contains(50.0):contains(D)`,
            },
            {
                content: "What became of it, and why",
                trigger:
                    ".o_supplier_news:contains(Late lost 50.0 points):contains(On-time delivery went from 100.0 % to 0.0 %)",
            },
            {
                content: "Open it",
                trigger: `${WORST} [role=gridcell]:first`,
                run: "click",
            },
            {
                content: "The main cause comes first",
                trigger:
                    ".o_supplier_findings li:first:contains(On-time delivery costs most, 50.0 points)",
            },
            {
                content: "The next step is the button that stands out",
                trigger:
                    ".o_statusbar_buttons button.btn-primary:enabled:contains(Report Incident)",
            },
            {
                trigger: ".o_statusbar_buttons button:enabled:contains(Ask Supplier)",
            },
        ]),
    ],
});

// A reviewer sees what waits, and nothing else.
tours.add("supplier_evaluation_overview_reviewer", {
    steps: () => [
        {
            trigger: `${OVERVIEW} .o_supplier_worklist:contains(Nothing waits for you)`,
        },
        {
            trigger: `${OVERVIEW}:not(:has(.o_supplier_tile)):not(:has(.o_supplier_heatmap))`,
        },
    ],
});

// A manager of a company without scorecards.
tours.add("supplier_evaluation_overview_first_steps", {
    steps: () => [
        {
            trigger: ".o_supplier_first_steps [data-step=history] button",
        },
        {
            trigger: ".o_supplier_first_steps [data-step=template] button",
        },
        {
            content: "A sample says that it is one, and cannot be opened",
            trigger:
                ".o_supplier_sample:contains(Sample with made-up figures) [inert][aria-hidden=true] .o_supplier_heatmap:contains(Supplier 8)",
        },
        {
            content: "Evaluate last month",
            trigger: ".o_supplier_first_steps [data-step=evaluate] button",
            run: "click",
        },
        {
            content: "A template is proposed",
            trigger:
                ".o_form_view .o_field_widget[name=template_id] input:not(:value(''))",
        },
    ],
});

// The same manager, when an evaluation was begun.
tours.add("supplier_evaluation_overview_begun", {
    steps: () => [
        {
            content: "A template was chosen",
            trigger: ".o_supplier_first_steps [data-step=template] .fa-check",
        },
        {
            content: "A second evaluation of the month is not offered",
            trigger:
                ".o_supplier_first_steps [data-step=evaluate] button:contains(Open the Evaluation)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_publish]",
        },
    ],
});
