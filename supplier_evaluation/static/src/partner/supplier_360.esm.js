import {Component, useState} from "@odoo/owl";
import {KINDS, SupplierHistory} from "../scorecard_card/supplier_history.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {useSupplier360} from "./supplier_360_data.esm";

const EVENTS = 8;

function within(value) {
    return Math.min(100, Math.max(0, value));
}

/** The bars of the last scorecard, beside what others and the time before have. */
export class SupplierDimensions extends Component {
    static template = "supplier_evaluation.SupplierDimensions";
    static props = {dimensions: Array};

    width(score) {
        return `width: ${within(score)}%`;
    }

    left(score) {
        return `left: ${within(score)}%`;
    }

    title(part) {
        if (part.score === false) {
            return _t("%(label)s: no data", {label: part.label});
        }
        return _t("%(label)s: %(score)s of 100, %(weight)s % of the weight", {
            label: part.label,
            score: part.score_text,
            weight: part.weight,
        });
    }
}

/** A vendor from all sides: the first tab of its form. */
export class Supplier360 extends Component {
    static template = "supplier_evaluation.Supplier360";
    static components = {SupplierHistory, SupplierDimensions};
    static props = {...standardWidgetProps};

    setup() {
        const {state, open, run} = useSupplier360(this.props);
        this.data = state;
        this.open = open;
        this.run = run;
        this.action = useService("action");
        this.state = useState({allEvents: false, list: "timeline"});
    }

    get view() {
        return this.data.view;
    }

    get events() {
        const {timeline} = this.view;
        return this.state.allEvents ? timeline : timeline.slice(0, EVENTS);
    }

    get hasMoreEvents() {
        return this.view.timeline.length > this.events.length;
    }

    get list() {
        return this.view.lists.find((one) => one.key === this.state.list);
    }

    kind(key) {
        return KINDS[key];
    }

    show(key) {
        this.state.list = key;
    }

    /** Open the records that a sentence is about, or else the scorecard. */
    openFinding({line_id: lineId, action}) {
        if (!action) {
            return this.open({model: "supplier.scorecard", id: this.view.card_id});
        }
        return this.action.doActionButton({
            type: "object",
            name: action,
            resModel: "supplier.scorecard.line",
            resId: lineId,
            resIds: [lineId],
            context: this.props.record.context,
        });
    }

    /** Open one record, or the list of several of a kind. */
    async openMarks(marks) {
        const known = marks.filter((mark) => mark.model);
        if (known.length < 2) {
            return known.length ? this.open(known[0]) : undefined;
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: KINDS[marks[0].kind].label,
            res_model: known[0].model,
            domain: [["id", "in", known.map((mark) => mark.id)]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    openProduct(good) {
        return this.open({model: "product.product", id: good.id});
    }
}

registry.category("view_widgets").add("supplier_360", {component: Supplier360});
