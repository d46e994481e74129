import {registry} from "@web/core/registry";
import {save} from "./supplier_tour_steps.esm";

const tours = registry.category("web_tour.tours");

// Starts on the chats; a message of one of them was refused.
tours.add("supplier_evaluation_outbox", {
    steps: () => [
        {
            content: "A new chat",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Team room",
        },
        {
            content: "Enter its address",
            trigger: ".o_field_widget[name=url] input",
            run: "edit https://chat.example/send?key=k",
        },
        {
            content: "See what it will get",
            trigger: ".o_field_widget[name=preview]:contains(markdown)",
        },
        ...save(),
        {
            content: "Back to the chats",
            trigger: ".breadcrumb-item a:contains(Chats)",
            run: "click",
        },
        {
            content: "Open the one with a message that was refused",
            trigger: ".o_data_row:contains(Purchasing) td[name=name]",
            run: "click",
        },
        {
            trigger: "button[name=action_open_messages]:contains(Not Sent)",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Too late) td[name=title]",
            run: "click",
        },
        {
            content: "It says why, and what to do",
            trigger: ".alert:contains(invalid webhook url):contains(Look up the code)",
        },
        {
            content: "Try again",
            trigger: "button[name=action_retry]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Waiting)",
        },
    ],
});
