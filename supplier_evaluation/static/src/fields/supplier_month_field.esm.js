import {DateTimeField, dateField} from "@web/views/fields/datetime/datetime_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

// As wide as "September 2026" is, in pixels.
const WIDTH = 125;

/** Shows a day that stands for its month as the month; any of its days is chosen. */
export class SupplierMonthField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const day = this.values[valueIndex];
        return day ? day.toLocaleString({month: "long", year: "numeric"}) : "";
    }
}

registry.category("fields").add("supplier_month", {
    ...dateField,
    component: SupplierMonthField,
    displayName: _t("Month"),
    supportedTypes: ["date"],
    listViewWidth: WIDTH,
});
