import {choose} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the questions; one of them may be two suppliers.
tours.add("supplier_evaluation_exchange_question", {
    steps: () => [
        {
            content: "Open the question",
            trigger: ".o_data_row:contains(V-1) td[name=external_id]",
            run: "click",
        },
        {
            content: "It names both candidates",
            trigger: ".o_field_widget[name=candidate_ids] .o_data_row:eq(1)",
        },
        ...choose("partner_id", "Tour Bolt Ulm"),
        {
            content: "Say so",
            trigger: "button[name=action_is_known]",
            run: "click",
        },
        {
            content: "The answer is kept",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Known)",
        },
        {
            content: "Look at what waited for it",
            trigger: ".nav-link[name=results]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=result_ids] .o_data_row:contains(Updated)",
        },
    ],
});

// Starts on the messages; one has a record that was refused.
tours.add("supplier_evaluation_exchange_message", {
    steps: () => [
        {
            content: "Open the message",
            trigger: ".o_data_row:contains(records.csv) td[name=filename]",
            run: "click",
        },
        {
            trigger: "button[name=action_download_refused]",
        },
        {
            content: "See what became of each record",
            trigger: "button[name=action_open_results]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Refused):contains(name is missing)",
        },
        {
            content: "Open the supplier that was created",
            trigger: ".o_data_row:contains(Created) button[name=action_open_record]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name]",
        },
    ],
});
