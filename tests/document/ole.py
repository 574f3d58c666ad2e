"""Compound files written by hand, for tests: their streams taken out and put together again, and a macro project."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_SECTOR, _MINI, _MINI_LIMIT = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
Tree = Mapping[str, "bytes | Tree"]


@dataclass(slots=True)
class _Node:
    name: str
    kind: int
    data: bytes = b""
    child: int = _NONE
    right: int = _NONE
    start: int = _END
    children: list[int] = field(default_factory=list)


def _listed(tree: Tree, nodes: list[_Node]) -> list[int]:
    """Numbers of the entries of one storage, in the order that names are looked up in."""
    numbers: list[int] = []
    for name in sorted(tree, key=lambda n: (len(n), n.upper())):
        held = tree[name]
        nodes.append(_Node(name, 2, held) if isinstance(held, bytes) else _Node(name, 1))
        number = len(nodes) - 1
        numbers.append(number)
        if not isinstance(held, bytes):
            inner = _listed(held, nodes)
            nodes[number].child = inner[0] if inner else _NONE
    for here, following in itertools.pairwise(numbers):
        nodes[here].right = following
    return numbers


def compound(tree: Tree) -> bytes:
    """A compound file with these streams (bytes) and storages (mappings)."""
    nodes = [_Node("Root Entry", 5)]
    top = _listed(tree, nodes)
    nodes[0].child = top[0] if top else _NONE
    sectors: list[bytes] = []
    table: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)]
        sectors.extend(pieces)
        table.extend([*range(start + 1, start + len(pieces)), _END] if pieces else [])
        return start if pieces else _END

    small = b""
    links: list[int] = []
    for node in nodes[1:]:
        if node.kind == 2 and len(node.data) >= _MINI_LIMIT:
            node.start = put(node.data)
        elif node.kind == 2 and node.data:
            node.start = len(links)
            count = -(-len(node.data) // _MINI)
            links += [*range(node.start + 1, node.start + count), _END]
            small += node.data.ljust(count * _MINI, b"\0")
    nodes[0].data, nodes[0].start = small, put(small)
    first_link = put(struct.pack(f"<{len(links)}I", *links)) if links else _END
    directory = put(b"".join(map(_entry, nodes)).ljust(-(-len(nodes) // 4) * _SECTOR, b"\0"))
    return _packed(sectors, table, directory, first_link, -(-len(links) * 4 // _SECTOR))


def _packed(sectors: list[bytes], table: list[int], directory: int, first_link: int, link_sectors: int) -> bytes:
    tables = 1
    while tables * (_SECTOR // 4) < len(table) + tables:
        tables += 1
    first = len(sectors)
    whole = [*table, *[_TABLE] * tables]
    whole += [_FREE] * (tables * (_SECTOR // 4) - len(whole))
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables,
                       directory, 0, _MINI_LIMIT, first_link, link_sectors, _END, 0)  # fmt: skip
    head += struct.pack("<109I", *range(first, first + tables), *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(whole)}I", *whole)


def _entry(node: _Node) -> bytes:
    name = node.name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIII", name, len(name) + 2, node.kind, 1, _NONE, node.right, node.child, node.start,
        len(node.data), 0,
    )  # fmt: skip


def macros(source: str) -> dict[str, bytes | Tree]:
    """A macro project of one module, as a Word file holds it under "Macros"."""

    def record(number: int, data: bytes = b"") -> bytes:
        return struct.pack("<HI", number, len(data)) + data

    def named(number: int, wide: int, text: str) -> bytes:
        return record(number, text.encode()) + record(wide, text.encode("utf-16-le"))

    long, short = struct.pack("<I", 0), struct.pack("<H", 0)
    project = (
        record(1, struct.pack("<I", 1)) + record(2, struct.pack("<I", 0x409)) + record(0x14, struct.pack("<I", 0x409))
    )
    project += record(3, struct.pack("<H", 1252)) + record(4, b"Project") + named(5, 0x40, "") + named(6, 0x3D, "")
    project += record(7, long) + record(8, long) + struct.pack("<HIIH", 9, 4, 1, 1) + named(0xC, 0x3C, "")
    project += record(0xF, struct.pack("<H", 1)) + record(0x13, short)
    module = named(0x19, 0x47, "Module1") + named(0x1A, 0x32, "Module1") + named(0x1C, 0x48, "")
    module += record(0x31, long) + record(0x1E, long) + record(0x2C, short) + record(0x21) + record(0x2B)
    text = 'ID="{00000000-0000-0000-0000-000000000000}"\r\nModule=Module1\r\nName="Project"\r\n'
    code = f'Attribute VB_Name = "Module1"\r\n{source}'
    folder = {"dir": _squeezed(project + module + record(0x10)), "Module1": _squeezed(code.encode())}
    return {"PROJECT": text.encode(), "VBA": folder | {"_VBA_PROJECT": b"\xcc\x61\xff\xff\x00\x00\x00"}}


def _squeezed(data: bytes) -> bytes:
    """Data in the container that macro streams use, as literal characters only; at most 3,600 bytes."""
    tokens = b"".join(b"\0" + data[at : at + 8] for at in range(0, len(data), 8))
    return b"\1" + struct.pack("<H", (len(tokens) - 1) | 0xB000) + tokens
