// Collecting a ballot. It is made and blinded while the promise is read; at a press it is sent to be signed. Who collected
// on another device and wrote down the code of it, makes the same ballot again here, and gets the same signature.
import { fromCode, newSeed } from "./seed.js";
import { asker, ballot, hasRoom, holdOn, keep, keepSeed, toText } from "./store.js";

const page = document.getElementById("promise");
const form = document.getElementById("collect");
const button = document.getElementById("collect-button");
const told = document.getElementById("told");
const opens = document.getElementById("have-code");
const moving = document.getElementById("moving");
const movingTold = document.getElementById("moving-told");
const said = JSON.parse(document.getElementById("said").textContent);
const { campaign, key, collect, answering, collected } = page.dataset;

const tell = (words, where = told) => {
  where.textContent = words;
  where.hidden = !words;
};

const stop = (words) => {
  tell(words);
  button.hidden = true;
};

const kept = ballot(campaign);
const seed = newSeed();
let ask;
let made;

const start = () => {
  if (!crypto.subtle || !window.Worker) throw new Error("unable");
  ask = asker(page.dataset.worker);
};

const begin = () => {
  if (kept?.state === "collected" && collected) {
    button.hidden = false;
    return;
  }
  if (kept?.state === "collected") {
    stop(said.others);
    return;
  }
  if (!hasRoom()) {
    stop(said.no_room);
    return;
  }
  try {
    start();
    if (collected && kept?.state !== "sent") {
      stop(said.elsewhere);
      opens.hidden = false;
      return;
    }
    // Sent before, and nobody knows whether it came: the very same again gets the very same answer.
    made = collected ? Promise.resolve(kept) : ask({ what: "blind", key, seed: toText(seed) });
    made.catch(() => stop(said.unable));
    button.hidden = false;
  } catch {
    stop(said.unable);
  }
};

// Have a blinded message signed. What the server says where it refuses is in the error's `words`.
const signed = async (mine) => {
  const answer = await fetch(collect, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ blinded: mine.blinded }),
  });
  const stamped = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(stamped.error), { words: stamped.message });
  const { group, signature } = stamped;
  keep(campaign, { ...mine, state: "collected", key, group, blindSignature: signature, answers: {}, at: 0 });
};

const send = async () => {
  const mine = await made;
  // Another tab has collected since this page was opened: it has the ballot, and this one must not write over it.
  const lying = ballot(campaign);
  if (lying?.state === "collected" && lying.key === key) return;
  keep(campaign, { ...mine, state: "sent", key, answers: mine.answers ?? {} });
  if (!collected) keepSeed(campaign, toText(seed));
  holdOn();
  await signed(mine);
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (kept?.state === "collected" && collected) {
    location.assign(answering);
    return;
  }
  button.disabled = true;
  tell(said.working);
  try {
    await send();
    location.replace(answering);
  } catch (error) {
    tell(error.words ?? (navigator.onLine ? said.failed : said.offline));
    button.disabled = false;
  }
});

opens.addEventListener("click", () => {
  moving.hidden = false;
  opens.hidden = true;
  tell("");
  moving.elements.code.focus();
});

moving.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = moving.elements.code;
  const written = await fromCode(field.value);
  field.setAttribute("aria-invalid", String(!written));
  if (!written) {
    tell(said.code_wrong, movingTold);
    field.focus();
    return;
  }
  tell(said.working, movingTold);
  try {
    await signed(await ask({ what: "blind", key, seed: toText(written) }));
    holdOn();
    location.replace(answering);
  } catch (error) {
    const words = error.message === "collected" ? said.code_of_other : error.words;
    tell(words ?? (navigator.onLine ? said.failed : said.offline), movingTold);
  }
});

begin();
