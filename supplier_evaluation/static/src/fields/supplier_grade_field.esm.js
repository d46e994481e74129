import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The grade as a coloured badge; dashed while it is provisional. */
export class SupplierGradeField extends Component {
    static template = "supplier_evaluation.SupplierGradeField";
    static props = {
        ...standardFieldProps,
        colorField: {type: String, optional: true},
        provisionalField: {type: String, optional: true},
    };

    get name() {
        return this.props.record.data[this.props.name]?.display_name || "";
    }

    get isProvisional() {
        const {provisionalField, record} = this.props;
        return Boolean(provisionalField && record.data[provisionalField]);
    }

    get color() {
        return this.props.record.data[this.props.colorField] || 0;
    }

    get title() {
        return this.isProvisional
            ? _t("Grade %(grade)s, provisional: too little evidence for consequences", {
                  grade: this.name,
              })
            : _t("Grade %(grade)s", {grade: this.name});
    }
}

export const supplierGradeField = {
    component: SupplierGradeField,
    displayName: _t("Supplier Grade"),
    supportedTypes: ["many2one"],
    supportedOptions: [
        {
            label: _t("Color field"),
            name: "color_field",
            type: "field",
            availableTypes: ["integer"],
        },
        {
            label: _t("Provisional field"),
            name: "provisional_field",
            type: "field",
            availableTypes: ["boolean"],
        },
    ],
    fieldDependencies: ({options}) => [
        ...(options.color_field
            ? [{name: options.color_field, type: "integer", readonly: true}]
            : []),
        ...(options.provisional_field
            ? [{name: options.provisional_field, type: "boolean", readonly: true}]
            : []),
    ],
    extractProps: ({options}) => ({
        colorField: options.color_field,
        provisionalField: options.provisional_field,
    }),
};

registry.category("fields").add("supplier_grade", supplierGradeField);
