"""Values that are the path of a file: a picture or a document, which is read when the issue is."""

from __future__ import annotations

from typing import Annotated

from pydantic import GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

from newsletter.issue import documents, local_files, pictures
from newsletter.issue.fields import invalid_value


def _picture(src: str, info: core_schema.ValidationInfo) -> pictures.Picture:
    try:
        return pictures.read_picture(src, (info.context or {})["folder"])
    except local_files.UnusableError as error:
        raise invalid_value(error.message, error.hint, is_file=True) from None


def _document(src: str, info: core_schema.ValidationInfo) -> documents.Document:
    try:
        return documents.read_document(src, (info.context or {})["folder"])
    except local_files.UnusableError as error:
        raise invalid_value(error.message, error.hint, is_file=True) from None


class _DocumentField:
    """A document, written as its path in the folder `folder` of the validation context."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(_document, core_schema.str_schema(min_length=1))


DocumentFile = Annotated[documents.Document, _DocumentField, PlainSerializer(lambda document: document.src)]
"""A document that has been read and measured."""


class _PictureField:
    """A picture, written as its path in the folder `folder` of the validation context."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(_picture, core_schema.str_schema(min_length=1))


PictureFile = Annotated[pictures.Picture, _PictureField, PlainSerializer(lambda picture: picture.src)]
"""A picture file that has been read."""
