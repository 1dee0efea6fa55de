"""The places of the pages, by the publishers' names and codes."""

import re

CITIES = ("Bridgeport", "Norwalk", "Stamford", "Waterbury")
STATE = "connecticut"

DISTRICT_CODES = {
    "0150011": "bridgeport",
    "1030011": "norwalk",
    "1350011": "stamford",
    "1510011": "waterbury",
}
TOWN_CODES = {
    "0900108070": "bridgeport",
    "0900156060": "norwalk",
    "0900173070": "stamford",
    "0900980070": "waterbury",
    # From 2022 on the Census Bureau counts by planning regions.
    "0912008070": "bridgeport",
    "0919056060": "norwalk",
    "0919073070": "stamford",
    "0914080070": "waterbury",
    "09": STATE,
}
CITY_CODES = {
    "08000": "bridgeport",
    "55990": "norwalk",
    "73000": "stamford",
    "80000": "waterbury",
}
STATE_NAMES = {"State of Connecticut", "State", "Connecticut", "State Level", "Total", "NOTSET"}
NAMES = {city: city.lower() for city in CITIES} | dict.fromkeys(STATE_NAMES, STATE)
DISTRICT_NAMES = {f"{city} School District": city.lower() for city in CITIES} | dict.fromkeys(
    STATE_NAMES, STATE
)


def tract_page(town: str, code: str, vintage: str = "") -> str:
    """Return what a page calls a census tract: its town and the tract's number.

    Parameters
    ----------
    code : str
        Eleven digits: state, county or planning region, and six of the tract.
    vintage : str
        ``2010-`` for the tracts of the census of 2010.
    """
    assert re.fullmatch(r"09\d{9}", code), code
    four, after = code[5:9], code[9:]
    return f"{town.lower()}-tract-{vintage}{four}" + (f"-{after}" if after != "00" else "")


def bare(code: str) -> str:
    """Return a code without the formula around it that keeps its leading zeros."""
    return code.strip().strip('="')
