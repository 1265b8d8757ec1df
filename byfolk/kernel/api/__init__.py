"""What every `api.py` is made with: doors, problems, pages of rows, and texts in all languages.

An operation is a function on a `Router`, marked by `behind` with the permission that opens it and named by `url_name`.
Where all are put together: `byfolk.portal.api`.
"""

from byfolk.kernel.api.doors import behind, mounted
from byfolk.kernel.api.paging import Page, Paging, page_of
from byfolk.kernel.api.problems import CONTENT_TYPE, Problem, problem
from byfolk.kernel.api.texts import Texts, in_all_languages

__all__ = [
    "CONTENT_TYPE",
    "Page",
    "Paging",
    "Problem",
    "Texts",
    "behind",
    "in_all_languages",
    "mounted",
    "page_of",
    "problem",
]
