// Reloads the page when the site changed. Only a preview has this script.
(() => {
  const events = new EventSource(new URL("events", document.currentScript.src));
  let server;
  events.addEventListener("hello", (event) => {
    if (server !== undefined && server !== event.data) location.reload();
    server = event.data;
  });
  // A page depends on more than its own text (menus, lists, style), so any change
  // counts. The browser keeps its place on the page.
  events.addEventListener("reload", () => location.reload());
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // it may have missed a change
})();
