"""The options of reviewing, comparing and of batches."""

from __future__ import annotations

from juesuan.cli.arguments import ChineseParser, add_limits, add_target, one_of, size

_REVIEW_ENDS = """\
例：
  juesuan review 报告.docx                          审核，与上一版对照，记在 报告.docx.审核.json
  juesuan review 报告.docx --dismiss 9e3d --reason "批复文件如此" --by 张三
  juesuan review 报告（二稿）.docx --since 报告.docx   换了文件名的新版
编号可以只写开头几位。驳回过的发现，juesuan check 不再计入，除非那里的数字变了。"""


def add_review(parser: ChineseParser) -> None:
    """`juesuan review`."""
    parser.description = "记下对每处发现的判断，并与上一版对照：新发现、仍在、已改正。"
    parser.epilog = _REVIEW_ENDS
    parser.add_argument("report", metavar="REPORT", help="报告")
    parser.add_argument("--accept", action="append", default=[], metavar="ID", help="认可这处发现；可以写几次")
    parser.add_argument("--dismiss", action="append", default=[], metavar="ID", help="驳回这处发现，要写 --reason")
    parser.add_argument("--undo", action="append", default=[], metavar="ID", help="撤销对这处发现的判断")
    parser.add_argument("--reason", metavar="TEXT", help="理由")
    parser.add_argument("--by", metavar="NAME", help="谁判断的；默认是登录的用户名")
    parser.add_argument("--list", action="store_true", help="只看记录，不重新审核")
    parser.add_argument("--since", metavar="OLD", help="上一版的报告（或它的审核记录），文件名不同时用")
    parser.add_argument("--format", type=one_of("text", "json"), default="text", metavar="FORMAT", help="text 或 json")
    add_target(parser)
    add_limits(parser)


def add_diff(parser: ChineseParser) -> None:
    """`juesuan diff`."""
    parser.description = "比较一份报告的两个版本：哪些数、句子、表格变了，哪些发现没有了、哪些是新的。"
    parser.add_argument("old", metavar="OLD", help="旧版")
    parser.add_argument("new", metavar="NEW", help="新版")
    parser.add_argument("--format", type=one_of("text", "json"), default="text", metavar="FORMAT", help="text 或 json")
    add_target(parser)
    add_limits(parser)


def add_batch(parser: ChineseParser) -> None:
    """What `juesuan check` takes for folders."""
    group = parser.add_argument_group("文件夹（PATH 里有文件夹时）")
    group.add_argument("--results", metavar="DIR", help="结果放在这个文件夹；默认是被审文件夹旁边的“名字.审核结果”")
    group.add_argument("--entities", metavar="LIST", help="应当公开的单位名单（每行一个单位），总览里列出缺了谁")
    group.add_argument("--jobs", type=size, metavar="N", help="同时审核几份；默认是处理器的个数")
    group.add_argument("--restart", action="store_true", help="不接着上次的记录，全部重新审核")
