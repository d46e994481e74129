import {
    Component,
    onPatched,
    onWillStart,
    onWillUpdateProps,
    useRef,
    useState,
} from "@odoo/owl";
import {
    formatChange,
    formatScore,
    gradeById,
    isKnown,
    tintOf,
} from "./supplier_overview_utils.esm";
import {SupplierHeatmapCards} from "./supplier_heatmap_cards.esm";
import {SupplierHeatmapRows} from "./supplier_heatmap_rows.esm";
import {SupplierSparkline} from "./supplier_sparkline.esm";
import {_t} from "@web/core/l10n/translation";
import {useFigure} from "./supplier_figure_hook.esm";
import {useService} from "@web/core/utils/hooks";
import {useVirtualGrid} from "@web/core/virtual_grid_hook";

// As the stylesheet has them.
const ROW_HEIGHT = 36;
const HEAD_HEIGHT = 44;
const MOST_COMPARED = 5;

/** Columns before those of the dimensions or KPIs. */
const FIXED = [
    {key: "name", label: _t("Supplier"), kind: "name", width: "260px"},
    {key: "curve", label: _t("12 Periods"), kind: "curve", width: "112px"},
    {key: "score", label: _t("Score"), kind: "score", width: "96px"},
    {key: "trend", label: _t("Change"), kind: "trend", width: "80px"},
    {key: "turnover", label: _t("Stock Turns"), kind: "turnover", width: "96px"},
];
const UNSORTED = new Set(["curve", "turnover"]);

/** Suppliers by dimension or KPI: a number and a tint in each cell. */
export class SupplierHeatmap extends Component {
    static template = "supplier_evaluation.SupplierHeatmap";
    static props = {
        domain: Array,
        period: String,
        templateId: Number,
        grades: Array,
        by: String,
        chooseColumns: Function,
        openCard: Function,
        compare: Function,
    };
    static components = {SupplierHeatmapCards, SupplierSparkline};
    static Rows = SupplierHeatmapRows;

    setup() {
        this.explain = useFigure();
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.scrollable = useRef("scrollable");
        this.state = useState({order: "rank", active: [0, 0], selected: []});
        this.data = new this.constructor.Rows(this.orm, () => this.showRows());
        this.grid = useVirtualGrid({
            scrollableRef: this.scrollable,
            onChange: () => this.showRows(),
        });
        this.isMoving = false;
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
        onPatched(() => this.focusActive());
    }

    load({domain, period, templateId, by}, order = this.state.order) {
        const question = {domain, period, template_id: templateId, by, order};
        const text = JSON.stringify(question);
        if (text === this.asked) {
            return;
        }
        this.asked = text;
        return this.data.ask(question);
    }

    showRows() {
        if (this.data.total !== this.measured) {
            this.measured = this.data.total;
            this.grid.setRowsHeights(new Array(this.data.total).fill(ROW_HEIGHT));
        }
        const [first, last] = this.range;
        this.data.need(first, last);
        this.render();
    }

    /** The first and the last row that are drawn. */
    get range() {
        const [first = 0, last = 0] = this.grid.rowsIndexes || [];
        return [first, last];
    }

    get visibleRows() {
        const [first, last] = this.range;
        const rows = [];
        for (let index = first; index <= last && index < this.data.total; index++) {
            rows.push({index, row: this.data.rows[index]});
        }
        return rows;
    }

    get above() {
        return `height: ${this.range[0] * ROW_HEIGHT}px`;
    }

    get below() {
        const rest = Math.max(0, this.data.total - this.range[1] - 1);
        return `height: ${rest * ROW_HEIGHT}px`;
    }

    get columns() {
        return [
            ...FIXED,
            ...this.data.columns.map((column) => ({
                ...column,
                kind: "part",
                width: this.props.by === "kpi" ? "104px" : "minmax(84px, 1fr)",
            })),
        ];
    }

    get gridStyle() {
        const widths = this.columns.map(({width}) => width).join(" ");
        return `--supplier-columns: ${widths}`;
    }

    // Sorting

    isSorted(column) {
        return this.state.order.split(" ")[0] === column.key;
    }

    canSort(column) {
        return !UNSORTED.has(column.key);
    }

    ariaSort(column) {
        if (!this.isSorted(column)) {
            return "none";
        }
        return this.state.order.endsWith(" desc") ? "descending" : "ascending";
    }

    /**
     * Sort by a column: the worst first, then the best, then by rank again.
     *
     * @param {object} column
     */
    sort(column) {
        const orders = [column.key, `${column.key} desc`, "rank"];
        const next = orders[orders.indexOf(this.state.order) + 1] || orders[0];
        this.state.order = next;
        return this.load(this.props, next);
    }

    // What is in a cell

    part(row, column) {
        return row.cells[column.key];
    }

    text(row, column) {
        switch (column.kind) {
            case "score":
                return formatScore(row.score);
            case "trend":
                return formatChange(row.trend);
            case "turnover":
                return this.turnover(row);
            case "part":
                return formatScore(this.part(row, column)?.[0], 0);
        }
        return row.name;
    }

