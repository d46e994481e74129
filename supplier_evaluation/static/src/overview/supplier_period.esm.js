import {Component} from "@odoo/owl";

/** Which period and which template the overview is about. */
export class SupplierPeriod extends Component {
    static template = "supplier_evaluation.SupplierPeriod";
    static props = {
        periods: Array,
        period: String,
        templates: Array,
        templateId: Number,
        choose: Function,
    };

    get index() {
        return this.props.periods.findIndex(({key}) => key === this.props.period);
    }

    /** Periods are listed with the newest first. */
    get older() {
        return this.props.periods[this.index + 1];
    }

    get newer() {
        return this.props.periods[this.index - 1];
    }

    choosePeriod(key) {
        return this.props.choose({period: key});
    }

    /** Another template may have other periods, so its newest is shown. */
    chooseTemplate(templateId) {
        return this.props.choose({templateId: Number(templateId), period: false});
    }
}
