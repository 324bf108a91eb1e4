// Suggestions while typing (WAI-ARIA combobox pattern). Everything else works without a script.
"use strict";
let lists = 0;
for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);

function combobox(input) {
  const list = document.createElement("ul");
  list.id = "suggestions-" + ++lists;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels.length ? input.labels[0].textContent : "");
  input.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  let at = -1, timer = 0, asked = "";

  function close() { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
  function mark(next) {
    const items = list.children;
    if (!items.length) return;
    if (at >= 0) items[at].setAttribute("aria-selected", "false");
    at = (next + items.length) % items.length;
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[at].id);
  }
  function choose(item) {
    close();
    if (item.dataset.url) location.assign(item.dataset.url);
    else { input.value = item.dataset.value; if (!("stay" in input.dataset)) input.form.requestSubmit(); }
  }
  async function ask() {
    const words = input.value.trim();
    if (words === asked && !list.hidden) return;
    asked = words;
    if (!words) return close();
    const url = new URL(input.dataset.suggest, location.origin);
    url.searchParams.set("q", words);
    let found = [];
    try { found = await (await fetch(url)).json(); } catch { return close(); }
    // a late answer must not take the choice from under the reader's hand
    if (at >= 0 || words !== input.value.trim() || document.activeElement !== input) return;
    list.replaceChildren(...found.map((one, n) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + n;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dir = "auto";
      item.textContent = one.name;
      const small = document.createElement("small");
      small.textContent = one.hint;
      item.append(small);
      if (one.url) item.dataset.url = one.url;
      item.dataset.value = one.value;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(item); });
      return item;
    }));
    at = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }
  input.addEventListener("input", () => { at = -1; input.removeAttribute("aria-activedescendant"); clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { mark(at + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { mark(at < 0 ? -1 : at - 1); event.preventDefault(); }
    else if (event.key === "Enter" && at >= 0) { choose(list.children[at]); event.preventDefault(); }
    else if (event.key === "Escape") { close(); event.preventDefault(); }
  });
}

for (const text of document.querySelectorAll("textarea[data-run]")) {
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      text.form.requestSubmit(text.form.querySelector("button[name=run]"));
    }
  });
}

// Review by keyboard: J next, K previous, A accept, X reject, C correct, U undo
const queue = document.querySelector("[data-queue]");
if (queue) {
  const items = [...queue.querySelectorAll("[data-item]")];
  let current = -1;
  const go = (to) => { if (items[to]) { current = to; items[to].focus(); items[to].scrollIntoView({ block: "nearest" }); } };
  if (!document.activeElement || document.activeElement === document.body) go(0);
  document.addEventListener("focusin", (event) => { const at = items.findIndex((item) => item.contains(event.target)); if (at >= 0) current = at; });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(Math.min(current + 1, items.length - 1));
    else if (key === "k") go(Math.max(current - 1, 0));
    else {
      const button = key === "u" ? document.querySelector("[data-key=u]") : items[current]?.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });
}

// The network as PNG, drawn from the saved SVG
function savable(root) {
  for (const button of root.querySelectorAll("[data-png]")) png(button);
}
function png(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const svg = await (await fetch(button.dataset.png)).text();
    const image = new Image();
    await new Promise((done, failed) => { image.onload = done; image.onerror = failed; image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg); });
    const canvas = document.createElement("canvas");
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    const pen = canvas.getContext("2d");
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "chidao-network.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  });
}
savable(document);