    turnover(row) {
        const turns = this.data.turnover[row.partner_id];
        return isKnown(turns) ? formatScore(turns) : "–";
    }

    cellClass(row, column) {
        if (column.kind === "part") {
            return tintOf(this.part(row, column)?.[0], this.props.grades);
        }
        if (column.kind === "trend" && isKnown(row.trend)) {
            return this.trendClass(row);
        }
        return "";
    }

    /** Coloured is only what chance does not explain. */
    trendClass(row) {
        const before = row.score - row.trend;
        const low = isKnown(row.low) ? row.low : row.score;
        const high = isKnown(row.high) ? row.high : row.score;
        if (before >= low && before <= high) {
            return "o_supplier_moved_none";
        }
        return row.trend > 0 ? "o_supplier_moved_good" : "o_supplier_moved_bad";
    }

    /** What a cell says to whom does not see its row and column. */
    cellLabel(row, column) {
        const values = {supplier: row.name, column: column.label.toString()};
        const text = this.text(row, column);
        if (column.kind === "name") {
            return this.rowTitle(row);
        }
        if (text === "–" || text === "") {
            return _t("%(supplier)s, %(column)s: no data", values);
        }
        return _t("%(supplier)s, %(column)s: %(value)s", {...values, value: text});
    }

    rowTitle(row) {
        return row.company ? `${row.name}, ${row.company}` : row.name;
    }

    grade(row) {
        return gradeById(row.grade_id, this.props.grades);
    }

    // Opening and selecting

    open(row, column) {
        const part = column.kind === "part" && this.part(row, column);
        if (part && this.props.by === "kpi") {
            const [score, id] = part;
            return this.explain({id, kpi: column.label, score}, this.props.grades);
        }
        return this.props.openCard(row.id);
    }

    isSelected(row) {
        return this.state.selected.includes(row.id);
    }

    canSelect(row) {
        return this.isSelected(row) || this.state.selected.length < MOST_COMPARED;
    }

    toggle(row) {
        if (this.isSelected(row)) {
            this.state.selected = this.state.selected.filter((id) => id !== row.id);
        } else if (this.canSelect(row)) {
            this.state.selected = [...this.state.selected, row.id];
        }
    }

    selectTitle(row) {
        return _t("Select %s to compare", row.name);
    }

    // The keyboard

    /**
     * The cell that Tab leads to. The one that was last used need not be there any more:
     * rows are drawn as they are looked at, and filters and columns change.
     */
    get active() {
        const [row, column] = this.state.active;
        const [first, last] = this.isMoving ? [0, Infinity] : this.range;
        const lastRow = Math.max(0, Math.min(last, this.data.total - 1));
        const lastColumn = FIXED.length + this.data.columns.length - 1;
        return [
            Math.max(Math.min(first, lastRow), Math.min(row, lastRow)),
            Math.min(column, lastColumn),
        ];
    }

    isActive(index, column) {
        const [row, active] = this.active;
        return row === index && active === column;
    }

    tabIndex(index, column) {
        return this.isActive(index, column) ? "0" : "-1";
    }

    onKeydown(ev) {
        const [row, column] = this.active;
        const lastRow = this.data.total - 1;
        const lastColumn = this.columns.length - 1;
        const targets = {
            ArrowDown: [Math.min(lastRow, row + 1), column],
            ArrowUp: [Math.max(0, row - 1), column],
            ArrowRight: [row, Math.min(lastColumn, column + 1)],
            ArrowLeft: [row, Math.max(0, column - 1)],
            Home: [ev.ctrlKey ? 0 : row, 0],
            End: [ev.ctrlKey ? lastRow : row, lastColumn],
            PageDown: [Math.min(lastRow, row + 10), column],
            PageUp: [Math.max(0, row - 10), column],
        };
        const current = this.data.rows[row];
        if (targets[ev.key]) {
            ev.preventDefault();
            this.moveTo(targets[ev.key]);
        } else if (ev.key === "Enter" && current) {
            ev.preventDefault();
            this.open(current, this.columns[column]);
        } else if (ev.key === " " && current) {
            ev.preventDefault();
            this.toggle(current);
        }
    }

    moveTo([row, column]) {
        this.state.active = [row, column];
        this.isMoving = true;
        const element = this.scrollable.el;
        const top = row * ROW_HEIGHT;
        const bottom = top + ROW_HEIGHT + HEAD_HEIGHT;
        if (top < element.scrollTop) {
            element.scrollTop = top;
        } else if (bottom > element.scrollTop + element.clientHeight) {
            element.scrollTop = bottom - element.clientHeight;
        }
    }

    /** Focus the cell that a key led to, when it is drawn. */
    focusActive() {
        if (!this.isMoving) {
            return;
        }
        const [row, column] = this.active;
        const cell = this.scrollable.el?.querySelector(
            `[data-cell="${row}:${column}"]`
        );
        if (cell) {
            this.isMoving = false;
            cell.focus();
        }
    }

    onFocus(index, column) {
        this.state.active = [index, column];
    }
}
