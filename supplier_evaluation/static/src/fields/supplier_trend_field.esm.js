import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const LOOKS = {
    up: {icon: "fa-arrow-up", color: "text-success"},
    flat: {icon: "fa-arrow-right", color: "text-muted"},
    down: {icon: "fa-arrow-down", color: "text-danger"},
};

/** Better or worse than last time: an arrow and the points. */
export class SupplierTrendField extends Component {
    static template = "supplier_evaluation.SupplierTrendField";
    static props = {
        ...standardFieldProps,
        deltaField: {type: String, optional: true},
    };

    get direction() {
        return this.props.record.data[this.props.name];
    }

    get look() {
        return LOOKS[this.direction];
    }

    get label() {
        const {selection} = this.props.record.fields[this.props.name];
        return selection.find(([value]) => value === this.direction)?.[1] || "";
    }

    get delta() {
        if (!this.props.deltaField) {
            return "";
        }
        const delta = this.props.record.data[this.props.deltaField] || 0;
        const text = formatFloat(Math.abs(delta), {digits: [5, 1]});
        const sign = delta < 0 ? "\u2212" : "+";
        return `${sign}${text}`;
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
        options.delta_field
            ? [{name: options.delta_field, type: "float", readonly: true}]
            : [],
    extractProps: ({options}) => ({deltaField: options.delta_field}),
};

registry.category("fields").add("supplier_trend", supplierTrendField);
