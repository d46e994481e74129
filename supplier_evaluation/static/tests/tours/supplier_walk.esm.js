import {registry} from "@web/core/registry";

/**
 * Go through every menu of the app and every view of its actions, and a form of each.
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
const OURS = '.o_action_manager [class*="o_supplier"]';
// What the web client puts around and into ours, the same on its own screens.
const OF_THE_WEB_CLIENT = [
    ".o_control_panel",
    "thead",
    ".o_list_record_selector",
    ".o_notebook_headers",
    ".o-mail-Form-chatter",
    ".o-mail-ActivityButton",
    ".o_field_many2one_avatar_user",
    ".o_field_many2many_tags",
    ".badge",
];
const SERIOUS = ["serious", "critical"];

function painted() {
    return new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(resolve))
    );
}

class Walk {
    constructor({action, menu, orm}) {
        Object.assign(this, {action, menu, orm});
        this.findings = [];
        this.seen = 0;
        this.place = "";
        this.words = new Set();
        this.mustInspect = false;
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
        if (this.mustInspect && document.querySelector(OURS)) {
            await this.inspect();
        }
        this.read();
    }

    async inspect() {
        // What still fades in has no contrast yet.
        await Promise.allSettled(
            document.getAnimations().map(({finished}) => finished)
        );
        const {violations} = await window.axe.run(
            {include: [[OURS]], exclude: OF_THE_WEB_CLIENT.map((place) => [place])},
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

    measure({scrollWidth, clientWidth}) {
        if (scrollWidth > clientWidth + 1) {
            this.find(`${scrollWidth} pixels wide on ${clientWidth}`);
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
     * @param {number} expected how many menus there are for this user
     * @param {object} options
     * @param {boolean} options.inspect whether axe-core, which is loaded, looks, too
     * @param {string[]} options.words what must not be read as it is
     */
    async start(expected, {inspect = false, words = []} = {}) {
        this.mustInspect = inspect;
        this.words = new Set(words);
        this.listen();
        const app = this.menu.getApps().find(({xmlid}) => xmlid === APP);
        const menus = this.menu
            .getAll()
            .filter(
                ({id, appID, actionID}) => appID === app.id && actionID && id !== appID
            );
        for (const menu of menus) {
            try {
                await this.openMenu(menu);
            } catch (error) {
                this.find(String(error.stack || error));
            }
        }
        console.log(`${menus.length} menus, ${this.seen} views`);
        this.place = APP;
        if (menus.length !== expected || this.seen < 2 * expected) {
            this.find(`${menus.length} of ${expected} menus, ${this.seen} views`);
        }
        if (this.findings.length) {
            throw new Error(this.findings.join("\n"));
        }
        console.log("test successful");
    }
}

registry.category("services").add("supplier_evaluation_walk", {
    dependencies: ["action", "menu", "orm"],
    start(env, services) {
        const walk = new Walk(services);
        window.supplierWalk = (...args) => walk.start(...args);
    },
});
