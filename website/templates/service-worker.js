// Keeps the pages that a reader has opened for the time without network. The network is asked first, so that nobody
// reads an old page; what it answers is stored, and read when it does not answer. The build writes this file to the
// root of the book: a worker reaches no page above its own folder. offline.js registers it.
"use strict";

const ROOT = new URL(".", location).href;
const STORE = `${ROOT} {{ version }}`; // changes with the book's scripts and styles: old pages fit only old scripts

// The workbook in lite/ has its own worker.
const isOfBook = (url) => url.startsWith(ROOT) && !url.startsWith(`${ROOT}lite/`);

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("message", (event) => event.waitUntil(store(event.data)));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && isOfBook(event.request.url)) event.respondWith(answer(event));
});

async function begin() {
  await clients.claim(); // the open page then says what it needs, and nobody stores with the old worker any more
  const old = (await caches.keys()).filter((name) => name.startsWith(`${ROOT} `) && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function store(addresses) {
  const cache = await caches.open(STORE);
  const add = async (address) => (await cache.match(address)) ?? cache.add(address);
  await Promise.allSettled(addresses.filter(isOfBook).map(add)); // one that fails does not stop the others
}

async function answer(event) {
  const { request } = event;
  const cache = await caches.open(STORE);
  const isPage = request.mode === "navigate";
  const key = isPage ? request.url.split("?")[0] : request; // a search is no page of its own
  try {
    const response = await fetch(request);
    if (response.status === 200) event.waitUntil(cache.put(key, response.clone()).catch(() => {})); // no room: go on
    return response;
  } catch {
    return (await cache.match(key)) ?? (isPage ? storedPages(cache) : Response.error());
  }
}

async function storedPages(cache) {
  const pages = (await cache.keys()).filter(({ url }) => url.endsWith(".html"));
  const items = pages.map(async ({ url }) => {
    const [, title] = /<title>(.*?)<\/title>/s.exec(await (await cache.match(url)).text());
    return `<li style="margin-block: 1rem"><a href="${url}">${title.split(" — ")[0]}</a></li>`;
  });
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>You are offline</title>
    <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem">
    <main><h1>You are offline</h1>
    <p>You have not opened this page before. These pages of the book work without a network:</p>
    <ul>${(await Promise.all(items)).join("")}</ul></main>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html" } });
}
