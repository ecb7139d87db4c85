"""Pages out of templates: one environment for all, strict about names that are missing. It looks nothing up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from . import catalogue, packing
from .assets import Assets
from .catalogue import gettext as _
from .settings import Settings


class Render:
    """Call it with a template and what it needs."""

    def __init__(self, folder: Path, assets: Assets, settings: Settings) -> None:
        self.asset = assets.url
        self._env = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            # They change with the server alone, and a board asks for some of them hundreds of times.
            auto_reload=False,
        )
        self._env.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
        self._env.globals.update(asset=assets.url, exit_url=settings.exit, alone=packing.alone)

    def __call__(self, name: str, status: int = 200, /, **known: Any) -> HTMLResponse:
        """The page, in the language of this request."""
        return HTMLResponse(packing.plain(self._page(name, known)), status)

    def packed(self, name: str, /, **known: Any) -> HTMLResponse:
        """The page pressed together, for a browser that can unpack it. Only where all that is one person's alone is
        marked: see packing.py."""
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return HTMLResponse(packing.packed(self._page(name, known)), headers=headers)

    def _page(self, name: str, known: dict[str, Any]) -> str:
        return self._env.get_template(name).render(
            known, language=catalogue.spoken(), languages=list(catalogue.languages().values()), product=_("Board")
        )
