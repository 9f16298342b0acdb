from odoo import api, models


class ImportWizard(models.TransientModel):
    """Where quantities may be counted. Read for clerks, who seldom may read the stock itself."""

    _inherit = "connector.import.wizard"

    @api.model
    def _warehouses(self):
        return (
            self.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)], order="sequence, id")
        )

    @api.model
    def _main_stock(self):
        """The shelves of the company's first warehouse: where most shops count everything."""
        return self._warehouses()[:1].lot_stock_id

    @api.model
    def _locations(self):
        """The main stock first, under the name of its warehouse: "Shop in Lenin Street"."""
        warehouses = self._warehouses()
        # What goods only pass through is no place to count a price list's quantities.
        ways = (
            warehouses.wh_input_stock_loc_id
            | warehouses.wh_output_stock_loc_id
            | warehouses.wh_pack_stock_loc_id
            | warehouses.wh_qc_stock_loc_id
        )
        Location = self.env["stock.location"].sudo()
        own = [("usage", "=", "internal"), ("company_id", "in", [False, self.env.company.id])]
        passed = [("id", "child_of", ways.ids)] if ways else [("id", "=", False)]
        locations = Location.search([*own, "!", *passed], order="complete_name")
        stocks = {warehouse.lot_stock_id: warehouse.name for warehouse in warehouses}
        shelves = warehouses.lot_stock_id & locations
        return [
            [location.id, self._location_name(location, stocks)]
            for location in shelves | (locations - shelves)
        ]

    @api.model
    def _location_name(self, location, stocks):
        """From the warehouse down: "Central warehouse › Window"; the tree's root says nothing."""
        parts = []
        while location and location.usage != "view":
            if location in stocks:
                return " › ".join([stocks[location], *parts])
            parts.insert(0, location.name)
            location = location.location_id
        return " › ".join(parts)
