"""``hbgz sandbox`` and ``hbgz demo``: trial data, never to a real platform."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.cli.output import say
from hbgz_desktop.cli.trial_access import SANDBOX_CODE, SANDBOX_KEY, SANDBOX_SM4_KEY
from hbgz_desktop.model.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.cli.context import Context


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    sandbox = commands.add_parser("sandbox", help="模拟的贵州平台和河北平台，练习和测试用")
    sandbox.add_argument(
        "--platform", choices=("guizhou", "hebei", "both"), default="guizhou", help="模拟哪个平台"
    )
    sandbox.add_argument("--port", type=int, default=18080, help="贵州平台的端口")
    sandbox.add_argument(
        "--dicom-port", type=int, default=18104, help="贵州平台用 DICOM 收影像的端口（2.3）"
    )
    sandbox.add_argument(
        "--dicom-title", default="MIE_FRONT", metavar="AE", help="贵州平台的 AE 名称"
    )
    sandbox.add_argument("--folder", type=Path, help="收到的内容放在哪里")
    sandbox.add_argument(
        "--institution", default=SANDBOX_CODE, metavar="CODE", help="贵州平台的机构编号"
    )
    sandbox.add_argument(
        "--fixmedins",
        default="",
        metavar="CODE",
        help="查询（2.6 到 2.8）用的定点医药机构代码；不写时与机构编号相同",
    )
    sandbox.add_argument(
        "--variant",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="贵州平台换一种做法，可重复，例如 upload_order=any",
    )
    sandbox.add_argument("--key", default=SANDBOX_KEY)
    sandbox.add_argument("--hebei-port", type=int, default=18081, help="河北平台的端口")
    sandbox.add_argument(
        "--org", action="append", metavar="CODE", help="河北平台认识的机构编码，可重复"
    )
    sandbox.add_argument(
        "--sm4-key", default=SANDBOX_SM4_KEY, help="河北平台的 SM4 密钥：32 位十六进制或 16 个字符"
    )
    sandbox.add_argument(
        "--token-life", type=float, default=14400, metavar="SECONDS", help="河北 token 的有效期"
    )
    sandbox.add_argument("--json", action="store_true", help="每件事一行 JSON")
    sandbox.add_argument(
        "--fault", action="append", default=[], metavar="SERVICE:FAULT[:N]", help="故障，可重复"
    )
    sandbox.add_argument(
        "--send-to", metavar="HOST:PORT[:AE]", help="同时当一台设备：把演示的五份检查发到这里"
    )
    sandbox.add_argument("--seed", type=int, default=1, help="练习数据的种子")
    sandbox.set_defaults(handler=_sandbox)
    demo = commands.add_parser("demo", help="演示：五份检查从设备到平台，逐字节核对")
    demo.add_argument(
        "--platform",
        choices=("guizhou", "hebei"),
        default="guizhou",
        help="演示往哪个平台；hebei 登记一位患者的授权",
    )
    demo.add_argument("--no-window", action="store_true", help="不开窗口")
    demo.add_argument("--keep", action="store_true", help="结束后保留临时文件夹")
    demo.add_argument(
        "--screenshots", type=Path, help="没有屏幕时页面截图放在哪里（默认 out/demo-screenshots）"
    )
    demo.add_argument("--seed", type=int, default=1)
    demo.set_defaults(handler=_demo)


def _sandbox(context: Context) -> int:
    from hbgz_desktop.cli.sandbox_run import run  # other commands need not pay for it

    return run(context, _send_demo_studies)


def _send_demo_studies(context: Context) -> None:
    """A modality: five generated studies by C-STORE, their records and PDFs in a folder to import."""
    from hbgz_desktop.dicom.requestor import Peer  # other commands need not pay for it
    from hbgz_desktop.sandbox import demo  # other commands need not pay for it
    from hbgz_desktop.sandbox.modality import generate_study  # other commands need not pay for it
    from hbgz_desktop.sandbox.modality_sender import (
        send_studies,  # other commands need not pay for it
    )

    arguments = context.arguments
    host, _, rest = arguments.send_to.partition(":")
    port, _, title = rest.partition(":")
    if not port.isdigit():
        raise UsageError("peer_address_invalid", value=arguments.send_to)
    root = arguments.folder or context.folder.root / "sandbox"
    specs = demo.demo_studies(arguments.seed)
    files = [
        generate_study(spec, root / "modality" / str(number), arguments.seed + number)
        for number, spec in enumerate(specs)
    ]
    records = demo.demo_records(specs, institution_code=arguments.institution, with_index=False)
    file = demo.write_record_file(records, root / "ris")
    results = send_studies(files, Peer(host, int(port), title or "HBGZ", "SANDBOX_CT"))
    failed = sum(one.status != 0 for one in results)
    say(f"sent {len(results) - failed} images, {failed} failed; records {file}")


def _demo(context: Context) -> int:
    if context.arguments.platform == "hebei":
        from hbgz_desktop.cli.desk_demo import run_desk_demo  # brings everything with it

        return run_desk_demo(context)
    from hbgz_desktop.cli.demo import run_demo  # brings everything with it

    return run_demo(context)
