"""What search engines for data read of a data page: a schema.org ``Dataset`` as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

__all__ = ["dataset_metadata", "dataset_of"]

_UNITS: Final = {
    "share": "share from 0 to 1",
    "per_1000": "per 1,000",
    "index": "points from 0 to 100",
    "score": "points",
    "dollars": "US dollars",
    "years": "years",
    "count": "number",
}


def dataset_of(
    package: Mapping[str, Any], indicators: Iterable[Mapping[str, Any]], language: str
) -> dict[str, Any]:
    """Return the description of a city's figures in the words of schema.org.

    Parameters
    ----------
    package : mapping
        The Data Package descriptor of the city's downloads.
    indicators : iterable of mapping
        The entries of its codebook.
    language : str
        Language of the titles.

    Returns
    -------
    dict
        A ``Dataset``. Addresses of files are relative to the data page, so that they hold
        wherever the site stands.
    """
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "url": "index.html",
        "version": package["version"],
        "dateModified": package["created"][:10],
        "inLanguage": language,
        "isAccessibleForFree": True,
        "keywords": package["keywords"],
        "license": [_license(found) for found in package["licenses"]],
        "creator": {
            "@type": "Organization",
            "name": package["contributors"][0]["title"],
            "url": package["contributors"][0]["path"],
        },
        "creditText": package["citation"],
        "citation": [
            {"@type": "CreativeWork", "name": source["title"], "url": source["path"]}
            for source in package["sources"]
        ],
        "spatialCoverage": _place(package["spatial"]),
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "propertyID": entry["id"],
                "name": entry["name"],
                "unitText": _UNITS[entry["unit"]],
            }
            for entry in indicators
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": resource["title"],
                "contentUrl": resource["path"],
                "encodingFormat": resource["mediatype"],
                "contentSize": f"{resource['bytes']} B",
                "sha256": resource["hash"].removeprefix("sha256:"),
            }
            for resource in package["resources"]
        ],
    }
    years = package["temporal"]
    if years:
        described["temporalCoverage"] = f"{years['start']}/{years['end']}"
    return described


def dataset_metadata(
    package: Mapping[str, Any], indicators: Iterable[Mapping[str, Any]], language: str
) -> str:
    """Return `dataset_of` as text that can stand in a ``<script>`` element.

    Such an element of type ``application/ld+json`` is data, which a strict content-security
    policy lets pass; no ``<`` in it can end it early.
    """
    text = json.dumps(dataset_of(package, indicators, language), ensure_ascii=False)
    return text.replace("<", "\\u003c")


def _license(found: Mapping[str, str]) -> dict[str, str]:
    address = {"url": found["path"]} if "path" in found else {}
    return {"@type": "CreativeWork", "identifier": found["name"], "name": found["title"], **address}


def _place(spatial: Mapping[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": spatial["title"]}
    if "bbox" in spatial:
        west, south, east, north = spatial["bbox"]
        place["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return place
