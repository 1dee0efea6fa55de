"""City parameters: who, where, frame, priorities, targets, peers and languages.

One YAML file per city in the project's ``params/`` folder; adding a city is adding a file.
"""

from c2c_lib.params.loader import load_cities, load_city, read_city
from c2c_lib.params.model import City, FrameSection, Target
from c2c_lib.params.new_city import new_city_file

__all__ = [
    "City",
    "FrameSection",
    "Target",
    "load_cities",
    "load_city",
    "new_city_file",
    "read_city",
]
