/* Looks through the index on this page: words by their beginnings, without accents and capitals,
   in their plural, by other names, and as they are misspelt. Without this script the index from A
   to Z is the page. */
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
  // One form for "school" and "schools", "niño" and "niños", "suspensión" and "suspensiones".
  const stem = (word) => (word.length > 3 ? word.replace(/(?:es|s|e)$/, "") : word);

  const entries = [...index.querySelectorAll("li")].map((item) => {
    const [link, ...more] = item.children;
    const also = (item.dataset.also ?? "").split("; ").map(words).filter((phrase) => phrase.length);
    const name = words(link.textContent);
    const fields = [
      [name, 5],
      [also.flat(), 4],
      [more.flatMap((part) => words(part.textContent)), 1],
    ];
    // Of things that fit alike, those that stand on many pages come first, single schools and
    // sheets to print last.
    const ways = item.querySelectorAll(".ways a").length;
    const less = link.pathname.includes("/one-page/") ? 0.6 : link.hash.startsWith("#school-") ? 0.8 : 0;
    return { item, name, also, fields, prior: less || 1 + Math.min(ways, 6) / 20 };
  });
  const vocabulary = new Set(entries.flatMap((entry) => entry.fields.flatMap(([own]) => own)));

  // How well an entry's words fit a word: whole, as another form of it, or by their beginning.
  const fit = (own, word) => {
    if (own === word) return 1;
    if (word.length > 3 && stem(own) === stem(word)) return 0.95;
    return own.startsWith(word) ? 0.8 : 0;
  };

  // A word counts most as the first of the name, then within it, as another name, and in the text.
  const worth = (entry, word) => {
    let best = 0;
    for (const [own, value] of entry.fields) {
      own.forEach((one, at) => {
        const first = at === 0 && value === 5 ? 1.5 : 0;
        best = Math.max(best, fit(one, word) * (value + first));
      });
    }
    return best;
  };

  // Whether the words asked for stand one after the other in a name, the last by its beginning.
  const holds = (phrase, asked) =>
    phrase.some((_, start) =>
      asked.every((word, at) => {
        const own = phrase[start + at];
        return own !== undefined && fit(own, word) >= (at === asked.length - 1 ? 0.8 : 0.95);
      }),
    );

  // The rarer a word, the more it says. Entries without a word are found too if some of them are
  // to be: then those with most of what was said.
  const find = (asked, part) => {
    const worths = asked.map((word) => entries.map((entry) => worth(entry, word)));
    const rarity = worths.map((of) => Math.log(1 + entries.length / (of.filter(Boolean).length || 1)));
    const told = worths.map((of) => of.some(Boolean));
    const all = rarity.reduce((sum, value, at) => sum + (told[at] ? value : 0), 0);
    const found = [];
    entries.forEach((entry, at) => {
      const has = asked.map((_, word) => worths[word][at] > 0);
      const covered = rarity.reduce((sum, value, word) => sum + (has[word] ? value : 0), 0);
      if (part ? !covered || covered < all / 2 : !has.every(Boolean)) return;
      let sum = asked.reduce((total, _, word) => total + worths[word][at] * rarity[word], 0);
      const weight = rarity.reduce((total, value) => total + value, 0);
      if (holds(entry.name, asked)) sum += 3 * weight;
      else if (entry.also.some((phrase) => holds(phrase, asked))) {
        sum += (entry.also.some((phrase) => phrase.length === asked.length && holds(phrase, asked)) ? 4 : 2) * weight;
      }
      found.push([(sum * entry.prior) / Math.sqrt(1 + entry.name.length / 20), entry.item]);
    });
    return found.sort((a, b) => b[0] - a[0]).map(([, item]) => item);
  };

  // How many letters must be put in, left out, changed or exchanged with their neighbor.
  const apart = (a, b, limit) => {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [];
    let above = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, above] = [above, row];
    }
    return above[b.length];
  };

  const known = (word) => [...vocabulary].some((own) => fit(own, word));

  // A word that stands nowhere is read as the one that is spelt most like it.
  const spelt = (word) => {
    const limit = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
    if (!limit || known(word)) return word;
    let [nearest, least] = [word, limit + 1];
    for (const own of vocabulary) {
      // The end of a word may not be written yet.
      for (const begun of new Set([own, own.slice(0, word.length)])) {
        const distance = begun[0] === word[0] ? apart(word, begun, limit) : limit + 1;
        if (distance < least) [nearest, least] = [begun, distance];
      }
    }
    return nearest;
  };

  // "graduados" is to find "graduación": a word that stands nowhere loses up to three letters.
  const begun = (word) => {
    for (let cut = 1; cut <= 3 && !known(word) && word.length > 4; cut += 1) word = word.slice(0, -1);
    return word;
  };

  const near = (asked) => {
    const read = asked.map(spelt).map(begun).filter(known);
    if (!read.length) return [];
    const whole = find(read, false);
    return whole.length ? whole : find(read, true);
  };

  // Where a city is named, the way leads to that city's page.
  const copy = (item, asked) => {
    const copied = item.cloneNode(true);
    const [main] = copied.children;
    const way = [...copied.querySelectorAll(".ways a")].find((link) =>
      words(link.textContent).every((word) => asked.includes(word)),
    );
    if (way) {
      main.href = way.getAttribute("href");
      main.append(` (${way.textContent})`);
    }
    return copied;
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
    const exact = find(asked, false);
    const found = exact.length ? exact : near(asked);
    list.replaceChildren(...found.slice(0, most).map((item) => copy(item, asked)));
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
