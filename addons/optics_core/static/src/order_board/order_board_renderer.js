/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";

import { onWillStart } from "@odoo/owl";

import { legalTargets, stepOfDrop } from "./dragging";

/** The board of jobs: a card goes along the table of transitions only. */
export class OrderBoardRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        onWillStart(async () => {
            const { resModel } = this.props.list;
            this.transitions = await this.orm.call(resModel, "get_transitions", []);
        });
    }

    get isByState() {
        const { list } = this.props;
        return list.isGrouped && list.groupByField.name === "state";
    }

    /** Columns that do not take the card fade while it is dragged. */
    sortStart(params) {
        super.sortStart(params);
        if (!this.isByState) {
            return;
        }
        const record = this.findRecord(params.element.dataset.id);
        const targets = [record.data.state, ...legalTargets(this.transitions, record.data)];
        for (const group of this.props.list.groups) {
            this.columnOf(group)?.classList.toggle(
                "o_optics_no_drop",
                !targets.includes(group.value),
            );
        }
    }

    sortStop(params) {
        super.sortStop(params);
        for (const column of this.rootRef.el.querySelectorAll(".o_optics_no_drop")) {
            column.classList.remove("o_optics_no_drop");
        }
    }

    async sortRecordDrop(recordId, groupId, params) {
        const targetGroupId = params.parent?.dataset.id;
        if (!this.isByState || !targetGroupId || targetGroupId === groupId) {
            return super.sortRecordDrop(recordId, groupId, params);
        }
        const record = this.findRecord(recordId);
        const target = this.props.list.groups.find((group) => group.id === targetGroupId);
        const step = stepOfDrop(this.transitions, record.data, target.value);
        if (step && !step.asks) {
            return super.sortRecordDrop(recordId, groupId, params);
        }
        params.parent.classList.remove("o_kanban_hover");
        if (step) {
            return this.ask(record, step);
        }
        const names = this.props.list.groups
            .filter((group) => legalTargets(this.transitions, record.data).includes(group.value))
            .map((group) => group.displayName);
        // Apart from the sentence: a term inside a term is not exported for translation.
        const nowhere = _t("nowhere");
        this.notification.add(
            _t("%(job)s cannot become “%(target)s”. From here: %(possible)s.", {
                job: record.data.name,
                target: target.displayName,
                possible: names.join(", ") || nowhere,
            }),
            { type: "warning" },
        );
    }

    /** The dialog in which the reason is given; the card moves when it was applied. */
    async ask(record, step) {
        const action = await this.orm.call(record.resModel, "action_perform", [[record.resId]], {
            context: { ...record.context, transition: step.action },
        });
        const reload = () => this.props.list.model.load();
        if (action === true) {
            return reload();
        }
        return this.action.doAction(action, { onClose: reload });
    }

    findRecord(id) {
        for (const group of this.props.list.groups) {
            const record = group.list.records.find((each) => each.id === id);
            if (record) {
                return record;
            }
        }
        return undefined;
    }

    columnOf(group) {
        return this.rootRef.el.querySelector(`.o_kanban_group[data-id="${group.id}"]`);
    }
}
