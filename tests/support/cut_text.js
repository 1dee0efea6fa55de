// Text that a reader cannot get to: beyond the page's edge, or clipped by a box that does not
// scroll. Returns one line per piece of text. Off-screen skip links and text for screen readers
// only (the visually-hidden pattern) are meant to be out of sight and are left out.
() => {
  const edge = 1.5; // px: rounding of sub-pixel layout
  const width = document.documentElement.clientWidth;
  const cut = [];

  const name = (element) =>
    element.tagName.toLowerCase() +
    (element.id ? "#" + element.id : "") +
    [...element.classList].map((word) => "." + word).join("");

  const hiddenOnPurpose = (element, box) => {
    const link = element.closest('a[href^="#"]');
    if (link && (box.right <= 0 || box.bottom + scrollY <= 0)) return true;
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const tiny = at.clientWidth <= 1 && at.clientHeight <= 1;
      if (style.position === "absolute" && tiny && style.overflowX !== "visible") return true;
    }
    return false;
  };

  const whyCut = (element, box) => {
    let acrossFree = false; // inside something that scrolls sideways
    let downFree = false; // inside something that scrolls down
    let position = "static"; // of the box whose containing block is looked for
    const glyphs = 0.3 * box.height; // the font's box is taller than its ink
    for (let at = element; at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      const contains = position !== "absolute" || style.position !== "static";
      if (at !== document.body && contains && position !== "fixed") {
        const around = at.getBoundingClientRect();
        if (["auto", "scroll"].includes(style.overflowX)) acrossFree = true;
        if (["auto", "scroll"].includes(style.overflowY)) downFree = true;
        const clipsAcross = ["hidden", "clip"].includes(style.overflowX) && !acrossFree;
        const clipsDown = ["hidden", "clip"].includes(style.overflowY) && !downFree;
        if (clipsAcross && (box.right > around.right + edge || box.left < around.left - edge))
          return `clipped sideways by ${name(at)}`;
        if (clipsDown && (box.bottom > around.bottom + glyphs || box.top < around.top - glyphs))
          return `clipped in height by ${name(at)}`;
        position = style.position;
      }
    }
    if (!acrossFree && box.right > width + edge) return `ends ${Math.round(box.right - width)} px beyond the right edge`;
    if (!acrossFree && box.left < -edge) return `begins ${Math.round(-box.left)} px before the left edge`;
    if (box.bottom + scrollY <= 0) return "lies above the page";
    return "";
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const text = node.data.trim();
    if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (!box.width || hiddenOnPurpose(element, box)) continue;
      const why = whyCut(element, box);
      if (why) {
        cut.push(`"${text.slice(0, 60)}" in ${name(element)} ${why}`);
        break;
      }
    }
  }
  return cut;
}
