// Suggestions below a search field: a combobox with a listbox, while the focus
// stays in the field (ARIA Authoring Practices Guide, "editable combobox with list
// autocomplete", manual selection). The template holds the empty list.
//
// On the search page results come as one types, and the list would lie over them: there
// it comes with the arrow keys only.
const pause = 150; // ms without a key before the server is asked
const shortest = 2; // letters
const onDemand = document.getElementById("k_results") !== null;

let none = false; // this server has no suggestions

export function suggest(list) {
  const { form } = list.closest(".field").querySelector("input");
  const field = form.elements.q;
  let timer, request;
  let active = -1; // the option that Enter opens, -1 for none

  // mark makes an option the active one.
  function mark(i) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = i;
    const option = list.children[i];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function show(suggestions) {
    mark(-1);
    list.replaceChildren(...suggestions.map(({ text, url, kind }, i) => {
      const option = document.createElement("li");
      option.id = list.id + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = url;
      option.append(text);
      if (kind) {
        const small = document.createElement("span");
        small.textContent = kind;
        option.append(" ", small);
      }
      return option;
    }));
    list.hidden = !list.firstChild;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  // close also stops what might open the list again.
  function close() {
    clearTimeout(timer);
    request?.abort();
    if (!list.hidden) show([]);
  }

  // ask shows what the server suggests, and marks the "firstChild" or "lastChild".
  async function ask(end) {
    clearTimeout(timer);
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const url = new URL("../api/suggest", form.action);
    url.searchParams.set("q", field.value.trim());
    try {
      const answer = await fetch(url, { signal });
      none = answer.status === 404;
      const { suggestions = [] } = answer.ok ? await answer.json() : {};
      if (signal.aborted) return;
      show(suggestions);
      mark([...list.children].indexOf(list[end]));
    } catch {
      if (!signal.aborted) close();
    }
  }

  function go(option) {
    close();
    location.assign(option.dataset.url);
  }

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-keyshortcuts", "Control+K Meta+K");

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (onDemand || none || field.value.trim().length < shortest) close();
    else timer = setTimeout(ask, pause);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = list.childElementCount + 1; // the options, and the field itself
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (!list.hidden) {
          event.preventDefault();
          mark((active + 1 + (event.key === "ArrowDown" ? 1 : stops - 1)) % stops - 1);
        } else if (!none && field.value.trim().length >= shortest) {
          event.preventDefault();
          ask(event.key === "ArrowDown" ? "firstChild" : "lastChild");
        }
        break;
      case "Enter":
        if (active >= 0) {
          event.preventDefault();
          go(list.children[active]);
        }
        break;
      case "Escape":
        if (!list.hidden) event.preventDefault(); // the list goes first, then the text
        close();
        break;
      case "ArrowLeft":
      case "ArrowRight":
      case "Home":
      case "End":
        mark(-1);
    }
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // else the field loses the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
}
