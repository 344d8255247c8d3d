"""An instrument that does not hold together is refused with the place where it fails."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pzdesk import instruments
from pzdesk.domain.errors import BadInput
from pzdesk.domain.instrument import Band, Instrument, Missing, Operator, ScoreRule
from pzdesk.domain.instrument_check import checked_instrument, reachable


def rule(instrument: Instrument, **changes: object) -> Instrument:
    (only,) = instrument.scores
    return replace(instrument, scores=(replace(only, **changes),))  # type: ignore[arg-type]


def bands(*spans: tuple[float, float | None]) -> tuple[Band, ...]:
    return tuple(Band(label=f"{a}-{b}", from_=a, to=b, source="bron") for a, b in spans)


@pytest.mark.parametrize(
    "spans",
    [((0, 6), (7, 13)), ((0, 0), (1, 12), (13, 13)), ((0, 6), (7, None)), ((0, 13),), ()],
)
def test_bands_that_cover_every_score_once_are_accepted(
    spans: tuple[tuple[float, float | None], ...],
) -> None:
    csi = rule(instruments.load("csi"), bands=bands(*spans))
    assert checked_instrument(csi) is csi


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        (((0, 5), (7, 13)), "6 valt in geen enkele band"),
        (((0, 7), (7, 13)), "lopen over elkaar"),
        (((7, 13), (0, 6)), "lopen over elkaar"),
        (((0, None), (7, 13)), "lopen over elkaar"),
        (((1, 13),), "0 valt in geen enkele band"),
        (((0, 12),), "13 valt in geen enkele band"),
        (((-1, 13),), "verder dan de score"),
        (((0, 14),), "verder dan de score"),
        (((0, 13), (14, None)), "kan geen score vallen"),
        (((0, 13), (20, 15)), "kan geen score vallen"),
    ],
)
def test_bands_with_a_gap_an_overlap_or_out_of_reach_are_refused(
    spans: tuple[tuple[float, float | None], ...], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        checked_instrument(rule(instruments.load("csi"), bands=bands(*spans)))


def test_a_band_without_its_source_is_refused() -> None:
    band = Band(label="alles", from_=0, to=13, source=" ")
    with pytest.raises(BadInput, match="geen bron"):
        checked_instrument(rule(instruments.load("csi"), bands=(band,)))


def test_bands_of_a_mean_cover_the_thirds_too() -> None:
    dos = instruments.load("dos")
    (series,) = dos.series
    whole = replace(dos, series=(replace(series, bands=bands((0, 2), (3, 13))),))
    with pytest.raises(BadInput, match=r"2\.333.* valt in geen enkele band"):
        checked_instrument(whole)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"low": 1}, "van 0 tot 13, niet van 1 tot 13"),
        ({"high": 26}, "van 0 tot 13, niet van 0 tot 26"),
        ({"items": ("1", "14")}, "vraag 14, die er niet is"),
        ({"items": ("1", "2", "1")}, "vraag 1 staat er dubbel in"),
        ({"items": ("1", "2")}, "vraag 3 telt in geen enkele score mee"),
        ({"op": Operator.VALUE}, "neemt één vraag over"),
        ({"label": ""}, "heeft geen naam"),
    ],
)
def test_a_score_that_does_not_follow_from_its_items_is_refused(
    changes: dict[str, object], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        checked_instrument(rule(instruments.load("csi"), **changes))


def _twice(csi: Instrument) -> Instrument:
    return replace(csi, items=(*csi.items, csi.items[0]))


def _same_answer_twice(csi: Instrument) -> Instrument:
    no, yes = csi.items[0].options
    item = replace(csi.items[0], options=(no, replace(yes, label="NEE")))
    return replace(csi, items=(item, *csi.items[1:]))


def _nothing_scored(csi: Instrument) -> Instrument:
    item = replace(
        csi.items[0], options=tuple(replace(o, value=None) for o in csi.items[0].options)
    )
    return replace(csi, items=(item, *csi.items[1:]))


def _no_score(csi: Instrument) -> Instrument:
    return replace(csi, scores=())


def _wording_without_permission(csi: Instrument) -> Instrument:
    return replace(csi, rights=replace(csi.rights, grade="C", wording="opgenomen"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_twice, "vraag 1 staat er dubbel in"),
        (_same_answer_twice, "“NEE” staat er dubbel in"),
        (_nothing_scored, "geen enkel antwoord heeft een waarde"),
        (_no_score, "er is geen score"),
        (_wording_without_permission, "alleen met toestemming"),
    ],
)
def test_an_instrument_that_cannot_be_counted_or_shown_is_refused(
    spoil: Callable[[Instrument], Instrument], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        checked_instrument(spoil(instruments.load("csi")))


def test_official_wording_with_permission_on_record_is_accepted() -> None:
    csi = _wording_without_permission(instruments.load("csi"))
    rights = replace(csi.rights, permission="Mapi, 3-11-2026, aan praktijk De Linde")
    assert checked_instrument(replace(csi, rights=rights))


@pytest.mark.parametrize("series", [{"of": "nergens"}, {"id": "shift_total"}])
def test_a_series_refers_to_a_score_and_has_its_own_name(series: dict[str, str]) -> None:
    dos = instruments.load("dos")
    with pytest.raises(BadInput, match=r"die er niet is|staat er dubbel in"):
        checked_instrument(
            replace(dos, series=(replace(dos.series[0], **series),))  # type: ignore[arg-type]
        )


def test_a_group_needs_yes_and_no() -> None:
    dsq = instruments.load("double_surprise_question")
    doubt = replace(dsq.items[0].options[0], key="misschien", label="misschien", value=2)
    item = replace(dsq.items[0], options=(*dsq.items[0].options, doubt))
    with pytest.raises(BadInput, match=r"ja \(1\) en nee \(0\)"):
        checked_instrument(replace(dsq, items=(item, dsq.items[1])))


@pytest.mark.parametrize(
    ("op", "missing", "ends"),
    [
        (Operator.SUM, Missing.NONE, (0, 10)),
        (Operator.SUM, Missing.SKIP, (0, 10)),
        (Operator.MEAN, Missing.NONE, (0, 2)),
        (Operator.MEAN, Missing.SKIP, (0, 2)),
        (Operator.MAX, Missing.NONE, (0, 2)),
        (Operator.MAX, Missing.SKIP, (0, 2)),
        (Operator.COUNT, Missing.NONE, (0, 5)),
    ],
)
def test_what_a_score_can_reach_follows_from_operator_and_items(
    op: Operator, missing: Missing, ends: tuple[int, int]
) -> None:
    painad = instruments.load("painad")
    (only,) = painad.scores
    values = reachable(
        replace(only, op=op, missing=missing), {item.id: item for item in painad.items}
    )
    assert (values[0], values[-1]) == ends
    assert values == sorted(values)


def test_a_mean_of_five_reaches_the_fifths() -> None:
    painad = instruments.load("painad")
    mean: ScoreRule = replace(painad.scores[0], op=Operator.MEAN)
    assert reachable(mean, {item.id: item for item in painad.items})[1] == pytest.approx(0.2)
