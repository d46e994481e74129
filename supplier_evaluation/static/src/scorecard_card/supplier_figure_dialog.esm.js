import {Component, onWillStart, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {SupplierBar} from "./supplier_bar.esm";
import {SupplierSince} from "./supplier_since.esm";
import {scaleShape} from "./supplier_drawing.esm";
import {useService} from "@web/core/utils/hooks";

const WIDTH = 320;
const HEIGHT = 110;

/** How a figure came about: the scale, the parts, the worst records. */
export class SupplierFigureDialog extends Component {
    static template = "supplier_evaluation.SupplierFigureDialog";
    static components = {Dialog, SupplierBar, SupplierSince};
    static props = {
        close: Function,
        line: Object,
        leftOut: {type: Number, optional: true},
        open: Function,
        openDocument: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.size = {width: WIDTH, height: HEIGHT};
        this.state = useState({figure: null});
        onWillStart(async () => {
            this.state.figure = await this.orm.call(
                "supplier.scorecard.line",
                "retrieve_figure",
                [[this.props.line.id]]
            );
        });
    }

    get figure() {
        return this.state.figure;
    }

    get shape() {
        return scaleShape(this.figure.scale, WIDTH, HEIGHT);
    }

    open(action) {
        this.props.close();
        this.props.open(action, this.props.line.id);
    }

    openDocument(record) {
        this.props.close();
        this.props.openDocument(record.model, record.id);
    }
}
