"""What fills a company's own template: the words of each field, from which document."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from bot.core.fields import Field
from bot.documents.facts import Case
from bot.documents.field_values import by_name, names, values
from bot.documents.letterhead import inspect
from tests.documents import cases
from tests.documents.papers import in_body, plain_paper
from tests.documents.test_fields import FORM, PARAGRAPH, everything, form_of, lines, valid


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_template_of_an_order_is_written_alike_each_time(lang: str, tmp_path: Path) -> None:
    order = cases.gold("gold_p04", "fiche_cdo", lang)
    found = form_of(FORM)
    one, two = (cases.PRESS.form([order], found) for _ in range(2))
    assert one is not None
    assert one == two
    name = "Modele" if lang == "fr" else "Template"
    assert one.name == f"{name}_Groupe-Orvanne_2026-11-23.docx"
    blank = "[à compléter]" if lang == "fr" else "[to be completed]"
    footer = docx.Document(io.BytesIO(one.content)).sections[0].footer
    assert footer.paragraphs[0].text == f"Grade : {blank}"
    assert "Groupe Orvanne" in " ".join(lines(one.content))
    assert "{{" not in everything(one.content)
    assert valid(one.content, tmp_path)


def test_the_document_that_fills_most_fields_fills_the_template() -> None:
    strategist = cases.gold("gold_p02", "brief_stratege")
    specialist = replace(strategist, kind="fiche_specialiste")
    note = replace(strategist, kind="note")
    for name, title in (("missions", "Responsable marketing digital"), ("livrables", "Écrire la")):
        form = form_of(in_body(PARAGRAPH.format(f"{{{{ intitule_poste }}}} {{{{ {name} }}}}")))
        made = cases.PRESS.form([note, strategist, specialist], form)
        assert made is not None
        assert title in lines(made.content)[0]


def test_our_own_documents_wear_its_edges_filled(tmp_path: Path) -> None:
    order = cases.gold("gold_p02", "brief_stratege")
    word = cases.PRESS.write(order, letterhead=form_of(FORM))[0]
    section = docx.Document(io.BytesIO(word.content)).sections[0]
    assert section.footer.paragraphs[0].text == "Grade : [à compléter]"
    assert cases.flat(section.header.paragraphs[0].text) == "MAISON LISIÈRE, 23 novembre 2026"
    assert "Matricule" not in everything(word.content)
    assert valid(word.content, tmp_path)


ORDERS = [(persona, kind) for persona in cases.PERSONAS for kind in sorted(cases.PRESS.kinds)]


@pytest.mark.parametrize(("persona", "kind"), ORDERS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_document_has_words_for_the_fields(persona: str, kind: str, lang: str) -> None:
    order = cases.order(cases.PERSONAS[persona], kind, lang)
    found = values(Case(cases.shelf(), order))
    assert set(found) == set(named(lang))
    assert found["option"] == "", "nobody has chosen"
    assert all(found[name] for name in ("title", "recommended", "reasons", "date"))
    for text in found.values():
        assert not any(mark in text for mark in ("<", "&amp;", "{", "None", "cite"))
        assert not text.startswith("[") or not text.endswith("]")
        assert len(text) < 2000


def named(lang: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = cases.shelf().texts[lang]["fields"]["names"]
    return found


def test_each_name_stands_for_one_field() -> None:
    texts = cases.shelf().texts
    own = [one["name"] for lang in ("fr", "en") for one in named(lang).values()]
    more = [name for others in texts["common"]["fields"]["also"].values() for name in others]
    assert len(set(own)) == len(own)
    assert not set(own) & set(more)
    assert len(set(more)) == len(more)
    known = names(texts)
    assert all(name in known for name in own)
    assert set(texts["common"]["fields"]["also"]) <= set(named("fr"))


def test_names_are_read_without_accents_capitals_or_punctuation() -> None:
    found = by_name(Case(cases.shelf(), cases.gold("gold_p04", "fiche_cdo")))
    for name in ("Intitulé du poste", "INTITULE_POSTE", "intitule-du-poste", "Job title"):
        assert found[Field(name, "text").key].startswith("Directeur / Directrice")


def test_plain_paper_makes_no_template() -> None:
    order = cases.gold("gold_p02", "brief_stratege")
    assert cases.PRESS.form([order], inspect(plain_paper(), "e.docx")) is None
