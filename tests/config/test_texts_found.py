"""Finding the texts of the code: what is not found cannot be translated, and nobody is told."""

from __future__ import annotations

from byfolk.config.texts import _in_code, _in_code_like


def test_a_text_inside_an_f_string_is_found() -> None:
    assert list(_in_code("title = f\"{first} {_('Lengst unna er %(names)s.')}\"")) == [
        (1, "_", "Lengst unna er %(names)s.")
    ]


def test_a_text_that_is_said_at_once_beside_lazy_ones_is_found() -> None:
    assert list(_in_code('raise Wrong(_now("Velg en fil"))')) == [(1, "_now", "Velg en fil")]


def test_a_plural_is_found_with_both_its_forms() -> None:
    code = 'ngettext("%(n)d enhet", "%(n)d enheter", count)'
    assert list(_in_code(code)) == [(1, "ngettext", ("%(n)d enhet", "%(n)d enheter"))]


def test_a_text_in_a_template_is_found_with_its_context() -> None:
    from django.utils.translation.template import templatize

    found = list(_in_code_like(templatize('{% trans "Av" context "switch" %}')))
    assert found == [(1, "pgettext", ("switch", "Av"))]
