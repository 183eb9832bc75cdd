"""Charts: what they show is also said, and a label is never markup."""

from __future__ import annotations

import io
import re
import struct
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from pypdf import PdfReader

from bot.core.alignment import align
from bot.core.decision import recommend
from bot.core.signals import signals
from bot.documents import charts
from bot.documents.charts import Chart, CostBar, DimensionBar, OptionBar
from bot.documents.pdf import write_pdf
from bot.documents.reader import read
from tests.documents import cases
from tests.documents.cases import PERSONAS

TEXTS = cases.shelf().texts


def drawn(persona: str, lang: str) -> dict[str, Chart]:
    """The three charts of a persona, as the chat asks for them."""
    shelf = cases.shelf()
    values = cases.answers(PERSONAS[persona]["respondents"][0]["answers"])
    found = align(shelf.scale, [values])
    advice = recommend(shelf.model, signals(shelf.diagnostic, shelf.kinds, [values], found))
    options = charts.option_bars(shelf.model, advice, lang)
    dimensions = charts.dimension_bars(shelf.scale, found, lang, TEXTS)
    load = str(values.get("steering_days"))
    params = shelf.costs.defaults
    rows = charts.cost_bars(shelf.model, shelf.costs, params, advice, load, lang)
    levels = shelf.scale.levels
    return {
        "options": charts.options_chart(options, lang, TEXTS),
        "alignment": charts.alignment_chart(dimensions, found.overall, lang, TEXTS, levels),
        "costs": charts.costs_chart(rows, lang, TEXTS, "Louer."),
    }


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return struct.unpack_from(">LL", png, 16)


@pytest.mark.parametrize("persona", ["P02", "P04", "P11"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_chart_exists_for_the_chat_and_for_documents(persona: str, lang: str) -> None:
    for chart in drawn(persona, lang).values():
        width, height = size(chart.png)
        assert width == 1000
        assert 500 < height < 1600
        for svg in (chart.svg, chart.hand):
            assert svg.startswith(b"<svg")
        assert not re.search(r"\{|None|nsp", chart.alt)


def test_a_chart_says_all_that_it_shows() -> None:
    said = {name: cases.flat(chart.alt) for name, chart in drawn("P02", "fr").items()}
    assert said["options"] == (
        "Points de chaque option. Stratège externe, puis spécialiste recruté : 12 (en tête) ; "
        "Facilitateur marketing indépendant : 9 ; Réorganiser par processus, sans recruter : 2 ; "
        "CDO de transition ou à temps partagé : –1 ; "
        "Pas encore : clarifier vision et usages : –4 ; "
        "Alternant suivi par un conseil externe : 0 (écartée) ; "
        "Recruter un CDO en CDI : –16 (écartée)."
    )
    assert said["alignment"].startswith(
        "Alignement marketing-ventes : 43/100, « Défini ». Objectifs communs 50 (indicatif) ; "
    )
    assert "Usage des outils et lien avec l'informatique 50 ;" in said["alignment"]
    assert (
        "Facilitateur marketing indépendant : 43 k€ la première année, 43 k€ en trois ans"
        in said["costs"]
    )
    assert said["costs"].endswith("Louer.")


def test_what_is_not_known_is_said() -> None:
    said = {name: cases.flat(chart.alt) for name, chart in drawn("P11", "en").items()}
    assert "score cannot be computed" in said["alignment"]
    assert "Shared targets no answer" in said["alignment"]
    assert "Interim or part-time CDO: number of days a month to be stated" in said["costs"]


def test_amounts_keep_a_decimal_only_below_ten_thousand() -> None:
    row = CostBar("A", Decimal("7800"), Decimal("1184500"))
    french, english = (charts.costs_chart([row], lang, TEXTS).alt for lang in ("fr", "en"))
    assert "7,8 k€ la première année, 1 185 k€ en trois ans" in cases.flat(french)
    assert "€7.8k in the first year, €1,185k over three years" in english


def test_the_option_kept_is_told_from_the_best() -> None:
    bars = [OptionBar("A", 3, best=True), OptionBar("B", 2, gated=True, chosen=True)]
    assert "A : 3 (en tête) ; B : 2 (retenue, écartée)" in cases.flat(
        charts.options_chart(bars, "fr", TEXTS).alt
    )


@pytest.mark.parametrize("points", [[0, 0], [-3, -9], [400, -400], [5]])
def test_any_points_can_be_drawn(points: list[int]) -> None:
    bars = [OptionBar(f"Option {n}", n) for n in points]
    assert size(charts.options_chart(bars, "fr", TEXTS).png)[0] == 1000


HOSTILE = [
    "#panic(1) $x$ *gras* _i_ @ref <label> \\ // /* */ `c`",
    "</svg><script>alert(1)</script> &amp; \" '",
    "{0} {title} %s",
    "a\u202eb\u200b\x07c 🚀 田中",
    "x" * 300,
    "mot " * 80,
]


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_only_text(label: str) -> None:
    made = [
        charts.options_chart([OptionBar(label, 4, best=True)], "fr", TEXTS),
        charts.alignment_chart([DimensionBar(label, 20, short=label)], 20, "fr", TEXTS),
        charts.costs_chart([CostBar(label, Decimal(1), Decimal(2))], "fr", TEXTS, label),
    ]
    for chart in made:
        assert size(chart.png)[0] == 1000
        assert b"<script" not in chart.svg
        seen = re.sub(r"[\W_]", "", re.sub(r"[\u202e\u200b\x07]", "", label))
        assert seen in re.sub(r"[\W_]", "", chart.alt)


def test_a_chart_stands_in_a_document_that_can_be_read_aloud() -> None:
    chart = drawn("P04", "fr")["costs"]
    text = '<document lang="fr" title="T" date="2026-11-23"><figure src="a" alt="Coûts"></figure>'
    document = read(f"{text}</document>")
    for phone, picture in ((False, chart.svg), (True, chart.hand)):
        pdf = PdfReader(io.BytesIO(write_pdf(document, {"a": picture}, phone=phone)))
        assert "/StructTreeRoot" in pdf.trailer["/Root"]


def test_charts_are_the_same_on_every_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: drawn("P02", "fr")["options"].png, range(8)))
    assert len(made) == 1
