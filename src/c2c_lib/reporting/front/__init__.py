"""The pages of the site that no notebook makes: what it is, how it is made, what words mean."""

from c2c_lib.reporting.front.registry import FRONT_PAGES, FrontPage

__all__ = ["FRONT_PAGES", "FrontPage"]
