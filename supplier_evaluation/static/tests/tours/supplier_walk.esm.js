import {registry} from "@web/core/registry";
import {session} from "@web/session";

/**
 * Go through every menu of the app and every view of its actions, and a form of each;
 * then to the places where no menu leads.
 *
 * Whatever the console is told on the way, and every page that is wider than the screen,
 * is a finding. So is, if asked for, what axe-core calls serious in our part of the page,
 * and a word of ours that was left in English. Started by a test on the server as
 * ``supplierWalk(40, {inspect: true, words: ["Scorecards"]})``.
 */
const APP = "supplier_evaluation.supplier_root_menu";
// These scroll sideways within the page, as Odoo's own do.
const MAY_BE_WIDE = "list, pivot, calendar, activity, graph";
const PHONE = 768;
const PATIENCE = 10000;
// Dialogs and what drops down are beside the page, not in it.
const OURS = [".o_action_manager", ".o-overlay-container"]
    .map((part) => `${part} [class*="o_supplier"]`)
    .join(", ");
// What the web client puts around and into ours, the same on its own screens.
const OF_THE_WEB_CLIENT = [
    ".o_control_panel",
    "thead",
    ".o_list_record_selector",
    ".o_notebook_headers",
    ".o-mail-Form-chatter",
    ".o-mail-ActivityButton",
    ".o_field_many2one_avatar_user",
    ".o_field_many2many_binary",
    ".o_field_many2many_tags",
    ".badge",
    ".o_clipboard_button",
    ".o_form_label",
    ".o_select_menu",
];
// A faded picture that cannot be focused: axe-core 4.4 does not know what is inert.
const PICTURE = ".o_supplier_sample_picture";
const SERIOUS = ["serious", "critical"];

function painted() {
    return new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(resolve))
    );
}

/** Wait for something to be there and to be seen. */
async function shown(selector) {
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
        const found = document.querySelector(selector);
        if (found && found.checkVisibility()) {
            return found;
        }
        await painted();
    }
    throw new Error(`${selector} is not shown`);
}

class Walk {
    constructor({action, dialog, menu, orm}) {
        Object.assign(this, {action, dialog, menu, orm});
        this.findings = [];
        this.seen = 0;
        this.place = "";
        this.words = new Set();
        this.mustInspect = false;
        this.ours = OURS;
    }

    listen() {
        for (const level of ["warn", "error"]) {
            const original = console[level];
            console[level] = (...args) => {
                this.find(`console.${level}: ${args.join(" ")}`);
                original.apply(console, args);
            };
        }
    }

    find(text) {
        this.findings.push(`${this.place}: ${text}`);
    }

    async look(isFirst = false) {
        await painted();
        this.seen += 1;
        this.measure(document.documentElement);
        const {view} = this.action.currentController;
        const onPhone = window.innerWidth < PHONE;
        const content = document.querySelector(".o_action_manager .o_content");
        const isGrouped = content && content.querySelector(".o_kanban_grouped");
        const mayBeWide = view && MAY_BE_WIDE.includes(view.type) && !isFirst;
        if (onPhone && content && !isGrouped && !mayBeWide) {
            this.measure(content);
        }
        if (document.querySelector(".o_error_dialog")) {
            this.find("an error dialog");
        }
        if (this.mustInspect && document.querySelector(this.ours)) {
            await this.inspect();
        }
        this.read();
    }

    async inspect() {
        // What still fades in has no contrast yet.
        await Promise.allSettled(
            document.getAnimations().map(({finished}) => finished)
        );
        const exclude = [...OF_THE_WEB_CLIENT, PICTURE].map((place) => [place]);
        const {violations} = await window.axe.run(
            {include: [[this.ours]], exclude},
            {resultTypes: ["violations"]}
        );
        for (const {id, impact, nodes} of violations) {
            if (SERIOUS.includes(impact)) {
                const places = nodes.map(({html}) => html.slice(0, 200));
                this.find(`${id} (${impact}): ${places.slice(0, 3).join(" ")}`);
            }
        }
    }

