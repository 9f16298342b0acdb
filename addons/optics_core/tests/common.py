from odoo.tests.common import TransactionCase, new_test_user


class OpticsCase(TransactionCase):
    """Two shops, a workshop, and one person of each calling."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # English, whatever languages the database has: the tests quote the source strings.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(
            context=dict(
                cls.env.context, lang="en_US", tracking_disable=True, no_reset_password=True
            )
        )
        Warehouse = cls.env["stock.warehouse"]
        cls.lab = Warehouse.create({"name": "Lab", "code": "TLB", "optics_role": "lab"})
        cls.shop = Warehouse.create(
            {"name": "Shop A", "code": "TSA", "optics_role": "shop", "optics_lab_id": cls.lab.id}
        )
        cls.other_shop = Warehouse.create(
            {"name": "Shop B", "code": "TSB", "optics_role": "shop", "optics_lab_id": cls.lab.id}
        )
        cls.optometrist = cls._user("t-optometrist", "group_optometrist", cls.shop)
        cls.other_optometrist = cls._user("t-optometrist-b", "group_optometrist", cls.other_shop)
        cls.assistant = cls._user("t-assistant", "group_sales_assistant", cls.shop)
        cls.other_assistant = cls._user("t-assistant-b", "group_sales_assistant", cls.other_shop)
        cls.master = cls._user("t-master", "group_workshop", cls.lab)
        cls.manager = cls._user("t-manager", "group_manager", cls.shop | cls.lab)
        cls.administrator = cls._user("t-administrator", "group_administrator", cls.shop)
        cls.data_officer = cls._user("t-officer", "group_data_officer", cls.shop)
        cls.patient = cls.env["res.partner"].create(
            {"name": "Иванова Мария Петровна", "phone": "+7 912 345-67-89"}
        )

    @classmethod
    def _user(cls, login, group, shops):
        return new_test_user(
            cls.env,
            login=login,
            lang="en_US",
            groups=f"optics_core.{group}",
            optics_shop_id=shops[:1].id,
            optics_shop_ids=[(6, 0, shops.ids)],
        )
