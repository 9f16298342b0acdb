import io
import re

import polib

from odoo.tools import file_path
from odoo.tools.translate import code_translations, trans_export

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\{.+?\}\}")
TAG = re.compile(r"</?\s*[\w-]+")


class TranslationTests:
    """Every text of an addon that people can see is there in Russian.

    A test class of the addon takes these tests and says `addon`, `terms_at_least` and
    `same_in_russian`.
    """

    addon = None
    terms_at_least = 0
    # Read the same in Russian. Nothing gets here unseen: a new term without Russian is red.
    same_in_russian = frozenset()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.russian = cls._file("ru.po")
        entries = cls._export()
        cls.exported = {entry.msgid for entry in entries}
        cls.of_browser = {e.msgid for e in entries if "odoo-javascript" in e.comment}

    @classmethod
    def _file(cls, name):
        return polib.pofile(file_path(f"{cls.addon}/i18n/{name}"))

    @classmethod
    def _export(cls):
        buffer = io.BytesIO()
        trans_export(None, [cls.addon], buffer, "po", cls.env.cr)
        return polib.pofile(buffer.getvalue().decode())

    @classmethod
    def _needs_russian(cls, term):
        """Has words, and not Russian ones: demo data and texts of Russian law are so already."""
        words = re.sub(r"<[^>]*>|\{\{.+?\}\}", " ", term)
        return (
            words.strip() not in cls.same_in_russian
            and bool(re.search("[A-Za-z]", words))
            and not re.search("[А-Яа-яЁё]", words)
        )

    def test_every_term_has_its_russian(self):
        self.assertGreater(len(self.exported), self.terms_at_least)
        translated = {entry.msgid for entry in self.russian.translated_entries()}
        missing = {term for term in self.exported if self._needs_russian(term)} - translated
        self.assertEqual(sorted(missing), [])

    def test_the_template_knows_every_term(self):
        # Odoo loads of ru.po only what stands in the template beside it.
        template = {entry.msgid for entry in self._file(f"{self.addon}.pot")}
        missing = {term for term in self.exported if self._needs_russian(term)} - template
        self.assertEqual(sorted(missing), [])

    def test_no_file_is_left_out_of_the_export(self):
        # A term with an f-string inside `_()` stops the export of its file, with a line
        # in the log only.
        with self.assertNoLogs("odoo.tools.translate", "ERROR"):
            self._export()

    def test_the_browser_takes_no_other_addon_s_word_for_ours(self):
        # In the browser the terms of all addons lie in one heap, and the last one wins.
        ours = {entry.msgid: entry.msgstr or entry.msgid for entry in self.russian}
        clashes = set()
        for addon in self.env.registry._init_modules - {self.addon}:
            translations = code_translations.get_web_translations(addon, "ru_RU")
            for message in translations["messages"]:
                term, russian = message["id"], message["string"]
                if term in self.of_browser and russian != ours.get(term, term):
                    clashes.add((addon, term, russian))
        self.assertEqual(clashes, set())

    def test_placeholders_and_tags_are_kept(self):
        broken = [
            (entry.msgid, entry.msgstr)
            for entry in self.russian.translated_entries()
            for pattern in (PLACEHOLDER, TAG)
            if sorted(pattern.findall(entry.msgid)) != sorted(pattern.findall(entry.msgstr))
        ]
        self.assertEqual(broken, [])

    def test_no_translation_is_a_guess(self):
        self.assertEqual([entry.msgid for entry in self.russian.fuzzy_entries()], [])
