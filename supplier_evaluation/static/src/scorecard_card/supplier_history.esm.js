import {Component, useState} from "@odoo/owl";
import {formatScore, isKnown, scoreTitle} from "../fields/supplier_score_utils.esm";
import {linePath, ribbonPath} from "./supplier_drawing.esm";
import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;
// So many groups of marks stand beside each other at most, and so many names of months.
const GROUPS = 14;
const NAMES = 5;
const MONTH = {month: "short", year: "numeric"};

/** Of each kind of event, its sign and its name. */
export const KINDS = {
    certification: {icon: "fa-certificate", label: _t("Certification")},
    decided: {icon: "fa-pencil", label: _t("Score decided")},
    document: {icon: "fa-file-text-o", label: _t("Document")},
    incident: {icon: "fa-exclamation-triangle", label: _t("Incident")},
    more: {icon: "fa-ellipsis-h", label: _t("More")},
    name: {icon: "fa-id-card-o", label: _t("Other name")},
    order: {icon: "fa-truck", label: _t("Order")},
    override: {icon: "fa-unlock-alt", label: _t("Policy override")},
    payment: {icon: "fa-credit-card", label: _t("Our payments")},
    policy: {icon: "fa-ban", label: _t("Purchase policy")},
    price: {icon: "fa-money", label: _t("Price rise")},
    return: {icon: "fa-undo", label: _t("Return")},
    revision: {icon: "fa-repeat", label: _t("Revision")},
    scorecard: {icon: "fa-star-half-o", label: _t("Scorecard")},
    signal: {icon: "fa-bolt", label: _t("Risk signal")},
    source: {icon: "fa-link", label: _t("Only source")},
    stage: {icon: "fa-flag", label: _t("Stage")},
    template: {icon: "fa-sliders", label: _t("Template")},
    tier: {icon: "fa-sitemap", label: _t("Tier")},
};

function monthOf(date) {
    return 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1;
}

function dayOf(month) {
    const whole = Math.floor(month);
    const year = Math.floor(whole / 12);
    const day = month > whole ? 28 : 15;
    return DateTime.local(year, (whole % 12) + 1, day);
}

/** Split a series where there is no score: nothing is drawn through a gap. */
function stretches(points) {
    const parts = [[]];
    for (const point of points) {
        if (isKnown(point.score)) {
            parts.at(-1).push(point);
        } else if (parts.at(-1).length) {
            parts.push([]);
        }
    }
    return parts.filter((part) => part.length);
}

/**
 * Scores on a time axis, over the grades and what happened meanwhile.
 *
 * Lines, ribbons and bands are drawn; points and marks are buttons, so that the keyboard
 * and screen readers reach what is behind them. A table says the same. Of several
 * templates, each has a line of its own.
 */
export class SupplierHistory extends Component {
    static template = "supplier_evaluation.SupplierHistory";
    static props = {
        points: Array,
        bands: {type: Array, optional: true},
        // What makes a score unlike the one before: of all periods.
        breaks: {type: Array, optional: true},
        // What else happened: since the year began.
        marks: {type: Array, optional: true},
        // Without these, from the first point to the last one.
        since: {type: String, optional: true},
        until: {type: String, optional: true},
        // Only the picture, as a part of something that says the rest.
        isCompact: {type: Boolean, optional: true},
        open: Function,
        openMarks: {type: Function, optional: true},
    };
    static defaultProps = {bands: [], breaks: [], marks: []};

    setup() {
        this.state = useState({wantsAll: false, said: ""});
    }

    // What is looked at

    /** Whether there is a year to look at, and more than that. */
    get hasChoice() {
        return this.hasOlder && this.hasRecent;
    }

    get hasOlder() {
        const {since, points} = this.props;
        return Boolean(since) && points.some((point) => point.date < since);
    }

    get hasRecent() {
        const {since, points} = this.props;
        return !since || points.some((point) => point.date >= since);
    }

    /** All periods, because somebody wants them, or there is nothing else. */
    get isWhole() {
        return this.state.wantsAll || !this.hasRecent;
    }

    get range() {
        const dates = this.props.points.map((point) => point.date).sort();
        const {since, until} = this.props;
        const start = since && !this.isWhole ? since : dates[0];
        return {start, stop: until && until > dates.at(-1) ? until : dates.at(-1)};
    }

    get shown() {
        const {start} = this.range;
        return this.props.points.filter((point) => point.date >= start);
    }

    place(date) {
        const [start, stop, day] = [this.range.start, this.range.stop, date].map(
            (one) => Date.parse(one)
        );
        if (start === stop) {
            return 50;
        }
        return Math.min(100, Math.max(0, (100 * (day - start)) / (stop - start)));
    }

    // What is drawn

    /** The templates, that of the newest scorecard first: it has the plain line. */
    get templates() {
        const newest = this.props.points.map((point) => point.template_id).reverse();
        return [...new Set(newest)];
    }

    get series() {
        return this.templates
            .map((template, index) => ({
                ...this.drawn(
                    this.shown.filter((point) => point.template_id === template)
                ),
                key: String(template),
                index,
            }))
            .filter(({label}) => label !== null);
    }

