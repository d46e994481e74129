import {Component} from "@odoo/owl";
import {SupplierHistory} from "./supplier_history.esm";
import {_t} from "@web/core/l10n/translation";
import {isKnown} from "../fields/supplier_score_utils.esm";
import {usePopover} from "@web/core/popover/popover_hook";

/** What "how sure" means, in words. */
export class SupplierSurePopover extends Component {
    static template = "supplier_evaluation.SupplierSurePopover";
    static props = {close: {type: Function, optional: true}};
}

/** Score, grade, place and the line of the last periods. */
export class SupplierCardHeadline extends Component {
    static template = "supplier_evaluation.SupplierCardHeadline";
    static components = {SupplierHistory};
    static props = {
        headline: Object,
        grades: Array,
        history: Array,
        open: Function,
    };

    setup() {
        this.popover = usePopover(SupplierSurePopover, {position: "bottom"});
    }

    get gradeTitle() {
        const {grade, provisional} = this.props.headline;
        return provisional
            ? _t("Grade %(grade)s, provisional", {grade})
            : _t("Grade %(grade)s", {grade});
    }

    /** Better or worse is told by a sign, and by colour only where it is news. */
    get changeClass() {
        const {change_is_news: isNews, change_is_good: isGood} = this.props.headline;
        if (!isNews) {
            return "o_supplier_moved_none";
        }
        return isGood ? "o_supplier_moved_good" : "o_supplier_moved_bad";
    }

    get changeNote() {
        return this.props.headline.change_is_news
            ? _t("more than chance")
            : _t("within chance");
    }

    get hasScores() {
        return this.props.history.some((point) => isKnown(point.score));
    }

    openCard({model, id}) {
        return this.props.open(model, id);
    }

    explain(ev) {
        this.popover.open(ev.currentTarget, {});
    }
}
