import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** A number that may be unknown: emptied, it is unknown again, and not 0. */
export class SupplierOptionalFloatField extends FloatField {
    parse(value) {
        return value.trim() ? super.parse(value) : false;
    }
}

export const supplierOptionalFloatField = {
    ...floatField,
    component: SupplierOptionalFloatField,
    displayName: _t("Number That May Be Unknown"),
};

registry.category("fields").add("supplier_optional_float", supplierOptionalFloatField);
