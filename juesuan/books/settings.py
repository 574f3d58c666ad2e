"""单位.toml: who the unit is, and what it declares."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.errors import BooksError

FILE = "单位.toml"
KINDS = ("部门", "单位")
NATURES = ("行政单位", "参公事业单位", "其他事业单位", "群团", "部门汇总")
_WITH_RUNNING_COST = frozenset({"行政单位", "参公事业单位", "群团"})


@dataclass(frozen=True, slots=True)
class RegisterSpec:
    """A register a unit declares itself: columns by name with their type, the key columns, and named aggregates."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    aggregates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What 单位.toml says. `values` keeps whatever else is written there, by section and name.

    `short_name`: what the unit calls itself in the text; `nature`: 行政单位, 参公事业单位, 其他事业单位 …;
    `threshold`: percent of change from which a reason is required.
    """

    entity: str
    entity_kind: str
    year: int
    profile: str
    short_name: str = ""
    code: str = ""
    nature: str = "行政单位"
    published: str = ""
    threshold: int = 0
    registers: tuple[RegisterSpec, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name for running text."""
        return self.short_name or self.entity

    @property
    def has_running_cost(self) -> bool:
        """Whether 机关运行经费 applies."""
        return self.nature in _WITH_RUNNING_COST


def load_settings(folder: Path) -> Settings:
    """Read 单位.toml. Raises BooksError naming the line or the entry."""
    path = folder / FILE
    try:
        raw = tomllib.loads(quoted(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as error:
        raise BooksError(f"“{folder}”里没有 {FILE}，不是账册文件夹；用 juesuan new 建立一个。") from error
    except UnicodeDecodeError as error:
        raise BooksError(f"{path} 不是 UTF-8 文字，请用记事本另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        raise BooksError(f'{path} 写法不对：{error}；值要用英文引号括起来，例如 名称 = "某某局"。') from error
    return _settings(path, raw)


_TOKEN = re.compile(
    r'''"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|(?P<bare>[\w（）\-]*[^\x00-\x7f][\w（）\-]*)'''
)


def quoted(text: str) -> str:
    """TOML with its bare Chinese names quoted: the language allows only ASCII there, which nobody would guess."""
    return _TOKEN.sub(lambda m: f'"{m[0]}"' if m["bare"] else m[0], text)


def _settings(path: Path, raw: Mapping[str, object]) -> Settings:
    unit = raw.get("单位")
    if not isinstance(unit, dict):
        raise BooksError(f"{path} 缺少 [单位] 一节，请照 juesuan new 生成的样子补上。")
    year = unit.get("年度")
    if not isinstance(year, int) or isinstance(year, bool):
        raise BooksError(f"{path} 的 [单位] 年度要写四位年份，例如 年度 = 2023，现在是 {year!r}。")
    kind = str(unit.get("类别", "单位"))
    if kind not in KINDS:
        raise BooksError(f"{path} 的 [单位] 类别只能写“部门”或“单位”，现在是“{kind}”。")
    for name in ("名称", "方案"):
        if not isinstance(unit.get(name), str) or not unit[name]:
            raise BooksError(f"{path} 的 [单位] 缺少“{name}”，请补上。")
    threshold = unit.get("说明原因的变动百分比", 0)
    return Settings(
        entity=str(unit["名称"]),
        entity_kind=kind,
        year=year,
        profile=str(unit["方案"]),
        short_name=str(unit.get("简称", "")),
        code=str(unit.get("代码", "")),
        nature=str(unit.get("性质", "行政单位")),
        published=str(unit.get("公开时间", "")),
        threshold=threshold if isinstance(threshold, int) else 0,
        registers=_registers(path, raw.get("台账", {})),
        values=raw,
    )


def _registers(path: Path, raw: object) -> tuple[RegisterSpec, ...]:
    if not isinstance(raw, dict):
        raise BooksError(f"{path} 的台账要写成 [台账.名称]，例如 [台账.会员]。")
    found: list[RegisterSpec] = []
    for name, spec in raw.items():
        columns = spec.get("列") if isinstance(spec, dict) else None
        if not isinstance(columns, dict) or not columns:
            raise BooksError(f'{path} 的 [台账.{name}] 缺少“列”，例如 列 = {{ 名称 = "文字", 金额 = "金额" }}。')
        wrong = [f"{c} = {t}" for c, t in columns.items() if t not in TYPES]
        if wrong:
            raise BooksError(f"{path} 的 [台账.{name}] 列的类型不认得：{'、'.join(wrong)}；可用 {'、'.join(TYPES)}。")
        key = spec.get("主键", [])
        keys = (key,) if isinstance(key, str) else tuple(str(k) for k in key)
        missing = [k for k in keys if k not in columns]
        if missing:
            raise BooksError(f"{path} 的 [台账.{name}] 主键“{'、'.join(missing)}”不在列里。")
        sums = spec.get("汇总", {})
        found.append(
            RegisterSpec(
                str(name), {str(c): str(t) for c, t in columns.items()}, keys, {str(k): str(v) for k, v in sums.items()}
            )
        )
    return tuple(found)


TYPES = ("文字", "整数", "金额", "数", "日期")
