import {registry} from "@web/core/registry";

function fill(name, text) {
    return {
        content: `Fill in ${name}`,
        trigger: `.o_supplier_application [name=${name}]`,
        run: `edit ${text}`,
    };
}

registry.category("web_tour.tours").add("supplier_application_apply", {
    steps: () => [
        fill("company_name", "Tour Bearings Ltd"),
        {
            content: "Choose the country",
            trigger: ".o_supplier_application [name=country_id]",
            run: "selectByLabel China",
        },
        fill("registry_number", "91320594MA1TOUR001"),
        {
            content: "Tell what is supplied",
            trigger: ".o_supplier_application label:contains(Bearings)",
            run: "click",
        },
        fill("contact_name", "Tour Guide"),
        fill("email", "guide@tour.example.com"),
        {
            content: "Send it",
            trigger: ".o_supplier_application button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has to be confirmed",
            trigger: "h1:contains(Look into your mailbox)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_application_confirm", {
    steps: () => [
        {
            content: "Confirm it",
            trigger: ".o_supplier_application_confirm button[value=confirm]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has arrived",
            trigger: "h1:contains(Your application has reached us)",
        },
    ],
});

function open(name) {
    return [
        {
            content: "Open the application",
            trigger: `.o_data_row .o_data_cell[name=company_name]:contains(${name})`,
            run: "click",
        },
        {
            content: "Claim it",
            trigger: "button[name=action_claim]:enabled",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("supplier_application_take_up", {
    steps: () => [
        ...open("Tour Bearings Ltd"),
        {
            content: "Accept it",
            trigger: "button[name=action_ask_acceptance]:enabled",
            run: "click",
        },
        {
            content: "It is a new supplier",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The supplier is there",
            trigger:
                "body:not(:has(.modal)) .breadcrumb-item.active:contains(Tour Bearings Ltd), body:not(:has(.modal)) .o_last_breadcrumb_item:contains(Tour Bearings Ltd)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_application_merge", {
    steps: () => [
        ...open("苏州新锐轴承有限公司"),
        {
            content: "It looks like somebody",
            trigger: ".alert-warning:contains(looks like somebody known)",
        },
        {
            content: "See whom",
            trigger: ".o_notebook .nav-link[name=duplicates]",
            run: "click",
        },
        {
            content: "It is this one",
            trigger:
                ".o_data_row:contains(registry number) button[name=action_take_up]",
            run: "click",
        },
        {
            content: "What is added is told",
            trigger: ".modal .o_field_widget[name=filled_in]:contains(Li Na)",
        },
        {
            content: "Accept it",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The supplier is there",
            trigger:
                "body:not(:has(.modal)) .o_last_breadcrumb_item:contains(Golden Supplier)",
        },
    ],
});
