// Slides are a page that scrolls. With this, the arrow keys turn them.
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const forth = ["ArrowRight", "ArrowDown", "PageDown", " "], back = ["ArrowLeft", "ArrowUp", "PageUp"];
  const shown = () => slides.reduce((best, one, place) =>
    Math.abs(one.getBoundingClientRect().top) < Math.abs(slides[best].getBoundingClientRect().top) ? place : best, 0);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, button, input, select, textarea")) return;
    const step = forth.includes(event.key) ? 1 : back.includes(event.key) ? -1 : 0;
    const wanted = event.key === "Home" ? 0 : event.key === "End" ? slides.length - 1 : shown() + step;
    if (!step && !["Home", "End"].includes(event.key)) return;
    event.preventDefault();
    slides[Math.min(Math.max(wanted, 0), slides.length - 1)].scrollIntoView();
  });
})();
