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
 * Told which changes are firm, only these have a colour: the others may be chance.
 */
export class SupplierTrendField extends Component {
    static template = "supplier_evaluation.SupplierTrendField";
    static props = {
        ...standardFieldProps,
        deltaField: {type: String, optional: true},
        firmField: {type: String, optional: true},
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
        const {firmField, record} = this.props;
        const hasMoved = ["up", "down"].includes(this.direction);
        return Boolean(firmField && hasMoved && !record.data[firmField]);
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
    ],
    fieldDependencies: ({options}) =>
        [
            {name: options.delta_field, type: "float", readonly: true},
            {name: options.firm_field, type: "boolean", readonly: true},
        ].filter(({name}) => name),
    extractProps: ({options}) => ({
        deltaField: options.delta_field,
        firmField: options.firm_field,
    }),
};

registry.category("fields").add("supplier_trend", supplierTrendField);
