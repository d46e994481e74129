import {Component, onWillUpdateProps, useState} from "@odoo/owl";

/** A step: what is, what its button changes, and where it is kept. */
export class SupplierStartStep extends Component {
    static template = "supplier_evaluation.SupplierStartStep";
    static props = {
        step: Object,
        number: Number,
        isOpen: Boolean,
        isBusy: Boolean,
        toggle: Function,
        apply: Function,
        open: Function,
    };

    setup() {
        this.state = useState({chosen: this.proposed(this.props.step)});
        onWillUpdateProps(({step}) => this.keepWhatIsOffered(step));
    }

    get bodyId() {
        return `o_supplier_start_${this.props.step.key}`;
    }

    /** Whether there is nothing to choose, or something was chosen. */
    get isReady() {
        return !this.props.step.options.length || this.state.chosen.length > 0;
    }

    /** How much is computed, in percent. */
    get percent() {
        const {finished, made, computed, total, waiting} = this.props.step.progress;
        if (!total) {
            return 0;
        }
        const done = waiting ? made - waiting : Math.max(computed, finished);
        return Math.round((100 * done) / total);
    }

    proposed({options}) {
        return options.filter((one) => one.is_proposed).map(({key}) => key);
    }

    /** What was chosen stays chosen as long as it is offered. */
    keepWhatIsOffered(step) {
        const before = this.props.step.options.map(({key}) => key);
        const keys = step.options.map(({key}) => key);
        if (before.join() !== keys.join()) {
            this.state.chosen = this.proposed(step);
        }
    }

    isChosen(key) {
        return this.state.chosen.includes(key);
    }

    choose(key) {
        const {chosen} = this.state;
        if (!this.props.step.is_many) {
            this.state.chosen = [key];
        } else if (chosen.includes(key)) {
            this.state.chosen = chosen.filter((one) => one !== key);
        } else {
            this.state.chosen = [...chosen, key];
        }
    }
}
