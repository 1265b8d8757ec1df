// A shared machine: nothing is left for who comes next. Whoever does nothing for a minute is asked whether they are
// there, and may always have more time; then the page goes back to the start, in the same place of the history.
const dialog = document.getElementById("leaving");
const seconds = document.getElementById("leaving-seconds");
const code = document.getElementById("code");
const { start } = dialog.dataset;
const IDLE = 60_000;
const WARNED = 20;

// The address of every page here is the start: the back button finds no form to send again.
history.replaceState(null, "", start);

const leave = () => {
  for (const form of document.forms) form.reset();
  location.replace(start);
};

let idle;
let ticking;

const hasSomething = () => !code || code.value !== "";

const warn = () => {
  let left = WARNED;
  seconds.textContent = left;
  dialog.showModal();
  ticking = setInterval(() => {
    left -= 1;
    seconds.textContent = left;
    if (left <= 0) leave();
  }, 1000);
};

const wait = () => {
  clearTimeout(idle);
  if (!dialog.open) idle = setTimeout(() => (hasSomething() ? warn() : wait()), IDLE);
};

dialog.addEventListener("close", () => {
  clearInterval(ticking);
  wait();
});
document.getElementById("stay").addEventListener("click", () => dialog.close());
for (const what of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(what, wait, { passive: true });
// A page that the browser kept in memory is not shown again.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.replace(start);
});

wait();
