import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {PercentageField} from "@web/views/fields/percentage/percentage_field";
import {parseInteger} from "@web/views/fields/parsers";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

// A number that may be unknown: emptied, it is unknown again. Odoo would read it as 0.
patch(FloatField.prototype, {
    parse(value) {
        const field = this.props.record.fields[this.props.name];
        const isEmptied = field.may_be_unknown && !String(value).trim();
        return isEmptied ? false : super.parse(value);
    },
});

// A share that is unknown is not none: Odoo would write "0%".
patch(PercentageField.prototype, {
    get formattedValue() {
        const {data, fields} = this.props.record;
        const isUnknown = data[this.props.name] === false;
        return isUnknown && fields[this.props.name].may_be_unknown
            ? ""
            : super.formattedValue;
    },
});

/** Odoo's own field of whole numbers keeps to itself how it reads them. */
export class SupplierOptionalIntegerField extends FloatField {
    get formattedValue() {
        // Without separators, as years are, Odoo would write "false".
        return this.value === false ? "" : super.formattedValue;
    }
    parse(value) {
        return value.trim() ? parseInteger(value, {allowOperation: true}) : false;
    }
}

export const supplierOptionalIntegerField = {
    ...floatField,
    component: SupplierOptionalIntegerField,
    supportedTypes: ["integer"],
};

registry
    .category("fields")
    .add("supplier_optional_integer", supplierOptionalIntegerField);
