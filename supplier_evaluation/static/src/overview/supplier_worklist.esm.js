import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const KINDS = {
    review: _t("Reviews to answer"),
    decide: _t("Certifications to decide on"),
    check: _t("Applications to check"),
    verify: _t("Documents to verify"),
    renew: _t("Documents to renew"),
    incident: _t("My incidents"),
    override: _t("Orders held up"),
    alert: _t("My alerts"),
    step: _t("Steps of corrective actions"),
    step_answer: _t("Answers to decide on"),
    suspension: _t("Suspensions to decide on"),
    tier: _t("Tiers to decide on"),
    incentive: _t("Rewards to decide on"),
    share: _t("Shares to accept"),
};

/** What waits for the user, the latest first; each line opens its record. */
export class SupplierWorklist extends Component {
    static template = "supplier_evaluation.SupplierWorklist";
    static props = {worklist: Object, openRecord: Function, openList: Function};

    /** Kinds of which there is more than is listed. */
    get longKinds() {
        const {items, kinds} = this.props.worklist;
        return kinds.filter(
            ({kind, count}) => items.filter((item) => item.kind === kind).length < count
        );
    }

    kindLabel(kind) {
        return KINDS[kind].toString();
    }

    openKind({kind, model, domain}) {
        return this.props.openList(this.kindLabel(kind), model, domain);
    }

    /**
     * Say when something is due, or since when it waits.
     *
     * @param {object} item
     * @returns {string} empty when there is no hurry
     */
    when(item) {
        const {days_late: late, days_waiting: waiting, due} = item;
        if (late === 1) {
            return _t("1 day late");
        }
        if (late > 1) {
            return _t("%s days late", late);
        }
        if (due) {
            return _t("due %s", formatDate(deserializeDate(due)));
        }
        if (waiting === 1) {
            return _t("waits for 1 day");
        }
        return waiting > 1 ? _t("waits for %s days", waiting) : "";
    }
}
