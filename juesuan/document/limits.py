"""All limits of reading, in one place: a stranger's file must end in a result or a named refusal."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a reader may spend on one file before it gives up with `LimitError`.

    file_bytes            size of the file itself
    text_characters       characters of all blocks together
    blocks                paragraphs, tables and charts together
    pages                 pages of a paginated format
    unpacked_bytes        sum of the unpacked sizes of a zip container, counted while unpacking
    entry_bytes           unpacked size of one entry of a zip container
    zip_entries           number of entries of a zip container
    compression_ratio     unpacked : packed of one entry, judged only above `ratio_floor_bytes`
    ratio_floor_bytes     entries smaller than this are never refused for their ratio
    table_cells           cells of all tables together (positions of the grid, blank ones included)
    sheets                sheets of a workbook
    bundle_files          documents of one archive or folder that are read together
    nesting_depth         tables in tables, elements in elements as far as a reader follows them
    seconds               wall clock for one file
    converter_bytes       address space of a converter in a child process
    probe_bytes           address space of a child process that tries whether a suspicious file can be read
    """

    file_bytes: int = 100 * 1024 * 1024
    text_characters: int = 20_000_000
    blocks: int = 1_000_000
    pages: int = 2000
    unpacked_bytes: int = 500 * 1024 * 1024
    entry_bytes: int = 250 * 1024 * 1024
    zip_entries: int = 5000
    compression_ratio: int = 200
    ratio_floor_bytes: int = 10 * 1024 * 1024
    table_cells: int = 2_000_000
    sheets: int = 500
    bundle_files: int = 100
    nesting_depth: int = 50
    seconds: float = 120.0
    converter_bytes: int = 4 * 1024 * 1024 * 1024
    probe_bytes: int = 1024 * 1024 * 1024


DEFAULT_LIMITS = Limits()
