"""A new directory of books: four files to fill in and a folder, never over anything that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.books.narrative import FILE as TEXT
from juesuan.books.narrative import REASONS
from juesuan.books.plan import plan_of
from juesuan.books.register_files import register_workbook
from juesuan.books.registers import BUILT_IN
from juesuan.books.registers import FILE as REGISTERS
from juesuan.books.settings import FILE as UNIT
from juesuan.books.settings import KINDS
from juesuan.books.store import write_whole
from juesuan.books.write_data import FILE as DATA
from juesuan.books.write_data import DataDraft, data_workbook
from juesuan.errors import BooksError

PERFORMANCE = "绩效"
_OUTLINE: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "概况",
        (
            ("主要职能", "单位的主要职责，照三定方案写。"),
            ("机构设置", "内设机构；下属二级预算单位几个，其中行政、参公、其他事业各几个。"),
            ("人员情况", "编制和年末实有人数。可以不写。"),
            ("重点工作", "本年做成的主要工作。可以不写。数字可用台账里的，如 {{ 会员.总数 }}。"),
        ),
    ),
    (
        REASONS,
        (
            ("收入支出总计", "比上年增减的原因。juesuan explain 可以起草。"),
            ("财政拨款收入支出总计", ""),
            ("一般公共预算财政拨款支出", ""),
            ("“三公”经费", ""),
            ("因公出国（境）费", ""),
            ("公务用车购置及运行维护费", ""),
            ("公务接待费", ""),
            ("机关运行经费", ""),
        ),
    ),
    (
        "用途",
        (
            ("国内公务接待", "主要用于……"),
            ("国内公务接待内容", "具体内容包括……"),
            ("外事接待", ""),
            ("公务用车", "公务用车运行维护费主要用于……"),
            ("因公出国（境）", ""),
            ("政府采购", "主要用于……"),
            ("其他用车", "其他用车主要用于……"),
        ),
    ),
    (
        "绩效管理",
        (
            ("事前绩效评估项目", "一行一个项目名称。"),
            ("绩效目标项目", "一行一个项目名称。"),
            ("绩效监控项目", "一行一个项目名称。"),
            ("绩效自评", "下面用三级标题写项目，每个写“得分：”和“综述：”各一行。"),
        ),
    ),
    ("名词解释", ()),
)


@dataclass(frozen=True, slots=True)
class Start:
    """What new books begin with: the unit, its data so far, and texts by heading (主要职能, 机构设置 …)."""

    data: DataDraft
    short_name: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def create(folder: Path, start: Start) -> tuple[Path, ...]:
    """Make the directory and its files; hands back what was written. Raises BooksError when one of them exists."""
    draft = start.data
    if draft.entity_kind not in KINDS:
        raise BooksError(f"类别只能是“部门”或“单位”，现在是“{draft.entity_kind}”。")
    plan_of(draft.profile, draft.year)
    files = [folder / name for name in (UNIT, DATA, REGISTERS, TEXT)]
    there = [path.name for path in files if path.exists()]
    if there:
        raise BooksError(f"“{folder}”里已有 {'、'.join(there)}，没有改动任何文件；请换一个文件夹，或先把它们移走。")
    contents = (
        _unit(start).encode(),
        data_workbook(draft),
        register_workbook(BUILT_IN, {}, draft.year),
        _text(start).encode(),
    )
    try:
        (folder / PERFORMANCE).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BooksError(f"不能建立文件夹“{folder}”（{error.strerror or '未知原因'}），请换一个位置。") from error
    for path, data in zip(files, contents, strict=True):
        write_whole(path, data)
    return tuple(files)


def _unit(start: Start) -> str:
    draft = start.data
    return f"""# 单位的基本情况。引号里的内容可以改；以 # 开头的行是说明。
[单位]
名称 = "{_safe(draft.entity)}"
简称 = "{_safe(start.short_name)}"          # 正文里的自称，如“区工商联”；不写就用全称
类别 = "{draft.entity_kind}"          # 部门 或 单位
年度 = {draft.year}
方案 = "{draft.profile}"
性质 = "行政单位"      # 行政单位、参公事业单位、群团、其他事业单位、部门汇总
公开时间 = ""          # 如 {draft.year + 1}-09-30
说明原因的变动百分比 = 0   # 比上年变动达到百分之几才要求写原因；0 表示凡有变动都要写

[机构]
所属二级单位 = 0
行政单位 = 0
参公事业单位 = 0
其他事业单位 = 0

# 自己要登记的台账这样声明，再在 台账.xlsx 里加一张同名的表（类型：文字、整数、金额、数、日期）：
# [台账.会员]
# 列 = {{ 编号 = "文字", 名称 = "文字", 会费 = "金额" }}
# 主键 = "编号"
# 汇总 = {{ 企业会员 = "行数 其中 类型=企业会员" }}
"""


def _safe(text: str) -> str:
    return text.replace("\\", "").replace('"', "”").replace("\n", " ")


def _text(start: Start) -> str:
    lines = [
        "<!-- 这里写只有人才能写的话。# 开头的是标题，请保留；标题下面写正文，一行一段。",
        "     台账和报表里的数写成 {{ 会员.总数 }}、{{ 基本支出 }}、{{ 上年.基本支出 }}，",
        "     会换成实际的数（金额是万元）。",
        "     像这样尖括号里的话是说明，不会印出来。 -->",
    ]
    for title, sections in _OUTLINE:
        lines += ["", f"# {title}"]
        if title in start.texts:
            lines.append(start.texts[title])
        for name, hint in sections:
            lines += ["", f"## {name}"]
            if name in start.texts:
                lines.append(start.texts[name])
            elif hint:
                lines.append(f"<!-- {hint} -->")
    return "\n".join(lines) + "\n"
