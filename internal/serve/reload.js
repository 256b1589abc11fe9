// Reloads the page when the site changed. Only a preview has this script.
(() => {
  const own = new URL(document.currentScript.src);
  const events = new EventSource(new URL("events", own));
  // The site may have changed after this page was made and before it listened.
  events.addEventListener("hello", (event) => { if ("?" + event.data !== own.search) location.reload(); });
  // A page depends on more than its own text (menus, lists, style), so any change
  // counts. The browser keeps its place on the page.
  events.addEventListener("reload", () => location.reload());
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // it may have missed a change
})();