    /** A line through known scores, and a ribbon where their intervals are known. */
    drawn(points) {
        const at = (point, name) => ({x: this.place(point.date), y: 100 - point[name]});
        const parts = stretches(points);
        const sure = parts.flatMap((part) =>
            stretches(part.map((one) => (isKnown(one.low) ? one : {score: false})))
        );
        return {
            label: points.length ? points.at(-1).template : null,
            lines: parts.map((part) => linePath(part.map((one) => at(one, "score")))),
            ribbons: sure.map((part) =>
                ribbonPath(
                    part.map((one) => at(one, "low")),
                    part.map((one) => at(one, "high"))
                )
            ),
        };
    }

    get points() {
        return this.shown
            .filter((point) => isKnown(point.score))
            .map((point) => ({
                ...point,
                left: this.place(point.date),
                index: this.templates.indexOf(point.template_id),
            }));
    }

    /** A band for each grade, from its minimum to that of the better one. */
    get bands() {
        return this.props.bands.map((band, index, all) => {
            const top = index ? all[index - 1].minimum : 100;
            return {...band, top: 100 - top, height: top - band.minimum};
        });
    }

    /** The names of some months, so that one finds a point again. */
    get ticks() {
        const first = monthOf(this.range.start);
        const last = monthOf(this.range.stop);
        const step = Math.max(1, Math.ceil((last - first) / NAMES));
        const ticks = [];
        for (let month = last; month >= first; month -= step) {
            const day = dayOf(month);
            const left = this.place(day.toISODate());
            ticks.push({month, left, label: day.toLocaleString(MONTH)});
        }
        return ticks.filter(({left}) => left > 4 && left < 98);
    }

    /** What happened in a year is known of the last one only; breaks, of all. */
    get known() {
        const {start} = this.range;
        const {breaks, marks} = this.props;
        const all = this.isWhole && this.hasOlder ? breaks : [...breaks, ...marks];
        return all.filter((mark) => mark.date >= start);
    }

    /** Marks of one kind and month share a button; else they would cover each other. */
    get marks() {
        const first = monthOf(this.range.start);
        const months = monthOf(this.range.stop) - first + 1;
        const step = Math.max(1, Math.ceil(months / GROUPS));
        const groups = {};
        for (const mark of this.known) {
            const place = Math.floor((monthOf(mark.date) - first) / step);
            const key = `${mark.kind} ${place}`;
            groups[key] ??= {key, place, kind: mark.kind, marks: []};
            groups[key].marks.push(mark);
        }
        const stacked = {};
        return Object.values(groups).map((group) => {
            const row = stacked[group.place] ?? 0;
            stacked[group.place] = row + 1;
            const middle = first + group.place * step + (step - 1) / 2;
            return {...group, row, left: this.place(dayOf(middle).toISODate())};
        });
    }

    get rows() {
        return Math.max(0, ...this.marks.map((group) => group.row + 1));
    }

    get legend() {
        const kinds = new Set(this.known.map((mark) => mark.kind));
        return [...kinds].map((kind) => ({kind, ...KINDS[kind]}));
    }

    icon(kind) {
        return KINDS[kind].icon;
    }

    // In words

    pointTitle(point) {
        const words = {
            label: point.label,
            score: scoreTitle(point.score_text, point),
            grade: point.grade || "–",
        };
        const said = [
            point.provisional
                ? _t("%(label)s: %(score)s, grade %(grade)s, provisional", words)
                : _t("%(label)s: %(score)s, grade %(grade)s", words),
        ];
        if (this.hasTemplates && point.template) {
            said.push(point.template);
        }
        if (point.known_as) {
            said.push(_t("evaluated as “%s”", point.known_as));
        }
        return said.join("; ");
    }

    markTitle(group) {
        const texts = group.marks.map((mark) => mark.text).join("; ");
        return _t("%(kind)s: %(texts)s", {kind: KINDS[group.kind].label, texts});
    }

    /** Say below the picture what is pointed at, also for who uses the keyboard. */
    say(text) {
        this.state.said = text;
    }

    // The same as a table

    get hasTemplates() {
        return this.templates.length > 1;
    }

    gradeText({grade, provisional}) {
        return provisional ? _t("%s, provisional", grade || "–") : grade;
    }

    interval({low, high}) {
        return isKnown(low) && isKnown(high)
            ? `${formatScore(low)} – ${formatScore(high)}`
            : "–";
    }

    get table() {
        return [...this.shown].reverse();
    }

    /** By what and as whom it was evaluated, and what is unlike the time before. */
    notes(point) {
        const notes = this.hasTemplates ? [point.template] : [];
        if (point.known_as) {
            notes.push(_t("evaluated as “%s”", point.known_as));
        }
        const breaks = this.props.breaks.filter((one) => one.id === point.id);
        return [
            ...notes,
            ...breaks.map((one) => this.markTitle({...one, marks: [one]})),
        ];
    }

    openPoint(point) {
        return this.props.open({model: "supplier.scorecard", id: point.id});
    }
}
