/** What the page itself brought of the board, so that the line has to bring only the rest. Taken out of the page, and used once. */

/** @typedef {import("./store.js").Frame} Frame */
/** @typedef {Record<string, Record<string, any>>} Parts */
/** @typedef {{you: any, seq: number, epoch: string, put: Parts}} Brought */

/** @returns {Brought | null} */
export function brought() {
  const [board, own] = ["brought", "own"].map((id) => {
    const el = document.getElementById(id);
    el?.remove();
    return el?.textContent ? JSON.parse(el.textContent) : null;
  });
  if (!board || !own) return null;
  return { ...board, you: own.you, seq: Number(own.seq), put: { ...board.put, card: cards() } };
}

function cards() {
  /** @type {Record<string, any>} */
  const put = {};
  for (const el of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-is]"))) {
    const card = JSON.parse(el.dataset.is ?? "");
    put[card.id] = card;
    delete el.dataset.is;
  }
  return put;
}

/** Hand a frame to the board: the first one together with what the page brought. @param {import("./store.js").Board} board @param {Frame} frame @param {Brought | null} page */
export function take(board, frame, page) {
  if (frame.is === "welcome") board.welcome(frame);
  else if (page) board.welcome(together(page, frame));
  else board.change(frame);
}

/** The whole board. @param {Brought} page @param {Frame} change @returns {Frame} */
function together(page, { seq, put = {}, drop = {} }) {
  /** @type {Parts} */
  const all = {};
  for (const kind of new Set([...Object.keys(page.put), ...Object.keys(put)])) {
    all[kind] = { ...page.put[kind], ...put[kind] };
    for (const id of drop[kind] ?? []) delete all[kind][id];
  }
  return { is: "welcome", seq, epoch: page.epoch, you: page.you, put: all };
}
