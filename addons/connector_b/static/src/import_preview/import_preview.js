/** @odoo-module **/

import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import {
    decisionOf,
    directionOf,
    marginText,
    shiftText,
    TILES,
    toneOf,
    valueText,
} from "./preview_words";

const JOB = "connector.import.job";
const PAGE = 40;

/** What an import will do, or has done: totals that open their rows, page by page. */
export class ImportPreview extends Component {
    static template = "connector_b.ImportPreview";
    static components = { Pager };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ page: null, offset: 0, limit: PAGE, loading: false });
        this.words = { yes: _t("yes"), no: _t("no") };
        this.version = this.versionOf(this.props);
        onWillStart(() => this.load(null, 0));
        onWillUpdateProps((next) => {
            // The form was read anew: an import ran, a check was repeated.
            if (this.version !== this.versionOf(next)) {
                this.version = this.versionOf(next);
                return this.load(null, 0, next);
            }
        });
    }

    versionOf({ record: { resId, data } }) {
        return [resId, data.state, data.check_state, data.undo_state, data.work_started_at].join();
    }

    get isDraft() {
        return this.state.page.is_draft;
    }

    get tiles() {
        const { tiles, which } = this.state.page;
        const labels = this.isDraft
            ? {
                  created: _t("new"),
                  changed: _t("to change"),
                  unchanged: _t("the same"),
                  attention: _t("to accept"),
                  refused: _t("refused"),
                  missing: _t("not in the file"),
              }
            : {
                  created: _t("created"),
                  changed: _t("changed"),
                  unchanged: _t("left alone"),
                  attention: _t("not accepted"),
                  refused: _t("refused"),
                  missing: _t("not in the file"),
              };
        return TILES.map((tile) => ({
            ...tile,
            label: labels[tile.which],
            count: tiles[tile.which],
            active: tile.which === which,
            look: toneOf(tile, tiles[tile.which]),
        }));
    }

    /** A sentence over the list: what a person sees there. */
    get explanation() {
        return {
            created: this.isDraft
                ? _t("Products the shop does not have yet; they will be created.")
                : _t("Products that the import created."),
            changed: this.isDraft
                ? _t("Old value → new value. Nothing is written yet.")
                : _t("Old value → new value."),
            unchanged: _t("The shop has exactly what the file says; these are left alone."),
            attention: _t(
                "The price moves far or the margin is small. What nobody accepts is left out.",
            ),
            refused: _t(
                "These rows are not imported, the others are. Correct them and send them again.",
            ),
            missing: _t("Products of this supplier that the file no longer has."),
        }[this.state.page.which];
    }

    get isPriced() {
        return ["changed", "attention", "created"].includes(this.state.page.which);
    }

    /** Whether "accept all" would accept anything for this person. */
    get mayAcceptAll() {
        const { which, tiles, floor_count: floor, may_pass_floor: mayPass } = this.state.page;
        return (
            this.isDraft && which === "attention" && tiles.attention > (mayPass ? 0 : floor || 0)
        );
    }

    decision(row) {
        return decisionOf(row, this.state.page);
    }

    direction(change) {
        return directionOf(change);
    }

    /** "old" or "new" of a change; money comes from the server as it is written here. */
    text(change, side) {
        return change[`${side}_text`] || valueText(change[side], this.words);
    }

    shift(row) {
        return shiftText(row.shift, localization.decimalPoint);
    }

    margin(row) {
        return marginText(row.margin);
    }

    async load(which, offset, props = this.props) {
        if (!props.record.resId) {
            return;
        }
        this.state.loading = true;
        try {
            const page = await this.keepLast.add(
                this.orm.call(JOB, "read_preview", [
                    [props.record.resId],
                    which,
                    offset,
                    this.state.limit,
                ]),
            );
            Object.assign(this.state, { page, offset });
        } finally {
            this.state.loading = false;
        }
    }

    /** The rows, and the form around them: it says how many are still to be accepted. */
    async reload() {
        await this.load(this.state.page.which, this.state.offset);
        await this.props.record.load();
    }

    turn({ offset, limit }) {
        this.state.limit = limit;
        return this.load(this.state.page.which, offset);
    }

    async accept(row, accepted) {
        await this.orm.call(JOB, "accept_rows", [[this.props.record.resId], [row.id], accepted]);
        await this.reload();
    }

    async acceptAll() {
        await this.orm.call(JOB, "action_accept_all", [[this.props.record.resId]]);
        await this.reload();
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.res_model,
            res_id: row.res_id,
            views: [[false, "form"]],
        });
    }
}

export const importPreview = {
    component: ImportPreview,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "check_state", type: "selection" },
        { name: "undo_state", type: "selection" },
        { name: "work_started_at", type: "datetime" },
    ],
};
registry.category("view_widgets").add("connector_b_preview", importPreview);
