// The ballot of one campaign on this device. Written at once, each time: what is typed survives a lost connection, a
// closed tab and an empty battery. Apart from it lie the seed that it was drawn from, until it is written down or handed
// in, and the code of a ballot that was handed in, without answers.

const ballotKey = (campaign) => `byfolk.ballot.${campaign}`;
const codeKey = (campaign) => `byfolk.code.${campaign}`;
const seedKey = (campaign) => `byfolk.seed.${campaign}`;

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

// {state: "sent" | "collected", prepared, inverse, blinded, group, blindSignature, signature, answers, at, tried, waits}
export const ballot = (campaign) => read(ballotKey(campaign));

export const keep = (campaign, kept) => localStorage.setItem(ballotKey(campaign), JSON.stringify(kept));

export const seed = (campaign) => read(seedKey(campaign));

export const keepSeed = (campaign, text) => localStorage.setItem(seedKey(campaign), JSON.stringify(text));

export const forgetSeed = (campaign) => localStorage.removeItem(seedKey(campaign));

export const forget = (campaign) => {
  localStorage.removeItem(ballotKey(campaign));
  forgetSeed(campaign);
};

export const code = (campaign) => read(codeKey(campaign));

export const keepCode = (campaign, written) => localStorage.setItem(codeKey(campaign), JSON.stringify(written));

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
