import {KeepLast} from "@web/core/utils/concurrency";

export const PAGE = 200;

/**
 * The rows of the heat map. They are read a page at a time, when they are looked at.
 */
export class SupplierHeatmapRows {
    /**
     * @param {object} orm
     * @param {Function} onChange called when rows have come
     */
    constructor(orm, onChange) {
        this.orm = orm;
        this.onChange = onChange;
        this.keepLast = new KeepLast();
        this.clear();
    }

    clear() {
        this.rows = [];
        this.turnover = {};
        this.columns = [];
        this.total = 0;
        this.asked = new Set();
    }

    /**
     * Ask something else. What was asked before is not shown when it is answered late.
     *
     * @param {object} question parameters of ``retrieve_heatmap``
     */
    async ask(question) {
        this.question = question;
        const page = await this.keepLast.add(this.readPage(0));
        this.clear();
        this.asked.add(0);
        this.take(0, page);
    }

    readPage(number) {
        return this.orm.call("supplier.scorecard", "retrieve_heatmap", [], {
            ...this.question,
            offset: number * PAGE,
            limit: PAGE,
        });
    }

    take(number, {columns, rows, total}) {
        this.columns = columns.length ? columns : this.columns;
        this.total = total;
        for (const [index, row] of rows.entries()) {
            this.rows[number * PAGE + index] = row;
        }
        this.onChange();
        this.readTurnover(rows);
    }

    /**
     * Read the rows in a range that are not there yet.
     *
     * @param {number} first
     * @param {number} last
     * @returns {Promise}
     */
    need(first, last) {
        const {question} = this;
        const pages = [];
        for (let page = Math.floor(first / PAGE); page * PAGE <= last; page++) {
            if (!this.asked.has(page) && page * PAGE < this.total) {
                this.asked.add(page);
                pages.push(page);
            }
        }
        return Promise.all(
            pages.map(async (page) => {
                const answer = await this.readPage(page);
                if (question === this.question) {
                    this.take(page, answer);
                }
            })
        );
    }

    /** Movements of stock are read for it, so the rows do not wait. */
    async readTurnover(rows) {
        if (!rows.length) {
            return;
        }
        const {question} = this;
        const turnover = await this.orm.call(
            "supplier.scorecard",
            "retrieve_turnover",
            [rows.map((row) => row.partner_id)]
        );
        if (question === this.question) {
            Object.assign(this.turnover, turnover);
            this.onChange();
        }
    }
}
