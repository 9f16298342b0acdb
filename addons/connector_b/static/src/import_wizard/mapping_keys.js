/** @odoo-module **/

import { Component } from "@odoo/owl";

import { orderedKeys, withKeyRaised, withKeyToggled } from "./mapping_edit";

const KEYS = ["barcode", "supplier_code", "default_code"];

/** By what a row finds its product, as plain words in the order they are tried. */
export class MappingKeys extends Component {
    static template = "connector_b.MappingKeys";
    static props = {
        mapping: Object,
        filled: Array,
        names: Object,
        onChange: Function,
    };

    get keys() {
        const { mapping, filled, names } = this.props;
        return orderedKeys(mapping, KEYS).map((key) => ({
            key,
            name: names[key],
            used: mapping.keys.includes(key),
            inFile: filled.includes(key),
            place: mapping.keys.indexOf(key),
        }));
    }

    toggle(key) {
        this.props.onChange(withKeyToggled(this.props.mapping, key));
    }

    raise(key) {
        this.props.onChange(withKeyRaised(this.props.mapping, key));
    }
}
