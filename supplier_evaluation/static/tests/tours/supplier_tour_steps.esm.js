/**
 * Open what is in a section of the menu.
 *
 * @param {string} section external id of the section
 * @param {string} menu external id of the menu in it
 * @param {string} content what is opened, in words
 * @returns {object[]} steps
 */
export function openMenu(section, menu, content) {
    return [
        {
            content,
            trigger: `.o_menu_sections [data-menu-xmlid='${section}']`,
            run: "click",
        },
        {
            trigger: `.o-dropdown--menu [data-menu-xmlid='${menu}']`,
            run: "click",
        },
    ];
}

/**
 * Choose a filter of the search panel that comes down.
 *
 * @param {string} label of the filter
 * @param {string} content what is looked for, in words
 * @returns {object[]} steps
 */
export function filterBy(label, content) {
    return [
        {
            content,
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            trigger: `.o_search_bar_menu .o_menu_item:contains(${label})`,
            run: "click",
        },
        {
            trigger: `.o_searchview .o_facet_value:contains(${label})`,
        },
    ];
}

/**
 * Choose a record that exists already.
 *
 * @param {string} field name of the field
 * @param {string} text part of the name of the record
 * @returns {object[]} steps
 */
export function choose(field, text) {
    return [
        {
            content: `Search the ${field}`,
            trigger: `.o_field_widget[name=${field}] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose the ${field}`,
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text})`,
            run: "click",
        },
    ];
}

/**
 * Choose one of the values that a field can have.
 *
 * @param {string} field name of the field
 * @param {string} label of the value
 * @param {string} content what is chosen, in words
 * @returns {object[]} steps
 */
export function select(field, label, content) {
    return [
        {
            content,
            trigger: `.o_field_widget[name=${field}] input`,
            run: "click",
        },
        {
            trigger: `.o_select_menu_item:contains(${label})`,
            run: "click",
        },
        {
            trigger: `.o_field_widget[name=${field}] input:value(${label})`,
        },
    ];
}

/**
 * Save a form, and wait until it is: what follows may be there before.
 *
 * @param {string} content what is saved, in words
 * @returns {object[]} steps
 */
export function save(content = "Save it") {
    return [
        {content, trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
    ];
}

/**
 * Say why in a dialog, and have it done.
 *
 * @param {string} input the field for it, as ``[name=reason] input``
 * @param {string} text why
 * @returns {object[]} steps
 */
export function applyBecause(input, text) {
    return [
        {
            content: "Say why",
            trigger: `.modal .o_field_widget${input}`,
            run: `edit ${text}`,
        },
        {
            content: "Apply",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
    ];
}

/**
 * Let a tour fail that needs more than it may: people count clicks, too.
 *
 * @param {object} most how many there may be
 * @param {number} most.clicks
 * @param {number} [most.texts=0] that are typed
 * @param {object[]} steps
 * @returns {object[]} the steps, when they are few enough
 */
export function atMost({clicks, texts = 0}, steps) {
    const clicked = steps.filter(({run}) => run === "click").length;
    const typed = steps.filter(({run}) => run?.startsWith("edit ")).length;
    const others = steps.filter(({run}) => run).length - clicked - typed;
    if (others) {
        throw new Error(`${others} steps are neither clicks nor texts`);
    }
    if (clicked > clicks || typed > texts) {
        throw new Error(
            `${clicked} clicks and ${typed} texts, but at most ${clicks} and ${texts}`
        );
    }
    return steps;
}
