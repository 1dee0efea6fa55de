"""A strict schema laid on a YAML file: everything that is wrong, with line and remedy."""

from __future__ import annotations

import typing
from typing import Any, TypeGuard, TypeVar

from pydantic import BaseModel, ValidationError

from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.params.document import Document, KeyPath

__all__ = ["fit"]

Model = TypeVar("Model", bound=BaseModel)


def fit(model: type[Model], document: Document, problems: Problems) -> Model | None:
    """Return the content of a file as a model, or None after noting why it does not fit.

    Parameters
    ----------
    model : type of BaseModel
        The schema; strict, with unknown keys forbidden.
    document : Document
        The file as it was read.
    problems : Problems
        Where every unknown key ("did you mean"), missing key and wrong value is noted.
    """
    try:
        return model.model_validate(document.content)
    except ValidationError as error:
        for detail in error.errors():
            _add(problems, detail, document, model)
    return None


def _add(problems: Problems, detail: Any, document: Document, model: type[BaseModel]) -> None:
    path: KeyPath = tuple(detail["loc"])
    column = ".".join(str(part) for part in path)
    if detail["type"] == "extra_forbidden":
        allowed = _keys_at(path[:-1], model)
        problems.add(
            document.at(path),
            "unknown key",
            value=path[-1],
            column=column,
            allowed=", ".join(allowed),
            remedy=did_you_mean(str(path[-1]), allowed),
        )
        return
    value = "" if detail["type"] == "missing" else document.texts.get(path, detail["input"])
    remedy, allowed_words = "", ""
    if detail["type"] == "string_type" and path in document.texts:
        remedy = f'Put it in quotes: "{value}"'
    elif detail["type"] == "literal_error":
        options = _options_at(path, model)
        allowed_words, remedy = ", ".join(options), did_you_mean(str(value), options)
    problems.add(
        document.at(path),
        detail["msg"].removeprefix("Value error, "),
        value=value,
        column=column,
        allowed=allowed_words,
        remedy=remedy,
    )


def _annotation_at(path: tuple[Any, ...], model: type[BaseModel]) -> Any:
    """Return what the schema says stands at a path, or None where it knows of nothing."""
    found: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        nested = next((o for o in _parts(found) if _is_model(o)), None)
        field = nested.model_fields.get(part) if nested is not None else None
        if field is None:
            return None
        found = field.annotation
    return found


def _is_model(candidate: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)


def _parts(annotation: Any) -> list[Any]:
    """Return an annotation and everything inside it: ``list[A | None]`` holds A."""
    inside = [annotation]
    for argument in typing.get_args(annotation):
        inside += _parts(argument)
    return inside


def _keys_at(path: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    """Return the keys that the schema allows at a path."""
    found = _parts(_annotation_at(path, model))
    nested = [o for o in found if _is_model(o)]
    return list(nested[0].model_fields) if nested else []


def _options_at(path: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    """Return the words that the schema allows at a path."""
    found = _parts(_annotation_at(path, model))
    return [option for option in found if isinstance(option, str)]
