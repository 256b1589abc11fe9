// What every page has: the way to the search field, the small menu, the cards.
const writable = "input, select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    const fields = [...document.querySelectorAll("main input[type=search], .top input[type=search]")];
    // In another field the keys may mean something to the browser or the reader.
    const elsewhere = event.target.closest?.(writable);
    const field = fields.find((f) => f.offsetParent);
    if (field && (!elsewhere || fields.includes(elsewhere))) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  }
  const menu = document.querySelector(".menu-small[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.firstElementChild.focus();
  }
});

// The text of a card can be selected; a plain click on it opens the page.
document.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (card && !event.target.closest("a") && !event.ctrlKey && !event.metaKey && !getSelection().toString()) {
    card.querySelector("h3 a").click();
  }
  const menu = document.querySelector(".menu-small[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
