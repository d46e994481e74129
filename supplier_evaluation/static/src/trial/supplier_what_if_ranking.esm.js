import {Component, onWillUpdateProps, useRef, useState} from "@odoo/owl";
import {formatChange, formatScore} from "../overview/supplier_overview_utils.esm";
import {_t} from "@web/core/l10n/translation";
import {isNumber} from "./supplier_scoring.esm";
import {useService} from "@web/core/utils/hooks";
import {useVirtualGrid} from "@web/core/virtual_grid_hook";

// As the stylesheet has it.
const ROW_HEIGHT = 36;
const MORE = 20;

/** Suppliers as they would rank: rows that are drawn as they are looked at, or cards. */
export class SupplierWhatIfRanking extends Component {
    static template = "supplier_evaluation.SupplierWhatIfRanking";
    static props = {
        order: Array,
        row: Function,
        grades: Array,
        openCard: Function,
        // Changes whenever what is in the rows does.
        version: Number,
    };

    setup() {
        this.ui = useService("ui");
        this.scrollable = useRef("scrollable");
        this.state = useState({count: MORE});
        this.grid = useVirtualGrid({
            scrollableRef: this.scrollable,
            onChange: () => this.render(),
        });
        this.measure(this.props);
        onWillUpdateProps((props) => this.measure(props));
    }

    measure({order}) {
        if (order.length !== this.measured) {
            this.measured = order.length;
            this.grid.setRowsHeights(new Array(order.length).fill(ROW_HEIGHT));
        }
    }

    get range() {
        const [first = 0, last = -1] = this.grid.rowsIndexes || [];
        return [first, Math.min(last, this.props.order.length - 1)];
    }

    get visibleRows() {
        const [first, last] = this.range;
        const rows = [];
        for (let index = first; index <= last; index++) {
            rows.push({index, ...this.props.row(this.props.order[index])});
        }
        return rows;
    }

    get cards() {
        return this.props.order.slice(0, this.state.count).map(this.props.row);
    }

    get above() {
        return `height: ${this.range[0] * ROW_HEIGHT}px`;
    }

    get below() {
        const rest = Math.max(0, this.props.order.length - this.range[1] - 1);
        return `height: ${rest * ROW_HEIGHT}px`;
    }

    score(value) {
        return formatScore(value);
    }

    change(row) {
        return isNumber(row.score) && isNumber(row.before.score)
            ? formatChange(row.score - row.before.score)
            : "";
    }

    /** Which way the grade goes, as a sign and a class. */
    shift({shift}) {
        if (!shift) {
            return {sign: shift === 0 ? "=" : "", cssClass: "o_supplier_moved_none"};
        }
        return shift > 0
            ? {sign: "▲", cssClass: "o_supplier_moved_good"}
            : {sign: "▼", cssClass: "o_supplier_moved_bad"};
    }

    shiftLabel({shift, before, grade}) {
        const names = {before: before.grade?.name, after: grade?.name};
        if (!isNumber(shift)) {
            return _t("not compared");
        }
        if (!shift) {
            return _t("the same grade");
        }
        return shift > 0
            ? _t("better: from %(before)s to %(after)s", names)
            : _t("worse: from %(before)s to %(after)s", names);
    }

    moved({rank, before}) {
        if (!rank || !before.rank || rank === before.rank) {
            return "";
        }
        return rank < before.rank
            ? `↑ ${before.rank - rank}`
            : `↓ ${rank - before.rank}`;
    }

    kept({stability}) {
        return stability && isNumber(stability.kept)
            ? `${formatScore(100 * stability.kept, 0)} %`
            : "";
    }

    places({stability}) {
        if (!stability || !stability.best) {
            return "";
        }
        const {best, worst} = stability;
        return best === worst ? `${best}` : `${best}–${worst}`;
    }

    showMore() {
        this.state.count += MORE;
    }
}
