/* Looks through the index on this page: words by their beginnings, without accents and capitals.
   Without this script the index from A to Z is the page. */
"use strict";

(() => {
  const form = document.querySelector("form.find");
  const index = document.querySelector(".az");
  if (!form || !index) return;
  const box = form.querySelector("input");
  const said = form.querySelector(".find-say");
  const list = form.querySelector(".find-list");
  const most = 40;

  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => bare(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  const entries = [...index.querySelectorAll("li")].map((item) => {
    const [name, ...more] = item.children;
    return {
      item,
      name: words(name.textContent),
      more: words(`${more.map((part) => part.textContent).join(" ")} ${item.dataset.also ?? ""}`),
    };
  });

  // A word counts most as the first of the name, then within it, then in the text beneath; a
  // whole word counts more than the beginning of one.
  const worth = (entry, word, last) => {
    let best = 0;
    const weigh = (own, at, value) => {
      if (own === word) best = Math.max(best, value + (at === 0 ? 3 : 0) + 1);
      else if (own.startsWith(word)) best = Math.max(best, value + (at === 0 ? 3 : 0) + (last ? 0.5 : 0));
    };
    entry.name.forEach((own, at) => weigh(own, at, 5));
    entry.more.forEach((own) => weigh(own, 1, 1));
    return best;
  };

  const find = (asked) => {
    const found = [];
    for (const entry of entries) {
      let sum = 0;
      for (const [at, word] of asked.entries()) {
        const value = worth(entry, word, at === asked.length - 1);
        sum = value ? sum + value : -Infinity;
      }
      if (sum > 0) found.push([sum / Math.sqrt(1 + entry.name.length / 20), entry.item]);
    }
    return found.sort((a, b) => b[0] - a[0]).map(([, item]) => item);
  };

  // "absent" is to find "absence": where nothing fits, words lose up to three letters at the end.
  const near = (asked) => {
    let found = [];
    for (let cut = 1; cut <= 3 && !found.length; cut += 1) {
      found = find(asked.map((word) => word.slice(0, Math.max(word.length - cut, Math.min(word.length, 4)))));
    }
    return found;
  };

  let telling = 0;
  const tell = (count, exact) => {
    const { none, one, many, more, like } = form.dataset;
    const message = !count ? none : !exact ? like : count === 1 ? one : count > most ? more : many;
    clearTimeout(telling);
    // Told when the typing rests, so that a screen reader is not cut off at every letter.
    telling = setTimeout(() => { said.textContent = message.replace("#", count); }, 250);
  };

  const show = () => {
    const asked = words(box.value);
    index.hidden = asked.length > 0;
    if (!asked.length) {
      clearTimeout(telling);
      said.textContent = "";
      list.replaceChildren();
      return;
    }
    const exact = find(asked);
    const found = exact.length ? exact : near(asked);
    list.replaceChildren(...found.slice(0, most).map((item) => item.cloneNode(true)));
    tell(found.length, exact.length > 0);
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", show);
  form.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("li > a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      event.preventDefault();
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      box.value = "";
      show();
      box.focus();
    }
  });

  form.hidden = false;
  box.value = new URLSearchParams(location.search).get("q") ?? box.value;
  show();
})();
