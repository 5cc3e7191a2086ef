"""Places that cannot be right beside the others."""

import numpy as np
import pandas as pd

from routeplan.instance.rules.findings import Findings
from routeplan.network.sphere import distance, on_sphere
from routeplan.schema.usual import FAR, SHORT


def far_sites(findings: Findings) -> None:
    """Sites far from all others: latitude and longitude changed about, or 0."""
    sites = findings["sites"]
    lat, lon = (sites[name].to_numpy(float) for name in ("lat", "lon"))
    centre = on_sphere(np.array([np.median(lat)]), np.array([np.median(lon)]))
    far = distance(on_sphere(lat, lon), centre) > FAR
    turned = distance(on_sphere(np.clip(lon, -90.0, 90.0), lat), centre) <= FAR

    def text(row: int) -> str:
        mend = "; latitude and longitude are changed about" if turned[row] else ""
        return f"latitude {lat[row]:g}, longitude {lon[row]:g} is more than {FAR:g} km from the other sites{mend}"

    if len(sites) > 2:
        findings.warn("sites", far, "lat", text)


def short_links(findings: Findings) -> None:
    """Links that are shorter than the line between their ends."""
    links = findings["links"]
    points = pd.concat(
        [
            findings["sites"].rename(columns={"site": "place"})[["place", "lat", "lon"]],
            findings["nodes"].rename(columns={"node": "place"})[["place", "lat", "lon"]],
        ]
    )
    places = points.drop_duplicates("place").set_index("place")
    ends = [on_sphere(*places.reindex(links[end])[["lat", "lon"]].to_numpy(float).T) for end in ("from", "to")]
    line = distance(*ends) if len(links) else np.zeros(0)
    length = links["length"].to_numpy(float)
    short = (length < SHORT[0] * line) & (length < line - SHORT[1])

    def text(row: int) -> str:
        return f"a length of {links['length'][row]:g} km, where its ends are {line[row]:.0f} km apart"

    findings.warn("links", short, "length", text)
