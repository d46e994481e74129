import {openMenu} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");
const wrong = (text) =>
    `.o_supplier_answer:contains(${text}):has(.o_supplier_answer_problem)`;
const question = (number) => `.o_supplier_answer:eq(${number})`;

// Starts on the home screen of somebody who may only answer reviews.
tours.add("supplier_evaluation_answer_review", {
    steps: () => [
        ...stepUtils.goToAppSteps(
            "supplier_evaluation.supplier_root_menu",
            "Open the app"
        ),
        {
            content: "Reviews are what is there to do, and nothing else",
            trigger: ".o_breadcrumb .active:contains(Reviews)",
        },
        {
            content: "Open the first supplier to assess",
            trigger: ".o_data_row td[name=partner_id]:contains(Golden Supplier)",
            run: "click",
        },
        {
            content: "Answer the first question",
            trigger: `${question(0)} button:contains(8)`,
            run: "click",
        },
        {
            content: "Say something about it",
            trigger: `${question(0)}:has(button.btn-primary:contains(8)) textarea`,
            run: "edit Twice late, told us in time && click body",
        },
        {
            content: "Hand it in too early",
            trigger: ".o_form_statusbar button[name=action_submit]",
            run: "click",
        },
        {
            content: "The questions without an answer say so, no dialog does",
            trigger: `body:not(:has(.modal)) .o_supplier_answers:has(${wrong("Polite")}):has(${wrong("Again")}):not(:has(${wrong("Reliable")}))`,
        },
        {
            content: "The second question cannot be judged",
            trigger: `body:not(:has(.modal)) ${question(1)} input[type=checkbox]`,
            run: "click",
        },
        {
            content: "Choose an answer",
            trigger: `${question(2)} button:contains(Yes)`,
            run: "click",
        },
        {
            content: "Hand it in",
            trigger: `.o_form_view:has(${question(2)} button.btn-primary:contains(Yes)) .o_form_statusbar button[name=action_submit]`,
            run: "click",
        },
        {
            content: "The next supplier comes up by itself, not answered yet",
            trigger: `.o_form_view:has([name=partner_id]:contains(Second Supplier)):not(:has(.o_supplier_answer button.btn-primary)) ${question(0)}`,
        },
        {
            content: "The pager knows the second one, too",
            trigger: ".o_pager:contains(2 / 3)",
        },
        {
            content: "Answer one question of the second supplier",
            trigger: `${question(0)} button:contains(7)`,
            run: "click",
        },
        {
            content: "Hand the second one in too early",
            trigger: `.o_form_view:has(${question(0)} button.btn-primary:contains(7)) .o_form_statusbar button[name=action_submit]`,
            run: "click",
        },
        {
            trigger: `.o_supplier_answers:has(${wrong("Polite")}):has(${wrong("Again")})`,
        },
        {
            content: "The answer can be mended: the third supplier did not come up",
            trigger: `body:not(:has(.modal)) .o_form_view:has([name=partner_id]:contains(Second Supplier)) ${question(1)} button:contains(9)`,
            run: "click",
        },
        {
            trigger: `${question(2)} button:contains(Yes)`,
            run: "click",
        },
        {
            trigger: `.o_form_view:has(${question(2)} button.btn-primary:contains(Yes)) .o_form_statusbar button[name=action_submit]`,
            run: "click",
        },
        {
            content: "Now it does",
            trigger: `.o_form_view:has([name=partner_id]:contains(Third Supplier)):not(:has(.o_supplier_answer button.btn-primary)) ${question(0)}`,
        },
    ],
});

// Starts on a new questionnaire. There is a template "Tour Template" that scores
// reviews and asks nobody, and an evaluation of it with one supplier that has a buyer.
tours.add("supplier_evaluation_ask_reviews", {
    steps: () => [
        {
            content: "Give the questionnaire a name",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Tour Questions",
        },
        {
            content: "Ask something",
            trigger:
                ".o_field_widget[name=question_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Friendly?",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=question_ids] .o_data_row:contains(Friendly?)",
        },
        ...stepUtils.saveForm(),
        ...openMenu(
            "supplier_evaluation.supplier_evaluation_config_menu",
            "supplier_evaluation.supplier_scorecard_template_menu",
            "Go to the templates"
        ),
        {
            trigger: ".o_list_view .o_data_row td[name=name]:contains(Tour Template)",
            run: "click",
        },
        {
            content: "The template says that nobody is asked",
            trigger: ".o_form_view .alert:contains(nobody is asked)",
        },
        {
            trigger: ".o_notebook a[name=reviews]",
            run: "click",
        },
        {
            content: "Choose the questionnaire",
            trigger: ".o_field_widget[name=questionnaire_id] input",
            run: "edit Tour Questions",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Tour Questions) a",
            run: "click",
        },
        {
            content: "Ask the buyer of each vendor",
            trigger:
                ".o_field_widget[name=reviewer_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=reviewer_ids] .o_data_row.o_selected_row [name=role]",
        },
        ...stepUtils.saveForm(),
        {
            trigger: ".o_notebook a[name=kpis]",
            run: "click",
        },
        {
            content: "Now somebody is",
            trigger:
                ".o_form_view:not(:has(.alert:contains(nobody is asked))) .o_field_widget[name=line_ids] .o_data_row",
        },
        ...openMenu(
            "supplier_evaluation.supplier_manage_menu",
            "supplier_evaluation.supplier_evaluation_menu",
            "Go to the evaluations"
        ),
        {
            trigger: ".o_list_view .o_data_row td[name=name]:contains(Tour Template)",
            run: "click",
        },
        {
            content: "Ask",
            trigger: "button[name=action_ask_reviews]",
            run: "click",
        },
        {
            content: "One person was asked about one supplier",
            trigger: ".o_notification:contains(Reviews asked for: 1. People asked: 1.)",
        },
        {
            trigger: "button[name=action_open_reviews]:contains(0 / 1)",
        },
    ],
});

// Starts on a scorecard with one review of 80 points.
tours.add("supplier_evaluation_read_reviews", {
    steps: () => [
        {
            content: "Open the tab of the reviews",
            trigger: ".o_notebook a[name=reviews]",
            run: "click",
        },
        {
            content: "It tells how far apart people are",
            trigger:
                ".tab-pane.active [name=review_summary]:contains(One person gave 80.0 of 100 points.)",
        },
        {
            content: "And what each of them said",
            trigger:
                ".tab-pane.active [name=review_ids] .o_data_row:contains(Warm welcome)",
        },
    ],
});
