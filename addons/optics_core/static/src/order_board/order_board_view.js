/** @odoo-module **/

import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { OrderBoardModel } from "./order_board_model";
import { OrderBoardRenderer } from "./order_board_renderer";

registry.category("views").add("optics_order_board", {
    ...kanbanView,
    Model: OrderBoardModel,
    Renderer: OrderBoardRenderer,
});