    read() {
        if (!this.words.size) {
            return;
        }
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const left = new Set();
        while (texts.nextNode()) {
            const text = texts.currentNode.textContent.trim();
            if (this.words.has(text)) {
                left.add(text);
            }
        }
        if (left.size) {
            this.find(`not translated: ${[...left].join(" | ")}`);
        }
    }

    measure(element) {
        const {scrollWidth, clientWidth} = element;
        if (scrollWidth > clientWidth + 1) {
            const {right} = element.getBoundingClientRect();
            const beyond = [...element.querySelectorAll("*")].filter(
                (node) => node.getBoundingClientRect().right > right + 1
            );
            const names = beyond.slice(0, 3).map((node) => node.className);
            this.find(
                `${scrollWidth} pixels wide on ${clientWidth}: ${names.join(" | ")}`
            );
        }
    }

    async switchTo(title, {type}, {resModel, domain}) {
        this.place = `${title} ▸ ${type}`;
        const options = {};
        if (type === "form") {
            const [resId] = await this.orm.search(resModel, domain || [], {limit: 1});
            if (!resId) {
                return;
            }
            options.resId = resId;
        }
        await this.action.switchView(type, options);
        await this.look();
    }

    async openMenu({actionID, name}) {
        this.place = name;
        await this.action.doAction(actionID, {clearBreadcrumbs: true});
        await this.look(true);
        const {action, props, view, views} = this.action.currentController;
        if (action.target === "new" || !view) {
            return;
        }
        for (const other of views || []) {
            if (other.type !== view.type && other.type !== "search") {
                await this.switchTo(name, other, props);
            }
        }
    }

    /**
     * Go where no menu leads, as a user would.
     *
     * @param {object} place
     * @param {string} place.name
     * @param {string|object} place.action what to open
     * @param {string[]} place.clicks what to click then, one after the other
     * @param {string} place.shows what is there in the end
     * @param {string} place.ours where all is ours, if that is more than its classes say
     */
    async openPlace({name, action, clicks, shows, ours}) {
        this.place = name;
        this.ours = ours ? `${OURS}, ${ours}` : OURS;
        await this.action.doAction(action, {clearBreadcrumbs: true});
        for (const selector of clicks) {
            (await shown(selector)).click();
        }
        await shown(shows);
        await this.look();
    }

    async openMenus(menus) {
        for (const menu of menus) {
            await this.attempt(() => this.openMenu(menu));
        }
    }

    async openPlaces(places) {
        this.mustInspect = true;
        for (const place of places) {
            await this.attempt(() => this.openPlace(place));
            this.dialog.closeAll();
            await painted();
        }
    }

    async attempt(step) {
        try {
            await step();
        } catch (error) {
            this.find(String(error.stack || error));
        }
    }

    /**
     * @param {number} expected how many menus there are for this user
     * @param {object} options
     * @param {boolean} options.inspect whether axe-core looks at every view, too; at
     * places it always does, and has to be loaded
     * @param {object[]} options.places where no menu leads; see openPlace
     * @param {string[]} options.words what must not be read as it is
     */
    async start(expected, {inspect = false, places = [], words = []} = {}) {
        this.mustInspect = inspect;
        this.words = new Set(words);
        this.listen();
        const app = this.menu.getApps().find(({xmlid}) => xmlid === APP);
        const menus = this.menu
            .getAll()
            .filter(
                ({id, appID, actionID}) => appID === app.id && actionID && id !== appID
            );
        await this.openMenus(menus);
        await this.openPlaces(places);
        const walked = `${menus.length} of ${expected} menus, ${this.seen} screens`;
        console.log(walked);
        this.place = APP;
        if (menus.length !== expected || this.seen < 2 * expected + places.length) {
            this.find(walked);
        }
        if (this.findings.length) {
            throw new Error(this.findings.join("\n"));
        }
        console.log("test successful");
    }
}

// Public pages have neither menus nor actions.
if (!session.is_frontend) {
    registry.category("services").add("supplier_evaluation_walk", {
        dependencies: ["action", "dialog", "menu", "orm"],
        start(env, services) {
            const walk = new Walk(services);
            window.supplierWalk = (...args) => walk.start(...args);
        },
    });
}
