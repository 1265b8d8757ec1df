"""What people in the demo city wrote in their own words: put together of parts, some with a name of somebody there; and
what HR has made of it: some places are reviewed and shown, some under way, the rest wait.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import numpy as np

from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.texts.models import FreeText, Reason, TextBatch, TextState

_SEED = 2_411
#: So many different ones are put together; of those, this share names somebody.
DIFFERENT, NAMES = 600, 0.14
_SUBJECTS = (
    "Møtene", "Vaktlistene", "Opplæringen av nye", "Systemene våre", "Pausene", "Samarbeidet med de andre enhetene",
    "Beskjedene fra ledelsen", "Utstyret", "Kveldsvaktene", "Overlappingen mellom vaktene",
)  # fmt: skip
_SAID = (
    "er blitt bedre i år", "tar for mye tid", "burde vi snakke om oftere", "fungerer godt hos oss",
    "er det første jeg ville gjort noe med", "blir stadig utsatt", "er ulikt fra sted til sted",
    "sliter på folk over tid", "kunne vært enklere",
)  # fmt: skip
_MORE = (
    "", "", "La oss prøve noe annet en måned.", "Spør oss som gjør jobben.", "Vi hjelper hverandre, ta vare på det.",
    "Da ville flere blitt.", "Det står og faller på vikarene.", "Jeg tror det koster mer enn det smaker.",
    "Gi oss svar før sommeren.",
)  # fmt: skip
_WHOLE = (
    "Vi trenger flere som kan ta over når noen er borte.",
    "La oss få turnusen minst seks uker før.",
    "Det er for trangt på lageret.",
    "Systemene snakker ikke sammen, så vi skriver det samme tre ganger.",
    "Fint arbeidsmiljø, behold felles lunsj på fredager.",
    "Gi oss mer å si om hvordan vi organiserer dagen.",
    "Det er vanskelig å få vikar på kort varsel.",
    "Flere kurs, og tid til å gå på dem.",
    "Endringene kommer så tett at vi ikke rekker å lære dem.",
)
_NAMED = (
    "{name} fortjener ros for jobben med de nye.",
    "Hør på {given} på møtene, hun vet hvor skoen trykker.",
    "Lederen min {given} er flink til å si fra hva som gjelder.",
    "{given}s forslag om færre skjemaer bør prøves.",
    "Vi savner {name} etter omleggingen.",
)


def sentences(people: Sequence[tuple[str, str]], *, seed: int) -> list[str]:
    """Sentences to draw from; `people`: given and family names to use in some."""
    rng = np.random.default_rng([seed, _SEED])
    built = [" ".join(part for part in (f"{subject} {said}.", more) if part)
             for subject, said, more in itertools.product(_SUBJECTS, _SAID, _MORE)]  # fmt: skip
    plain = [built[place] for place in rng.permutation(len(built))[: int(DIFFERENT * (1 - NAMES))]]
    named = [
        _NAMED[int(rng.integers(len(_NAMED)))].format(given=given, name=f"{given} {family}")
        for given, family in (people[int(place)] for place in rng.integers(len(people), size=int(DIFFERENT * NAMES)))
    ]
    return [*plain, *_WHOLE, *named]


def review(campaign: Campaign, now: dt.datetime, *, using: str) -> None:
    """Review a third of the places and show them, go halfway with another, and leave the rest."""
    known = FreeText.objects.using(using)
    for number, batch in enumerate(TextBatch.objects.using(using).filter(campaign=campaign).order_by("unit__code")):
        if number % 3 == 2:
            continue
        # In the order of the texts, and not of their ids, which are drawn: the city is the same each time.
        texts = list(known.filter(batch=batch).order_by("text", "id").values_list("pk", flat=True))
        done, out = (texts, True) if number % 3 == 0 else (texts[: len(texts) // 2], False)
        known.filter(pk__in=done).update(state=TextState.APPROVED)
        withheld = {"state": TextState.WITHHELD, "reason": Reason.SOMEBODY} | ({"text": ""} if out else {})
        known.filter(pk__in=done[:1]).update(**withheld)
        if out:
            TextBatch.objects.using(using).filter(pk=batch.pk).update(released_at=now, published_at=now)
