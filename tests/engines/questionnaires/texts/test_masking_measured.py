"""How many names the masking finds, and how much else it takes, in a thousand sentences that nobody wrote the rules by:
templates filled with names of the demo city, some of which are ordinary words, and with none.
"""

from __future__ import annotations

import csv
import itertools
import random
import re
from pathlib import Path

from byfolk.demo import cast
from byfolk.engines.questionnaires.texts.masking import Names, masked
from byfolk.engines.questionnaires.texts.words import MARK

DATA = Path(cast.__file__).parent / "data"
#: {g} given name, {f} family name, {w} whole name: those who work here, so that both are in the directory.
WITH_NAMES = (
    "{w} er den beste kollegaen jeg har hatt.",
    "Jeg synes {g} tar for mye plass på møtene.",
    "{g} lytter ikke til oss på natt.",
    "Det var {f} som stoppet forslaget i fjor.",
    "{w}s måte å snakke til folk på må ta slutt.",
    "Vi savner {g} og {g2} på kveldene.",
    "Etter at {w} sluttet, er det blitt roligere her.",
    "{g}s forslag om færre skjema bør prøves.",
    "Leiaren min {g} høyrer på oss.",
    "Sjefen, {w}, svarer aldri på e-post.",
    "Be {g} {f} om å rydde opp i lista.",
    "Takk til {g}, {g2} og {w2} for hjelpen!",
    "Møtene blir bedre når {w} leder dem.",
    "hør med {low}, hun kan systemet",
)
WITHOUT_NAMES = (
    "Per dag har vi for mange avbrudd, og livet er mer enn jobb.",
    "Andre enheter får det til. Hvorfor ikke vi?",
    "Vi trenger flere vakter i mai og på høsten.",
    "Hagen ute er fin, men lien ned mot vika er farlig om vinteren.",
    "Even og rettferdig fordeling av helgene, takk.",
    "Sand i gamle filter gjør at pumpen stopper.",
    "Stig ned fra tårnet og se hvordan vi har det.",
    "Det er bra med frisk luft og sol i pausene.",
    "Ledelsen er fjern. Bakken fryser, og ingen strør.",
    "Tonen på møtene er god, og det er trygt å si fra.",
    "Lønn, tid og folk: det er det som skal til.",
    "Moen i garasjen er full av vann.",
    "Lean-metoden høres flott ut på kurs, men ikke her.",
    "Budsjettet for 2026 er 10 000 000 kroner, og 12 stillinger står tomme.",
    "Fin start på året. Mars var tung.",
    "Norge trenger flere sykepleiere, sier NSF og Fagforbundet.",
    "Visma og Teams faller ned hver mandag.",
)
NUMBER = 600


def _column(file: str, name: str) -> list[str]:
    with (DATA / file).open(encoding="utf-8") as rows:
        return sorted({row[name] for row in csv.DictReader(rows, delimiter=";")})


def measured() -> tuple[float, float, list[str]]:
    """Recall and precision by name, and the sentences where a name was left or something else was taken."""
    rng = random.Random(7)
    given, family = _column("given_names.csv", "name"), _column("family_names.csv", "name")
    near = rng.sample(given, 60)
    names = Names.of(given, family, near)
    wanted = found = taken = 0
    wrong = []
    for template, _n in itertools.product(WITH_NAMES, range(NUMBER // len(WITH_NAMES))):
        first, second = (rng.choice(near) for _each in range(2))
        last, other = (rng.choice(family) for _each in range(2))
        filled = {
            "g": first, "g2": second, "f": last, "w": f"{first} {last}", "w2": f"{second} {other}",
            "low": rng.choice([name for name in near if len(name) > 3]).lower(),
        }  # fmt: skip
        text = template.format(**filled)
        kept = masked(text, names)
        parts = [filled[key] for key in re.findall(r"\{(\w+)\}", template)]
        missed = [part for part in parts if re.search(rf"(?<!\w){re.escape(part)}s?(?!\w)", kept)]
        wanted, found = wanted + len(parts), found + len(parts) - len(missed)
        expected = len(re.findall(r"\{\w+\}", re.sub(r"\{g\} \{f\}", "{w}", template)))
        taken += max(0, kept.count(MARK) - expected)
        wrong += [f"{text} > {kept}"] if missed or kept.count(MARK) > expected else []
    for text in WITHOUT_NAMES:
        kept = masked(text, names)
        number = kept.count(MARK) * (NUMBER // len(WITHOUT_NAMES))
        taken += number
        wrong += [f"{text} > {kept}"] if number else []
    return found / wanted, found / (found + taken), wrong


def test_nearly_all_names_are_found_and_little_else_is_taken() -> None:
    recall, precision, wrong = measured()
    assert recall >= 0.98, wrong
    assert precision >= 0.93, wrong


if __name__ == "__main__":
    known = measured()
    print(f"recall {known[0]:.3f}, precision {known[1]:.3f}", *known[2], sep="\n")
