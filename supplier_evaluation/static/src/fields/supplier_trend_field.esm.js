import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const LOOKS = {
    up: {icon: "fa-arrow-up", color: "text-success"},
    flat: {icon: "fa-arrow-right", color: "text-700"},
    down: {icon: "fa-arrow-down", color: "text-danger"},
};

/**
 * Better or worse than last time: an arrow and the points.
 *
 * With the bounds of the score, only a change of more than half the distance between
 * them has a colour: a smaller one may be chance.
 */
export class SupplierTrendField extends Component {
    static template = "supplier_evaluation.SupplierTrendField";
    static props = {
        ...standardFieldProps,
        deltaField: {type: String, optional: true},
        lowField: {type: String, optional: true},
        highField: {type: String, optional: true},
    };

    get direction() {
        return this.props.record.data[this.props.name];
    }

    get look() {
        const look = LOOKS[this.direction];
        return look && this.isChance ? {...look, color: LOOKS.flat.color} : look;
    }

    get label() {
        const {selection} = this.props.record.fields[this.props.name];
        const word = selection.find(([value]) => value === this.direction)?.[1] || "";
        return this.isChance
            ? _t("%(word)s, but not more than chance may do", {word})
            : word;
    }

    get points() {
        return this.props.record.data[this.props.deltaField] || 0;
    }

    /** Whether there is a change, but too small a one to be sure of. */
    get isChance() {
        const {lowField, highField, record} = this.props;
        if (!(lowField && highField) || !["up", "down"].includes(this.direction)) {
            return false;
        }
        const {[lowField]: low, [highField]: high} = record.data;
        return Math.abs(this.points) <= (high - low) / 2;
    }

    get delta() {
        if (!this.props.deltaField) {
            return "";
        }
        const text = formatFloat(Math.abs(this.points), {digits: [5, 1]});
        if (Math.abs(this.points) < 0.05) {
            return text;
        }
        return `${this.points < 0 ? "\u2212" : "+"}${text}`;
    }
}

export const supplierTrendField = {
    component: SupplierTrendField,
    displayName: _t("Supplier Trend"),
    supportedTypes: ["selection"],
    supportedOptions: [
        {
            label: _t("Points field"),
            name: "delta_field",
            type: "field",
            availableTypes: ["float"],
        },
        {
            label: _t("Lower bound field"),
            name: "low_field",
            type: "field",
            availableTypes: ["float"],
        },
        {
            label: _t("Upper bound field"),
            name: "high_field",
            type: "field",
            availableTypes: ["float"],
        },
    ],
    fieldDependencies: ({options}) =>
        [options.delta_field, options.low_field, options.high_field]
            .filter(Boolean)
            .map((name) => ({name, type: "float", readonly: true})),
    extractProps: ({options}) => ({
        deltaField: options.delta_field,
        lowField: options.low_field,
        highField: options.high_field,
    }),
};

registry.category("fields").add("supplier_trend", supplierTrendField);
