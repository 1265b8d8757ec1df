// Runs before anything is drawn, so that nobody with scripts sees the words for those without.
document.documentElement.classList.add("scripted");
