"use strict";
const part = (id) => document.getElementById(id);
const data = JSON.parse(part("data").textContent);
const day = (offset) => new Date(Date.now() + offset * 864e5).toISOString().slice(0, 10);
let running = new AbortController();
let challenge = "";
let who = "";

async function post(body, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const token = part("token").value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  const text = JSON.stringify(body);
  const response = await fetch(location.pathname, { method: "POST", headers, body: text, signal });
  const received = await response.text();
  try {
    return { response, received, answer: JSON.parse(received) };
  } catch {
    return { response, received, answer: {} };
  }
}

async function run() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  say("Running…");
  const started = performance.now();
  try {
    const { response, received, answer } = await post({ query: part("query").value }, signal);
    const formatted = Object.keys(answer).length ? JSON.stringify(answer, null, 2) : received;
    part("answer").textContent = formatted;
    const took = `${response.status} ${response.statusText}, ${Math.round(performance.now() - started)} ms`;
    const error = errorOf(response, answer);
    say(error || took, Boolean(error));
    keep(answer, "");
  } catch (error) {
    if (!signal.aborted) say(unreachable(error), true);
  }
}

function errorOf(response, answer) {
  const [error] = answer.errors || [];
  return error ? `Error: ${error.message}` : response.ok ? "" : "Error: the request was refused";
}

const unreachable = (error) => `Error: the sandbox does not answer. Is it still running? (${error.message})`;

function say(text, isError = false) {
  part("status").textContent = text;
  part("status").classList.toggle("error", isError);
}

function sessionOf(answer) {
  const { createSession, createMFASession } = answer.data || {};
  return createMFASession || createSession || {};
}

function keep(answer, login) {
  const token = sessionOf(answer).access_token;
  if (token) part("token").value = token;
  showWho(login);
  return Boolean(token);
}

function showWho(login) {
  const token = part("token").value.trim();
  who = token ? login || who || "Own token" : "";
  part("sign-in").textContent = who || "Sign in";
  part("sign-in").title = who;  // a narrow screen cuts it
}

async function signIn() {
  const email = part("login").value;
  const variables = challenge
    ? { mfa_code: part("code").value.trim(), email, challenge }
    : { login: email, password: part("password").value, tenantId: part("tenant").value };
  const operationName = challenge ? "createMFASession" : "createSession";
  part("refusal").textContent = "";
  try {
    const { response, answer } = await post({ query: data.signIn[operationName], operationName, variables });
    if (keep(answer, email)) close();
    else refuse(answer, errorOf(response, answer));
  } catch (error) {
    part("refusal").textContent = unreachable(error);
  }
}

function refuse(answer, error) {
  const extensions = (answer.errors || [{}])[0].extensions || {};
  const asked = sessionOf(answer).challenge_session || extensions.challenge_session;
  const isOver = /^(CHALLENGE_|TOO_MANY)/.test(extensions.code);
  part("refusal").textContent = asked ? "" : error || "Error: login or password is wrong";
  if (asked || isOver) ask(asked || "");
}

function ask(given) {
  challenge = given;
  part("first-step").hidden = Boolean(challenge);
  part("second-step").hidden = !challenge;
  part("code").value = "";
  part(challenge ? "code" : "send").focus();
}

function close() {
  part("dialog").close();
  say(`Signed in as ${who}`);
  part("query").focus();
}

async function currentCode() {
  const bits = [...data.seed].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2));
  const hmac = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", new Uint8Array(bytes), hmac, false, ["sign"]);
  const step = new DataView(new ArrayBuffer(8));
  step.setUint32(4, Math.floor(Date.now() / 30000));
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, step));
  const number = digest.getUint32(digest.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, "0");
}

function show(example) {
  const days = { "{two weeks ago}": day(-14), "{yesterday}": day(-1) };
  part("query").value = data.examples[example].replace(/\{[a-z ]+\}/g, (mark) => days[mark] || mark);
}

function openDialog() {
  part("refusal").textContent = "";
  part("dialog").showModal();
  ask("");
}

part("example").append(...Object.keys(data.examples).map((name) => new Option(name)));
part("login").append(...data.accounts.map(([login, about]) => new Option(`${login} (${about})`, login)));
part("password").value = data.password;
part("tenant").value = data.tenant;
part("seed").textContent = data.seed;
part("sign-in").hidden = !data.signIn.createSession;
part("example").addEventListener("change", (event) => show(event.target.value));
part("editor").addEventListener("submit", (event) => { event.preventDefault(); run(); });
part("sign-in").addEventListener("click", openDialog);
part("cancel").addEventListener("click", () => part("dialog").close());
part("token").addEventListener("input", () => showWho(part("token").value && "Own token"));
part("own-token").addEventListener("submit", (event) => { event.preventDefault(); part("dialog").close(); });
part("credentials").addEventListener("submit", (event) => { event.preventDefault(); signIn(); });
part("fill-in").addEventListener("click", async () => { part("code").value = await currentCode(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || part("dialog").open) return;
  event.preventDefault();
  run();
});
show(part("example").value);
