"""The authored texts in both languages, and the files handed over."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document as WordFile
from pypdf import PdfReader

from bot.content.paths import content_folder
from bot.content.yaml import load
from tests.documents import cases
from tests.documents.cases import PRESS


def test_french_and_english_texts_say_the_same_things() -> None:
    def leaves(node: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
        match node:
            case dict():
                parts = ((str(key), value) for key, value in node.items())
            case list():
                parts = ((str(index), value) for index, value in enumerate(node))
            case _:
                return {path: str(node)}
        return {k: v for name, value in parts for k, v in leaves(value, (*path, name)).items()}

    texts = {lang: leaves(cases.shelf().texts[lang]) for lang in ("fr", "en")}
    french, english = (
        {path: said for path, said in texts[lang].items() if path[0] != "b2c"} for lang in texts
    )
    assert french.keys() == english.keys()
    for path, said in french.items():
        words = [set(re.findall(r"\{(\w+)\}", text)) for text in (said, english[path])]
        assert words[0] == words[1], path
        assert bool(said) == bool(english[path]), path


def test_every_choice_of_every_question_used_has_its_words() -> None:
    shelf = cases.shelf()
    for id_, authored in shelf.texts["fr"]["answers"].items():
        if id_ == "activities":
            continue
        dialog = shelf.documents if id_ in shelf.documents else shelf.diagnostic
        choices = {choice.id for choice in dialog[id_].choices}
        assert set(authored) - {"unknown", "divided", "test"} <= choices, id_
        assert choices <= set(authored), id_


def test_file_names() -> None:
    def names(name: str, kind: str, lang: str, **more: object) -> list[str]:
        order = cases.changed(cases.gold(name, kind, lang), **more)
        versioned = replace(order, version=2)
        return [file.name for file in PRESS.write(versioned)]

    assert names("gold_p04", "fiche_cdo", "fr") == [
        "Fiche-de-poste_CDO_Groupe-Orvanne_2026-11-23_v2.docx",
        "Fiche-de-poste_CDO_Groupe-Orvanne_2026-11-23_v2.pdf",
        "Annonce_CDO_Groupe-Orvanne_2026-11-23_v2.docx",
        "Annonce_CDO_Groupe-Orvanne_2026-11-23_v2.pdf",
    ]
    assert names("gold_p02", "brief_stratege", "en", company_name="Œuvre / Élan & Cie") == [
        "Brief_Strategist_OEuvre-Elan-Cie_2026-11-23_v2.docx",
        "Brief_Strategist_OEuvre-Elan-Cie_2026-11-23_v2.pdf",
        "Brief_Internal-sheet_OEuvre-Elan-Cie_2026-11-23_v2.docx",
        "Brief_Internal-sheet_OEuvre-Elan-Cie_2026-11-23_v2.pdf",
    ]


def test_files_open_and_keep_their_length() -> None:
    most = {"Fiche-de-poste": 5, "Annonce": 2, "Brief_Stratege": 4, "Brief_Feuillet": 2}
    for name, kind in (("gold_p04", "fiche_cdo"), ("gold_p02", "brief_stratege")):
        for file in PRESS.write(cases.gold(name, kind)):
            if file.name.endswith(".pdf"):
                pages = len(PdfReader(io.BytesIO(file.content)).pages)
                limit = next(n for start, n in most.items() if file.name.startswith(start))
                assert pages <= limit, file.name
            else:
                assert WordFile(io.BytesIO(file.content)).paragraphs


WORDING = [
    ("jeune entreprise du textile", ""),
    ("robes de mariée sur mesure", ""),
    ("origine des contacts", ""),
    ("commerces physiques", ""),
    ("dès que le CODIR valide", ""),
    ("maison de plus de 50 ans", ""),
    ("plus de 10 ans d'expérience", ""),
    ("moins de 35 ans", "true"),
    ("femme souhaitée", "true"),
    ("célibataire", "true"),
    ("salaire actuel", "true"),
    ("under 35 years old", "true"),
    ("jeune diplômé", "false"),
    ("langue maternelle", "false"),
    ("bonne présentation", "false"),
]


@pytest.mark.parametrize(("words", "firm"), WORDING)
def test_wordings_that_an_offer_must_not_carry(words: str, firm: str) -> None:
    rules = [
        rule
        for rules in load(content_folder("knowledge") / "wording.yaml").data.values()
        for rule in rules
    ]
    found = [rule["firm"] for rule in rules if re.search(rule["re"], words, re.IGNORECASE)]
    assert found[:1] == ([firm] if firm else [])
