import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The best and the worst suppliers by a KPI that is being defined. */
export class SupplierKpiPreviewField extends Component {
    static template = "supplier_evaluation.SupplierKpiPreviewField";
    static props = {...standardFieldProps};

    get preview() {
        return this.props.record.data[this.props.name] || null;
    }

    get summary() {
        const {count} = this.preview;
        return count
            ? _t("Suppliers with a value: %s.", count)
            : _t("No supplier has a record in this time.");
    }

    get tables() {
        const {best, worst} = this.preview;
        return [
            {key: "best", title: _t("Best"), rows: best},
            {key: "worst", title: _t("Worst"), rows: worst},
        ].filter((table) => table.rows.length);
    }

    get unit() {
        const {unit} = this.props.record.data;
        const labels = Object.fromEntries(this.props.record.fields.unit.selection);
        return unit && unit !== "number" ? labels[unit] : "";
    }

    value(row) {
        return `${formatFloat(row.value, {digits: [16, 1]})} ${this.unit}`.trim();
    }
}

export const supplierKpiPreviewField = {
    component: SupplierKpiPreviewField,
    displayName: _t("Preview of a Supplier KPI"),
    supportedTypes: ["json"],
    fieldDependencies: [{name: "unit", type: "selection"}],
};

registry.category("fields").add("supplier_kpi_preview", supplierKpiPreviewField);
