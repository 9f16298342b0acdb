/** @odoo-module **/

import { RelationalModel } from "@web/model/relational_model/relational_model";
import { getFieldsSpec } from "@web/model/relational_model/utils";
import { orderByToString } from "@web/search/utils/order_by";
import { unique } from "@web/core/utils/arrays";

/** The board asks once: the answer to the question for columns brings their cards along. */
export class OrderBoardModel extends RelationalModel {
    setup() {
        super.setup(...arguments);
        // Cards that came with the columns, by the domain of the column; for one load only.
        this.cards = new Map();
    }

    async _loadGroupedList() {
        try {
            return await super._loadGroupedList(...arguments);
        } finally {
            this.cards.clear();
        }
    }

    async _webReadGroup(config, firstGroupByName, orderBy) {
        const { activeFields, context, domain, fields, groupBy, resModel } = config;
        const limit = this.initialLimit;
        const board = await this.orm.call(resModel, "web_read_board", [], {
            domain,
            fields: unique([...Object.keys(activeFields), firstGroupByName]),
            groupby: groupBy[0],
            specification: getFieldsSpec(activeFields, fields, context),
            limit,
            order: orderByToString(config.orderBy),
            orderby: orderByToString(orderBy),
            context: { bin_size: true, ...context },
        });
        for (const group of board.groups) {
            if (group.__records) {
                const length = group[`${firstGroupByName}_count`];
                this.cards.set(JSON.stringify(group.__domain), {
                    limit,
                    answer: { records: group.__records, length },
                });
            }
        }
        return board;
    }

    /** A column that shows more cards than at first, or some of them, asks for itself. */
    async _loadUngroupedList(config) {
        const cards = this.cards.get(JSON.stringify(config.domain));
        if (cards && !config.offset && config.limit === cards.limit) {
            return cards.answer;
        }
        return super._loadUngroupedList(...arguments);
    }
}
