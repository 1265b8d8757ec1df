// The questions, one at a time, and handing in. Everything lies in the page already: it works without a connection until
// the answers are to be handed in, and they go without cookie, session or name.
import { forgetPage, keepPage } from "./lasting.js";
import { savePicture } from "./picture.js";
import { toCode } from "./seed.js";
import { asker, ballot, code, forget, forgetSeed, isLasting, keep, keepCode, onOtherTab, seed, toBytes } from "./store.js";
import { isAsked, valueOf } from "./values.js";

const page = document.getElementById("answering");
const said = JSON.parse(document.getElementById("said").textContent);
const { campaign, digest, deliver, check } = page.dataset;
const by = (id) => document.getElementById(id);
const questions = [...document.querySelectorAll(".question")];
const views = [...document.querySelectorAll(".view")];
let kept = ballot(campaign);
// The place of the question in view. Another tab may be at another one.
let here = kept?.at ?? 0;
// Done when the page is kept on the device.
let keeping = Promise.resolve();

// Changes go into what lies there now: another tab may have written since. Where it has handed in, nothing is written.
const save = (changes) => {
  const lying = ballot(campaign);
  if (!lying) return;
  kept = { ...lying, ...changes };
  keep(campaign, kept);
  by("not-lasting").hidden = isLasting();
};

// ---- Which questions are asked, and what was answered

const ask = (question) => question.querySelector(".ask");

const isShown = (question) => isAsked(ask(question), (item) => kept.answers[item]);

const shown = () => questions.filter(isShown);

const fillIn = (question) => {
  const { item, kind } = ask(question).dataset;
  const value = kept.answers[item];
  for (const field of ask(question).querySelectorAll("input, textarea")) {
    const row = field.name.slice(item.length + 1);
    if (kind === "text" || kind === "number") field.value = value ?? "";
    else if (kind === "matrix") field.checked = field.value !== "" && String(value?.[row]) === field.value;
    else field.checked = field.value !== "" && [value].flat().map(String).includes(field.value);
  }
};

const keepAnswer = (question) => {
  const answers = { ...ballot(campaign)?.answers };
  const value = valueOf(ask(question));
  if (value === undefined) delete answers[ask(question).dataset.item];
  else answers[ask(question).dataset.item] = value;
  save({ answers, queued: false });
};

// ---- What is in view

const view = (id) => {
  for (const one of views) one.hidden = one.id !== id;
  if (id !== "questions") by(id).querySelector("h1").focus();
  scrollTo(0, 0);
};

const tell = (id, words) => {
  by(id).textContent = words;
  by(id).hidden = !words;
};

const offline = () => {
  by("offline").hidden = navigator.onLine;
  by("kept").hidden = !navigator.onLine;
};

const show = (place, focus = true) => {
  const asked = shown();
  const at = Math.min(Math.max(place, 0), asked.length - 1);
  for (const question of questions) question.hidden = question !== asked[at];
  by("section-name").textContent = asked[at].dataset.section;
  by("place").textContent = said.place.replace("{n}", at + 1).replace("{of}", asked.length);
  by("progress").max = asked.length;
  by("progress").value = at + 1;
  by("back").hidden = at === 0;
  by("moving").open = false;
  tell("question-told", "");
  view("questions");
  if (focus) {
    const heading = ask(asked[at]).querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
  }
  here = at;
  save({ at });
};

const showDelivering = () => {
  const asked = shown();
  const skipped = asked.filter((question) => kept.answers[ask(question).dataset.item] === undefined).length;
  const words = [said.skipped_none, said.skipped_one][skipped] ?? said.skipped_more;
  by("skipped").textContent = words.replaceAll("{of}", asked.length).replace("{n}", skipped);
  view("delivering");
};

const go = (step) => {
  history.pushState({ step }, "");
  if (step === "deliver") showDelivering();
  else show(step);
};

// ---- The code of the ballot, as the server reckons it

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const codeOf = async (prepared) => {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(prepared)));
  const bits = [...hash.slice(0, 8)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = Array.from({ length: 12 }, (_, n) => ALPHABET[parseInt(bits.slice(5 * n, 5 * n + 5), 2)]).join("");
  return letters.match(/.{4}/g).join(" ");
};

// ---- Handing in

const finished = async () => {
  if (kept.signature) return kept.signature;
  const { prepared, blindSignature, inverse, key } = kept;
  const { signature } = await asker(page.dataset.worker)({ what: "finish", key, prepared, blindSignature, inverse });
  save({ signature });
  return signature;
};

const WITHOUT_A_NAME = { method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };

const handIn = async () => {
  const tried = kept.tried;
  const signature = await finished();
  save({ tried: true });
  const answers = Object.fromEntries(
    shown().map((question) => ask(question).dataset.item).filter((item) => item in kept.answers).map((item) => [item, kept.answers[item]]),
  );
  const answer = await fetch(deliver, {
    ...WITHOUT_A_NAME,
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify({ group: kept.group, message: kept.prepared, signature, digest, answers }),
  });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.error), { words: told.message, problems: told.problems ?? {} });
  // Lay in the urn, and was not sent from here before: somebody else had this ballot.
  if (told.state === "already" && !tried) {
    save({ tried: false });
    throw Object.assign(new Error("already"), { words: said.already, problems: {} });
  }
  keepCode(campaign, await codeOf(kept.prepared));
  forget(campaign);
  keeping.then(() => forgetPage(campaign)).catch(() => {});
};

