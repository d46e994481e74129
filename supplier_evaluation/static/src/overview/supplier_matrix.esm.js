import {Component, useState} from "@odoo/owl";
import {formatScore, tintOf} from "./supplier_overview_utils.esm";
import {_t} from "@web/core/l10n/translation";

const MOST_COUNTRIES = 8;
const FIELDS = {tags: "partner_category_ids", tiers: "tier_id"};

/** Average scores by country, and by tag or tier. */
export class SupplierMatrix extends Component {
    static template = "supplier_evaluation.SupplierMatrix";
    static props = {matrix: Object, grades: Array, openCards: Function};

    setup() {
        this.state = useState({by: this.hasTags ? "tags" : "tiers"});
    }

    get hasTags() {
        return this.props.matrix.tags.rows.some((row) => row.id);
    }

    get countries() {
        return this.props.matrix.countries.slice(0, MOST_COUNTRIES);
    }

    get isCut() {
        return this.props.matrix.countries.length > MOST_COUNTRIES;
    }

    get rows() {
        const {rows, cells} = this.props.matrix[this.state.by];
        const cellOf = {};
        for (const cell of cells) {
            cellOf[`${cell.row}/${cell.country}`] = cell;
        }
        return rows.map((row) => ({
            ...row,
            label: this.rowLabel(row),
            cells: this.countries.map(
                (country) => cellOf[`${row.id}/${country.id}`] || null
            ),
        }));
    }

    rowLabel(row) {
        if (row.id) {
            return row.name;
        }
        return this.state.by === "tags" ? _t("Without a tag") : _t("Without a tier");
    }

    countryLabel(country) {
        return country.id ? country.name : _t("Unknown");
    }

    tint(cell) {
        return tintOf(cell?.score, this.props.grades);
    }

    score(cell) {
        return formatScore(cell.score, 0);
    }

    /** What a cell says to whom does not see where it stands. */
    cellTitle(row, country, cell) {
        return _t("%(row)s, %(country)s: %(score)s on average (suppliers: %(count)s)", {
            row: row.label,
            country: this.countryLabel(country),
            score: this.score(cell),
            count: cell.count,
        });
    }

    open(row, country) {
        const name = `${row.label}, ${this.countryLabel(country)}`;
        const field = FIELDS[this.state.by];
        const operator = field === "tier_id" || !row.id ? "=" : "in";
        return this.props.openCards(name, [
            [field, operator, operator === "in" ? [row.id] : row.id],
            ["country_id", "=", country.id],
            ["has_score", "=", true],
        ]);
    }
}
