from .common import OpticsCase


class OrderCase(OpticsCase):
    """Jobs of a shop, as its assistant takes them in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create(
            {"name": "Lens Works", "optics_cylinder_sign": "plus"}
        )
        cls.lens = cls._lens("Clear 1.5", "single", sph=(-6, 4), cyl=(-2, 0))
        cls.progressive = cls._lens(
            "Way 1.6", "progressive", sph=(-8, 6), cyl=(-4, 0), add=(0.75, 3.5)
        )
        cls.frame = cls.env["product.product"].create(
            {
                "name": "Frame",
                "optics_kind": "frame",
                "frame_a": 52,
                "frame_b": 36,
                "frame_dbl": 18,
                "frame_ed": 55,
            }
        )
        cls.cause = cls.env.ref("optics_core.remake_cause_edging")

    @classmethod
    def _lens(cls, name, lens_type, sph, cyl, add=None, **values):
        row = {
            "diameter": 70,
            "sph_min": sph[0],
            "sph_max": sph[1],
            "cyl_min": cyl[0],
            "cyl_max": cyl[1],
            "prism_max": 4,
            "lead_days": 3,
            "price_uncut": 700,
            "source": "rx",
        }
        if add:
            row.update(add_min=add[0], add_max=add[1])
        return cls.env["optics.lens"].create(
            {
                "name": name,
                "type": lens_type,
                "supplier_id": cls.supplier.id,
                "range_ids": [(0, 0, {**row, **values})],
            }
        )

    @classmethod
    def _order_values(cls, **values):
        return {
            "patient_id": cls.patient.id,
            "od_lens_id": cls.lens.id,
            "od_range_id": cls.lens.range_ids.id,
            "od_sph": -2.0,
            "od_cyl": -1.0,
            "od_axis": 20,
            "od_pd": 31.5,
            "os_lens_id": cls.lens.id,
            "os_range_id": cls.lens.range_ids.id,
            "os_sph": -1.75,
            "os_pd": 31.0,
            "frame_product_id": cls.frame.id,
            **values,
        }

    def order(self, user=None, **values):
        """A draft, taken in by the assistant of shop A."""
        Order = self.env["optics.manufacturing.order"].with_user(user or self.assistant)
        return Order.create(self._order_values(**values))

    def job(self, state="confirmed", **values):
        """A job brought to a state by the people whose steps lead there."""
        order = self.order(**values)
        for user, action, reason in WAYS[state]:
            if action == "finish":
                self.measure(order)
            if action == "deliver":
                order.collected_by = "Мария"
            self.perform(order, action, user, reason)
        self.assertEqual(order.state, state)
        return order

    def perform(self, order, action, user="assistant", reason=None):
        return order.with_user(getattr(self, user))._perform(action, reason)

    def last_entry(self, order):
        return order.transition_ids.sorted("id")[-1:]

    def measure(self, order, kind="finished", **values):
        """A check by the master, by default with just the numbers that were ordered."""
        measured = {
            f"{eye}_{name}": order[f"{eye}_{name}"]
            for eye in order._ordered_eyes()
            for name in (
                "sph",
                "cyl",
                "axis",
                "add",
                "prism_h",
                "base_h",
                "prism_v",
                "base_v",
                "height",
            )
        }
        return (
            self.env["optics.quality.check"]
            .with_user(self.master)
            .create({"order_id": order.id, "kind": kind, **measured, **values})
        )


_CONFIRM = [("assistant", "confirm", None)]
_START = [*_CONFIRM, ("master", "start", None)]
_FINISH = [*_START, ("master", "finish", None)]
# How each state is reached from a draft: who does what, and why if it must be said.
WAYS = {
    "draft": [],
    "confirmed": _CONFIRM,
    "waiting_lens": [*_CONFIRM, ("assistant", "wait_lens", None)],
    "in_production": _START,
    "ready": _FINISH,
    "delivered": [*_FINISH, ("assistant", "deliver", None)],
    "not_collected": [*_FINISH, ("assistant", "not_collected", None)],
    "on_hold": [*_CONFIRM, ("assistant", "hold", "The customer asked to wait")],
    "returned_supplier": [*_CONFIRM, ("master", "return_lens", "A scratch")],
    "cancelled": [("assistant", "cancel", None)],
}
