// What a ballot is drawn from: sixteen random bytes, which can be written down as a code. The same seed makes the very same
// ballot on any device, and the server signs the same blinded message again for the same person.
const BYTES = 16;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
// 128 bits of seed and 12 of check: 28 characters of five bits.
const CHECK_BITS = 12;
const LETTERS = (8 * BYTES + CHECK_BITS) / 5;
// A number that is not below the modulus is drawn again; the modulus is more than half of what can be drawn.
const TRIES = 64;

const ascii = (text) => new TextEncoder().encode(text);

export const newSeed = () => crypto.getRandomValues(new Uint8Array(BYTES));

// Everything that chance decides in a ballot for a key (SPKI), each under a label of its own.
export const draws = async (seed, key) => {
  const base = await crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
  const salt = await crypto.subtle.digest("SHA-384", key);
  const draw = async (label, length) => {
    const how = { name: "HKDF", hash: "SHA-384", salt, info: ascii(`byfolk ballot 1 ${label}`) };
    return new Uint8Array(await crypto.subtle.deriveBits(how, base, 8 * length));
  };
  return {
    message: await draw("message", 32),
    randomizer: await draw("randomizer", 32),
    salt: await draw("salt", 48),
    blinding: await Promise.all(Array.from({ length: TRIES }, (_, number) => draw(`blinding ${number}`, 384))),
  };
};

const bitsOf = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

const checkOf = async (seed) => {
  const content = new Uint8Array([...ascii("byfolk code 1"), ...seed]);
  return bitsOf(new Uint8Array(await crypto.subtle.digest("SHA-256", content))).slice(0, CHECK_BITS);
};

// "4KTM 82PD …": seven groups of four.
export const toCode = async (seed) => {
  const bits = bitsOf(seed) + (await checkOf(seed));
  return bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("").match(/.{4}/g).join(" ");
};

// The seed of a code, however it is written; null where it is not whole or does not fit its own check.
export const fromCode = async (code) => {
  const letters = code.toUpperCase().replace(/[\s\-–.]/g, "").replace(/[IL]/g, "1").replaceAll("O", "0");
  if (letters.length !== LETTERS || [...letters].some((letter) => !ALPHABET.includes(letter))) return null;
  const bits = [...letters].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const seed = Uint8Array.from(bits.slice(0, 8 * BYTES).match(/.{8}/g), (byte) => parseInt(byte, 2));
  return bits.slice(8 * BYTES) === (await checkOf(seed)) ? seed : null;
};
