// The page of one person. What is said comes over a WebSocket, and stands here and nowhere else:
// no address, title, cookie, storage or history ever holds any of it.
"use strict";

const MAX_BYTES = 19000; // a frame is 20 kB at most
const TOUCH_EVERY = 2000; // milliseconds
const RETRY_EVERY = 2000;
const THEMES = ["light", "dark", "contrast", "yellow"];
const SIZES = 5;

const $ = (id) => document.getElementById(id);
const root = document.documentElement;
let socket = null; // the connection, while somebody is served
let opened = false;
let ended = ""; // how it ended, as the other side said
let left = false;
let words = {};
let actions = ""; // the command that lists what else can be done
let question = null; // what is asked now
let first = null; // the first thing that was said since the last answer
let touched = 0;

// --- beginning and end

function takeToken() {
  const meta = document.querySelector("meta[name=token]");
  const token = meta.content;
  meta.remove();
  return token;
}
const token = takeToken();

function begin(language) {
  if (socket) return;
  const address = `${location.origin.replace(/^http/, "ws")}/visit/${language}`;
  socket = new WebSocket(address, ["espace-tui", token]);
  socket.addEventListener("message", (event) => obey(JSON.parse(event.data)));
  socket.addEventListener("open", () => { opened = true; });
  socket.addEventListener("close", (event) => {
    if (ended) leave(ended);
    else if (event.code === 4003) leave("full");
    else leave(opened ? "broken" : "stale");
  });
}

function empty() {
  const down = $("down");
  document.body.replaceChildren(...(down ? [down] : []));
  root.removeAttribute("data-theme");
  root.removeAttribute("data-size");
  words = {};
  question = first = null;
}

// Empties the page, then goes to another one, which knows nothing of this one.
async function leave(word) {
  if (left) return;
  left = true;
  socket.close();
  empty();
  for (;;) {
    try {
      if ((await fetch("/alive", { cache: "no-store" })).ok) break;
    } catch {
      // the server is starting again
    }
    $("down").hidden = false;
    await new Promise((resolve) => { setTimeout(resolve, RETRY_EVERY); });
  }
  location.replace(`/${word}`);
}

window.addEventListener("pagehide", () => {
  if (!socket) return;
  left = true;
  socket.close();
  empty();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace("/");
});

// --- what is said

function obey(frame) {
  if (frame.words) speak(frame);
  else if ("say" in frame) say(frame);
  else if ("choice" in frame) offer(frame);
  else if ("ask" in frame) ask(frame);
  else if ("warn" in frame) warn(frame.warn);
  else if ("hide" in frame) veil(frame.hide);
  else if ("show" in frame) unveil();
  else if ("end" in frame) ended = frame.end;
}

function speak(frame) {
  words = frame.words;
  actions = frame.actions;
  root.lang = frame.language;
  document.title = words.heading;
  for (const each of document.querySelectorAll("[data-word]")) {
    each.textContent = words[each.dataset.word];
  }
  $("log").setAttribute("aria-label", words.log);
  for (const each of document.querySelectorAll(".language")) each.remove();
  for (const [line, name, language] of frame.others) {
    const button = add("button", name, "command language", $("commands"));
    button.type = "button";
    button.lang = language;
    button.dataset.line = line;
  }
  if ($("visit").hidden) {
    $("waiting").remove();
    $("visit").hidden = false;
  }
}

function add(tag, text, className = "", into = $("log")) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  if (into.id === "log") made.lang = root.lang;
  into.append(made);
  if (into.id === "log" && !first) first = made;
  return made;
}

function listOf(tag, apart) {
  const last = $("log").lastElementChild;
  if (last && last.localName === tag && !apart) return last;
  return add(tag, "", apart ? "apart" : "");
}

function say(frame) {
  const apart = frame.apart ? "apart" : "";
  if (frame.tone === "item") add("li", frame.say, "", listOf("ul", frame.apart));
  else if (frame.tone === "title") add("h2", frame.say);
  else add("p", frame.say, [frame.tone, apart].filter(Boolean).join(" "));
}

function offer(frame) {
  const last = $("log").lastElementChild;
  const same = last && last.localName === "ol" && last.dataset.list === String(frame.list);
  const list = same ? last : add("ol", "");
  list.dataset.list = frame.list;
  const item = add("li", "", "", list);
  const button = add("button", frame.label, "", item);
  button.type = "button";
  button.dataset.line = frame.choice;
  if (frame.about) add("p", frame.about, "about", item);
}

