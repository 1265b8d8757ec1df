/* An idea fills the text without leaving the page, so that what is written elsewhere in the form stays. Without this, it is a link. */
const text = document.getElementById("id_title");
const ideas = [...document.querySelectorAll("[data-idea]")];
for (const idea of ideas) {
  idea.addEventListener("click", (event) => {
    if (!text) return;
    event.preventDefault();
    text.value = idea.dataset.idea;
    for (const other of ideas) other.removeAttribute("aria-current");
    idea.setAttribute("aria-current", "true");
    text.focus();
  });
}
