import {onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";

/**
 * Keep a chart of Chart.js on the canvas that the template calls "canvas".
 *
 * Without a canvas, as where there is nothing to draw, there is no chart.
 *
 * @param {Function} makeConfig called with the canvas, returns what Chart.js draws
 * @param {Function} computeDependencies what the chart is drawn anew for
 */
export function useChart(makeConfig, computeDependencies) {
    const canvas = useRef("canvas");
    let chart = null;
    const draw = () => {
        chart?.destroy();
        chart = canvas.el ? new Chart(canvas.el, makeConfig(canvas.el)) : null;
    };
    onWillStart(() => loadBundle("web.chartjs_lib"));
    useEffect(draw, computeDependencies);
    onWillUnmount(() => chart?.destroy());
}
