"""What the pages say and what a catalogue has of it: missing, fuzzy, unlike, and no longer said."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import check_and_call_extract_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from c2c_lib.errors import Problem
from c2c_lib.language.catalogue import (
    DOMAIN,
    SOURCE,
    catalogue_file,
    languages,
    read_catalogue,
    translator,
)
from c2c_lib.language.extraction import words_of

__all__ = [
    "CatalogueState",
    "Entry",
    "catalogue_state",
    "domains",
    "message_problems",
    "template_of",
    "unlike",
    "update_catalogue",
]

_LIBRARY: Final = Path(__file__).resolve().parents[1]
_PROJECT: Final = ("params", "reports/templates")
_TAG: Final = re.compile(r"</?[a-z][^>]*>")
_WIDTH: Final = 100
_SHOWN: Final = 100


@dataclass(frozen=True)
class Entry:
    """One message, and where it is said.

    Attributes
    ----------
    message : str
        In English; of a plural, the form for one.
    where : str
        The files that say it, relative to the library or the project.
    reason : str
        Why it stands in a list of what is wrong, where the list does not say it.
    """

    message: str
    where: str
    reason: str = ""


@dataclass(frozen=True)
class CatalogueState:
    """What is wrong with one catalogue of one language.

    Attributes
    ----------
    code, domain : str
        Which catalogue.
    missing : tuple of Entry
        Said on a page, and not translated.
    fuzzy : tuple of Entry
        Translated before the English changed; somebody must read it again.
    unlike : tuple of Entry
        Translated with other places in braces, or other HTML tags, than the English has.
    obsolete : tuple of Entry
        Translated, and said nowhere any more. This alone does not stop a build.
    """

    code: str
    domain: str
    missing: tuple[Entry, ...] = ()
    fuzzy: tuple[Entry, ...] = ()
    unlike: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """Everything that stops a build, each with the message and where it is said."""
        kinds = (
            (self.missing, "is not translated", "Run `c2c messages --update`, then translate it."),
            (self.fuzzy, "is fuzzy: its English changed", "Read it again; take `fuzzy` out."),
            (self.unlike, "is unlike its English", "Keep every {place} and every tag."),
        )
        return [
            Problem(
                where=f"{self.code}/{self.domain}.po",
                what=f"a message {what}" + (f" ({entry.reason})" if entry.reason else ""),
                value=entry.message,
                column=entry.where,
                remedy=remedy,
            )
            for entries, what, remedy in kinds
            for entry in entries
        ]


def domains() -> tuple[str, ...]:
    """Return the domains: each has a mapping of its files beside this module.

    Examples
    --------
    >>> "c2c" in domains()
    True
    """
    folder = resources.files("c2c_lib.language")
    return tuple(sorted(f.name[:-4] for f in folder.iterdir() if f.name.endswith(".cfg")))


def template_of(domain: str = DOMAIN, root: Path | None = None) -> Catalog:
    """Return every message that the library and a project say, extracted by Babel.

    Parameters
    ----------
    domain : str
        One of `domains`; its mapping says in which files and under which keywords to look.
    root : Path, optional
        The project, for its city files and its page template; without it, the library alone.

    Returns
    -------
    Catalog
        Without translations, in the order of files and lines.
    """
    mapping = (resources.files("c2c_lib.language") / f"{domain}.cfg").read_text(encoding="utf-8")
    methods, options = parse_mapping_cfg(  # type: ignore[no-untyped-call]
        io.StringIO(mapping), f"{domain}.cfg"
    )
    catalogue = Catalog(domain=domain, project="c2c", charset="utf-8")
    for file, base in _files(root):
        found = check_and_call_extract_file(file, methods, options, None, {}, (), True, base)
        for name, _, message, comments, context in found:
            place = Path(name).as_posix()
            catalogue.add(message, None, [(place, 1)], auto_comments=comments, context=context)
    return catalogue


def _files(root: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield every file that may say something, with the folder that its name counts from."""
    for base, folder in [(_LIBRARY, _LIBRARY), *((root, root / f) for f in _PROJECT if root)]:
        for path, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            yield from ((Path(path) / name, base) for name in sorted(names))


