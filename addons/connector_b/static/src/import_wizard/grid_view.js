/** @odoo-module **/

import { Component } from "@odoo/owl";

/** A table of powers: what stands in its cells, and the ranges it is read as. */
export class GridView extends Component {
    static template = "connector_b.GridView";
    static props = {
        grid: Object,
        mapping: Object,
        onChange: Function,
    };

    setMeaning(ev) {
        this.props.onChange({ ...this.props.mapping, grid: ev.target.value });
    }
}
