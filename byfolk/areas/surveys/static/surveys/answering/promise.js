// Collecting a ballot. It is made and blinded while the promise is read; at a press it is sent to be signed.
import { asker, ballot, holdOn, keep } from "./store.js";

const page = document.getElementById("promise");
const form = document.getElementById("collect");
const button = document.getElementById("collect-button");
const told = document.getElementById("told");
const said = JSON.parse(document.getElementById("said").textContent);
const { campaign, key, collect, answering, collected } = page.dataset;

const tell = (words) => {
  told.textContent = words;
  told.hidden = !words;
};

const stop = (words) => {
  tell(words);
  button.hidden = true;
};

const kept = ballot(campaign);
let ask;
let made;

const begin = () => {
  if (kept?.state === "collected" && collected) {
    button.hidden = false;
    return;
  }
  if (kept?.state === "collected") {
    stop(said.others);
    return;
  }
  if (collected && kept?.state !== "sent") {
    stop(said.elsewhere);
    return;
  }
  try {
    if (!crypto.subtle || !window.Worker) throw new Error("unable");
    ask = asker(page.dataset.worker);
    // Sent before, and nobody knows whether it came: the very same again gets the very same answer.
    made = collected ? Promise.resolve(kept) : ask({ what: "blind", key });
    made.catch(() => stop(said.unable));
    button.hidden = false;
  } catch {
    stop(said.unable);
  }
};

const send = async () => {
  const mine = await made;
  keep(campaign, { ...mine, state: "sent", key, answers: mine.answers ?? {} });
  holdOn();
  const answer = await fetch(collect, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ blinded: mine.blinded }),
  });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.error), { words: told.message });
  keep(campaign, { ...mine, state: "collected", key, group: told.group, blindSignature: told.signature, answers: {}, at: 0 });
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

begin();
