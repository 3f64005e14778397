"""The shared-viewing page as a browser sees it, and what its links lead to: a viewer, a PDF.

Plain HTML without anything from outside, so that it opens on a network that reaches nothing else.
Ids for automation: ``study-1``, ``lab-1`` (rows), each with ``-accept``, ``-refuse`` and
``-reason``; ``accept-all``, ``finish``, ``message``; ``body[data-state]`` is open, finished or
failed.
"""

from __future__ import annotations

from html import escape
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.hebei_visits import REASONS
from hbgz_desktop.sandbox.http_server import Reply
from hbgz_desktop.sandbox.report_pdf import make_report_pdf

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.hebei_results import SharedStudy, SharedValue
    from hbgz_desktop.sandbox.hebei_rules import RuleBrokenError
    from hbgz_desktop.sandbox.hebei_visits import SharedPage

SHARE_PATH: Final = "/basic-api/share"
PAGE_PATH: Final = f"{SHARE_PATH}/page"
FINISH_PATH: Final = f"{SHARE_PATH}/finish"
VIEWER_PATH: Final = f"{SHARE_PATH}/viewer"
REPORT_PATH: Final = f"{SHARE_PATH}/report.pdf"
HTML_TYPE: Final = "text/html;charset=UTF-8"
# The page may not fetch anything from anywhere but the platform that serves it.
PAGE_HEADERS: Final = (
    (
        "Content-Security-Policy",
        "; ".join(
            (
                "default-src 'none'",
                "style-src 'unsafe-inline'",
                "script-src 'unsafe-inline'",
                "connect-src 'self'",
                "img-src data:",
            )
        ),
    ),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
)
PROMPTS: Final = {"1": ("", ""), "3": ("high", " ↑"), "4": ("low", " ↓")}
BARE_PAGE: Final = Template("""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<link rel="icon" href="data:,"><title>$title</title><style>
body { font: 16px/1.7 "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif;
  background: #f2f5f9; color: #1f2a37; display: grid; place-items: center; min-height: 96vh; }
section { background: #fff; border: 1px solid #dbe3ed; border-radius: 8px; padding: 28px 40px;
  max-width: 640px; } h1 { font-size: 20px; } svg { background: #000; display: block; }
</style></head><body data-state="$state"><section><h1 id="title">$title</h1>$content</section>
</body></html>""")
PHANTOM: Final = """<svg id="image" width="420" height="420" viewBox="-110 -110 220 220" role="img"
aria-label="模拟图像"><ellipse rx="92" ry="100" fill="#e8e8e8"/>
<ellipse rx="84" ry="92" fill="#555"/><ellipse cx="-28" rx="16" ry="34" fill="#222"/>
<ellipse cx="28" rx="16" ry="34" fill="#222"/><circle cy="46" r="10" fill="#999"/></svg>"""


def page_reply(page: SharedPage) -> Reply:
    """Answer the page itself."""
    visit = page.visit
    studies = [_study_row(number, one) for number, one in enumerate(page.results.studies, 1)]
    values = [_value_row(number, one) for number, one in enumerate(page.results.values, 1)]
    source = resources.files("hbgz_desktop.sandbox") / "data" / "hebei_page.html"
    text = Template(source.read_text(encoding="utf-8")).substitute(
        session=page.session,
        finish_path=FINISH_PATH,
        patient_name=escape(visit.known.get("patientName", "")),
        patient_id=escape(f"{visit.id_no[:6]}********{visit.id_no[-4:]}"),
        visit_no=escape(visit.visit_no),
        visit_time=escape(visit.visit_time),
        studies=_section("检查结果", "检查项目", studies),
        values=_section("检验结果", "检验项目", values),
    )
    return Reply(200, text.encode("utf-8"), HTML_TYPE, PAGE_HEADERS)


def refused_page(error: RuleBrokenError, status: int) -> Reply:
    """Answer an address that opens nothing, in words a person can read."""
    content = f'<p id="message">{escape(error.message)}</p><p>请回到医院系统重新打开。</p>'
    return _bare("页面无法打开", "refused", content, status)


def viewer_page(study: SharedStudy) -> Reply:
    """Answer the link to a study's images: a stub of a viewer with one drawn slice."""
    words = f"{study.org_name} · {study.modality} · {study.studied_at}"
    content = f"<p>{escape(words)}</p>{PHANTOM}<p>{escape(study.finding)}</p>"
    return _bare(study.name, "viewer", content, 200)


def report_pdf(values: tuple[SharedValue, ...]) -> Reply:
    """Answer the link to a laboratory report: one page of PDF."""
    first = values[0]
    lines = [f"{first.org_name}　报告时间 {first.reported_at}", "练习用，不是真实报告"]
    lines += [f"{one.name}　{one.value} {one.unit}　参考 {one.reference}" for one in values]
    pdf = make_report_pdf(f"检验报告　{first.report_name}", lines)
    return Reply(200, pdf, "application/pdf")


def _bare(title: str, state: str, content: str, status: int) -> Reply:
    text = BARE_PAGE.substitute(title=escape(title), state=state, content=content)
    return Reply(status, text.encode("utf-8"), HTML_TYPE, PAGE_HEADERS)


def _section(title: str, first_column: str, rows: list[str]) -> str:
    if not rows:
        return ""
    heads = (first_column, "医院和时间", "结果", "是否互认")
    head = "".join(f"<th>{name}</th>" for name in heads)
    return (
        f"<h2>{title}<small>{len(rows)} 项</small></h2>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _study_row(number: int, study: SharedStudy) -> str:
    link = f"{VIEWER_PATH}?key={study.key}"
    result = (
        f"{escape(study.finding)}"
        f'<small><a id="study-{number}-images" href="{link}" target="_blank" '
        'rel="noopener">看影像</a></small>'
    )
    return _row(f"study-{number}", study, study.reported_at, result)


def _value_row(number: int, value: SharedValue) -> str:
    kind, arrow = PROMPTS.get(value.prompt, ("", ""))
    link = f"{REPORT_PATH}?key={value.report_key}"
    result = (
        f'<span class="{kind}">{escape(value.value)}{arrow}</span> {escape(value.unit)}'
        f"<small>参考 {escape(value.reference)} · "
        f'<a id="lab-{number}-report" href="{link}" target="_blank" rel="noopener">'
        f"{escape(value.report_name)}报告</a></small>"
    )
    return _row(f"lab-{number}", value, value.reported_at, result)


def _row(row_id: str, item: SharedStudy | SharedValue, at: str, result: str) -> str:
    options = "".join(f'<option value="{code}">{words}</option>' for code, words in REASONS.items())
    return (
        f'<tr id="{row_id}" data-key="{item.key}" data-code="{escape(item.code)}">'
        f"<td>{escape(item.name)}<small>{escape(item.code)}</small></td>"
        f"<td>{escape(item.org_name)}<small>{escape(at)}</small></td><td>{result}</td>"
        '<td class="choice">'
        f'<label><input type="radio" name="{row_id}" id="{row_id}-accept"> 互认</label>'
        f'<label><input type="radio" name="{row_id}" id="{row_id}-refuse"> 不互认</label>'
        f'<select id="{row_id}-reason" aria-label="不互认的理由" disabled>'
        f'<option value="">请选择理由</option>{options}</select></td></tr>'
    )
