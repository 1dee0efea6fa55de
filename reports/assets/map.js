/* Maps that answer: point at, tap or walk through the areas of an inline map with the arrow keys.
   Without this script the map, its legend and the table beneath it say the same. */
"use strict";

(() => {
  const middle = (area) => {
    const box = area.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  const directions = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  // The nearest area that lies more in the direction than beside it.
  const towards = (areas, from, [dx, dy]) => {
    const [x, y] = middle(from);
    let best = null;
    let least = Infinity;
    for (const area of areas) {
      const [ax, ay] = middle(area);
      const along = (ax - x) * dx + (ay - y) * dy;
      const beside = Math.abs((ax - x) * dy) + Math.abs((ay - y) * dx);
      if (area === from || along <= 0 || beside > 2 * along) continue;
      const far = along + 2 * beside;
      if (far < least) [best, least] = [area, far];
    }
    return best;
  };

  for (const map of document.querySelectorAll("svg[data-map]")) {
    const areas = [...map.querySelectorAll(".area")];
    const ring = map.querySelector(".ring");
    const said = map.closest("figure")?.querySelector(".map-say");
    if (!areas.length || !ring) continue;

    const say = (words) => {
      if (said) said.textContent = words;
    };
    const show = (area) => {
      ring.setAttribute("d", area.getAttribute("d"));
      say(area.querySelector("title").textContent);
    };
    const leave = () => {
      ring.setAttribute("d", "");
      say(said?.dataset.hint ?? "");
    };
    // One stop for the tab key; the arrow keys move within the map.
    const stop = (area) => {
      for (const other of areas) other.tabIndex = other === area ? 0 : -1;
    };

    stop(areas[0]);
    leave();
    for (const area of areas) {
      area.addEventListener("pointerenter", () => show(area));
      area.addEventListener("focus", () => {
        stop(area);
        show(area);
      });
      // Not on the map itself: a listener for focus would make it a stop of its own.
      area.addEventListener("blur", (event) => {
        if (!map.contains(event.relatedTarget)) leave();
      });
      area.addEventListener("click", () => area.focus({ preventScroll: true }));
    }
    map.addEventListener("pointerleave", () => {
      const here = areas.find((area) => area === document.activeElement);
      if (here) show(here);
      else leave();
    });
    map.addEventListener("keydown", (event) => {
      const here = areas.indexOf(document.activeElement);
      if (here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      let next = null;
      if (event.key in directions) next = towards(areas, areas[here], directions[event.key]);
      else if (event.key === "Home") next = areas[0];
      else if (event.key === "End") next = areas[areas.length - 1];
      else if (event.key === "PageDown") next = areas[Math.min(here + 1, areas.length - 1)];
      else if (event.key === "PageUp") next = areas[Math.max(here - 1, 0)];
      else if (event.key === "Escape") leave();
      else return;
      event.preventDefault();
      next?.focus({ preventScroll: true });
    });
  }
})();
