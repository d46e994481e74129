import {registry} from "@web/core/registry";

function choose(name, text) {
    return [
        {
            content: `Look for ${text}`,
            trigger: `.modal .o_field_widget[name=${name}] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${text}`,
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${text})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("supplier_assessment_ask", {
    steps: () => [
        {
            content: "Ask customers",
            trigger:
                ".o_control_panel button:contains(Ask Customers), .o_list_buttons button:contains(Ask Customers)",
            run: "click",
        },
        ...choose("partner_id", "Golden"),
        ...choose("respondent_ids", "Anna"),
        ...choose("questionnaire_id", "Asked outside"),
        {
            content: "Say what it is about",
            trigger: ".modal .o_field_widget[name=about] input",
            run: "edit Crane on site 4",
        },
        {
            content: "Ask",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "Anna is asked",
            trigger:
                "body:not(:has(.modal)) .o_data_row .o_data_cell[name=respondent_id]:contains(Anna)",
        },
    ],
});

function mark(question, text) {
    return {
        content: `${question} ${text}`,
        trigger: `.o_supplier_assessment fieldset:contains(${question}) label.btn:contains(${text})`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("supplier_assessment_answer", {
    steps: () => [
        {
            content: "It says what it is about",
            trigger: "dd:contains(Crane on site 4)",
        },
        mark("On time?", "9"),
        mark("Friendly?", "9"),
        mark("Once more?", "Gladly"),
        {
            content: "Say something",
            trigger: ".o_supplier_assessment [name=comment]",
            run: "edit All well",
        },
        {
            content: "Send it",
            trigger: ".o_supplier_assessment button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has arrived",
            trigger: "h1:contains(Thank you)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_assessment_figure", {
    steps: () => [
        {
            content: "Her score is a record of the figure",
            trigger: ".o_data_row:contains(Anna) .o_data_cell[name=score]:contains(92)",
            run: "click",
        },
        {
            content: "It leads to what she said",
            trigger: ".o_form_view .o_field_widget[name=comment]:contains(All well)",
        },
    ],
});
