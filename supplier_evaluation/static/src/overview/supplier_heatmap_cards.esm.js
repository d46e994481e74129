import {Component, useState} from "@odoo/owl";
import {formatScore, gradeById, isKnown, tintOf} from "./supplier_overview_utils.esm";
import {SupplierSparkline} from "./supplier_sparkline.esm";

const MORE = 20;
const WORST = 2;

/** The heat map on a phone: cards, each with the two worst columns. */
export class SupplierHeatmapCards extends Component {
    static template = "supplier_evaluation.SupplierHeatmapCards";
    static props = {
        rows: Array,
        columns: Array,
        total: Number,
        need: Function,
        grades: Array,
        selected: Array,
        canSelect: Function,
        selectTitle: Function,
        toggle: Function,
        openCard: Function,
    };
    static components = {SupplierSparkline};

    setup() {
        this.state = useState({count: MORE});
    }

    get rows() {
        return this.props.rows.slice(0, this.state.count).filter(Boolean);
    }

    get hasMore() {
        return this.state.count < this.props.total;
    }

    async showMore() {
        await this.props.need(this.state.count, this.state.count + MORE);
        this.state.count += MORE;
    }

    worst(row) {
        return this.props.columns
            .map((column) => ({column, score: row.cells[column.key]?.[0]}))
            .filter(({score}) => isKnown(score))
            .sort((one, other) => one.score - other.score)
            .slice(0, WORST);
    }

    score(value, digits = 1) {
        return formatScore(value, digits);
    }

    tint(score) {
        return tintOf(score, this.props.grades);
    }

    grade(row) {
        return gradeById(row.grade_id, this.props.grades);
    }
}
