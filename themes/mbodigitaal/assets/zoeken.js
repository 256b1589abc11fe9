// The search page answers as one types: it asks the server for the page of the new
// query, and takes over its results.
const pause = 150; // ms without a key before the server is asked
const longer = 600; // for one or two letters, which are seldom all
const quiet = 800; // ms without a change before the number of results is said
const patience = [1000, 3000]; // ms before the server is asked once more

const region = document.getElementById("k_results");
const form = document.getElementById("k_form");
const field = form.elements.q;
const status = document.getElementById("k_status");
let [shown] = location.href.split("#");
let asking, saying, request;
let last; // what the page in view was asked by: "typing", "choice", "enter" or "history"

// address is that of the page for what the form holds.
function address() {
  const query = new URLSearchParams(new FormData(form));
  if (!field.value.trim()) query.delete("q");
  if (query.get("sort") === "relevance") query.delete("sort");
  const text = query.toString();
  return form.action + (text && "?" + text);
}

function say() {
  status.textContent = document.getElementById("k_count").textContent;
}

// take puts the results of another page in the place of those of this one. What
// has the focus keeps it.
function take(page) {
  const held = region.contains(document.activeElement) && document.activeElement;
  const open = region.querySelector("details")?.open;
  region.replaceChildren(...page.getElementById("k_results").childNodes);
  const details = region.querySelector("details");
  if (details) details.open = open;
  if (held) {
    const same = [...region.querySelectorAll(held.localName)].find((e) =>
      held.id ? e.id === held.id : e.href === held.href && e.name === held.name && e.value === held.value);
    (same ?? field).focus({ preventScroll: true });
  }
  document.title = page.title;
}

// ask brings the page up to date. When that fails, it is tried again if the reader only
// typed; else the browser gets the page and shows what is wrong. One can go back to what
// was asked or chosen, but not to each text on the way to it.
async function ask(by, attempt = 0) {
  clearTimeout(asking);
  clearTimeout(saying);
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  const back = by === "history";
  const url = back ? location.href.split("#")[0] : address();
  try {
    if (url !== shown) {
      region.setAttribute("aria-busy", "true");
      const answer = await fetch(url, { signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      take(page);
      shown = answer.ok ? url : ""; // what went wrong may be asked again
      if (back) field.value = page.getElementById(field.id).value;
      else if (last === "typing" && by !== "choice") history.replaceState(null, "", url);
      else history.pushState(null, "", url);
    }
    last = by;
    saying = setTimeout(say, by === "enter" ? 0 : quiet);
  } catch {
    if (signal.aborted) return; // by the next
    if (by !== "typing") location.assign(url);
    else if (attempt < patience.length) asking = setTimeout(ask, patience[attempt], by, attempt + 1);
  }
  region.removeAttribute("aria-busy");
}

function later(wait) {
  clearTimeout(asking);
  clearTimeout(saying);
  asking = setTimeout(ask, wait, "typing");
}

field.addEventListener("input", () => {
  const { length } = field.value.trim();
  later(length === 1 || length === 2 ? longer : pause);
});
document.addEventListener("change", (event) => {
  if (event.target.form === form && event.target !== field) ask("choice");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const details = event.submitter?.closest("details");
  if (details) { // on a small screen the results are below it
    details.open = false;
    details.querySelector("summary").focus();
  }
  if (matchMedia("(pointer: coarse)").matches) field.blur(); // the keys on the screen hide the results
  ask("enter");
});
addEventListener("popstate", () => ask("history"));
if (field.value !== field.defaultValue) later(0); // typed before this script came
