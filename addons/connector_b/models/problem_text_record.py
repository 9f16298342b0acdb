from odoo import _, api, models


class ImportProblemText(models.AbstractModel):
    """A row that does not fit what is in Odoo."""

    _inherit = "connector.import.problem.text"

    @api.model
    def _row_texts(self):
        return {
            **super()._row_texts(),
            **self._key_texts(),
            **self._reference_texts(),
            **self._stock_texts(),
            **self._image_texts(),
            **self._optical_texts(),
            "name_missing": (
                _("The product is new, and the row has no name for it."),
                _("Fill in the name."),
            ),
            "no_retail_price": (
                _(
                    "The product is new and has no retail price: it cannot be sold until it has "
                    "one."
                ),
                _("Fill in the retail price, or set it on the product; until then it is 0."),
            ),
            "several_variants": (
                _("“%(name)s” has several variants: %(field)s stays as it is."),
                _("Change it on the product itself, for all its variants."),
            ),
            "refused_by_odoo": (
                _("Odoo refuses the row: %(message)s"),
                _("Correct what it names and import the row again."),
            ),
            "vat_unknown": (
                _("%(column)s: there is no sales tax of %(value)s %%."),
                _("Correct the rate, or create the tax."),
            ),
            "not_accepted": (
                _(
                    "The price moves by %(shift)s %%, the margin becomes %(margin)s %%: nobody "
                    "accepted that, the row was left out."
                ),
                _("Accept the row in the preview of the next import of this file."),
            ),
        }

    @api.model
    def _key_texts(self):
        return {
            "key_missing": (
                _("The row has none of: %(keys)s."),
                _("Fill one of these cells; without it nobody can tell which product it is."),
            ),
            "key_ambiguous": (
                _("%(key)s “%(value)s” belongs to several products: %(names)s."),
                _("Correct these products, or add another key to the row."),
            ),
            "keys_disagree": (
                _("%(first)s belongs to “%(first_name)s”, but %(second)s to “%(second_name)s”."),
                _("Correct the row, or the product that has the wrong code."),
            ),
            "product_twice": (
                _("“%(name)s” is what row %(row)s means already."),
                _("Leave one of the two rows, or correct the code of one of them."),
            ),
            "barcode_taken": (
                _("%(column)s: “%(value)s” is the barcode of “%(name)s”."),
                _("Correct the row, or the barcode of that product."),
            ),
            "barcode_of_packaging": (
                _("%(column)s: “%(value)s” is the barcode of a packaging of “%(name)s”."),
                _("Correct the row, or the packaging."),
            ),
            "barcode_elsewhere": (
                _("%(column)s: “%(value)s” is the barcode of a product of another company."),
                _("Correct the barcode, or ask whoever looks after both companies."),
            ),
            "barcode_other_article": (
                _(
                    "%(column)s: the barcode “%(value)s” belongs to “%(name)s”, whose "
                    "%(key)s is %(known)s and not %(article)s."
                ),
                _(
                    "Check the barcode. If the product has got a new article, correct it on the "
                    "product, or let the profile know products by their barcode alone."
                ),
            ),
            "not_found": (
                _("No product is known by the codes of this row."),
                _("Correct the code, or let the profile create new products."),
            ),
        }

    @api.model
    def _reference_texts(self):
        return {
            "category_unknown": (
                _("There is no category “%(value)s”."),
                _("Create it, correct the row, or let the profile create categories."),
            ),
            "brand_unknown": (
                _("There is no brand “%(value)s”."),
                _("Create it, correct the row, or let the profile create brands."),
            ),
            "uom_unknown": (
                _("There is no unit of measure “%(value)s”."),
                _("Create it, or correct the row."),
            ),
            "uom_foreign": (
                _("“%(value)s” cannot replace “%(uom)s”: they measure different things."),
                _("Correct the row, or create another product."),
            ),
            "supplier_unknown": (
                _("The profile has no supplier, and the row has a supplier's price or code."),
                _("Choose the supplier in the profile."),
            ),
        }

    @api.model
    def _stock_texts(self):
        return {
            "location_missing": (
                _("The row has a quantity, but neither it nor the profile says where."),
                _("Choose a location in the profile."),
            ),
            "location_unknown": (
                _("There is no location “%(value)s”."),
                _("Correct the row, or create the location."),
            ),
            "quantity_of_service": (
                _("The product is a service: nothing of it lies in stock."),
                _("Empty the quantity, or change the kind of the product."),
            ),
            "quantity_of_consumable": (
                _("The product is a consumable: its stock is not counted."),
                _("Empty the quantity, or make the product a storable one."),
            ),
            "quantity_tracked": (
                _("The product is tracked by %(tracking)s: a bare quantity is not enough."),
                _("Count it in the stock, with lots or serial numbers."),
            ),
        }

    @api.model
    def _image_texts(self):
        return {
            "image_unreachable": (
                _("The image %(value)s could not be read; the row went in without it."),
                _("Check the address, or add the image to the product by hand."),
            ),
            "image_address_forbidden": (
                _("The image %(value)s is at an address that is not asked from here."),
                _("Use a public https:// address or a name inside the archive."),
            ),
            "image_too_big": (
                _("The image %(value)s is too big; the row went in without it."),
                _("Make it smaller."),
            ),
            "image_not_an_image": (
                _("%(value)s is no image; the row went in without it."),
                _("Use .png, .jpg, .webp or .gif."),
            ),
        }

    @api.model
    def _optical_texts(self):
        return {
            "optics_kind_unknown": (
                _("%(column)s: “%(value)s” is no kind of product that is known."),
                _("Type frame, sunglasses, lens, contact lens or accessory."),
            ),
            "lens_name_missing": (
                _("The row does not say which lens it is."),
                _("Fill in the name of the lens."),
            ),
            "lens_ambiguous": (
                _("“%(value)s” may be several lenses: %(names)s."),
                _("Add index or coating, so that one of them is meant."),
            ),
            "index_unknown": (
                _("%(column)s: lenses of index “%(value)s” are not known."),
                _("Type an index such as 1.5, 1.6 or 1.67."),
            ),
            "coating_unknown": (
                _("There is no coating “%(value)s”."),
                _("Create it, or correct the row."),
            ),
            "material_unknown": (
                _("There is no material “%(value)s”."),
                _("Correct the row."),
            ),
            "design_unknown": (
                _("There is no design “%(value)s”."),
                _("Type single vision, progressive, bifocal or office."),
            ),
            "diameter_missing": (
                _("The row has no diameter."),
                _("Fill it in, or give the column a fixed value in the profile."),
            ),
            "sphere_missing": (
                _("The row has no sphere."),
                _("Fill it in; 0.00 for no power."),
            ),
            "limits_reversed": (
                _("%(field)s runs from %(low)s to %(high)s, the wrong way round."),
                _("Type the smaller power first."),
            ),
            "mixed_cylinder_signs": (
                _("Cylinders from %(low)s to %(high)s mix plus and minus."),
                _("Write them all as minus cylinders."),
            ),
            "ranges_overlap": (
                _("The powers of this row are also those of row %(other_row)s."),
                _("Nothing, or correct one of the rows: the cheaper price may be the wrong one."),
            ),
            "lens_source_unknown": (
                _("%(column)s: “%(value)s” is neither stock nor made to prescription."),
                _("Type stock or Rx."),
            ),
            "lens_incomplete": (
                _("The row is sound, but rows of the same lens are not: %(rows)s."),
                _("Correct those rows: a lens goes in with all its powers, or stays as it is."),
            ),
            "price_not_by_values": (
                _("“%(name)s”: this price fits neither its colour nor its size alone."),
                _("Choose a pricelist in the profile: there each variant has a price of its own."),
            ),
            "not_a_frame_size": (
                _("%(column)s: “%(value)s” is no size of a frame."),
                _("Type it as 52-18-140."),
            ),
            "frame_model_missing": (
                _("The row does not say which model it is."),
                _("Fill in the model."),
            ),
        }
