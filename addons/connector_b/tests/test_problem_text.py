from odoo.tests import TransactionCase, tagged

from ..rules.problem import Code
from ..rules.source import SourceError
from ..rules.source.errors import CODES
from ..rules.targets import TARGETS


@tagged("post_install", "-at_install", "connector")
class TestProblemText(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # English, whatever languages the database has: the tests quote the source strings.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.words = cls.env["connector.import.problem.text"].with_context(lang="en_US")

    def test_every_code_of_a_row_has_a_message_and_a_remedy(self):
        texts = self.words._row_texts()
        self.assertFalse({str(code) for code in Code} - set(texts))
        for code, (message, remedy) in texts.items():
            self.assertTrue(message and remedy, code)

    def test_every_code_of_a_row_is_said_without_gaps_when_its_values_are_there(self):
        for code, (message, _remedy) in self.words._row_texts().items():
            names = _Names()
            self.assertTrue(message % names)
            given = dict.fromkeys(
                names.asked - {"field", "column", "value", "allowed", "code"}, "x"
            )
            given.update(low=1, high=2)
            said, remedy = self.words._words(code, "list_price", "Price", "abc", given)
            self.assertNotIn("…", said, code)
            self.assertNotIn("%(", said + remedy)

    def test_every_code_of_a_file_has_words(self):
        for code, names in CODES.items():
            number_names = {"size", "limit", "found", "row"}
            params = {name: 1 if name in number_names else "word" for name in names}
            if code in ("not_what_it_says", "unknown_kind"):
                params["found"] = "pdf"
            message, remedy = self.words._source_words(SourceError(code, file="a.xlsx", **params))
            self.assertIn("a.xlsx", message, code)
            self.assertNotIn("…", message + remedy, code)

    def test_a_damaged_file_is_not_explained_in_the_words_of_a_library(self):
        error = SourceError(
            "corrupt", file="a.xlsx", kind="xlsx", part="", detail="File is not a zip file"
        )
        message, _remedy = self.words._source_words(error)
        self.assertNotIn("zip file", message)
        self.assertIn("damaged", message)

    def test_a_zip_bomb_is_told_without_numbers_that_mean_nothing(self):
        error = SourceError(
            "zip_bomb", file="a.xlsx", member="b.xml", reason="ratio", found=200, limit=200
        )
        message, _remedy = self.words._source_words(error)
        self.assertNotIn("200", message)
        self.assertIn("packed too tightly", message)

    def test_every_target_has_a_name(self):
        self.assertEqual(set(self.words._target_names()), set(TARGETS))

    def test_an_unknown_code_still_says_something(self):
        message, remedy = self.words._words("from_the_future")
        self.assertIn("from_the_future", message)
        self.assertTrue(remedy)


class _Names(dict):
    """Notes what a sentence asks for."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def __missing__(self, name):
        self.asked.add(name)
        return ""
