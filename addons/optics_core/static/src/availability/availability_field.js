/** @odoo-module **/

import { formatMonetary } from "@web/views/fields/formatters";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useRef, useState } from "@odoo/owl";

import { decimalText } from "../measured_value/decimal_text";
import { PLOT, areasAt, bounds, layers, powerAt, scales, shapes, ticks } from "./graph";

/** Which powers a lens is made in, on which blank and for how much: drawn, and read by hovering. */
export class AvailabilityField extends Component {
    static template = "optics_core.AvailabilityField";
    static props = { ...standardFieldProps };

    setup() {
        this.plot = PLOT;
        this.svg = useRef("svg");
        this.state = useState({ hidden: {}, power: null });
    }

    get availability() {
        return this.props.record.data[this.props.name] || { areas: [] };
    }

    get areas() {
        return this.availability.areas;
    }

    get layers() {
        return layers(this.areas).map((layer, position) => ({
            ...layer,
            colour: `o_optics_layer_${position % 6}`,
            shown: !this.state.hidden[layer.key],
        }));
    }

    get drawn() {
        const bounded = bounds(this.areas);
        const { x, y } = scales(bounded);
        const colours = new Map(this.layers.map((layer) => [layer.key, layer.colour]));
        const shown = new Set(this.layers.filter((each) => each.shown).map((each) => each.key));
        return {
            spheres: ticks(bounded.sph).map((value) => ({ value, x: x(value) })),
            cylinders: ticks(bounded.cyl, 10).map((value) => ({ value, y: y(value) })),
            zero: x(0),
            shapes: shapes(this.areas, shown, bounded).map((shape) => ({
                ...shape,
                colour: colours.get(`${shape.source}-${shape.diameter}`),
            })),
            cross: this.state.power && {
                x: x(this.state.power.sph),
                y: y(this.state.power.cyl),
            },
        };
    }

    /** What is known of the power under the mouse. */
    get found() {
        if (!this.state.power) {
            return [];
        }
        const { currency_id: currencyId } = this.availability;
        return areasAt(this.areas, this.state.power)
            .filter(({ source, diameter }) => !this.state.hidden[`${source}-${diameter}`])
            .map((area) => ({ ...area, priceText: formatMonetary(area.price, { currencyId }) }));
    }

    signed(value) {
        return decimalText(value, { sign: true });
    }

    toggle(key) {
        this.state.hidden[key] = !this.state.hidden[key];
    }

    onMove(ev) {
        const box = this.svg.el.getBoundingClientRect();
        const view = this.svg.el.viewBox.baseVal;
        this.state.power = powerAt(
            bounds(this.areas),
            ((ev.clientX - box.left) / box.width) * view.width,
            ((ev.clientY - box.top) / box.height) * view.height,
        );
    }

    onLeave() {
        this.state.power = null;
    }
}

export const availabilityField = {
    component: AvailabilityField,
    supportedTypes: ["json"],
    isEmpty: () => false,
};

registry.category("fields").add("optics_availability", availabilityField);