// Choices that answer nothing any more are plain words.
function settle(open) {
  for (const list of document.querySelectorAll("#log ol[data-list]")) {
    if (list.dataset.list === String(open)) continue;
    delete list.dataset.list;
    for (const button of list.querySelectorAll("button")) {
      const plain = document.createElement("span");
      plain.textContent = button.textContent;
      button.replaceWith(plain);
    }
  }
}

// --- what is asked

function makeField(frame) {
  const field = document.createElement(frame.lines ? "textarea" : "input");
  field.id = "answer";
  if (!frame.lines) field.type = frame.secret ? "password" : "text";
  const off = { autocorrect: "off", autocapitalize: "off", spellcheck: "false" };
  for (const [name, value] of Object.entries(off)) field.setAttribute(name, value);
  field.autocomplete = frame.secret ? "new-password" : "off";
  field.value = frame.prefill ?? "";
  $("field").replaceChildren(field);
  return field;
}

function ask(frame) {
  question = frame;
  settle(frame.list);
  $("label").textContent = frame.prompt;
  $("problem").textContent = "";
  $("cancel").hidden = true;
  $("form").hidden = false;
  $("other").dataset.line = frame.secret ? "" : actions;
  for (const each of document.querySelectorAll(".command")) each.hidden = Boolean(frame.secret);
  $("quick").replaceChildren();
  for (const [line, label] of frame.quick) {
    const button = add("button", label, "main", $("quick"));
    button.type = "button";
    button.dataset.line = line;
  }
  const field = makeField(frame);
  show(field);
}

// Brings what is new to sight: all of it where there is room, its beginning otherwise.
function show(field) {
  const from = question.ask === 1 ? document.body : first ?? $("form");
  const height = $("form").getBoundingClientRect().bottom - from.getBoundingClientRect().top;
  field.focus({ preventScroll: true });
  if (height <= window.innerHeight) $("form").scrollIntoView({ block: "end" });
  else from.scrollIntoView({ block: "start" });
  first = null;
}

function answer(line, shown = line) {
  if (!question) return;
  const frame = JSON.stringify({ answer: line, to: question.ask });
  if (new TextEncoder().encode(frame).length > MAX_BYTES) {
    $("problem").textContent = words.long;
    return;
  }
  const { prompt, secret, masked } = question;
  question = null;
  const field = $("answer");
  field.value = "";
  field.readOnly = true;
  socket.send(frame);
  // What is masked comes back so from the other side; the name of a button stands as it is.
  if (shown && !(masked && shown === line)) first = add("p", `${prompt} ${secret ? words.secret : shown}`, "answer");
  setTimeout(() => { if (!question) $("cancel").hidden = false; }, TOUCH_EVERY);
}

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  answer($("answer").value);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.begin) begin(button.dataset.begin);
  else if ("line" in button.dataset) answer(button.dataset.line, button.textContent);
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // an address that stays the same
  $("answer").focus();
});
$("cancel").addEventListener("click", () => send({ cancel: true }));

// --- what suits the person; all of it ends with the page

$("size").addEventListener("click", () => {
  const size = Number(root.dataset.size ?? 1);
  root.dataset.size = (size % SIZES) + 1;
});
$("colours").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = root.dataset.theme ?? (dark ? "dark" : "light");
  root.dataset.theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
});

// --- a page that nobody touches

function send(frame) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function touch() {
  if (!opened || Date.now() - touched < TOUCH_EVERY) return;
  touched = Date.now();
  send({ touch: true });
}
for (const name of ["keydown", "pointerdown", "wheel", "touchmove"]) {
  document.addEventListener(name, touch, { passive: true, capture: true });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "F9" || !opened) return;
  event.preventDefault();
  send({ hide: true });
});

function warn(text) {
  add("p", text, "warning");
  touched = 0; // the next key counts at once
}

function veil(text) {
  $("visit").hidden = true;
  $("until").textContent = text;
  $("veil").hidden = false;
  $("until").focus(); // no button: Enter must neither resume nor erase by itself
}

function unveil() {
  $("veil").hidden = true;
  $("visit").hidden = false;
  if ($("answer")) $("answer").focus();
}
$("hide").addEventListener("click", () => send({ hide: true }));
$("resume").addEventListener("click", () => send({ resume: true }));
$("erase").addEventListener("click", () => leave("erased"));
