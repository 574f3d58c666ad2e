"""What can go wrong outside the documents' own contents, each with a message that says what to do next.

Every message is Chinese, names the file, and its first sentence stands alone.
"""

from __future__ import annotations


class JuesuanError(Exception):
    """Base of all errors this package raises on purpose."""


class UsageError(JuesuanError):
    """The command was called in a way that cannot be carried out (exit status 2)."""


class UnreadableError(JuesuanError):
    """A file could not be read as a document; the others are still checked (exit status 3)."""


class MissingFileError(UnreadableError):
    """There is nothing at that path."""


class NotADocumentError(UnreadableError):
    """The path is a directory, a device, or a file whose content is no document we know."""


class EmptyDocumentError(UnreadableError):
    """The file holds no text at all."""


class UnsupportedFormatError(UnreadableError):
    """A known format that this installation cannot read."""


class DamagedDocumentError(UnreadableError):
    """The file claims a format and breaks its rules (truncated, renamed, corrupt)."""


class EncryptedDocumentError(UnreadableError):
    """The file is protected by a password."""


class LimitError(UnreadableError):
    """Reading was given up at one of the limits of `juesuan.document.limits`."""


class BooksError(JuesuanError):
    """A unit's books cannot be read or written; the message names the file, the sheet and the cell."""
