import {
    GRADES,
    HEATMAP,
    POINTS,
    TILES,
    TURNOVER,
    WORKLIST,
    sampleChanges,
} from "./supplier_sample_figures.esm";
import {Component} from "@odoo/owl";
import {SupplierChanges} from "./supplier_changes.esm";
import {SupplierHeatmap} from "./supplier_heatmap.esm";
import {SupplierHeatmapRows} from "./supplier_heatmap_rows.esm";
import {SupplierQuadrant} from "./supplier_quadrant.esm";
import {SupplierTiles} from "./supplier_tiles.esm";

/** Rows that no server is asked for. */
class SampleRows extends SupplierHeatmapRows {
    async readPage() {
        return HEATMAP;
    }

    async readTurnover() {
        Object.assign(this.turnover, TURNOVER);
    }
}

class SampleHeatmap extends SupplierHeatmap {
    static Rows = SampleRows;
}

/**
 * What the overview will look like, before there is anything to see. It is a picture:
 * its parts are the real ones, but nothing in it can be read out, focused or opened.
 */
export class SupplierSample extends Component {
    static template = "supplier_evaluation.SupplierSample";
    static props = {};
    static components = {
        SampleHeatmap,
        SupplierChanges,
        SupplierQuadrant,
        SupplierTiles,
    };

    setup() {
        this.sample = {
            tiles: TILES,
            worklist: WORKLIST,
            changes: sampleChanges(),
            points: POINTS,
            grades: GRADES,
        };
    }

    nothing() {
        // A picture has nothing behind it.
    }
}
