import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {SupplierStartStep} from "./supplier_start_step.esm";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const MODEL = "supplier.start";
// Milliseconds between two looks at how far the scheduled action is.
const PATIENCE = 2000;

/** From nothing to the first published score: what is done, and what is to be done. */
export class SupplierStart extends Component {
    static template = "supplier_evaluation.SupplierStart";
    static props = {...standardActionServiceProps};
    static components = {Layout, SupplierStartStep};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({data: null, openKey: "", isBusy: false});
        onWillStart(() => this.load());
        onWillUnmount(() => this.stopWaiting());
    }

    get data() {
        return this.state.data;
    }

    get display() {
        return {controlPanel: {}};
    }

    get share() {
        const {done, needed} = this.data;
        return Math.round((100 * done) / needed);
    }

    /** Read the checklist; as long as something is computed, look again. */
    async load() {
        this.stopWaiting();
        this.state.data = await this.orm.call(MODEL, "retrieve_start", []);
        const {steps} = this.data;
        if (!steps.some(({key}) => key === this.state.openKey)) {
            this.openFirst();
        }
        if (steps.some(({progress}) => progress && progress.waiting)) {
            this.timer = browser.setTimeout(() => this.load(), PATIENCE);
        }
    }

    stopWaiting() {
        browser.clearTimeout(this.timer);
    }

    /** What is to be done next is open; what can wait comes after what is needed. */
    openFirst() {
        const {steps} = this.data;
        const open = steps.filter((step) => !step.is_done);
        const next = open.find((step) => !step.is_optional) || open[0];
        this.state.openKey = next ? next.key : "";
    }

    toggle(key) {
        this.state.openKey = this.state.openKey === key ? "none" : key;
    }

    /**
     * Do a step, and read what became of it.
     *
     * @param {object} step
     * @param {Array} choice keys of the options that were chosen
     */
    async apply(step, choice) {
        this.state.isBusy = true;
        try {
            await this.orm.call(MODEL, "apply_step", [step.key, choice]);
        } finally {
            this.state.isBusy = false;
        }
        await this.load();
        const now = this.data.steps.find(({key}) => key === step.key);
        if (now.is_done) {
            this.openFirst();
        }
    }

    open(action) {
        return this.action.doAction(action);
    }
}

registry.category("actions").add("supplier_start", SupplierStart);
