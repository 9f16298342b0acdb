/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { Layout } from "@web/search/layout";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useAutofocus, useService } from "@web/core/utils/hooks";

import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";

import { decimalText } from "../measured_value/decimal_text";
import {
    axes,
    byKey,
    cellKey,
    firstKept,
    levelText,
    lookOf,
    neighbour,
    readLevel,
    rectangle,
} from "./matrix";

const MATRIX = "optics.stock.matrix";

/** What lies in a shop of one lens, what should, and one button that orders what is short. */
export class StockMatrix extends Component {
    static template = "optics_core.StockMatrix";
    static components = { Layout, SelectMenu };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.findText = _t("Find a lens");
        this.state = useState({
            choices: null,
            matrix: null,
            selection: null,
            typed: null,
            ordered: null,
            busy: false,
            loads: 0,
        });
        useAutofocus({ refName: "level", selectAll: true });
        this.table = useRef("table");
        // Another lens, shop or blank: begin where something is kept, not at the highest plus.
        useEffect(
            () => this.showFirstKept(),
            () => [this.state.loads],
        );
        onWillStart(() => this.start());
    }

    async start() {
        const choices = await this.orm.call(MATRIX, "read_choices", []);
        this.state.choices = choices;
        const asked = this.props.action.params?.lens_id;
        this.lensId = asked || choices.lens_id;
        this.shopId = choices.shop_id;
        await this.load({});
    }

    get lenses() {
        return this.state.choices.lenses.map(({ id, name }) => ({ value: id, label: name }));
    }

    get lensName() {
        return this.lenses.find(({ value }) => value === this.lensId)?.label || "";
    }

    get drawn() {
        const { cells } = this.state.matrix;
        const known = byKey(cells);
        const selected = new Set(this.selectedCells.map(({ sph, cyl }) => cellKey(sph, cyl)));
        const { spheres, cylinders } = axes(cells);
        return {
            cylinders,
            rows: spheres.map((sph) => ({
                sph,
                cells: cylinders.map((cyl) => {
                    const cell = known.get(cellKey(sph, cyl));
                    return {
                        key: cyl,
                        sph,
                        cyl,
                        cell,
                        look: lookOf(cell),
                        level: cell ? levelText(cell) : "",
                        selected: selected.has(cellKey(sph, cyl)),
                        edited: this.isEdited(sph, cyl),
                    };
                }),
            })),
        };
    }

    get selectedCells() {
        const { selection, matrix } = this.state;
        return selection ? rectangle(matrix.cells, selection.from, selection.to) : [];
    }

    isEdited(sph, cyl) {
        const { selection, typed } = this.state;
        return typed !== null && selection.from.sph === sph && selection.from.cyl === cyl;
    }

    signed(value) {
        return decimalText(value, { sign: true });
    }

    async load({ diameter = this.state.matrix?.diameter, add = this.state.matrix?.add }) {
        this.state.selection = null;
        this.state.typed = null;
        if (this.lensId && this.shopId) {
            this.state.matrix = await this.orm.call(MATRIX, "read_matrix", [
                this.lensId,
                this.shopId,
                diameter ?? null,
                add ?? null,
            ]);
            this.state.loads++;
        }
    }

    showFirstKept() {
        const first = this.state.matrix && firstKept(this.state.matrix.cells);
        const row = this.table.el?.querySelector(`tr[data-sph="${first}"]`);
        if (row) {
            this.table.el.scrollTop = row.offsetTop - 2 * row.offsetHeight;
        }
    }

    async chooseLens(lensId) {
        this.lensId = lensId;
        this.state.ordered = null;
        await this.load({});
    }

    async chooseShop(ev) {
        this.shopId = Number(ev.target.value);
        this.state.ordered = null;
        await this.load({});
    }

    async chooseAdd(ev) {
        await this.load({ add: Number(ev.target.value) });
    }

    select(ev, { sph, cyl, cell }) {
        if (!cell) {
            return;
        }
        const here = { sph, cyl };
        if (ev.shiftKey && this.state.selection) {
            this.state.selection.to = here;
        } else {
            this.state.selection = { from: here, to: here };
            this.state.typed = this.state.choices.may_order ? levelText(cell) : null;
        }
    }

    onTyped(ev) {
        this.state.typed = ev.target.value;
    }

    async onKeydown(ev) {
        if (ev.key === "Escape") {
            this.state.typed = null;
            this.state.selection = null;
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            await this.save("ArrowDown");
        } else if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            await this.save(ev.key);
        }
    }

    /** Save what was typed in all selected cells, and go on to the next one. */
    async save(direction) {
        const { from } = this.state.selection;
        const level = readLevel(this.state.typed);
        if (!level) {
            this.notification.add(
                _t("Type the minimum and the maximum as 2/6, or nothing for no rule."),
                { type: "warning" },
            );
            return;
        }
        const changed = this.selectedCells.filter(
            ({ min, max }) => min !== level.min || max !== level.max,
        );
        if (changed.length) {
            const { diameter, add } = this.state.matrix;
            this.state.matrix = await this.orm.call(MATRIX, "set_levels", [
                this.lensId,
                this.shopId,
                diameter,
                add,
                changed.map(({ sph, cyl }) => ({ sph, cyl, ...level })),
            ]);
        }
        const next = neighbour(this.state.matrix.cells, from, direction);
        const cell = byKey(this.state.matrix.cells).get(cellKey(next.sph, next.cyl));
        this.state.selection = { from: next, to: next };
        this.state.typed = levelText(cell);
    }

    async order() {
        this.state.busy = true;
        try {
            const ordered = await this.orm.call(MATRIX, "order_short", [this.shopId, this.lensId]);
            this.state.ordered = ordered;
            await this.load({});
            this.tell(ordered);
        } finally {
            this.state.busy = false;
        }
    }

    tell({ orders, without_supplier: without }) {
        if (without.length) {
            this.notification.add(
                _t("Nobody supplies %s: choose a supplier on the lens.", without.join(", ")),
                { type: "warning" },
            );
        }
        if (orders.length) {
            const lenses = orders.reduce((sum, each) => sum + each.lenses, 0);
            this.notification.add(
                _t("Lenses ordered: %s. Drafts for suppliers: %s.", lenses, orders.length),
                { type: "success" },
            );
        }
    }

    open(order) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "purchase.order",
            res_id: order.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("optics_stock_matrix", StockMatrix);
