import {registry} from "@web/core/registry";
import {select} from "./supplier_tour_steps.esm";

const tours = registry.category("web_tour.tours");

const TZ_BANNER = ".alert-warning:contains(The company has no time zone)";
const PREVIEW_BANNER = ".alert-info:contains(Preview)";

const tzIsKnown = {
    content: "The banner is gone",
    trigger: `body:not(:has(.modal)) .o_form_view:not(:has(${TZ_BANNER})) .o_arrow_button_current`,
};

// Starts on an evaluation of a company in China, which has no time zone.
tours.add("supplier_evaluation_take_tz", {
    steps: () => [
        {
            content: "A manager is told whose days these are",
            trigger: `${TZ_BANNER}:contains(its days are those of UTC)`,
        },
        {
            content: "And takes what the country proposes",
            trigger: `${TZ_BANNER} button[name=action_take_company_tz]:contains(Take Asia/Shanghai)`,
            run: "click",
        },
        tzIsKnown,
    ],
});

// Starts on a scorecard of this company.
tours.add("supplier_evaluation_choose_tz", {
    steps: () => [
        {
            content: "Who knows better chooses",
            trigger: `${TZ_BANNER} button[name=action_choose_company_tz]:contains(Choose)`,
            run: "click",
        },
        {
            content: "The dialog names the company, and proposes the same",
            trigger:
                ".modal:has([name=company_id]:contains(Golden Works)) [name=tz] input:value(Asia/Shanghai)",
        },
        ...select("tz", "Asia/Urumqi", "It is far in the west"),
        {
            content: "Apply",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        tzIsKnown,
    ],
});

// Starts on a draft evaluation of a period that runs.
tours.add("supplier_evaluation_preview", {
    steps: () => [
        {
            content: "Nothing is told before it is computed",
            trigger: `.o_form_view:not(:has(${PREVIEW_BANNER})) button[name=action_compute]:contains(Compute)`,
            run: "click",
        },
        {
            content: "What is computed is a preview",
            trigger: `${PREVIEW_BANNER}:contains(The period is not over):contains(nothing is published)`,
        },
        {
            trigger: ".ribbon:contains(Preview)",
        },
        {
            content: "It can be computed again, but not published",
            trigger:
                ".o_form_view:not(:has(button[name=action_publish])) button[name=action_compute]:contains(Compute Again)",
        },
        {
            content: "Open a scorecard",
            trigger:
                ".o_field_widget[name=scorecard_ids] .o_data_row td[name=partner_id]:contains(Golden Supplier)",
            run: "click",
        },
        {
            content: "It says so, too",
            trigger: `.o_supplier_title:contains(Golden Supplier)`,
        },
        {
            trigger: `${PREVIEW_BANNER}:contains(the period is not over):contains(It has no consequence)`,
        },
    ],
});

// Starts on a scorecard of which a promise was moved afterwards.
tours.add("supplier_evaluation_late_changes", {
    steps: () => [
        {
            content: "One promise was moved afterwards: which one?",
            trigger:
                ".oe_stat_button[name=action_open_late_changes]:has(.o_stat_value:text(1)):contains(Promises Moved Afterwards)",
            run: "click",
        },
        {
            content: "It is told that it was afterwards, at our wish, and why",
            trigger:
                ".o_data_row:only:has(td[name=is_late] input:checked):has(td[name=reason]:contains(We asked for the change)) td[name=note]:contains(agreed by phone)",
        },
    ],
});

// Starts on the form of a vendor with a published scorecard of March 2026.
tours.add("supplier_evaluation_on_time", {
    steps: () => [
        {
            content: "One rate is shown, with its period, and not the one of Odoo",
            trigger:
                ".oe_stat_button[name=action_open_supplier_on_time]:has(.o_stat_value:contains(50)):contains(On Time · March 2026)",
        },
        {
            trigger: ".o_form_view:not(:has(.oe_stat_button:contains(On-time Rate)))",
        },
        {
            content: "Which lines are these?",
            trigger: ".oe_stat_button[name=action_open_supplier_on_time]",
            run: "click",
        },
        {
            content: "One was late",
            trigger: ".o_data_row:count(2) td[name=on_time_share]:text(0%)",
        },
        {
            content: "Go back to the vendor",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            content: "Read what Odoo counts otherwise",
            trigger: ".o_notebook a[name=supplier_evaluation]",
            run: "click",
        },
        {
            content: "And look at its report",
            trigger:
                "p:contains(the promise that was frozen when the order was confirmed):contains(expected arrival as it is now) button[name=action_open_odoo_on_time]:contains(Odoo's own on-time report)",
            run: "click",
        },
        {
            content: "It is the one of Odoo, of this vendor",
            trigger:
                ".o_breadcrumb .active:contains(On-time Delivery, as Odoo counts it)",
        },
        {
            trigger: ".o_searchview .o_facet_value:contains(Golden Supplier)",
        },
        {
            content: "In the year that its rate is about",
            trigger: ".o_searchview .o_facet_value:contains(Last Year)",
        },
        {
            trigger: ".o_graph_renderer canvas",
        },
    ],
});

// Starts on the form of a vendor that has deliveries, but no scorecard.
tours.add("supplier_evaluation_on_time_odoo", {
    steps: () => [
        {
            content: "The rate of Odoo is shown as long as there is no other",
            trigger:
                ".oe_stat_button:has(.o_stat_value:contains(100)):contains(On-time Rate)",
        },
        {
            trigger:
                ".o_form_view:not(:has(.oe_stat_button[name=action_open_supplier_on_time]))",
        },
        {
            trigger: ".o_notebook a[name=supplier_evaluation]",
            run: "click",
        },
        {
            content: "There is nothing to explain",
            trigger:
                ".tab-pane.active:contains(No published scorecard yet):not(:has(button[name=action_open_odoo_on_time]))",
        },
    ],
});

// Starts on the template; the supplier was in time so far.
tours.add("supplier_evaluation_running_period", {
    steps: () => [
        {
            content: "How is the month so far?",
            trigger: "button[name=action_look_at_running]",
            run: "click",
        },
        {
            content: "It is a preview of a period that is not over",
            trigger: `${PREVIEW_BANNER}:contains(The period is not over):contains(nothing is published)`,
        },
        {
            content: "Open a scorecard",
            trigger:
                ".o_field_widget[name=scorecard_ids] .o_data_row td[name=partner_id]:contains(Golden Supplier)",
            run: "click",
        },
        {
            trigger: `${PREVIEW_BANNER}:contains(It has no consequence)`,
        },
    ],
});

// Starts on a vendor with a published score, and a running period.
tours.add("supplier_evaluation_so_far", {
    steps: () => [
        {
            content:
                "The vendor says how it is so far, and opens the scorecard behind it",
            trigger: ".o_supplier_strip button:contains(So Far)",
            run: "click",
        },
        {
            trigger: `${PREVIEW_BANNER}:contains(It has no consequence)`,
        },
    ],
});

// Starts on the list of scorecards; the worst is that of a supplier that is late.
tours.add("supplier_evaluation_scorecard_page", {
    steps: () => [
        {
            content: "Who is the worst?",
            trigger: ".o_data_row:contains(Late) td[name=partner_id]",
            run: "click",
        },
        {
            content: "The page says where it stands",
            trigger: ".o_supplier_place:contains(March 2026, rank 2 of 2)",
        },
        {
            content: "And why, in a sentence",
            trigger:
                ".o_supplier_finding_loss:contains(On-time delivery costs most, 50.0 points)",
        },
        {
            content: "The costliest KPI is the first",
            trigger: ".o_data_row:first td[name=kpi_id]:contains(On-time delivery)",
        },
        {
            content: "What was left out is counted, too",
            trigger: ".o_data_row:first button[name=action_open_excluded]:contains(0)",
        },
        {
            content: "Look at one dimension only",
            trigger: ".o_supplier_dimension[data-dimension=delivery]",
            run: "click",
        },
        {
            trigger: ".o_supplier_unfold:contains(Delivery)",
            run: "click",
        },
        {
            content: "Why no points?",
            trigger: ".o_data_row:first td[name=score]",
            run: "click",
        },
        {
            content: "The scale says it, and the records add up",
            trigger:
                ".modal:has(.o_supplier_sentence:contains(0.0 points)):has(.o_supplier_scale_dot) .o_supplier_check .fa-check-circle",
        },
        {
            trigger: ".modal-header .btn-close",
            run: "click",
        },
        {
            content: "Talk about it",
            trigger: ".o-mail-Chatter button:contains(Log note)",
            run: "click",
        },
        {
            trigger: ".o-mail-Composer-input",
            run: "edit Strike at the port?",
        },
        {
            trigger: ".o-mail-Composer button:contains(Log):enabled",
            run: "click",
        },
        {
            trigger: ".o-mail-Message:contains(Strike at the port?)",
        },
        {
            content: "And do something about it",
            trigger: "button[name=action_report_incident]",
            run: "click",
        },
        {
            content: "The supplier is filled in",
            trigger: ".o_form_view .o_field_widget[name=partner_id] input:value(Late)",
        },
    ],
});
