"use strict";
const part = (id) => document.getElementById(id);
const data = JSON.parse(part("data").textContent);
let running = new AbortController();

async function run() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  say("Running…");
  const started = performance.now();
  try {
    const path = part("query").value.trim().replace(/^\/*/, "/");
    const headers = { Accept: "application/json", Authorization: `Basic ${btoa(`${data.ident}:${data.secret}`)}` };
    const response = await fetch(path, { headers, signal });
    show(await response.text());
    say(`${response.status} ${response.statusText}, ${Math.round(performance.now() - started)} ms`, !response.ok);
  } catch (error) {
    if (!signal.aborted) say(`Error: the sandbox does not answer. Is it still running? (${error.message})`, true);
  }
}

function show(text) {
  try {
    part("answer").textContent = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    part("answer").textContent = text;
  }
}

function say(text, isError = false) {
  part("status").textContent = text;
  part("status").classList.toggle("error", isError);
}

part("ident").textContent = data.ident;
part("secret").textContent = data.secret;
part("editor").addEventListener("submit", (event) => { event.preventDefault(); run(); });
for (const link of document.querySelectorAll("#documentation a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    part("query").value = link.getAttribute("href");
    run();
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  run();
});
part("query").value = document.querySelector("#documentation a").getAttribute("href");
