"""Every word of a module is translated, and says what the English one says."""

import re
from pathlib import Path

import polib
from lxml import etree

from odoo.tests import TransactionCase
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader

LANGUAGES = ("zh_CN", "de", "es", "fr")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\{.*?\}\}")
TAG = re.compile(r"<[^>]+>")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
# What is no word is no term: a mark alone between two values stays as in English. A
# bracket and a point in the middle are the same everywhere.
LONE_MARK = re.compile(r"\s*[,;:](\s*…)?\s*")
CHINESE = r"[\u4e00-\u9fff”）」》]"
LATIN_MARK = re.compile(rf"{CHINESE}\s?[,;:!?]|{CHINESE}\.(\s|$)|[,;:!?]\s?{CHINESE}")


class TranslationsCase(TransactionCase):
    """The tests of a module; who runs them says of which.

    :cvar str module: its name
    :cvar str term: one of its words
    :cvar names: what is the same in Chinese
    """

    # Odoo runs only the methods that a class has itself, unless it says so.
    allow_inherited_tests_method = True
    module: str
    term: str
    names = frozenset()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reader = TranslationModuleReader(cls.env.cr, modules=[cls.module])
        cls.terms = {source for _m, _t, _n, _id, source, _value, _c in reader}
        cls.translations = {
            language: polib.pofile(
                file_path(f"{cls.module}/i18n/{language}.po"), encoding="utf-8"
            )
            for language in LANGUAGES
        }

    def _words_of_others(self):
        """What fields of our models are called by modules beside ours, as SMS."""
        ours = self.env["ir.model.data"].search(
            [("module", "=", self.module), ("model", "=", "ir.model.fields")]
        )
        fields = self.env["ir.model.fields"].browse(ours.mapped("res_id"))
        return {
            word
            for field in fields
            if self.module not in self.env[field.model]._fields[field.name]._modules
            for word in (field.field_description, field.help)
        }

    def _each(self):
        """Yield ``(language, entry)`` of every translated term."""
        for language, entries in self.translations.items():
            for entry in entries:
                yield language, entry

    def test_every_term_is_translated(self):
        self.assertIn(self.term, self.terms)
        for language, entries in self.translations.items():
            with self.subTest(language=language):
                done = {entry.msgid for entry in entries if entry.msgstr.strip()}
                missing = self.terms - done - self._words_of_others()
                self.assertEqual(missing, set())

    def test_nothing_else_is_translated(self):
        """What is no term any more goes: ./dev terms."""
        for language, entry in self._each():
            self.assertIn(entry.msgid, self.terms, language)
            self.assertFalse(entry.fuzzy or entry.obsolete, (language, entry.msgid))

    def test_placeholders_are_the_same(self):
        for language, entry in self._each():
            self.assertEqual(
                sorted(PLACEHOLDER.findall(entry.msgstr)),
                sorted(PLACEHOLDER.findall(entry.msgid)),
                (language, entry.msgid),
            )

    def test_markup_is_the_same(self):
        for language, entry in self._each():
            self.assertEqual(
                _tags(entry.msgstr), _tags(entry.msgid), (language, entry.msgid)
            )

    def test_chinese_is_chinese(self):
        """A term of words that was left as it is has not been translated."""
        same = {
            entry.msgid
            for entry in self.translations["zh_CN"]
            if entry.msgstr == entry.msgid
            and len(LATIN_WORD.findall(_words(entry.msgid))) > 1
        }
        self.assertEqual(same, self.names)

    def test_chinese_has_marks_of_its_own(self):
        wrong = {
            entry.msgstr
            for entry in self.translations["zh_CN"]
            if LATIN_MARK.search(TAG.sub("", entry.msgstr))
            or entry.msgstr.count("（") != entry.msgstr.count("）")
        }
        self.assertEqual(wrong, set())

    def test_no_mark_stands_alone(self):
        """Between two values of a screen, where no translator is shown it."""
        wrong = []
        folder = Path(file_path(self.module))
        for file in sorted(folder.rglob("*.xml")):
            # What a mail template says is one term, marks and all.
            for node in etree.parse(file).getroot().iter("template", "templates"):
                wrong += _lone_marks(file, node)
            for node in etree.parse(file).getroot().iterfind(".//field[@name='arch']"):
                wrong += _lone_marks(file, node)
        self.assertEqual(wrong, [])

    def test_a_button_with_an_icon_alone_has_words(self):
        """A title is only what a mouse is told; a string is read out, too."""
        wrong = []
        for file in sorted(Path(file_path(self.module)).rglob("*.xml")):
            for button in etree.parse(file).getroot().iter("button"):
                says = button.get("string") or "".join(button.itertext()).strip()
                if button.get("icon") and not says and not len(button):
                    wrong.append(f"{file.name}:{button.sourceline}")
        self.assertEqual(wrong, [])


def _lone_marks(file, top):
    """Return where a mark is all that stands between two elements."""
    return [
        f"{file.name}:{node.sourceline} {text.strip()}"
        for node in top.iter(etree.Element)
        for text in (node.text, node.tail)
        if text and LONE_MARK.fullmatch(text) and not _is_in_term(node)
    ]


def _is_in_term(node):
    return any(
        "o_translate_inline" in other.get("class", "").split()
        for other in (node, *(node.getparent() if node.getparent() is not None else ()))
    )


def _words(text):
    return PLACEHOLDER.sub("", TAG.sub("", text))


def _tags(text):
    return sorted(re.sub(r"\s+", " ", tag) for tag in TAG.findall(text))
