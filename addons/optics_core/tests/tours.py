from odoo.tests import HttpCase


class TourCase(HttpCase):
    """A tour on a screen of the size that shops have."""

    # With a comma: the `x` of Odoo's own default is no size to a present-day Chromium, which
    # then opens a window of 780 × 437.
    browser_size = "1366,768"

    def tour(self, action, name, login):
        """Begun at the very address of the tour.

        Begun at `/web`, the page loads the first app of the user, Discuss, while the tour
        already sends it to its address; whichever comes last has its menus in the navbar.
        """
        self.env.flush_all()
        address = f"/web#action=optics_core.{action}"
        # Several people's browsers share a machine that checks changes.
        self.start_tour(address, name, login=login, timeout=180)
        self.env.invalidate_all()