const thank = async () => {
  by("leave").firstChild.textContent = said.close;
  by("code").textContent = code(campaign);
  view("thanks");
  try {
    const answer = await fetch(check, {
      ...WITHOUT_A_NAME,
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ kode: code(campaign) }),
    });
    const { lies } = await answer.json();
    by("lies-words").textContent = lies ? said.in_urn : said.not_in_urn;
    by("lies-mark").hidden = !lies;
    by("lies").classList.toggle("lies-yes", lies);
    by("lies").hidden = false;
  } catch {
    by("lies").hidden = true;
  }
};

by("save-code").addEventListener("click", () =>
  savePicture({ title: said.title, code: code(campaign), about: said.code_is_for, name: `${said.picture}.png` }),
);

const tryToHandIn = async () => {
  by("deliver").disabled = true;
  tell("deliver-told", said.working);
  try {
    await handIn();
    history.replaceState({ step: "thanks" }, "");
    await thank();
  } catch (error) {
    const [item] = Object.keys(error.problems ?? {});
    // Chosen to be handed in now, and not answered: it goes as soon as it can, unless something else is chosen first.
    save({ queued: !error.words });
    tell("deliver-told", error.words ?? (navigator.onLine ? said.failed : said.offline));
    const place = shown().findIndex((question) => ask(question).dataset.item === item);
    if (place >= 0) {
      show(place);
      tell("question-told", error.problems[item]);
    }
  } finally {
    by("deliver").disabled = false;
  }
};

// ---- The code by which one goes on elsewhere, until it is written down

by("moving-show").addEventListener("click", async () => {
  by("moving-code").textContent = await toCode(toBytes(seed(campaign)));
  by("moving-show").parentElement.hidden = true;
  by("moving-shown").hidden = false;
  by("moving-code").focus();
});

by("moving-done").addEventListener("click", () => {
  forgetSeed(campaign);
  by("moving").hidden = true;
  by("moving-code").textContent = "";
  tell("question-told", said.written);
  by("next").focus();
});

// ---- What the person does

by("questions").addEventListener("input", (event) => keepAnswer(event.target.closest(".question")));

by("questions").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = shown();
  go(here + 1 < asked.length ? here + 1 : "deliver");
});

by("back").addEventListener("click", () => go(here - 1));
by("review").addEventListener("click", () => go(0));
by("waited").addEventListener("click", () => {
  save({ waits: false });
  go("deliver");
});

const choose = (when) => {
  by("deliver").textContent = when === "now" ? said.now : said.later;
  tell("deliver-told", "");
};

by("delivering").addEventListener("input", () => {
  save({ queued: false });
  choose(by("delivering").elements.when.value);
});

by("delivering").addEventListener("submit", (event) => {
  event.preventDefault();
  const when = by("delivering").elements.when.value;
  if (when === "now") tryToHandIn();
  else if (when === "later") {
    save({ waits: true });
    history.pushState({ step: "waiting" }, "");
    view("waiting");
  } else tell("deliver-told", said.choose);
});

addEventListener("popstate", ({ state }) => {
  if (!ballot(campaign)) return;
  if (state?.step === "deliver") showDelivering();
  else if (state?.step === "waiting") view("waiting");
  else show(state?.step ?? 0);
});
// The other tab is believed, but for the text that is being written here. Where it has handed in, so have we.
onOtherTab(campaign, () => {
  const lying = ballot(campaign);
  if (lying?.state === "collected") {
    kept = lying;
    for (const question of questions) if (!question.contains(document.activeElement) || question.hidden) fillIn(question);
  } else if (code(campaign)) thank();
  else view("no-ballot");
});
addEventListener("online", offline);
addEventListener("offline", offline);

// What was to be handed in at once and could not be: when the connection is back, or when the page is opened next.
const handInWhatWaits = () => {
  if (!ballot(campaign)?.queued || !navigator.onLine || by("deliver").disabled) return;
  by("when-now").checked = true;
  choose("now");
  showDelivering();
  tryToHandIn();
};
addEventListener("online", handInWhatWaits);

// ---- Where we are when the page opens

page.hidden = false;
offline();
if (kept?.state === "collected") {
  questions.forEach(fillIn);
  by("moving").hidden = !seed(campaign);
  history.replaceState({ step: kept.waits ? "waiting" : here }, "");
  if (kept.waits) view("waiting");
  else show(here, false);
  // While the first questions are read: the ballot is ready long before the last one.
  finished().catch(() => {});
  // And the page itself, to be opened without a connection. It may fail: then it is opened with one.
  const { pageVersion, pageWorker } = page.dataset;
  keeping = keepPage(campaign, pageVersion, pageWorker, JSON.parse(page.dataset.scripts)).catch(() => {});
  handInWhatWaits();
} else if (code(campaign)) thank();
else view("no-ballot");
