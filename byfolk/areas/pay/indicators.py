"""Pay's indicators: numbers 24 and 25 of the indicator list. Pay is yearly pay for full time, without supplements."""

from __future__ import annotations

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.areas.pay import facts
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import (
    AT_YEAR_END,
    PERCENT,
    Direction,
    DisclosureClass,
    Indicator,
    Measure,
    UnitOfMeasure,
)

SOURCE = _("Lønnssystemet: årslønn for full stilling i hovedstillingen, uten tillegg")
STANDARD = _("Likestillings- og diskrimineringsloven § 26 a")


def _mean(code: str, key: int, title: Promise, definition: Promise, total: Measure, paid: Measure) -> Indicator:
    return Indicator(
        code=code,
        key=key,
        number=24,
        area="pay",
        title=title,
        definition=definition,
        numerator=total,
        denominator=paid,
        group=paid,
        scale=Fraction(1, 100),
        unit=UnitOfMeasure.KRONER,
        decimals=0,
        direction=Direction.NEITHER,
        disclosure=DisclosureClass.PAY,
        upper=(AT_YEAR_END,),
        lower=(),
        iso="DI",
        source=SOURCE,
        standard=STANDARD,
        breakdowns=(),
        watched="pay",
        persons=(facts.PAID_WOMEN, facts.PAID_MEN),
        sources=("employments", "pay"),
        related=("pay_ratio",),
    )


MEAN_WOMEN = _mean(
    "pay_mean_women",
    242,
    _("Kvinners lønn i snitt"),
    _("Årslønnen for full stilling som kvinner har i snitt ved slutten av året."),
    facts.PAY_WOMEN,
    facts.PAID_WOMEN,
)
MEAN_MEN = _mean(
    "pay_mean_men",
    243,
    _("Menns lønn i snitt"),
    _("Årslønnen for full stilling som menn har i snitt ved slutten av året."),
    facts.PAY_MEN,
    facts.PAID_MEN,
)


def _ratio(
    code: str,
    key: int,
    number: int,
    title: Promise,
    definition: Promise,
    women: Measure,
    men: Measure,
    breakdowns: tuple[Dimension, ...] = (),
    within: str = "",
    disclosure: DisclosureClass = DisclosureClass.PAY,
    minimum_group: int = 5,
) -> Indicator:
    return Indicator(
        code=code,
        key=key,
        number=number,
        area="pay",
        title=title,
        definition=definition,
        numerator=women,
        denominator=men,
        group=facts.PAID,
        scale=PERCENT,
        unit=UnitOfMeasure.PERCENT,
        decimals=1,
        direction=Direction.UP,
        disclosure=disclosure,
        minimum_group=minimum_group,
        upper=(AT_YEAR_END,),
        lower=(),
        iso="DI",
        source=SOURCE,
        standard=STANDARD,
        breakdowns=breakdowns,
        within=within,
        has_total=not breakdowns,
        watched="pay" if disclosure is DisclosureClass.PAY else "",
        persons=(facts.PAID_WOMEN, facts.PAID_MEN),
        sources=("employments", "pay"),
        related=("pay_mean_women", "pay_mean_men"),
    )


RATIO = _ratio(
    "pay_ratio",
    240,
    24,
    _("Kvinners lønn i prosent av menns"),
    _("Kvinners lønn i snitt delt på menns lønn i snitt. Over 100 prosent betyr at kvinner tjener mest."),
    facts.MEAN_WOMEN,
    facts.MEAN_MEN,
)
RATIO_MIDDLE = _ratio(
    "pay_ratio_middle",
    244,  # 241 was a median
    24,
    _("Kvinners lønn i prosent av menns, midt på lønnslisten"),
    _(
        "Snittlønnen til den midterste halvparten av kvinnene delt på snittlønnen til den midterste halvparten av "
        "mennene. Den lavest lønte firedelen og den høyest lønte er holdt utenfor."
    ),
    facts.MIDDLE_WOMEN,
    facts.MIDDLE_MEN,
    within="pay_ratio",
    disclosure=DisclosureClass.PAY_MIDDLE,
    minimum_group=12,
)
EQUAL_WORK = _ratio(
    "pay_ratio_equal_work",
    250,
    25,
    _("Kvinners lønn i prosent av menns i samme yrkesgruppe"),
    _(
        "Kvinners lønn i snitt delt på menns lønn i snitt, for hver yrkesgruppe. Det finnes ikke noe tall for "
        "alle under ett."
    ),
    facts.MEAN_WOMEN,
    facts.MEAN_MEN,
    (Dimension.JOB_FAMILY,),
    "pay_ratio",
)

INDICATORS = (RATIO, RATIO_MIDDLE, MEAN_WOMEN, MEAN_MEN, EQUAL_WORK)
