import {FloatField} from "@web/views/fields/float/float_field";
import {patch} from "@web/core/utils/patch";

// A number that may be unknown: emptied, it is unknown again. Odoo would read it as 0.
patch(FloatField.prototype, {
    parse(value) {
        const field = this.props.record.fields[this.props.name];
        const isEmptied = field.may_be_unknown && !String(value).trim();
        return isEmptied ? false : super.parse(value);
    },
});
