"""A code that is written down makes the same ballot on another device: one ballot, one voice."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_der_public_key
from playwright.sync_api import Page, expect

from byfolk.engines.questionnaires.ballots.blind import PrivateKey, make_key
from tests.engines.questionnaires.voter import blind
from tests.journeys.answering import collect, fit, hand_in, urn
from tests.journeys.asking import close_campaign

OpenAs = Callable[..., Page]
VECTORS = json.loads((Path(__file__).parents[1] / "data" / "rfc9474.json").read_text())["vectors"]
HERE = "/static/surveys/answering"
OPENS = "Skriv ned en kode for å fortsette på en annen enhet"


def _written_down(page: Page) -> str:
    page.get_by_text(OPENS).click()
    page.get_by_role("button", name="Vis koden").click()
    expect(page.locator("#moving-code")).to_be_focused()
    return page.locator("#moving-code").inner_text()


def _go_on_with(page: Page, code: str) -> None:
    page.get_by_role("button", name="Jeg har en kode").click()
    expect(page.get_by_label("Koden", exact=True)).to_be_focused()
    page.get_by_label("Koden", exact=True).fill(code)
    page.get_by_role("button", name="Bruk koden").click()


def _kept(page: Page) -> dict[str, object]:
    return json.loads(page.evaluate("JSON.stringify(localStorage)"))


def test_jonas_goes_on_on_another_device_by_the_code_and_his_voice_counts_once(
    open_as: OpenAs, database: str, survey: str
):
    phone = open_as("jonas", f"/undersokelser/{survey}/", width=390, check=True)
    collect(phone)
    code = _written_down(phone)
    fit(phone)
    phone.get_by_role("button", name="Jeg har skrevet den ned").click()
    phone.get_by_role("radio", name="Helt uenig").check()

    computer = open_as("jonas", f"/undersokelser/{survey}/", check=True)
    computer.get_by_role("button", name="Jeg har en kode").click()
    fit(computer)
    computer.reload()
    _go_on_with(computer, code.lower().replace(" ", "-").replace("0", "o").replace("1", "l"))
    expect(computer.get_by_text("Nå vet vi ikke hvem du er")).to_be_visible()
    computer.get_by_role("radio", name="Helt enig").check()
    hand_in(computer)
    expect(computer.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")

    hand_in(phone)
    expect(phone.get_by_text("Det du leverte første gang, teller.")).to_be_visible()
    assert urn(database, survey) == [{"rekker": 5}]


def test_a_code_that_is_not_written_right_is_found_out_before_anything_is_sent(open_as: OpenAs, survey: str):
    phone = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(phone)
    code = _written_down(phone)
    computer = open_as("jonas", f"/undersokelser/{survey}/", check=True)
    sent: list[str] = []
    computer.on("request", lambda request: sent.append(request.url))
    _go_on_with(computer, ("7" if code[0] != "7" else "8") + code[1:])

    expect(computer.get_by_text("Koden er ikke helt riktig skrevet.")).to_be_visible()
    expect(computer.get_by_label("Koden", exact=True)).to_be_focused()
    assert not [address for address in sent if "/hent/" in address]
    fit(computer)


def test_the_code_of_another_ballot_gets_no_signature(open_as: OpenAs, survey: str):
    collect(open_as("jonas", f"/undersokelser/{survey}/", width=390))
    computer = open_as("jonas", f"/undersokelser/{survey}/")
    other = computer.evaluate(f"import('{HERE}/seed.js').then(({{ newSeed, toCode }}) => toCode(newSeed()))")
    _go_on_with(computer, other)

    expect(computer.get_by_text("Koden hører ikke til stemmeseddelen du har hentet")).to_be_visible()
    assert _kept(computer) == {}


def test_the_seed_lies_apart_from_the_answers_until_it_is_written_down(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    page.get_by_role("radio", name="Litt enig").check()
    seed = json.loads(str(_kept(page)[f"byfolk.seed.{survey}"]))
    assert seed not in str(_kept(page)[f"byfolk.ballot.{survey}"])

    _written_down(page)
    page.get_by_role("button", name="Jeg har skrevet den ned").click()
    expect(page.get_by_text("Koden vises ikke igjen.")).to_be_visible()
    assert f"byfolk.seed.{survey}" not in _kept(page)
    page.reload()
    expect(page.get_by_text(OPENS)).to_be_hidden()


def test_handing_in_leaves_no_seed_behind(open_as: OpenAs, survey: str):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390)
    collect(page)
    hand_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk. Svarene dine er levert.")
    assert list(_kept(page)) == [f"byfolk.code.{survey}"]


def test_after_the_close_the_seed_and_what_was_not_handed_in_are_deleted_and_the_page_says_so(
    open_as: OpenAs, database: str, survey: str
):
    page = open_as("jonas", f"/undersokelser/{survey}/", width=390, check=True)
    collect(page)
    page.get_by_role("radio", name="Litt enig").check()
    close_campaign(database, int(survey))
    page.reload()
    expect(page.get_by_text("De lå bare her hos deg, og er slettet nå.")).to_be_visible()
    assert _kept(page) == {}
    fit(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Undersøkelsen er avsluttet")
    expect(page.get_by_text("Svarene dine ble ikke levert")).to_be_hidden()


ASK_WORKER = """async ([address, question]) => {
    const worker = new Worker(address, { type: "module" });
    const answered = new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
    worker.postMessage(question);
    return answered;
}"""


def test_a_seed_makes_the_ballot_that_its_description_says(open_as: OpenAs, survey: str):
    page, seed, public = open_as("jonas", f"/undersokelser/{survey}/"), bytes(range(16)), make_key().public()
    asked = {"what": "blind", "key": base64.b64encode(public).decode(), "seed": base64.b64encode(seed).decode()}
    made = page.evaluate(ASK_WORKER, [f"{HERE}/blinding.js", asked])

    def draw(label: str, length: int) -> bytes:
        salt = hashlib.sha384(public).digest()
        return HKDF(SHA384(), length, salt, f"byfolk ballot 1 {label}".encode()).derive(seed)

    key = load_der_public_key(public)
    assert isinstance(key, rsa.RSAPublicKey)
    modulus, exponent = key.public_numbers().n, key.public_numbers().e
    numbers = (int.from_bytes(draw(f"blinding {number}", 384), "big") for number in range(64))
    blinding = next(number for number in numbers if 0 < number < modulus)
    prepared = draw("randomizer", 32) + draw("message", 32)
    expected = blind(modulus, exponent, prepared, salt=draw("salt", 48), inverse=pow(blinding, -1, modulus))
    assert base64.b64decode(made["prepared"]) == prepared
    assert base64.b64decode(made["blinded"]) == expected.message
    assert page.evaluate(ASK_WORKER, [f"{HERE}/blinding.js", asked]) == made


BLIND_DRAWN = """async ([names, vector]) => {
    const { BlindRSA } = await import("/static/vendor/blindrsa/blindrsa.js");
    const { blindDrawn } = await import("/static/surveys/answering/drawn.js");
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const text = (content) => btoa(String.fromCharCode(...content));
    const suite = new BlindRSA({ name: "", hash: "SHA-384", ...names });
    const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
    const key = await crypto.subtle.importKey("spki", bytes(vector.key), algorithm, true, ["verify"]);
    const [salt, ...lists] = [vector.salt, vector.randomizer, vector.blinding].map(bytes);
    const drawn = { salt, randomizer: [lists[0]], blinding: [lists[1]] };
    const made = await blindDrawn(suite, key, bytes(vector.message), drawn);
    const signature = await suite.finalize(key, made.prepared, bytes(vector.signed), made.inverse);
    const ownAgain = crypto.getRandomValues === Crypto.prototype.getRandomValues;
    return [text(made.prepared), text(made.blinded), text(made.inverse), text(signature), ownAgain];
}"""


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_the_browser_gives_the_messages_of_the_rfc_when_it_is_given_what_the_rfc_drew(
    open_as: OpenAs, vector: dict[str, str]
):
    key = PrivateKey.from_primes(int(vector["p"], 16), int(vector["q"], 16), int(vector["e"], 16))
    prepared, inverse = bytes.fromhex(vector["prepared_msg"]), int(vector["inv"], 16)
    message = bytes.fromhex(vector["msg"])
    randomizer = prepared[: len(prepared) - len(message)]
    salt = bytes.fromhex(vector["salt"])
    given = {
        "key": key.public(), "message": message, "randomizer": randomizer, "salt": salt,
        "blinding": pow(inverse, -1, int(key.n)).to_bytes(key.length, "big"),
        "signed": bytes.fromhex(vector["blind_sig"]),
    }  # fmt: skip
    page = open_as(None, "/om/personvern/")
    suite = {"prepareType": len(randomizer), "saltLength": len(salt)}
    told = {name: base64.b64encode(content).decode() for name, content in given.items()}
    *made, own_again = page.evaluate(BLIND_DRAWN, [suite, told])
    expected = [prepared.hex(), vector["blinded_msg"], f"{inverse:0{2 * key.length}x}", vector["sig"]]
    assert [base64.b64decode(one).hex() for one in made] == expected
    assert own_again


def test_a_library_that_draws_otherwise_makes_no_ballot(open_as: OpenAs):
    page = open_as(None, "/om/personvern/")
    failed = page.evaluate("""async () => {
        const { blindDrawn } = await import("/static/surveys/answering/drawn.js");
        const suite = { prepare: () => crypto.getRandomValues(new Uint8Array(31)), blind: async () => ({}) };
        const drawn = { randomizer: [new Uint8Array(32)], salt: new Uint8Array(48), blinding: [] };
        return blindDrawn(suite, null, new Uint8Array(32), drawn).catch((error) => error.message);
    }""")
    assert failed == "an unexpected draw"
