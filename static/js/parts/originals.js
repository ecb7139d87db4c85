/** Words on the board that can have a second text, in the order they are translated, and what language they are in. It draws nothing. */

import { all } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { AGES, wordsFor } from "./child.js";
import { setsOf, viewsOf } from "./setwords.js";
import { inOrder } from "./stepwords.js";

/**
 * @typedef {import("../store.js").Board} Board
 * @typedef {{place: string, of: {kind: string, id: string, field: string}, text: string, where: string, holes?: boolean}} Original
 */

/** @param {Board} board @returns {Original[]} */
export function originals(board) {
  return [...cards(board), ...statements(board), ...steps(board), ...scales(board), ...questions(board)];
}

/** Worries and goals as they read, and how they are seen differently. @param {Board} board @returns {Original[]} */
function statements(board) {
  const up = setsOf(board).filter((one) => one.state !== "draft");
  return up.flatMap(({ id, number, texts, reads }) => {
    const where = (/** @type {string} */ words) => t("{n} {name}", { n: number ?? "", name: words });
    const views = viewsOf(board, id).map((one) =>
      original(...of(one), one.text, where(t("Seen differently"))),
    );
    return [
      original("set", id, "name", texts?.name ?? "", where(t("Its name"))),
      original("set", id, "worry", plain(reads.worry), where(t("The worry"))),
      ...views,
      original("set", id, "goal", plain(reads.goal), where(t("The goal"))),
      original("set", id, "family", texts?.family ?? "", where(t("The family’s own goal"))),
    ].filter((one) => one.text);
  });
}

/** @param {import("./setwords.js").View} view @returns {[string, string, string]} */
function of({ id, answer }) {
  return answer ? ["answer", id, "words"] : ["differ", id, "text"];
}

/** @param {import("./setwords.js").Piece[]} pieces */
function plain(pieces) {
  return pieces.map((one) => one.text).join("");
}

/** @param {Board} board @returns {Original[]} */
function steps(board) {
  return inOrder(board)
    .flatMap(({ id, what, know = "", otherwise = "" }) => [
      original("step", id, "what", what, t("Next step")),
      original("step", id, "know", know, t("How we will know")),
      original("step", id, "otherwise", otherwise, t("If it does not happen")),
    ])
    .filter((one) => one.text);
}

/** @param {Board} board @returns {Original[]} */
function cards(board) {
  /** @type {{id: import("../store.js").Column, title: string}[]} */
  const columns = board.meeting?.template.columns ?? [];
  return columns.flatMap(({ id, title }) =>
    board.cards(id).map((card) => {
      const who = card.voice?.whose ?? writer(card, board);
      return original("card", card.id, "text", card.text, who ? `${title} · ${who}` : title);
    }),
  );
}

/** @param {Board} board @returns {Original[]} */
function scales(board) {
  return [...board.scale.values()]
    .filter((scale) => board.set.get(scale.set ?? "")?.state !== "draft")
    .flatMap((scale) => [
      original("scale", scale.id, "title", scale.title, t("The scale")),
      // What a worry’s own scale is about is the worry’s name.
      original(
        "scale",
        scale.id,
        "about",
        scale.set ? "" : (scale.about ?? ""),
        t("What the scale is about"),
      ),
      original("scale", scale.id, "ten", scale.ten, t("What 10 means")),
      original("scale", scale.id, "zero", scale.zero, t("What 0 means")),
    ])
    .filter((one) => one.text);
}

/** @param {Board} board @returns {Original[]} */
function questions(board) {
  /** @type {{columns: {id: string, question: string, title: string}[], questions: {id: string, text: string}[]}} */
  const { columns, questions: asked } = board.meeting?.template ?? { columns: [], questions: [] };
  return [
    ...columns.map(({ id, question }) => original("question", id, "question", question, t("Question"))),
    ...asked.map(({ id, text }) => ({
      ...original("question", id, "text", text, t("Question after the numbers")),
      holes: /\{(n|lower|higher)\}/.test(text),
    })),
    ...childrens(board),
  ];
}

/** What children are asked on screens of their own, while one is here. @param {Board} board @returns {Original[]} */
function childrens(board) {
  if (![...board.person.values()].some((one) => one.role === "child" && one.state === "here")) return [];
  return AGES.flatMap((age) => {
    const words = wordsFor(age);
    const houses = words ? all(words, "[data-column]") : [];
    const where = t("Question for a child of {age}", { age });
    const place = t("On the scale for a child of {age}", { age });
    return [
      ...houses.map((one) =>
        original("question", one.dataset.column ?? "", age, one.textContent ?? "", where),
      ),
      ...all(words ?? document.createElement("div"), "[data-place]").map((one) =>
        original("question", `place${one.dataset.place}`, age, one.textContent ?? "", place),
      ),
    ];
  });
}

/** @param {string} kind @param {string} id @param {string} field @param {string} text @param {string} where @returns {Original} */
function original(kind, id, field, text, where) {
  return { place: `${kind}/${id}/${field}`, of: { kind, id, field }, text, where };
}

/** Letters a language is written in, where they are not Latin ones. @type {Record<string, string>} */
const LETTERS = {
  ...Object.fromEntries("ar ckb fa prs ps sd ug ur".split(" ").map((lang) => [lang, "Arabic"])),
  ...Object.fromEntries("bg mk ru sr uk".split(" ").map((lang) => [lang, "Cyrillic"])),
  ...Object.fromEntries("hi mr ne".split(" ").map((lang) => [lang, "Devanagari"])),
  ...Object.fromEntries("am ti".split(" ").map((lang) => [lang, "Ethiopic"])),
  ...Object.fromEntries("yue zh".split(" ").map((lang) => [lang, "Han"])),
  bn: "Bengali",
  el: "Greek",
  gu: "Gujarati",
  he: "Hebrew",
  ja: "Hiragana",
  ka: "Georgian",
  ko: "Hangul",
  ml: "Malayalam",
  my: "Myanmar",
  pa: "Gurmukhi",
  si: "Sinhala",
  ta: "Tamil",
  te: "Telugu",
  th: "Thai",
};

/** The letters a language is written in, by their name in Unicode. @param {string} lang */
export function lettersOf(lang) {
  return LETTERS[lang.toLowerCase().split("-")[0]] ?? "Latin";
}

/**
 * Which of two languages words are in, as far as their letters tell; else the second, which is the meeting's.
 * @param {string} text @param {[string, string]} pair
 */
export function languageOf(text, [one, other]) {
  const [mine, theirs] = [one, other].map(lettersOf);
  if (mine === theirs) return other;
  return has(text, mine) && (!has(text, theirs) || count(text, mine) > count(text, theirs)) ? one : other;
}

/** @param {string} text @param {string} letters */
function has(text, letters) {
  return count(text, letters) > 0;
}

/** @param {string} text @param {string} letters */
function count(text, letters) {
  return text.match(new RegExp(`\\p{Script=${letters}}`, "gu"))?.length ?? 0;
}
