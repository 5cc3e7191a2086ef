"""Pictures in a notebook: they show without a network, since the scripts that draw them come with them."""

import json
from typing import Any, TypeVar
from uuid import uuid4

import altair as alt

from routeplan.report.vega import inside, vega

_EMBED = "routeplanVega"
"""Name of Vega-Embed in the window of a notebook, beside those that others may have put there."""

_HTML = """<div id="{place}"></div>
<script>
(function () {{
  var beside = document.currentScript && document.currentScript.previousElementSibling;
  var place = beside && beside.id === "{place}" ? beside : document.getElementById("{place}");
  if (!window.{embed}) {{
    (function () {{ {vega} }}());
  }}
  window.{embed}(place, {picture}, {{mode: "vega-lite"}});
}}());
</script>
"""

Figure = TypeVar("Figure", bound=alt.TopLevelMixin)


class ShownOffline(alt.TopLevelMixin):
    """A chart that shows in a notebook without a network, unless the user has chosen a renderer of Altair's."""

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> Any:
        """The chart as HTML, with the scripts that draw it."""
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **options)
        return {"text/html": html(self.to_dict()), "text/plain": f"<{type(self).__name__} of routeplan>"}


class Single(ShownOffline, alt.Chart):
    """A chart of one view."""


class Layers(ShownOffline, alt.LayerChart):
    """A chart of views upon each other."""


class Facets(ShownOffline, alt.FacetChart):
    """A chart of small multiples."""


class Column(ShownOffline, alt.VConcatChart):
    """A chart of views below each other."""


class Row(ShownOffline, alt.HConcatChart):
    """A chart of views beside each other."""


_KINDS: dict[type, type] = {kind.__mro__[2]: kind for kind in (Single, Layers, Facets, Column, Row)}


def shown_offline(figure: Figure) -> Figure:
    """The same chart, one that shows in a notebook without a network; the figure given becomes it."""
    # The library takes any attribute that is set for a part of the picture.
    object.__setattr__(figure, "__class__", _KINDS.get(type(figure), type(figure)))
    return figure


def html(picture: dict[str, Any]) -> str:
    """A picture of Vega-Lite as HTML that needs no network; several may stand in one document."""
    return _HTML.format(
        place=f"routeplan-{uuid4().hex}",
        embed=_EMBED,
        vega=vega(_EMBED),
        picture=inside(json.dumps(picture, ensure_ascii=False)),
    )
