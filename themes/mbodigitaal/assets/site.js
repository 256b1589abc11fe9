// Everything works without this script. It saves a reader a few steps.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      const fields = [...document.querySelectorAll("main input[type=search], .top input[type=search]")];
      const field = fields.find((f) => f.offsetParent);
      if (field) {
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
})();