// The network: a box is pinned elsewhere by dragging it with the mouse, or with a finger by its handle (elsewhere a finger scrolls and zooms), or
// by Shift and the arrow keys. The server draws what was pinned.
function pinnable(scroll) {
  const svg = scroll.querySelector("svg.network");
  const hint = document.querySelector("[data-drag-hint]");
  if (hint) hint.hidden = false;
  svg.classList.toggle("touch", navigator.maxTouchPoints > 0);
  let held = null;  // the box that is being moved: element, where the pointer began, how far it is from there

  const boxOf = (n) => svg.querySelector(`[data-n="${n}"]`);
  function scaled(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [at.x, at.y];
  }
  function place(box) {
    const rect = box.querySelector("rect"), moved = held?.box === box ? held : { x: 0, y: 0 };
    return { x: rect.x.baseVal.value + moved.x, y: rect.y.baseVal.value + moved.y, width: rect.width.baseVal.value, height: rect.height.baseVal.value };
  }
  function curve(a, b) {
    const ay = a.y + a.height / 2, by = b.y + b.height / 2;
    if (Math.abs(a.x - b.x) < a.width) {
      const out = Math.max(a.x, b.x) + a.width + 50;
      return `M${a.x + a.width},${ay}C${out},${ay} ${out},${by} ${b.x + b.width},${by}`;
    }
    const [ax, bx] = a.x < b.x ? [a.x + a.width, b.x] : [a.x, b.x + b.width], middle = (ax + bx) / 2;
    return `M${ax},${ay}C${middle},${ay} ${middle},${by} ${bx},${by}`;
  }
  function move(x, y) {
    const start = held.start;
    held.x = Math.max(x, -start.x);
    held.y = Math.max(y, -start.y);
    held.box.setAttribute("transform", `translate(${held.x} ${held.y})`);
    for (const line of svg.querySelectorAll(`[data-a="${held.box.dataset.n}"], [data-b="${held.box.dataset.n}"]`)) line.setAttribute("d", curve(place(boxOf(line.dataset.a)), place(boxOf(line.dataset.b))));
  }
  function hold(box) {
    held = { box, start: { x: 0, y: 0 }, x: 0, y: 0 };
    held.start = place(box);
    box.classList.add("held");
  }
  async function drop() {
    const { box, start, x, y } = held;
    const url = new URL(scroll.dataset.network, location.origin), id = box.dataset.id;
    const pins = url.searchParams.getAll("pin").filter((pin) => pin.split("*").slice(0, -2).join("*") !== id);
    url.searchParams.delete("pin");
    for (const pin of [...pins, `${id}*${Math.round(start.x + x)}*${Math.round(start.y + y)}`]) url.searchParams.append("pin", pin);
    const focused = svg.contains(document.activeElement);
    const [left, top] = [scroll.scrollLeft, scroll.scrollTop];
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) return location.assign(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    history.replaceState(null, "", url);
    for (const part of ["[data-network]", "main .found"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    const fresh = document.querySelector("[data-network]");
    fresh.scrollTo(left, top);
    savable(document);
    pinnable(fresh);
    if (focused) [...fresh.querySelectorAll("[data-id]")].find((one) => one.dataset.id === id)?.querySelector("a").focus({ preventScroll: true });
  }

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  // touch-action says the same, but within an SVG Chromium does not listen to it
  svg.addEventListener("touchstart", (event) => { if (event.target.closest("[data-grip]")) event.preventDefault(); }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    const box = event.target.closest("[data-n]");
    const byFinger = event.pointerType === "touch";
    if (!box || event.button || held || (byFinger && !event.target.closest("[data-grip]"))) return;
    const from = scaled(event);
    const follow = (moved) => {
      if (moved.pointerId !== event.pointerId) return;
      const to = scaled(moved), x = to[0] - from[0], y = to[1] - from[1];
      if (!held && Math.hypot(x, y) < 5) return;  // a click
      if (!held) hold(box);
      move(x, y);
    };
    const end = (ended) => {
      if (ended.pointerId !== event.pointerId) return;
      document.removeEventListener("pointermove", follow);
      for (const how of ["pointerup", "pointercancel"]) document.removeEventListener(how, end);
      if (!held) return;
      if (ended.type === "pointercancel") {  // the browser has taken the finger
        move(0, 0);
        held.box.classList.remove("held");
        held = null;
        return;
      }
      if (!byFinger) svg.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
      drop();
    };
    document.addEventListener("pointermove", follow);
    for (const how of ["pointerup", "pointercancel"]) document.addEventListener(how, end);
  });
  const arrows = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] };
  svg.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-n]");
    if (!box || !event.shiftKey || !arrows[event.key]) return;
    event.preventDefault();
    if (held?.box !== box) hold(box);
    move(held.x + arrows[event.key][0], held.y + arrows[event.key][1]);
  });
  svg.addEventListener("keyup", (event) => { if (event.key === "Shift" && held) drop(); });
}
for (const scroll of document.querySelectorAll("[data-network]")) pinnable(scroll);