def catalogue_state(
    code: str, domain: str = DOMAIN, root: Path | None = None, template: Catalog | None = None
) -> CatalogueState:
    """Compare a catalogue with what is said.

    Words of a YAML file that bring their own translation are not missing.

    Parameters
    ----------
    code : str
        A language other than the one the messages are written in.
    template : Catalog, optional
        From `template_of`, if it has been made already.
    """
    template = template_of(domain, root) if template is None else template
    there = catalogue_file(code, domain).is_file()
    catalogue = read_catalogue(code, domain) if there else Catalog(domain=domain)
    missing, fuzzy, different = [], [], []
    own = _with_own_words(code, root)
    for wanted in _messages(template):
        found = catalogue.get(wanted.id, wanted.context)
        if found is None or not all(_strings(found)):
            if wanted.id not in own:
                missing.append(_entry(wanted))
        elif found.fuzzy:
            fuzzy.append(_entry(wanted))
        else:
            different += [_entry(wanted, reason) for reason in unlike(found)]
    said = {(_key(m.id), m.context) for m in _messages(template)}
    left = [m for m in _messages(catalogue) if (_key(m.id), m.context) not in said]
    obsolete = [_entry(m) for m in (*left, *catalogue.obsolete.values())]
    return CatalogueState(
        code, domain, tuple(missing), tuple(fuzzy), tuple(different), tuple(obsolete)
    )


def message_problems(codes: Iterable[str], root: Path | None = None) -> list[Problem]:
    """Return everything that keeps pages in some languages from being made."""
    wanted = [code for code in codes if code != SOURCE]
    if not wanted:
        return []
    templates = {domain: template_of(domain, root) for domain in domains()}
    return [
        problem
        for code in wanted
        for domain, template in templates.items()
        for problem in catalogue_state(code, domain, root, template).problems
    ]


def unlike(message: Message) -> list[str]:
    """Return how a translation differs from its English in places and tags, if it does.

    A form for one may leave the number out.

    Examples
    --------
    >>> unlike(Message("In {city}", "En {ciudad}"))
    ["has the places 'ciudad' instead of 'city'"]
    >>> unlike(Message("<strong>No.</strong>", "No."))
    ["has the tags '' instead of '</strong> <strong>'"]
    """
    english = message.id if isinstance(message.id, str) else message.id[-1]
    found = []
    for text in _strings(message):
        for what, parts in (("places", _places), ("tags", _tags)):
            here, there = parts(text), parts(english)
            if message.pluralizable and what == "places":
                here, there = here - {"count"}, there - {"count"}
            if here != there:
                reason = f"has the {what} {' '.join(sorted(here))!r} instead of "
                found.append(reason + repr(" ".join(sorted(there))))
    return list(dict.fromkeys(found))


def _places(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def _tags(text: str) -> set[str]:
    return set(_TAG.findall(text))


def update_catalogue(
    code: str,
    domain: str = DOMAIN,
    root: Path | None = None,
    *,
    drop_obsolete: bool = False,
    file: Path | None = None,
) -> CatalogueState:
    """Bring a catalogue up to date with what is said; make it if it is not there.

    New messages are added without a translation, or with that of a similar one, marked fuzzy.
    What is translated stays as it is; what is no longer said is kept at the end, unless
    `drop_obsolete`. The file changes only where its messages do.

    Parameters
    ----------
    file : Path, optional
        Where to write instead of the library's own folder.

    Returns
    -------
    CatalogueState
        What remains to be done.
    """
    target = file or Path(str(catalogue_file(code, domain)))
    there = catalogue_file(code, domain).is_file()
    catalogue = read_catalogue(code, domain) if there else Catalog(locale=code, domain=domain)
    before = catalogue.revision_date
    template = template_of(domain, root)
    own = _with_own_words(code, root)
    for message in [m for m in _messages(template) if m.id in own]:
        if catalogue.get(message.id, message.context) is None:
            template.delete(message.id, message.context)
    catalogue.update(template, update_creation_date=False)
    catalogue.revision_date = before
    text = _text(catalogue, drop_obsolete=drop_obsolete)
    if not target.is_file() or target.read_text(encoding="utf-8") != text:
        catalogue.revision_date = dt.datetime.now(dt.UTC).replace(microsecond=0)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_text(catalogue, drop_obsolete=drop_obsolete), encoding="utf-8")
    for cached in (languages, read_catalogue, translator):
        cached.cache_clear()
    return catalogue_state(code, domain, root, template)


def _text(catalogue: Catalog, *, drop_obsolete: bool) -> str:
    written = io.BytesIO()
    write_po(written, catalogue, width=_WIDTH, include_lineno=False, ignore_obsolete=drop_obsolete)
    return written.getvalue().decode("utf-8")


def _with_own_words(code: str, root: Path | None) -> set[str]:
    """Return the English of the words in YAML files that bring a translation along."""
    folders = [_LIBRARY / "catalog" / "data", *([root / "params"] if root else [])]
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: set[str] = set()
    for folder in folders:
        for file in sorted(folder.glob("*.yml")):
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
            found |= {words.en for words in words_of(content) if words.own(code)}
    return found


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _strings(message: Message) -> Sequence[str]:
    text = message.string
    return [text or ""] if isinstance(text, str) or text is None else list(text)


def _key(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _entry(message: Message, reason: str = "") -> Entry:
    names = sorted({name for name, _ in message.locations})
    return Entry(_key(message.id)[:_SHOWN], ", ".join(names), reason)
