
"use strict";
(() => {
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const form = document.getElementById("filter");
  if (!form) return;
  document.documentElement.classList.add("scripted");
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const rows = Array.from(document.querySelectorAll("#rows tbody tr"), (row) => ({ row, text: fold(row.textContent) }));
  const svg = document.querySelector("svg");
  const paths = Array.from(svg.querySelectorAll(".ribbons path"));

  const highlight = (name) => {
    for (const path of paths) path.classList.toggle("on", name !== "" && (path.dataset.a === name || path.dataset.b === name));
    svg.classList.toggle("dim", paths.some((path) => path.classList.contains("on")));
  };
  const apply = () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    found.textContent = `${shown} / ${rows.length}`;
    highlight(words.value);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  for (const bar of svg.querySelectorAll(".bar[data-name]")) {
    const pick = () => { words.value = words.value === bar.dataset.name ? "" : bar.dataset.name; apply(); };
    bar.setAttribute("role", "button");
    bar.setAttribute("tabindex", "0");
    bar.addEventListener("click", pick);
    bar.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); }
    });
    bar.addEventListener("mouseenter", () => highlight(bar.dataset.name));
    bar.addEventListener("mouseleave", () => highlight(words.value));
  }
  apply();
})();
