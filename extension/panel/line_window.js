// Of a long cart only the lines in and near the view are in the page, with gaps as high as the lines that are not. What
// has the focus, and what somebody is led to, is always there.

/** Carts of no more lines than this are in the page as a whole. */
export const MOST_WHOLE = 100;

/** How far beyond the view lines are kept, in CSS pixels: a turn of the wheel meets no gap. */
const NEAR = 1200;

/** What a line is taken to be high before one was measured, in CSS pixels. */
const USUAL_HEIGHT = 130;

/** Ids of controls that belong to a line: `line-3`, `change-3`, `edit-3-quantity`. */
const OF_LINE = /^[a-z-]*?-(\d+)(?:-|$)/;

const heights = new Map();
let count = 0;
let average = USUAL_HEIGHT;
let view = { top: 0, bottom: 2 * NEAR };
let pinned;
let draw = () => {};

const heightOf = (index) => heights.get(index) ?? average;

/**
 * What stands in the table, from the top: `{ index }` of a line, or `{ gap }` in pixels for lines that are left out. A
 * line is left out if no part of it is between `top` and `bottom`, which count from the table's first line, and it is
 * not among those to `keep`.
 */
export function partsOf({ count: lines, heightOf: height, top, bottom, keep }) {
  const parts = [];
  let end = 0;
  for (let index = 0; index < lines; index += 1) {
    const start = end;
    end += height(index);
    if ((end > top && start < bottom) || keep.includes(index)) parts.push({ index });
    else if (parts.at(-1)?.gap !== undefined) parts.at(-1).gap += height(index);
    else parts.push({ gap: height(index) });
  }
  return parts;
}

/** The place of the line that a control's id names. */
export const lineOf = (id) => (OF_LINE.test(id) ? Number(id.match(OF_LINE)[1]) : undefined);

/** What is shown of so many lines; `redraw` shows the review again. */
export function shownParts(lines, redraw) {
  if (lines !== count) {
    heights.clear();
    view = { top: 0, bottom: 2 * NEAR };
    pinned = undefined;
  }
  [count, draw] = [lines, redraw];
  if (lines <= MOST_WHOLE) return Array.from({ length: lines }, (_, index) => ({ index }));
  const focused = document.activeElement?.closest("tbody")?.id ?? "";
  const keep = [pinned, lineOf(focused)].filter((index) => index !== undefined);
  return partsOf({ count, heightOf, ...view, keep });
}

/** Brings a line into the page, so that a control of it can be found. */
export function reveal(id) {
  const index = lineOf(id);
  if (index === undefined || index >= count) return;
  pinned = index;
  draw();
}

/** Measures what is in the page, and draws again once the view has moved by half of what is kept beyond it. */
function look() {
  const table = document.querySelector(".lines");
  if (!table || count <= MOST_WHOLE) return;
  for (const line of table.tBodies) {
    const { height } = line.getBoundingClientRect();
    if (line.id && height > 0) heights.set(lineOf(line.id), height);
  }
  average = [...heights.values()].reduce((sum, height) => sum + height, 0) / heights.size || USUAL_HEIGHT;
  const start = table.getBoundingClientRect().top + (table.tHead?.offsetHeight ?? 0);
  const seen = { top: -start - NEAR, bottom: innerHeight - start + NEAR };
  const moved = Math.max(Math.abs(seen.top - view.top), Math.abs(seen.bottom - view.bottom));
  if (moved < NEAR / 2) return;
  view = seen;
  draw();
}

/** Keeps to where the reader is. */
export function follow() {
  for (const moved of ["scroll", "resize"]) addEventListener(moved, () => requestAnimationFrame(look), { passive: true });
}
