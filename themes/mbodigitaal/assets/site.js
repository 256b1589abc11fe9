// Everything works without these scripts. They save a reader a few steps.
import "./js/page.js";
import { suggest } from "./js/suggest.js";

for (const list of document.querySelectorAll("[role=listbox]")) suggest(list);
