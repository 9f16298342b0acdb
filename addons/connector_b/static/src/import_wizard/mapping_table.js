/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { SelectMenu } from "@web/core/select_menu/select_menu";

import { Component } from "@odoo/owl";

import { isGuess, lookOfColumn, lookOfGuess } from "./mapping_verdict";

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
        const { target, guess } = column;
        return !target && guess && guess.target && guess.confidence >= 0.4 ? guess : null;
    }

    tooltip(cell) {
        return cell.problems.map(({ message, remedy }) => `${message} ${remedy}`).join("\n");
    }
}
