import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");
const question = (number) => `.o_supplier_answer:eq(${number})`;

// Starts on the home screen of somebody who may only answer reviews.
tours.add("supplier_evaluation_answer_review", {
    steps: () => [
        ...stepUtils.goToAppSteps("purchase.menu_purchase_root", "Open the app"),
        {
            content: "Open the menu of the suppliers",
            trigger: "button[data-menu-xmlid='supplier_evaluation.supplier_menu']",
            run: "click",
        },
        {
            content: "Reviews are what is there to do",
            trigger: "a[data-menu-xmlid='supplier_evaluation.supplier_review_menu']",
            run: "click",
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
            content: "The questions without an answer are named",
            trigger: ".modal .modal-body:contains(Polite):contains(Again)",
        },
        {
            content: "Go back to the questions",
            trigger: ".modal .modal-footer button",
            run: "click",
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
            trigger: ".modal .modal-body:contains(Polite):contains(Again)",
        },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
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
