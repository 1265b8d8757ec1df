// Blinding with what was drawn before. The library draws by itself and takes no seed, so for the time of one call it is given
// these bytes instead, in the order in which it asks. A draw of another length than the next one stops it: a new version of
// the library that asks otherwise makes no ballot, rather than one that cannot be made again.
let underWay = false;

export const blindDrawn = async (suite, key, message, { randomizer, salt, blinding }) => {
  const waiting = [...randomizer, salt, ...blinding];
  if (underWay) throw new Error("one ballot at a time");
  underWay = true;
  crypto.getRandomValues = (wanted) => {
    const next = waiting.shift();
    if (next?.length !== wanted.length) throw new Error("an unexpected draw");
    wanted.set(next);
    return wanted;
  };
  try {
    const prepared = suite.prepare(message);
    const { blindedMsg, inv } = await suite.blind(key, prepared);
    return { prepared, blinded: blindedMsg, inverse: inv };
  } finally {
    delete crypto.getRandomValues;
    underWay = false;
  }
};
