import {
    formatAmount,
    formatChange,
    formatScore,
    isKnown,
} from "./supplier_overview_utils.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";

/** The figures on top, of all suppliers and of one's own; each opens its records. */
export class SupplierTiles extends Component {
    static template = "supplier_evaluation.SupplierTiles";
    static props = {
        tiles: {type: Object, optional: true},
        worklist: Object,
        grades: Array,
        currencyId: {type: Number, optional: true},
        base: {type: Array, optional: true},
        openList: Function,
    };

    /** A row for all, and one for those that the user buys from, if there are any. */
    get rows() {
        const {tiles} = this.props;
        if (!tiles) {
            return [];
        }
        const rows = [{key: "all", label: _t("All"), figures: tiles.all, mine: false}];
        if (tiles.my.evaluated || tiles.my.incidents) {
            rows.push({key: "my", label: _t("My"), figures: tiles.my, mine: true});
        }
        return rows;
    }

    get lowGrades() {
        return this.props.grades.filter((grade) => grade.is_low);
    }

    get lowSpendLabel() {
        return _t("Spend at %(grades)s", {
            grades: this.lowGrades.map((grade) => grade.name).join(", "),
        });
    }

    overdueText(count) {
        return _t("%(count)s overdue", {count});
    }

    hasProfiles(figures) {
        return isKnown(figures.incomplete);
    }

    hasSaved(figures) {
        return isKnown(figures.saved);
    }

    tenths(share) {
        return isKnown(share) ? `${formatScore(100 * share, 1)} %` : "–";
    }

    ofText(count) {
        return _t("of %(count)s", {count});
    }

    lateText(count) {
        return _t("%(count)s late", {count});
    }

    gradesOf(figures) {
        return this.props.grades
            .map((grade) => ({grade, count: figures.grades[grade.id] || 0}))
            .filter(({count}) => count);
    }

    /** The text of a grade's part of the bar, for who does not see it. */
    gradeTitle({grade, count}) {
        return _t("Suppliers with grade %(grade)s: %(count)s", {
            grade: grade.name,
            count,
        });
    }

    percent(share) {
        return isKnown(share) ? `${formatScore(100 * share, 0)} %` : "–";
    }

    points(change) {
        return isKnown(change) ? formatChange(100 * change, 0) : "";
    }

    count(change) {
        return formatChange(change, 0);
    }

    amount(value) {
        return formatAmount(value, this.props.currencyId);
    }

    /**
     * Say by how much a figure changed since the period before.
     *
     * @param {string} change
     * @returns {string}
     */
    changeTitle(change) {
        return _t("%s since the period before", change);
    }

    /**
     * Return the class of a change: good and bad are told by the sign, too.
     *
     * @param {number|null} change
     * @param {boolean} [moreIsBetter=true]
     * @returns {string}
     */
    changeClass(change, moreIsBetter = true) {
        if (!change) {
            return "o_supplier_moved_none";
        }
        const isBetter = change > 0 === moreIsBetter;
        return isBetter ? "o_supplier_moved_good" : "o_supplier_moved_bad";
    }

    /** The domain of the scorecards that a row is about. */
    cardsOf(row) {
        const own = row.mine ? [["buyer_id", "=", user.userId]] : [];
        return [...this.props.base, ...own];
    }

    openCards(row, domain = []) {
        return this.props.openList(_t("Scorecards"), "supplier.scorecard", [
            ...this.cardsOf(row),
            ...domain,
        ]);
    }

    /** The list is on the same screen, on a phone far below. */
    showWorklist() {
        document.getElementById("o_supplier_worklist")?.scrollIntoView();
    }

    openLowGrades(row) {
        const ids = this.lowGrades.map((grade) => grade.id);
        return this.openCards(row, [["grade_id", "in", ids]]);
    }

    openOnTime(row) {
        return this.props.openList(_t("On Time"), "supplier.scorecard.line", [
            ["kpi_id.code", "=", "otd"],
            ["scorecard_id", "any", this.cardsOf(row)],
        ]);
    }

    openSaved(row) {
        return this.props.openList(_t("Saved on Prices"), "supplier.scorecard.line", [
            ["kpi_id.code", "=", "price_variance"],
            ["scorecard_id", "any", this.cardsOf(row)],
        ]);
    }

    openIncomplete(row) {
        const own = row.mine ? [["buyer_id", "=", user.userId]] : [];
        const partnerIds = row.figures.incident_partner_ids;
        const chosen = partnerIds ? [["partner_id", "in", partnerIds]] : [];
        return this.props.openList(_t("Incomplete Data"), "supplier.profile", [
            ["score", "<", 100],
            ...own,
            ...chosen,
        ]);
    }

    openIncidents(row) {
        const own = row.mine
            ? [["commercial_partner_id.buyer_id", "=", user.userId]]
            : [];
        const partnerIds = row.figures.incident_partner_ids;
        const chosen = partnerIds ? [["commercial_partner_id", "in", partnerIds]] : [];
        return this.props.openList(_t("Open Incidents"), "supplier.incident", [
            ["state", "not in", ["resolved", "cancelled"]],
            ...own,
            ...chosen,
        ]);
    }
}
