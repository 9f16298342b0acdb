/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { SelectMenu } from "@web/core/select_menu/select_menu";

import { Component, useRef, useState } from "@odoo/owl";

import { isGuess, lookOfColumn, lookOfGuess, offerOf, undecided } from "./mapping_verdict";

/** The supplier's columns as they stand in the file, and above each one what it means. */
export class MappingTable extends Component {
    static template = "connector_b.MappingTable";
    static components = { SelectMenu };
    static props = {
        screen: Object,
        groups: Array,
        names: Object,
        onMeaning: Function,
    };

    setup() {
        this.findText = _t("Find a meaning");
        this.frame = useRef("frame");
        this.state = useState({ showsEmpty: false, pointed: null });
    }

    /** Columns with nothing in them push those that matter off the screen. */
    get columns() {
        const { columns } = this.props.screen;
        return this.state.showsEmpty ? columns : columns.filter(({ empty }) => !empty);
    }

    get emptyCount() {
        return this.props.screen.columns.filter(({ empty }) => empty).length;
    }

    get undecided() {
        return undecided(this.props.screen);
    }

    toggleEmpty() {
        this.state.showsEmpty = !this.state.showsEmpty;
    }

    pointAt({ position }) {
        this.state.pointed = position;
        const head = this.frame.el.querySelector(`[data-position="${position}"]`);
        head.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
    }

    // SelectMenu sorts what it is given: every column wants a copy of its own.
    groupsFor() {
        return this.props.groups.map((group) => ({ ...group, choices: [...group.choices] }));
    }

    lookOf(column) {
        return lookOfColumn(column);
    }

    lookOfGuess(column) {
        return lookOfGuess(column.guess.confidence);
    }

    isGuess(column) {
        return isGuess(column);
    }

    percent(column) {
        return Math.round(column.guess.confidence * 100);
    }

    /** A guess that was not taken is offered with one click. */
    offered(column) {
        return offerOf(column);
    }

    tooltip(cell) {
        return cell.problems.map(({ message, remedy }) => `${message} ${remedy}`).join("\n");
    }
}
