// The ballot of one campaign on this device. Written at once, each time: what is typed survives a lost connection, a
// closed tab and an empty battery. Apart from it lie the seed that it was drawn from, until it is written down or handed
// in, and the code of a ballot that was handed in, without answers.

const ballotKey = (campaign) => `byfolk.ballot.${campaign}`;
const codeKey = (campaign) => `byfolk.code.${campaign}`;
const seedKey = (campaign) => `byfolk.seed.${campaign}`;

// What the browser would not write: kept as long as the page stands, and no longer.
const unwritten = new Map();

const read = (key) => {
  if (unwritten.has(key)) return unwritten.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const write = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    unwritten.delete(key);
  } catch {
    unwritten.set(key, value);
  }
};

const remove = (key) => {
  unwritten.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing could be written there, either.
  }
};

// Whether all that was kept will be there when the page is opened again.
export const isLasting = () => unwritten.size === 0;

// Whether a ballot with the longest answers can be kept here. A private window or a full disk may say no.
const PROBE = "byfolk.probe";
export const hasRoom = () => {
  try {
    localStorage.setItem(PROBE, "x".repeat(300_000));
    return true;
  } catch {
    return false;
  } finally {
    remove(PROBE);
  }
};

// {state: "sent" | "collected", prepared, inverse, blinded, group, blindSignature, signature, answers, at, tried, waits}
export const ballot = (campaign) => read(ballotKey(campaign));

export const keep = (campaign, kept) => write(ballotKey(campaign), kept);

export const seed = (campaign) => read(seedKey(campaign));

export const keepSeed = (campaign, text) => write(seedKey(campaign), text);

export const forgetSeed = (campaign) => remove(seedKey(campaign));

export const forget = (campaign) => {
  remove(ballotKey(campaign));
  forgetSeed(campaign);
};

export const code = (campaign) => read(codeKey(campaign));

export const keepCode = (campaign, written) => write(codeKey(campaign), written);

// Tell when another tab of the same browser has changed the ballot.
export const onOtherTab = (campaign, tell) =>
  addEventListener("storage", ({ key }) => {
    if (key === null || key === ballotKey(campaign)) tell();
  });

// Ask the browser not to clear it when space runs short. It may say no.
export const holdOn = () => navigator.storage?.persist?.().catch(() => false);

export const toText = (bytes) => btoa(String.fromCharCode(...bytes));

export const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// Questions to the worker that does the arithmetic, so that the page never stands still: one at a time.
export const asker = (address) => {
  const worker = new Worker(address, { type: "module" });
  const put = (question) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(data));
      worker.onerror = () => reject(new Error("worker"));
      worker.postMessage(question);
    });
  let turn = Promise.resolve();
  return (question) => (turn = turn.then(() => put(question), () => put(question)));
};
