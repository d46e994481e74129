import {formatChange, formatScore, gradeById} from "./supplier_overview_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Who gained and who lost most; coloured is only what chance does not explain. */
export class SupplierMovers extends Component {
    static template = "supplier_evaluation.SupplierMovers";
    static props = {movers: Object, grades: Array, openCard: Function};

    get sides() {
        const {up, down} = this.props.movers;
        return [
            {key: "up", label: _t("Better"), rows: up},
            {key: "down", label: _t("Worse"), rows: down},
        ];
    }

    score(row) {
        return formatScore(row.score);
    }

    change(row) {
        return formatChange(row.trend);
    }

    changeClass(row) {
        if (!row.moved) {
            return "o_supplier_moved_none";
        }
        return row.trend > 0 ? "o_supplier_moved_good" : "o_supplier_moved_bad";
    }

    changeTitle(row) {
        return row.moved
            ? _t("More than chance explains")
            : _t("Within the interval: chance may explain it");
    }

    grade(row) {
        return gradeById(row.grade_id, this.props.grades);
    }
}
