"""From a template and what is known of a case to a document."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup, escape

from bot.core.typography import printable
from bot.documents.document import Document, TemplateError
from bot.documents.reader import read


def environment(folder: Path) -> Environment:
    """Templates stand in `folder` as <lang>/<name>.html, and may import one another."""
    jinja = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers = {"cite": cite, "missing": missing, "given": given, "lines": lines}
    jinja.globals.update(helpers)
    jinja.filters.update(helpers)
    return jinja


def render(environment: Environment, name: str, context: Mapping[str, object]) -> str:
    try:
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as error:
        raise TemplateError(error.name or name, error.lineno, error.message or "") from None
    except JinjaError as error:
        raise TemplateError(name, _line(error), error.message or "no such template") from None


def compose(environment: Environment, name: str, context: Mapping[str, object]) -> Document:
    return read(render(environment, name, context), name)


def cite(ids: str | Iterable[str]) -> Markup:
    """The sources of a sentence, or nothing when it has none."""
    names = [ids] if isinstance(ids, str) else list(ids)
    return Markup("<cite>{}</cite>").format(", ".join(names)) if names else Markup("")


def missing(text: str = "à compléter") -> Markup:
    return Markup("<mark>[{}]</mark>").format(text)


def given(value: object, text: str = "à compléter") -> Markup:
    """An answer, or the field to complete in its place."""
    return missing(text) if value is None or value == "" else escape(_printed(value))


def lines(value: str) -> Markup:
    """An answer in several lines, in one paragraph."""
    return Markup("<br/>").join(printable(value).splitlines())


def _printed(value: object) -> object:
    """Nothing unreadable reaches the page: neither invisible characters nor None or True."""
    if value is None or isinstance(value, bool):
        raise UndefinedError(f"{value} would be printed: use given() or if")
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _line(error: JinjaError) -> int:
    """Jinja writes the template's own lines into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 0 for f in reversed(frames) if f.filename.endswith(".html")), 0)
