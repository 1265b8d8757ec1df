// The voter's part of RFC 9474 (RSABSSA-SHA384-PSS-Randomized), in a worker: some tenths of a second on a computer, a
// second or two on an old phone.
import { BlindRSA } from "../../vendor/blindrsa/blindrsa.js";
import { blindDrawn } from "./drawn.js";
import { draws } from "./seed.js";

const suite = new BlindRSA({ name: "RSABSSA-SHA384-PSS-Randomized", hash: "SHA-384", saltLength: 48, prepareType: 32 });

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (content) => btoa(String.fromCharCode(...content));

const publicKey = (key) => crypto.subtle.importKey("spki", bytes(key), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);

const blind = async ({ key, seed }) => {
  const { message, randomizer, salt, blinding } = await draws(bytes(seed), bytes(key));
  const drawn = { randomizer: [randomizer], salt, blinding };
  const { prepared, blinded, inverse } = await blindDrawn(suite, await publicKey(key), message, drawn);
  return { prepared: text(prepared), inverse: text(inverse), blinded: text(blinded) };
};

// Verifies the signature, too: a server that stamps wrongly is found out here.
const finish = async ({ key, prepared, blindSignature, inverse }) => {
  const signature = await suite.finalize(await publicKey(key), bytes(prepared), bytes(blindSignature), bytes(inverse));
  return { signature: text(signature) };
};

onmessage = async ({ data }) => {
  try {
    postMessage(await { blind, finish }[data.what](data));
  } catch (error) {
    postMessage({ failed: String(error?.message ?? error) });
  }
};
