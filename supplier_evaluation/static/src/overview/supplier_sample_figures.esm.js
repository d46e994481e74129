import {_t} from "@web/core/l10n/translation";
import {formatScore} from "./supplier_overview_utils.esm";

// Made up, to show what the overview will look like.

export const GRADES = [
    {id: 4, name: "A", color: 10, min_score: 90, is_low: false},
    {id: 3, name: "B", color: 4, min_score: 80, is_low: false},
    {id: 2, name: "C", color: 3, min_score: 60, is_low: true},
    {id: 1, name: "D", color: 1, min_score: 0, is_low: true},
];

const DIMENSIONS = [
    {key: "delivery", label: _t("Delivery")},
    {key: "quality", label: _t("Quality")},
    {key: "cost", label: _t("Cost")},
    {key: "service", label: _t("Service")},
    {key: "compliance", label: _t("Compliance")},
];

// Scores of the last periods, then of the dimensions; spend, order lines, grade.
const SUPPLIERS = [
    [[88, 90, 91, 94, 96, 97.2], [100, 98, 92, 96, 100], 182000, 64, 4],
    [[93, 95, 92, 94, 94, 94.6], [97, 96, 90, 90, 100], 74000, 31, 4],
    [[84, 88, 87, 90, 91, 91.3], [94, 97, 84, 82, 100], 35000, 22, 4],
    [[79, 82, 80, 83, 84, 86.1], [90, 91, 79, 72, 100], 128000, 48, 3],
    [[85, 84, 86, 83, 84, 83.4], [82, 88, 86, 74, 90], 21000, 12, 3],
    [[62, 66, 65, 70, 72, 76.8], [80, 78, 74, 65, 80], 52000, 27, 2],
    [[81, 80, 79, 80, 82, 66.2], [48, 82, 77, 58, 70], 96000, 40, 2],
    [[58, 55, 51, 47, 44, 38.5], [25, 41, 60, 36, 30], 43000, 35, 1],
];

const cards = SUPPLIERS.map(([curve, parts, spend, lines, gradeId], index) => ({
    id: index + 1,
    card_id: index + 1,
    partner_id: index + 1,
    get name() {
        return _t("Supplier %s", index + 1).toString();
    },
    company: false,
    rank: index + 1,
    score: curve.at(-1),
    low: curve.at(-1) - 3,
    high: curve.at(-1) + 3,
    grade_id: gradeId,
    provisional: false,
    trend: curve.at(-1) - curve.at(-2),
    curve,
    cells: Object.fromEntries(
        DIMENSIONS.map(({key}, part) => [key, [parts[part], false]])
    ),
    spend,
    lines,
}));

export const TILES = {
    all: {
        evaluated: cards.length,
        evaluated_change: 1,
        grades: {4: 3, 3: 2, 2: 2, 1: 1},
        spend: 631000,
        low_spend: 191000,
        low_spend_share: 0.3,
        low_spend_change: -0.04,
        on_time: 0.84,
        on_time_change: 0.03,
        saved: 7600,
        saved_share: 0.012,
        incidents: 5,
        incidents_overdue: 1,
        incidents_change: -2,
        incomplete: 3,
        asked: 9,
    },
    my: {evaluated: 0, incidents: 0},
};

export const WORKLIST = {total: 3, late: 1, items: [], kinds: []};

export {cards as POINTS};

export const HEATMAP = {columns: DIMENSIONS, rows: cards, total: cards.length};

// How often their goods turn in a year, by supplier.
export const TURNOVER = {
    1: 9.4,
    2: 7.8,
    3: 12.1,
    4: 6.5,
    5: 4.2,
    6: 5.9,
    7: 3.1,
    8: 1.7,
};

function moved({name, score, trend}) {
    return {
        supplier: name,
        points: formatScore(Math.abs(trend)),
        score: formatScore(score),
    };
}

/**
 * Return what changed, in the words of the server.
 *
 * @returns {object}
 */
export function sampleChanges() {
    const kpi = _t("On-time delivery");
    const [better, worse] = [cards[5], cards[6]];
    const items = [
        {
            kind: "down",
            card_id: worse.id,
            grades: [3, 2],
            text: _t(
                "%(supplier)s lost %(points)s points and has %(score)s now: %(kpi)s went from %(value_before)s to %(value)s.",
                {
                    ...moved(worse),
                    kpi,
                    value_before: "79 %",
                    value: "48 %",
                }
            ),
        },
        {
            kind: "up",
            card_id: better.id,
            grades: [],
            text: _t(
                "%(supplier)s gained %(points)s points and has %(score)s now: %(kpi)s went from %(value_before)s to %(value)s.",
                {
                    ...moved(better),
                    kpi,
                    value_before: "68 %",
                    value: "80 %",
                }
            ),
        },
    ];
    return {items, total: items.length, card_ids: []};
}
