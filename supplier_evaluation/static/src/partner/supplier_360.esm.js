import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {useSupplier360} from "./supplier_360_data.esm";

const EVENTS = 8;

/** Of each kind of event, its sign and its name. */
export const KINDS = {
    certification: {icon: "fa-certificate", label: _t("Certification")},
    document: {icon: "fa-file-text-o", label: _t("Document")},
    incident: {icon: "fa-exclamation-triangle", label: _t("Incident")},
    more: {icon: "fa-ellipsis-h", label: _t("More")},
    order: {icon: "fa-truck", label: _t("Order")},
    override: {icon: "fa-unlock-alt", label: _t("Override")},
    policy: {icon: "fa-ban", label: _t("Purchase policy")},
    price: {icon: "fa-money", label: _t("Price rise")},
    return: {icon: "fa-undo", label: _t("Return")},
    scorecard: {icon: "fa-star-half-o", label: _t("Scorecard")},
    source: {icon: "fa-link", label: _t("Only source")},
    stage: {icon: "fa-flag", label: _t("Stage")},
    tier: {icon: "fa-sitemap", label: _t("Tier")},
};

function within(value) {
    return Math.min(100, Math.max(0, value));
}

/**
 * The scores of a year over what happened meanwhile, on one time axis.
 *
 * Lines and ribbon are drawn; points and marks are buttons, so that the keyboard and
 * screen readers reach what is behind them.
 */
export class SupplierHistory extends Component {
    static template = "supplier_evaluation.SupplierHistory";
    static props = {view: Object, open: Function, openMarks: Function};

    place(date) {
        const {since, until} = this.props.view;
        const [start, stop, day] = [since, until, date].map((one) => Date.parse(one));
        return within((100 * (day - start)) / (stop - start || 1));
    }

    get points() {
        return this.props.view.history
            .filter((point) => point.score !== false)
            .map((point) => ({...point, left: this.place(point.date)}));
    }

    get line() {
        return this.points.map((one) => `${one.left},${100 - one.score}`).join(" ");
    }

    get ribbon() {
        const known = this.points.filter((one) => one.low !== false);
        const upper = known.map((one) => `${one.left},${100 - one.high}`);
        const lower = known.map((one) => `${one.left},${100 - one.low}`).reverse();
        return [...upper, ...lower].join(" ");
    }

    pointTitle(point) {
        return _t("%(label)s: %(score)s of 100, grade %(grade)s", {
            label: point.label,
            score: point.score_text,
            grade: point.grade || "–",
        });
    }

    /** Marks of one kind and month share a button; else they would cover each other. */
    get marks() {
        const groups = {};
        for (const mark of this.props.view.marks) {
            const key = `${mark.kind} ${mark.date.slice(0, 7)}`;
            groups[key] ??= {key, kind: mark.kind, marks: []};
            groups[key].marks.push(mark);
        }
        const stacked = {};
        return Object.values(groups).map((group) => {
            const month = group.key.slice(-7);
            const row = stacked[month] ?? 0;
            stacked[month] = row + 1;
            return {...group, row, left: this.place(`${month}-15`)};
        });
    }

    get rows() {
        return Math.max(0, ...this.marks.map((group) => group.row + 1));
    }

    icon(kind) {
        return KINDS[kind].icon;
    }

    markTitle(group) {
        const texts = group.marks.map((mark) => mark.text).join("; ");
        return _t("%(kind)s: %(texts)s", {kind: KINDS[group.kind].label, texts});
    }

    get legend() {
        const kinds = new Set(this.props.view.marks.map((mark) => mark.kind));
        return [...kinds].map((kind) => ({kind, ...KINDS[kind]}));
    }
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
