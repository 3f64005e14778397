"""Words around the settings: what a choice means, what a field takes, which section it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

if TYPE_CHECKING:
    from collections.abc import Collection

    from hbgz_desktop.services.settings_control import SettingFact

ENABLED_KEY = "platforms.enabled"
AUTOMATIC = "null"
_INDEX_FIELDS = tuple(f"guizhou.index_field_2_{number}" for number in (1, 3, 5, 7, 8))


@dataclass(frozen=True)
class SectionPlan:
    """One entry of the list at the left.

    Attributes:
        prefixes: Groups whose settings stand in it, in this order; empty for a section of its own.
        platform: Shown only where this platform is enabled, or none is yet; "" for always.
    """

    key: str
    title: str
    detail: str
    prefixes: tuple[str, ...] = ()
    platform: str = ""

    def is_for(self, platforms: Collection[str]) -> bool:
        """True when the section exists for these enabled platforms."""
        return not self.platform or not platforms or self.platform in platforms


@dataclass(frozen=True)
class Part:
    """Some settings of a section below one heading; the last part takes what no other names."""

    title: str
    keys: tuple[str, ...] = ()


class SettingsWords(QObject):
    """Everything the page says about a setting beyond its own title and description."""

    def sections(self) -> tuple[SectionPlan, ...]:
        """The sections in order."""
        return (
            SectionPlan(
                "hospital",
                self.tr("医院和平台"),
                self.tr("医院名称、启用的平台"),
                ("hospital", "platforms"),
            ),
            SectionPlan("dicom", self.tr("接收"), self.tr("AE、端口、何时算收齐"), ("dicom",)),
            SectionPlan("devices", self.tr("设备和连接"), self.tr("谁连着、谁被拒绝")),
            SectionPlan(
                "guizhou",
                self.tr("贵州医保影像云"),
                self.tr("地址、编号、密钥"),
                ("guizhou",),
                platform="guizhou",
            ),
            SectionPlan(
                "other_hospitals",
                self.tr("跨院调阅"),
                self.tr("允许的主机、缓存多大"),
                ("other_hospitals",),
                platform="guizhou",
            ),
            SectionPlan(
                "hebei",
                self.tr("河北互认共享"),
                self.tr("地址、机构编码、SM4 密钥"),
                ("hebei",),
                platform="hebei",
            ),
            SectionPlan(
                "upload", self.tr("上传和重试"), self.tr("并行、间隔、次数"), ("upload", "retry")
            ),
            SectionPlan("storage", self.tr("保留与磁盘"), self.tr("清理、水位"), ("storage",)),
            SectionPlan(
                "records",
                self.tr("记录和报告"),
                self.tr("投递文件夹、报告来源"),
                ("matching", "records", "reports"),
            ),
            SectionPlan("operators", self.tr("操作员"), self.tr("名字、角色、PIN")),
            SectionPlan(
                "console",
                self.tr("锁屏和操作记录"),
                self.tr("多久锁上、留多久"),
                ("console",),
            ),
            SectionPlan("appearance", self.tr("外观"), self.tr("深浅色、语言、行距")),
            SectionPlan("about", self.tr("关于"), self.tr("版本、自检")),
        )

    def parts(self, section: str) -> tuple[Part, ...]:
        """Headings inside a section; one without a title takes everything that is left."""
        if section == "guizhou":
            own = "base_url connect_timeout_s read_timeout_s verify_tls"
            who = "institution_code msgid_prefix key fixmedins_code fixmedins_name"
            rest = "exam_admdvs hosp_lv sdry_chk_date without_report without_settlement"
            index = (
                "index_parts index_institution real_device_code real_part_code certno_hyphen "
                "index_collision"
            )
            ask = (
                "query_timeout_s query_certno certno_key send_key_in_queries query_shape "
                "index_field_2_7 index_field_2_8 delete_path delete_infno delete_input index_field_2_5"
            )
            scope = (
                "upload_ultrasound skip_modalities only_modalities skip_departments "
                "only_departments skip_sources only_sources"
            )
            push = (
                "image_transport dicom_host dicom_port dicom_called_ae dicom_calling_ae "
                "dicom_timeout_s dicom_tls dicom_tls_verify dicom_tls_ca_file "
                "dicom_tls_certificate_file dicom_tls_key_file"
            )
            return (
                Part(self.tr("连接"), _named(section, own)),
                Part(self.tr("医院编号和密钥"), _named(section, who)),
                Part(self.tr("图像怎么传"), _named(section, push)),
                Part(self.tr("哪些检查上传"), _named(section, scope)),
                Part(self.tr("记录里没有时"), _named(section, rest)),
                Part(self.tr("索引码"), _named(section, index)),
                Part(self.tr("查询和删除（平台要求时再改）"), _named(section, ask)),
                Part(self.tr("报文细节（平台要求时再改）")),
            )
        if section == "hebei":
            own = "base_url connect_timeout_s read_timeout_s verify_tls page_hosts"
            who = "org_code his_org_code his_dept_code his_user_code patient_id_length"
            cipher = "sm4_key sm4_mode sm4_iv sm4_padding sm4_encoding"
            encrypt = "encrypt_name encrypt_id_no encrypt_phone encrypt_visit_no"
            decrypt = "decrypt_name decrypt_id_no decrypt_phone decrypt_visit_no"
            return (
                Part(self.tr("连接"), _named(section, own)),
                Part(self.tr("机构和医生"), _named(section, who)),
                Part(self.tr("SM4 加密"), _named(section, cipher)),
                Part(self.tr("发送时加密哪些"), _named(section, encrypt)),
                Part(self.tr("收到时解密哪些"), _named(section, decrypt)),
                Part(self.tr("图像留多久"), _named(section, "keep_days")),
                Part(self.tr("令牌和接口路径（平台要求时再改）")),
            )
        if section == "dicom":
            return (
                Part(
                    self.tr("本机"), _named(section, "ae_title port bind_address check_called_ae")
                ),
                Part(self.tr("何时算收齐"), _named(section, "quiet_time_s quiet_time_by_modality")),
                Part(self.tr("设备")),
            )
        if section == "storage":
            clearing = "auto_clear keep_days keep_unsent_days"
            marks = "reserve_mb clear_below_mb clear_until_mb pressure_days forecast_days"
            return (
                Part(self.tr("按天数清理"), _named(section, clearing)),
                Part(self.tr("磁盘和水位"), _named(section, marks)),
                Part(self.tr("小图")),
            )
        if section == "upload":
            retry = ("retry.first_delay_s", "retry.max_delay_s", "retry.max_attempts")
            return (Part(self.tr("上传")), Part(self.tr("失败以后"), retry))
        return (Part(""),)

    def choice(self, key: str, value: str) -> str:
        """What one value of a choice means; the value itself when nothing is known of it."""
        known = {
            ENABLED_KEY: {
                AUTOMATIC: self.tr("填了平台地址就启用"),
                '["guizhou"]': self.tr("贵州医保影像云"),
                '["hebei"]': self.tr("河北互认共享"),
                '["guizhou", "hebei"]': self.tr("两个都启用"),
                "[]": self.tr("都不启用"),
            },
            "dicom.unknown_callers": {
                "accept": self.tr("接受"),
                "refuse": self.tr("拒绝"),
                "ask": self.tr("先拒绝，等人确认"),
            },
            "guizhou.image_transport": {
                "http": self.tr("HTTP 上传（2.2）"),
                "dicom": self.tr("DICOM 推送（2.3）"),
            },
            "guizhou.index_parts": {"5": self.tr("五段"), "6": self.tr("六段")},
            "guizhou.list_separator": {"|": "|", ",": ",", " ": self.tr("空格")},
            "guizhou.sdry_chk_date": {
                "error": self.tr("不传，等人处理"),
                "chkDate": self.tr("用审核日期"),
                "rptDate": self.tr("用报告日期"),
            },
            "guizhou.without_report": {
                "wait": self.tr("等报告"),
                "exam_number": self.tr("用检查号作报告编号"),
            },
            "guizhou.without_settlement": {
                "wait": self.tr("等结算"),
                "placeholder": self.tr("先用占位内容"),
            },
            "guizhou.settlement_part": {"real": self.tr("真实代码"), "zeros": self.tr("发 0")},
            "other_hospitals.default_range": {
                "1": self.tr("近 1 年"),
                "3": self.tr("近 3 年"),
                "all": self.tr("全部"),
            },
            "hebei.sm4_mode": {"ecb": "ECB", "cbc": "CBC"},
            "hebei.sm4_padding": {"pkcs7": "PKCS#7", "zero": self.tr("补零")},
            "hebei.sm4_encoding": {
                "hex": self.tr("十六进制小写"),
                "HEX": self.tr("十六进制大写"),
                "base64": "Base64",
            },
            **{key: {"hilmgIdx": self.tr("hilmgIdx（小写 L）")} for key in _INDEX_FIELDS},
            "guizhou.index_collision": {
                "advance": self.tr("往后推一秒"),
                "refuse": self.tr("列入待处理"),
            },
            "guizhou.delete_input": {
                "strings": self.tr("一串索引"),
                "objects": self.tr("带字段名的对象"),
            },
            "guizhou.query_certno": {
                "plain": self.tr("明文"),
                "sm4_hex": self.tr("SM4，十六进制小写"),
                "sm4_HEX": self.tr("SM4，十六进制大写"),
                "sm4_base64": self.tr("SM4，Base64"),
            },
            "guizhou.upload_shape": {"array": self.tr("数组"), "object": self.tr("单个对象")},
            "guizhou.query_shape": {"object": self.tr("单个对象"), "array": self.tr("数组")},
            "guizhou.send_order": {
                "record_images_report": self.tr("记录、图像、报告"),
                "record_report_images": self.tr("记录、报告、图像"),
                "images_record_report": self.tr("图像、记录、报告"),
            },
            "guizhou.empty_optional": {"omit": self.tr("不发"), "empty": self.tr("发空字符串")},
        }
        return known.get(key, {}).get(value, value)

    def takes(self, fact: SettingFact) -> str:
        """What a field takes, said after something else was typed."""
        known = {
            "dicom.ae_title": self.tr("填 1 到 16 个英文字母、数字或符号，不要反斜杠。"),
            "guizhou.base_url": self.tr("以 http:// 或 https:// 开头，不带空格、? 和 #。"),
            "guizhou.msgid_prefix": self.tr("填 12 位字母或数字，或者不填。"),
            "guizhou.exam_admdvs": self.tr("填 6 位数字，或者不填。"),
            "guizhou.index_institution": self.tr("填 18 位数字或大写字母，或者不填。"),
            "guizhou.certno_hyphen": self.tr("填一个数字或大写字母，或者不填。"),
            "guizhou.institution_code": self.tr("最长 30 位。"),
            "guizhou.fixmedins_code": self.tr("最长 30 位。"),
            "hebei.base_url": self.tr("只写 http:// 或 https://、主机和端口，后面不带路径。"),
            "hebei.sm4_iv": self.tr("填 32 位十六进制数字或 16 个字符，或者不填。"),
            "hebei.sm4_key": self.tr("填 32 位十六进制数字或 16 个英文字符。"),
            "hebei.oauth_path": self.tr("以 / 开头，末尾不带 /。"),
            "hebei.service_path": self.tr("以 / 开头，末尾不带 /。"),
            "dicom.quiet_time_by_modality": self.tr("每行一个，写成 US = 300。"),
        }
        if fact.key in known:
            return known[fact.key]
        limits = dict(re.findall(r"\b(ge|le) (\S+)", fact.allowed))
        if fact.kind == "number" and limits:
            words = (
                self.tr("填 {low} 到 {high} 之间的整数。")
                if fact.allowed.startswith("int")
                else self.tr("填 {low} 到 {high} 之间的数。")
            )
            return words.format(low=limits.get("ge", ""), high=limits.get("le", ""))
        return self.tr("这个值不能用。")

    def hint(self, key: str) -> str:
        """Placeholder of an empty field."""
        return {
            "guizhou.base_url": "http://10.52.8.16:8085/mie/api/mie",
            "hebei.base_url": "http://10.13.6.20:8080",
            "hebei.page_hosts": self.tr("每行一个主机名或地址"),
            "other_hospitals.link_hosts": self.tr("每行一个主机名或地址"),
            "dicom.quiet_time_by_modality": "US = 300",
            "guizhou.exam_type_by_modality": "XA = 1",
            "guizhou.only_modalities": self.tr("不限"),
            "guizhou.only_departments": self.tr("不限"),
            "guizhou.only_sources": self.tr("不限"),
            "guizhou.skip_departments": self.tr("都传"),
            "guizhou.skip_sources": self.tr("都传"),
            "guizhou.skip_modalities": self.tr("都传"),
            "reports.allowed_folders": self.tr("每行一个文件夹"),
            "reports.allowed_hosts": self.tr("每行一个主机名或地址"),
        }.get(key, "")

    @staticmethod
    def title(fact: SettingFact) -> str:
        """The setting's title in the language of the interface."""
        return QCoreApplication.translate("Settings", fact.title)

    @staticmethod
    def meaning(fact: SettingFact) -> str:
        """The setting's description in the language of the interface."""
        return QCoreApplication.translate("Settings", fact.description)


def _named(section: str, names: str) -> tuple[str, ...]:
    return tuple(f"{section}.{name}" for name in names.split())


def arrange(
    words: SettingsWords, plan: SectionPlan, facts: tuple[SettingFact, ...]
) -> tuple[tuple[str, tuple[SettingFact, ...]], ...]:
    """(heading, settings) of a section; every setting of its groups stands in exactly one."""
    own = {fact.key: fact for fact in facts if fact.key.partition(".")[0] in plan.prefixes}
    parts = words.parts(plan.key)
    named = {key for part in parts for key in part.keys}
    left = tuple(fact for key, fact in own.items() if key not in named)
    return tuple(
        (part.title, tuple(own[key] for key in part.keys if key in own) if part.keys else left)
        for part in parts
    )
