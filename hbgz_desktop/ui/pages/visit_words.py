"""Words about a visit: kinds of certificate, birth date, sex and age, and what is wrong with a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from hbgz_desktop.model.identity_card import Sex

if TYPE_CHECKING:
    from datetime import date

    from hbgz_desktop.model.identity_card import IdentityCard
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.services.error_texts import ErrorTexts

_KINDS = {
    "01": QT_TRANSLATE_NOOP("VisitWords", "居民身份证"),
    "02": QT_TRANSLATE_NOOP("VisitWords", "居民户口簿"),
    "03": QT_TRANSLATE_NOOP("VisitWords", "护照"),
    "04": QT_TRANSLATE_NOOP("VisitWords", "军官证"),
    "05": QT_TRANSLATE_NOOP("VisitWords", "驾驶证"),
    "06": QT_TRANSLATE_NOOP("VisitWords", "港澳居民来往内地通行证"),
    "07": QT_TRANSLATE_NOOP("VisitWords", "台湾居民来往内地通行证"),
    "08": QT_TRANSLATE_NOOP("VisitWords", "临时居民身份证"),
    "09": QT_TRANSLATE_NOOP("VisitWords", "武装警察身份证件"),
    "10": QT_TRANSLATE_NOOP("VisitWords", "中华人民共和国港澳居民居住证"),
    "11": QT_TRANSLATE_NOOP("VisitWords", "中华人民共和国台湾居民居住证"),
    "12": QT_TRANSLATE_NOOP("VisitWords", "社会保障卡"),
    "99": QT_TRANSLATE_NOOP("VisitWords", "其他法定有效证件"),
}
"""Dictionary 3.3 of V1.5, in printed order."""
_KIND_HINTS = {
    "02": QT_TRANSLATE_NOOP("VisitWords", "还没有身份证的孩子，填户口簿上的号码。"),
    "03": QT_TRANSLATE_NOOP("VisitWords", "外国人用护照；姓名照护照上的写。"),
    "99": QT_TRANSLATE_NOOP("VisitWords", "新生儿可以填出生医学证明的编号。"),
}
_LABELS = {
    "patientId": QT_TRANSLATE_NOOP("VisitWords", "患者 ID"),
    "patientName": QT_TRANSLATE_NOOP("VisitWords", "姓名"),
    "idNo": QT_TRANSLATE_NOOP("VisitWords", "证件号"),
    "phoneNo": QT_TRANSLATE_NOOP("VisitWords", "手机号"),
    "visitNo": QT_TRANSLATE_NOOP("VisitWords", "就诊号"),
    "visitTime": QT_TRANSLATE_NOOP("VisitWords", "就诊时间"),
}


def _words(text: object) -> str:
    return QCoreApplication.translate("VisitWords", str(text))


def kind_options() -> list[tuple[str, str]]:
    """Code and name of every kind of certificate, for a list."""
    return [(code, _words(name)) for code, name in _KINDS.items()]


def kind_word(code: str) -> str:
    """Name of a kind of certificate; an unknown code is passed on."""
    return _words(_KINDS[code]) if code in _KINDS else code


def kind_hint(code: str) -> str:
    """Whose certificate this is, where a clerk may ask; "" for most."""
    return _words(_KIND_HINTS[code]) if code in _KIND_HINTS else ""


def field_word(name: str) -> str:
    """What the desk calls a field of a visit."""
    return _words(_LABELS[name])


def sex_word(sex: Sex | None) -> str:
    """男 or 女; "" when unknown."""
    if sex is None:
        return ""
    male = QCoreApplication.translate("VisitWords", "男")
    return male if sex is Sex.MALE else QCoreApplication.translate("VisitWords", "女")


def age_years(birth_date: date, today: date) -> int:
    """Full years."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)


def card_facts(card: IdentityCard, today: date) -> tuple[str, ...]:
    """Birth date, sex and age as the number tells them."""
    facts: list[str] = []
    if card.birth_date is not None:
        day = card.birth_date
        words = QCoreApplication.translate("VisitWords", "{year}年{month}月{day}日")
        facts.append(words.format(year=day.year, month=day.month, day=day.day))
    facts.append(sex_word(card.sex))
    if card.birth_date is not None:
        years = age_years(card.birth_date, today)
        facts.append(QCoreApplication.translate("VisitWords", "{n} 岁").format(n=years))
    return tuple(filter(None, facts))


def problem_words(texts: ErrorTexts, problem: Problem) -> str:
    """One sentence below a field: what is wrong and what to do."""
    label = field_word(problem.field)
    if problem.rule == "required":
        return QCoreApplication.translate("VisitWords", "请填{label}").format(label=label)
    if problem.rule == "required_later":
        return QCoreApplication.translate("VisitWords", "现在可以不填，调阅时要有")
    if problem.rule == "check_digit":
        return QCoreApplication.translate("VisitWords", "第 18 位不对，请核对最后几位")
    if problem.rule == "identity_format":
        return QCoreApplication.translate("VisitWords", "身份证号要 18 位；是别的证件请改证件类型")
    facts = {"label": label, "limit": problem.limit, "value": "", "field": problem.field}
    return texts.of(f"problem_{problem.rule}", facts).title


def known_source(source: str) -> str:
    """Where a known patient is known from."""
    words = {
        "authorization": QCoreApplication.translate("VisitWords", "登记过"),
        "record": QCoreApplication.translate("VisitWords", "检查记录"),
        "study": QCoreApplication.translate("VisitWords", "收到的检查"),
    }
    return words.get(source, "")
