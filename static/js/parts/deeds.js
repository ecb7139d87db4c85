/** The presses that do something to one card for everybody, each with what takes it back. They draw nothing. */

import { newId } from "../device.js";
import { t } from "../words.js";
import { turned } from "./commented.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Card} Card @typedef {import("../store.js").Column} Column */

/** @param {import("./desk.js").Desk} desk */
export function deeds(desk) {
  const { board, press } = desk;
  /** What was shown large when it was last asked for. */
  let shown = "";

  const large = {
    /** @param {string} id */
    is(id) {
      const about = board.meeting?.about;
      return about?.kind === "card" && about.id === id;
    },

    /** The cards that began or ended being shown large since this was last asked. */
    changed() {
      const about = board.meeting?.about;
      const before = shown;
      shown = about?.kind === "card" ? about.id : "";
      return [before, shown].filter(Boolean);
    },

    /** @param {Card} card */
    show(card) {
      const was = board.meeting?.about ?? null;
      const about = large.is(card.id) ? null : { kind: "card", id: card.id };
      const said = about ? t("Shown large to everyone.") : t("No longer shown large.");
      return press({ ask: "about.show", about }, { said, back: [{ ask: "about.show", about: was }] });
    },
  };

  return { large, aside, putBack, wall, comments, reworded, erase, step, back, move, up, down };

  /** @param {Card} card */
  function aside({ id }) {
    return press(
      { ask: "card.aside", card: id },
      { said: t("Set aside."), back: [{ ask: "card.return", card: id }] },
    );
  }

  /** @param {Card} card */
  function putBack({ id }) {
    return press(
      { ask: "card.return", card: id },
      { said: t("Put back."), back: [{ ask: "card.aside", card: id }] },
    );
  }

  /** @param {Card} card */
  function wall({ id, off_wall: off = false }) {
    const said = off ? t("It can be on the wall again.") : t("It is not on the wall any more.");
    const wishes = [{ ask: "card.wall", card: id, off: !off }];
    // What is talked about would stay on the wall, whatever the card says.
    if (!off && large.is(id)) wishes.unshift(/** @type {any} */ ({ ask: "about.show", about: null }));
    return press(wishes, { said, back: [{ ask: "card.wall", card: id, off }] });
  }

  /** @param {Card} card */
  function comments({ id }) {
    const { wish, said, back } = turned({ kind: "card", id }, board);
    return press(wish, { said, back });
  }

  /** @param {Card} card */
  async function reworded({ id }) {
    const yes = await sure({
      title: t("Take off what this card said before?"),
      text: t("Nobody can look back at it any more. The card stays as it is now. This cannot be taken back."),
      yes: t("Take it off"),
      no: t("Keep it"),
    });
    if (yes)
      await press({ ask: "wording.remove", card: id }, { said: t("It cannot be looked back at any more.") });
  }

  /** @param {Card} card */
  async function erase({ id }) {
    const yes = await sure({
      title: t("Remove this card for good?"),
      text: t("Its words leave the board and the record. This cannot be taken back."),
      yes: t("Remove for good"),
      no: t("Keep it"),
    });
    if (yes) await press({ ask: "card.erase", card: id }, { said: t("Removed for good.") });
  }

  /** A next step in the card's own words. @param {Card} card */
  function step({ id, text }) {
    const made = newId();
    return press(
      { ask: "step.add", id: made, what: text, card: id },
      { said: t("Made a next step of it."), back: [{ ask: "step.remove", step: made }] },
    );
  }

  /** @param {Card} card */
  function back({ id }) {
    return press(
      { ask: "card.remove", card: id },
      { said: t("Taken back."), back: [{ ask: "card.restore", card: id }] },
    );
  }

  /** @param {Card} card @param {Column} column */
  function move(card, column) {
    const title =
      board.meeting?.template.columns.find((/** @type {any} */ one) => one.id === column)?.title ?? "";
    return place(card, column, null, t("Moved to {column}.", { column: title }));
  }

  /** @param {Card} card */
  function up(card) {
    const { others, at } = neighbours(card);
    if (at > 0) place(card, card.column, others[at - 1].id, t("Moved up."));
  }

  /** @param {Card} card */
  function down(card) {
    const { others, at } = neighbours(card);
    if (at < others.length) place(card, card.column, others[at + 1]?.id ?? null, t("Moved down."));
  }

  /** @param {Card} card @param {Column} column @param {string | null} before @param {string} said */
  function place(card, column, before, said) {
    const { others, at } = neighbours(card);
    const home = { ask: "card.move", card: card.id, column: card.column, before: others[at]?.id ?? null };
    return press({ ask: "card.move", card: card.id, column, before }, { said, back: [home] });
  }

  /** The cards a card can change places with, and where it stands among them: a child's words stay above the others. @param {Card} card */
  function neighbours(card) {
    const alike = board
      .cards(card.column)
      .filter((one) => !one.aside && !one.tray && !one.kept && !one.voice === !card.voice);
    const at = alike.findIndex((one) => one.id === card.id);
    return { others: alike.filter((one) => one.id !== card.id), at };
  }
}
