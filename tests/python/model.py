"""Raw answers of AWS, held against botocore's copy of the public service models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from botocore.client import BaseClient
from botocore.model import OperationModel, Shape

TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "list": (list,),
    "map": (dict,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (int, float),
}


class Watch:
    """Checks every answer that a client gets, before botocore reads it leniently."""

    def __init__(self, client: BaseClient) -> None:
        self.problems: list[str] = []
        self.answers: list[tuple[str, int]] = []
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register(f"before-parse.{service}", self._look)

    def _look(
        self, operation_model: OperationModel, response_dict: Mapping[str, Any], **_: Any
    ) -> None:
        status = response_dict["status_code"]
        self.answers.append((operation_model.name, status))
        if operation_model.metadata["protocol"] == "query":
            found = query_problems(response_dict["body"], operation_model, status)
        elif status == 200:
            body = json.loads(response_dict["body"])
            found = problems(body, operation_model.output_shape, operation_model.name)
        else:
            body = json.loads(response_dict["body"])
            found = error_problems(body, operation_model, response_dict["headers"])
        self.problems.extend(found)


def problems(value: Any, shape: Shape, place: str) -> Iterator[str]:
    """What a shape does not allow: unknown members, wrong types, values out of range."""
    # In Python a bool is an int; in JSON it is not.
    wrong = isinstance(value, bool) and shape.type_name != "boolean"
    if wrong or not isinstance(value, TYPES[shape.type_name]):
        yield f"{place} is {value!r}, and no {shape.type_name}"
    elif shape.type_name == "structure":
        for name in shape.required_members:
            if name not in value:
                yield f"{place} lacks {name}"
        for name, member in value.items():
            if name in shape.members:
                yield from problems(member, shape.members[name], f"{place}.{name}")
            else:
                yield f"{place} has the unknown member {name}"
    elif shape.type_name == "list":
        yield from out_of_range(len(value), shape, place)
        for number, member in enumerate(value):
            yield from problems(member, shape.member, f"{place}[{number}]")
    elif shape.type_name == "map":
        for name, member in value.items():
            yield from problems(name, shape.key, f"{place} key")
            yield from problems(member, shape.value, f"{place}.{name}")
    elif shape.type_name == "string":
        yield from out_of_range(len(value), shape, place)
        if shape.enum and value not in shape.enum:
            yield f"{place} is {value!r}, which is none of {shape.enum}"
        pattern = shape.metadata.get("pattern")
        if pattern and not re.fullmatch(of_python(pattern), value):
            yield f"{place} is {value!r}, which does not match {pattern}"


def of_python(pattern: str) -> str:
    """A pattern of a service model; Python writes classes of Unicode in another way."""
    for theirs, ours in {r"\p{L}": r"\w", r"\p{Z}": r"\s", r"\p{N}": r"\d"}.items():
        pattern = pattern.replace(theirs, ours)
    return pattern


def out_of_range(length: int, shape: Shape, place: str) -> Iterator[str]:
    """A length outside the bounds of a shape."""
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", length)
    if not least <= length <= most:
        yield f"{place} has the length {length}, outside {least} to {most}"


def query_problems(body: bytes, operation: OperationModel, status: int) -> Iterator[str]:
    """What an answer of AWS Query has that the model has not."""
    root = ElementTree.fromstring(body)
    namespace = "{" + operation.metadata["xmlNamespace"] + "}"
    for element in root.iter():
        if not element.tag.startswith(namespace):
            yield f"{operation.name}: {element.tag} is not in the namespace of the service"
        element.tag = element.tag.removeprefix(namespace)
    if status == 200:
        shape = operation.output_shape
        result = root.find(shape.serialization["resultWrapper"])
        yield from problems(plain(result, shape), shape, operation.name)
        if root.find("ResponseMetadata/RequestId") is None:
            yield f"{operation.name} has no request id"
        return
    code = root.findtext("Error/Code")
    codes = {shape.metadata.get("error", {}).get("code") for shape in operation.error_shapes}
    if code not in codes:
        yield f"{operation.name} cannot fail with {code}"


def plain(element: ElementTree.Element, shape: Shape) -> Any:
    """XML as JSON would have it; what the shape does not know stays to be found."""
    if shape.type_name == "structure":
        return {
            child.tag: plain(child, shape.members[child.tag])
            if child.tag in shape.members
            else child.text
            for child in element
        }
    if shape.type_name == "list":
        return [plain(child, shape.member) for child in element if child.tag == "member"]
    text = element.text or ""
    return int(text) if shape.type_name in ("integer", "long") else text


def error_problems(
    body: Any, operation: OperationModel, headers: Mapping[str, str]
) -> Iterator[str]:
    """What an error has that the errors of its operation have not."""
    code = body.get("__type")
    shapes = {shape.name: shape for shape in operation.error_shapes}
    if code not in shapes:
        yield f"{operation.name} cannot fail with {code}"
        return
    if headers.get("x-amzn-errortype") != code:
        yield f"{operation.name}: the header and the body name different errors"
    members = {name: value for name, value in body.items() if name != "__type"}
    yield from problems(members, shapes[code], f"{operation.name}!{code}")
