/** What is done to a worry and its goal that cannot be taken back, each after one plain question. */

import { t } from "../words.js";
import { setsOf, titleOf } from "./setwords.js";
import { sure } from "./sure.js";

/** @param {import("./press.js").Press} press @param {string} id */
export async function discard(press, id) {
  const yes = await sure({
    title: t("Throw this draft away?"),
    text: t("Its words are gone for good."),
    yes: t("Throw it away"),
    no: t("Keep it"),
  });
  if (yes) await press({ ask: "set.discard", set: id }, { said: t("The draft is gone.") });
}

/** @param {import("./press.js").Press} press @param {import("../store.js").Board} board @param {string} id */
export async function erase(press, board, id) {
  const later = begunFrom(board, id).map((one) => titleOf(one));
  const along = later.length
    ? t("This goes with it, because it was begun from it: {titles}.", { titles: later.join(", ") })
    : "";
  const yes = await sure({
    title: t("Remove this worry and its goal for good?"),
    text: [
      t(
        "All words about it leave the board and the record: answers, numbers, different views, and whatever was begun from it. Cards and next steps stay. This cannot be taken back.",
      ),
      along,
    ]
      .filter(Boolean)
      .join(" "),
    yes: t("Remove for good"),
    no: t("Keep it"),
  });
  if (yes) await press({ ask: "set.erase", set: id }, { said: t("Removed for good.") });
}

/** The worries that were begun from this one, or from one of those. @param {import("../store.js").Board} board @param {string} id */
function begunFrom(board, id) {
  const gone = new Set([id]);
  return setsOf(board)
    .sort((one, other) => (one.number || 1_000) - (other.number || 1_000))
    .filter((one) => gone.has(one.instead_of ?? "") && gone.add(one.id));
}

/** @param {import("./press.js").Press} press @param {string} id an earlier wording */
export async function removeEarlier(press, id) {
  const yes = await sure({
    title: t("Take this earlier wording away?"),
    text: t("It leaves every screen. This cannot be taken back."),
    yes: t("Take it away"),
    no: t("Keep it"),
  });
  if (yes) await press({ ask: "earlier.remove", earlier: id }, { said: t("It is on no screen any more.") });
}
