"""What can be typed after `juesuan`: the commands and their options."""

from __future__ import annotations

import argparse

from juesuan import __version__
from juesuan.cli.arguments import ChineseParser, add_limits, add_target, one_of, year
from juesuan.cli.parser_review import add_batch, add_diff, add_review

_ABOUT = """\
juesuan 决算：审核部门决算公开报告，找出不可能成立的、前后矛盾的、缺少的和写错的地方。
全部在本机运行，不连网络。"""
_EXAMPLES = """\
例：
  juesuan demo                              编制示例单位的报告，审核它和一份真实的报告
  juesuan check 报告.docx                   审核一份报告
  juesuan check 报告.docx --format html -o 结果.html
  juesuan rule JS102                        一条规则查什么、依据是什么、怎样改
每条命令的选项：juesuan check --help"""
_CHECK_ENDS = """\
退出状态：0 没有达到 --fail-on 等级的发现；1 有；2 命令写得不对；3 有文件未能读取或未读全
（其余照常审核；3 优先于 1）。
同一文件夹里的 juesuan.toml 会自动读取，见 docs/guide.md。"""


def build_parser() -> ChineseParser:
    """The parser of all commands; the command's name is in `command`, None when there is none."""
    parser = ChineseParser("juesuan", _ABOUT, _EXAMPLES)
    parser.add_argument("--version", action="version", version=f"juesuan {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="COMMAND", dest="command", parser_class=_Refuser)
    _check(commands.add_parser("check", prog="juesuan check", help="审核报告"))
    add_review(commands.add_parser("review", prog="juesuan review", help="记下对发现的判断，与上一版对照"))
    add_diff(commands.add_parser("diff", prog="juesuan diff", help="比较一份报告的两个版本"))
    _facts(commands.add_parser("facts", prog="juesuan facts", help="列出报告里读懂的数字"))
    _rule(commands.add_parser("rule", prog="juesuan rule", help="说明一条规则，或列出全部规则"))
    _catalog(commands.add_parser("catalog", prog="juesuan catalog", help="查收支分类科目"))
    _score(commands.add_parser("score", prog="juesuan score", help="重算绩效自评得分，指出与表中不符之处"))
    _perform(
        commands.add_parser("perform", prog="juesuan perform", help="绩效目标、监控、自评和结果应用（一个文件夹）")
    )
    _indicators(commands.add_parser("indicators", prog="juesuan indicators", help="查常用绩效指标"))
    add_books_commands(commands)
    _build(commands.add_parser("build", prog="juesuan build", help="由账册编制整本报告"))
    _profile(commands.add_parser("profile", prog="juesuan profile", help="比较两个体例"))
    _demo(commands.add_parser("demo", prog="juesuan demo", help="编制示例单位的报告，审核它和一份真实的报告"))
    return parser


class _Refuser(ChineseParser):
    """A command's parser; argparse makes these with keywords of its own."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, "")


def _check(parser: ChineseParser) -> None:
    parser.description = "审核一份或几份报告，或整个文件夹。每份各自审核，互不影响。"
    parser.epilog = _CHECK_ENDS
    _paths(
        parser,
        "要审核的文件或文件夹；“-”表示从标准输入读一段粘贴的文字；一个 zip 压缩包当作一个单位的材料，合并审核",
    )
    several = parser.add_mutually_exclusive_group()
    several.add_argument(
        "--together",
        action="store_true",
        help="这些文件（或文件夹里的文件）是同一份公开材料，合并审核，如说明和附表分开的",
    )
    several.add_argument(
        "--years", action="store_true", help="这些文件是同一单位几个年度的报告：各自审核，再把每年与上一年对照"
    )
    _output(parser)
    fix = parser.add_mutually_exclusive_group()
    # Two options rather than one with a value that may be left out: that one would swallow the path behind it.
    fix.add_argument(
        "--fix", action="store_const", const="safe", help="把可直接替换的改正写成修订（只用于 --format docx）"
    )
    fix.add_argument(
        "--fix=unsafe", action="store_const", const="unsafe", dest="fix", help="改前须核对账表的也写成修订"
    )
    parser.add_argument("--with-document", action="store_true", help="JSON 里附上读到的全文（只用于 --format json）")
    parser.add_argument(
        "--fail-on",
        type=one_of("error", "warning", "hint", "never"),
        default="error",
        metavar="LEVEL",
        help="有这一等级或更重的发现时退出状态为 1：error 错误（默认）、warning 疑点、hint 提示、never 从不",
    )
    parser.add_argument(
        "--select", action="append", default=[], metavar="CODES", help="只用这些规则，如 JS1,JS201 或 growth-rate"
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="CODES", help="不用这些规则，写法同上")
    parser.add_argument("--config", metavar="FILE", help="用这份 juesuan.toml，不再找文件旁边的")
    parser.add_argument("--timings", action="store_true", help="在标准错误上列出每份文件用了多少时间")
    parser.add_argument("--no-review", action="store_true", help="不读报告旁边的审核记录（驳回过的发现照样列出）")
    add_batch(parser)
    add_limits(parser)


def _facts(parser: ChineseParser) -> None:
    parser.description = "列出报告里读懂的每一个数：是什么指标、哪一年、什么口径、多少、在哪里。"
    _paths(parser, "要读的文件；“-”表示从标准输入读一段粘贴的文字")
    parser.add_argument("--format", default="json", metavar="FORMAT", help="json（默认）或 csv（Excel 可直接打开）")
    add_target(parser)
    add_limits(parser)


def _rule(parser: ChineseParser) -> None:
    parser.description = "说明一条规则查什么、为什么、依据、怎样算、错例和对例、怎样改。不写编号时列出全部规则。"
    parser.add_argument("rule", nargs="?", metavar="CODE", help="规则编号或名字，如 JS102 或 growth-rate")


def _catalog(parser: ChineseParser) -> None:
    parser.description = "按编码或名称查收支分类科目：编码、名称、路径、旧称和使用年份。"
    parser.add_argument("account", metavar="CODE|NAME", help="科目编码、编码开头、名称或名称的一部分")
    parser.add_argument("--year", type=year, metavar="Y", help="按这一年的科目回答")


def _score(parser: ChineseParser) -> None:
    parser.description = "重算报告或表格里每张绩效表的得分，说明公式、数字和依据，指出与表中给分不符之处。"
    parser.epilog = "退出状态：0 与计算一致；1 有不符，或给了分却不能计算；2 命令写得不对；3 有文件没有读取。"
    _paths(parser, "报告或绩效表；“-”表示从标准输入读一段粘贴的文字")
    parser.add_argument("--format", default="text", metavar="FORMAT", help="text（默认）或 json")
    parser.add_argument("--profile", metavar="ID|FILE", help="计分方案的名字，或一份 .toml 文件；默认按表的样式选")
    add_target(parser)
    add_limits(parser)


def _perform(parser: ChineseParser) -> None:
    parser.description = "一个文件夹里“绩效”下的各张项目表：看目标写得对不对、查进度、算得分、出报告。"
    parser.epilog = "退出状态：0 没有问题；1 有要处理的；2 命令写得不对；3 有文件没有读取。"
    parser.add_argument("folder", metavar="DIR", help="账册文件夹（里面有“绩效”文件夹），或“绩效”文件夹本身")
    actions = ("status", "monitor", "score", "report", "new", "next")
    parser.add_argument(
        "action",
        type=one_of(*actions),
        metavar="ACTION",
        help="status 目标核对和各环节情况；monitor 到某一天的监控；score 自评得分；report 写总览工作簿；new 新建一张项目表；next 写出下年的项目表（-o 下年的文件夹）",
    )
    parser.add_argument("--date", metavar="DATE", help="监控到哪一天，如 2024-08-31；默认用表中最近一次监控的日期")
    parser.add_argument("--profile", metavar="ID|FILE", help="计分方案的名字，或一份 .toml 文件；默认按表的样式选")
    parser.add_argument("--name", metavar="NAME", help="新建的项目表的项目名称（只用于 new）")
    parser.add_argument("--kind", metavar="KIND", help="从指标库里放进哪类指标，如 培训（只用于 new）")
    parser.add_argument("--format", default="text", metavar="FORMAT", help="text（默认）或 json")
    add_target(parser)


def _indicators(parser: ChineseParser) -> None:
    parser.description = "按项目类别或词查常用绩效指标：级别、性质、计量单位、常用佐证。不写时列出全部类别。"
    parser.add_argument("word", nargs="?", metavar="WORD", help="项目类别或指标名称里的词，如 培训")
    parser.add_argument("--format", default="text", metavar="FORMAT", help="text（默认）或 json")


def _demo(parser: ChineseParser) -> None:
    parser.description = (
        "由账册编制示例单位的整本报告并审核它，再审核这个单位公开过的原报告。写进文件或用别的格式时只有后者。"
    )
    _output(parser)


def _build(parser: ChineseParser) -> None:
    parser.description = "由账册编制整本决算公开报告：每个数只算一次，文字按事实选用。"
    parser.add_argument("folder", metavar="DIR", help="账册文件夹（juesuan new 建立）")
    parser.add_argument("-o", "--output", metavar="OUT", help="写进这个文件夹；默认是账册里的“公开”")
    formats = "docx,xlsx,html"
    said = f"docx、xlsx、html、pdf，用逗号隔开；默认 {formats}"
    parser.add_argument("--format", default=formats, metavar="FORMATS", help=said)
    parser.add_argument("--draft", action="store_true", help="缺的原因和数字写成【待填】，先出草稿")
    parser.add_argument("--profile", metavar="ID", help="用这个方案，不用账册里写的")
    parser.add_argument("--template", metavar="DOCX", help="用这份 Word 文件的样式和页面")
    parser.add_argument("--pages", action="store_true", help="用 LibreOffice 排出目录的页码（要几秒）")
    parser.add_argument("--force", action="store_true", help="覆盖已有的、被人改过的文件")


def _profile(parser: ChineseParser) -> None:
    parser.description = "比较两个体例：节次、公开表、图、名词解释和句式骨架，哪些增、哪些减。"
    parser.add_argument("action", type=one_of("diff"), metavar="diff", help="diff：比较")
    parser.add_argument("first", metavar="A", help="体例，如 sichuan-2021")
    parser.add_argument("second", metavar="B", help="体例，如 sichuan-2023")


def _paths(parser: ChineseParser, text: str) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help=text)


def _output(parser: ChineseParser) -> None:
    from juesuan.render import FORMATS

    parser.add_argument("--format", default="text", metavar="FORMAT", help=f"{'、'.join(FORMATS)}；默认 text")
    add_target(parser)
    parser.add_argument("--verbose", action="store_true", help="提示和未读懂的数字逐条列出")
    parser.add_argument("--no-color", action="store_true", help="不用颜色（设置环境变量 NO_COLOR 也可以）")


def add_books_commands(commands: argparse._SubParsersAction[_Refuser]) -> None:
    """The commands on a unit's books."""
    new = commands.add_parser("new", prog="juesuan new", help="建立一个单位的账册文件夹")
    new.description = "建立账册：单位.toml、决算数据.xlsx、台账.xlsx、文字.md 和 绩效/。已有的文件不会被改动。"
    new.add_argument("folder", metavar="DIR", help="要建立的文件夹")
    new.add_argument("--entity", required=True, metavar="NAME", help="单位全称")
    new.add_argument("--year", required=True, type=year, metavar="Y", help="决算年度")
    new.add_argument(
        "--profile",
        metavar="ID",
        help="编制方案：sichuan-2023（默认）、ministry-nine；有 --from 时默认与上年报告的样式相同或相近",
    )
    new.add_argument("--kind", type=one_of("部门", "单位"), default="单位", metavar="KIND", help="部门 或 单位（默认）")
    new.add_argument(
        "--from", dest="source", metavar="FILE", help="上年的决算公开报告：取其数字、职能、机构设置和名词解释"
    )
    for name, title in (("status", "账册还缺什么、有什么矛盾"), ("explain", "把比上年的增减分解到科目，起草原因")):
        one = commands.add_parser(name, prog=f"juesuan {name}", help=title)
        one.description = f"{title}。"
        one.add_argument("folder", metavar="DIR", help="账册文件夹")
    tracing = commands.add_parser("trace", prog="juesuan trace", help="报告里的一个数从账册的哪些格子算来")
    tracing.description = "报告里印出的一个数，从账册的哪些格子、按什么算式得来。"
    tracing.add_argument("folder", metavar="DIR", help="账册文件夹")
    tracing.add_argument("number", metavar="NUMBER", help="印出的数：13.28（万元）、132800元 或 13.80%%")
    bring = commands.add_parser("import", prog="juesuan import", help="把决算软件导出的表和批复填进账册")
    bring.description = (
        "从导出的报表（Z01…、公开…、附03）和批复填写账册：列出填了什么、什么没有认出。已填的数不改，除非加 --force。"
    )
    bring.add_argument("folder", metavar="DIR", help="账册文件夹")
    bring.add_argument("files", nargs="+", metavar="FILE", help="导出的工作簿或批复")
    bring.add_argument("--force", action="store_true", help="与已填的数不同时，以导入的为准")
