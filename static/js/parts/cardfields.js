/** What stands on a card beside its words, for the one who looks: in the same sentences as templates/parts/card.html. It draws nothing. */

import { isChilds } from "../store.js";
import { t } from "../words.js";
import { unknownWords } from "./unknownwords.js";

/**
 * @typedef {import("./overlay.js").Shown} Shown
 * @typedef {import("../store.js").Board} Board
 * @typedef {{offline: boolean, runs: string}} Around `runs` is the name of who runs the meeting
 */

/** @param {Shown} card @param {Board} board @param {Around} around @returns {import("../paint.js").Fields} */
export function cardFields(card, board, around) {
  const about = board.meeting?.about;
  const talked = about?.kind === "card" && about.id === card.id;
  const mine = mayWord(card, board);
  return {
    text: card.text,
    who: writer(card, board),
    from: origin(card),
    unknown: unknownWords(card.unknown),
    open: yes(card.unknown),
    voiced: yes(isChilds(card)),
    aside: yes(card.aside),
    kept: yes(card.kept),
    tray: yes(card.tray),
    putup: mine && card.kept && !card.saving,
    about: yes(talked),
    own: yes(mine),
    mine,
    others: !mine && !card.saving && board.meeting?.state === "open",
    mark: mark(card, board, around),
    unconfirmed: Boolean(card.typed && !card.confirmed && !card.saving),
    state: state(card, around),
  };
}

/** Whether the person who looks may change this card's words now. @param {Shown} card @param {Board} board */
export function mayWord(card, board) {
  if (board.meeting?.state === "closed") return false;
  return board.owns(card) || (card.saving === true && card.version === 0);
}

/** Nobody of these types for others but on a phone that was passed to them. */
const ON_PHONE = new Set(["family", "child", "agency", "advocate"]);

/** Who stands under a card; under a child's words the child does, and who brought them. @param {Shown} card @param {Board} board */
export function writer(card, board) {
  const by = board.person.get(card.by ?? "");
  if (!by || card.voice?.brought_by) return "";
  const typist = board.person.get(card.typed_by ?? "");
  if (typist && card.confirmed === "self" && ON_PHONE.has(typist.role))
    return t("{name}, on {other}’s phone", { name: by.name, other: typist.name });
  if (typist) return t("{name}, typed by {other}", { name: by.name, other: typist.name });
  return by.agency ? `${by.name}, ${by.agency}` : by.name;
}

/** Where a child's words come from. @param {Shown} card */
export function origin(card) {
  const voice = card.voice;
  if (!voice) return "";
  const how = { said: t("said"), drew: t("drawn"), wrote: t("written"), app: t("in an app") };
  const told =
    how[/** @type {keyof typeof how} */ (voice.how ?? "said")] ??
    (voice.how === "observed" ? t("shown without words") : "");
  return [
    t("{name}’s own words", { name: voice.whose }),
    [told, voice.when].filter(Boolean).join(" "),
    voice.brought_by ? t("brought by {name}", { name: voice.brought_by }) : "",
    voice.agreed === "parts" ? t("happy to share this part") : t("happy to share"),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {Shown} card @param {Board} board @param {Around} around */
function mark(card, board, { runs }) {
  if (card.kept && board.you.role === "child") return t("Only you see this.");
  if (card.kept) return t("Kept by you. Nobody else can see it.");
  if (card.tray) return t("Waits until the family have spoken. {name} puts it up.", { name: runs });
  if (!card.aside) return "";
  if (board.you.role === "facilitator") return t("Set aside. Nobody else sees it.");
  return t("Set aside: only you and {name} can see it.", { name: runs });
}

/** @param {Shown} card @param {Around} around */
function state(card, { offline }) {
  if (!card.saving) return t("Saved");
  return offline ? t("Kept here, not sent yet") : t("Saving…");
}

/** @param {unknown} value */
function yes(value) {
  return value ? "yes" : null;
}
