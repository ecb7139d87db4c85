/** Before a round, in the drawer: which scale, how its numbers will be shown and to how many, then asking everyone. */

import { newId } from "../ask.js";
import { all, find, keyed, paint, setText, stamp } from "../paint.js";
import { t, tn } from "../words.js";
import { childrenOf, inAgencies, roleWord, wouldAsk } from "./rounds.js";

/** @param {import("./desk.js").Desk} desk @param {HTMLElement} form @param {() => void} back */
export function asking({ board, press, redraw }, form, back) {
  const which = /** @type {HTMLSelectElement} */ (find(form, "[data-scale]"));
  const too = /** @type {HTMLInputElement} */ (find(form, "[data-too]"));
  const per = /** @type {HTMLInputElement} */ (find(form, "[data-per]"));
  const alsos = find(form, "[data-alsos]");
  const wrong = find(form, "[data-wrong]");

  find(form, "[data-drawer-back]").addEventListener("click", back);
  for (const one of [which, too, per, alsos]) one.addEventListener("change", redraw);
  form.addEventListener("change", () => say(""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const show = chosen();
    if (!show) {
      say(t("Choose first how the numbers will be shown."));
      return find(form, '[name="show"]').focus();
    }
    const rounds = [{ scale: scale()?.id, child: "" }, ...also()].map(({ scale, child }) => ({
      ask: "round.open",
      id: newId(),
      scale,
      ...(child ? { child } : {}),
      show: show.value,
      too: too.checked,
      per: per.checked ? "agency" : "person",
    }));
    const sheet = rounds.length > 1 ? { sheet: newId() } : {};
    // The next round is chosen anew: nothing is preselected, ever.
    if (await press(rounds.map((round) => ({ ...round, ...sheet })))) {
      show.checked = too.checked = per.checked = false;
      for (const one of ticks()) one.checked = false;
    }
  });

  /** @returns {HTMLInputElement[]} */
  function ticks() {
    return /** @type {HTMLInputElement[]} */ (all(alsos, "input"));
  }

  /** What else is to be asked about, in its order: another scale, or the same for a child. */
  function also() {
    const ticked = all(alsos, "[data-key]").filter((one) => find(one, "input").matches(":checked"));
    return ticked.map((one) => {
      const [id, ...child] = (one.dataset.key ?? "").split("/");
      return { scale: id, child: child.join("/") };
    });
  }

  /** Worries on the board may be asked about on the same sheet. @param {import("../store.js").Scale[]} scales */
  function offer(scales) {
    const minutes = Number(alsos.dataset.minutes);
    const others = scales.filter(
      (one) => one.id !== scale()?.id && board.set.get(one.set ?? "")?.state === "board",
    );
    const about = scale();
    const names = new Map(
      others.map((one) => [one.id, board.set.get(one.set ?? "")?.texts?.name || one.title]),
    );
    // Brothers and sisters can be safe in different ways; a worry's own scale is about all it names.
    for (const child of about && !about.set ? childrenOf(board) : [])
      names.set(`${about?.id}/${child}`, t("{child}: {scale}", { scale: about?.title ?? "", child }));
    keyed(
      alsos,
      names.keys(),
      () => stamp("drawer-also"),
      (el, key) =>
        paint(el, { worry: names.get(key), more: tn("{n} minute more", "{n} minutes more", minutes) }),
    );
    const n = also().length;
    const told = tn("This sheet adds about {n} minute.", "This sheet adds about {n} minutes.", n * minutes);
    paint(form, { also: names.size > 0, adds: n ? told : "" });
  }

  function chosen() {
    return /** @type {HTMLInputElement | null} */ (form.querySelector('[name="show"]:checked'));
  }

  function scale() {
    return board.scale.get(which.value) ?? askable(board)[0];
  }

  /** @param {string} words */
  function say(words) {
    setText(wrong, words);
    wrong.hidden = !words;
  }

  /** What each way means for the people who are here. */
  function effects() {
    const services = per.checked && !per.closest("label")?.hidden;
    const asked = inAgencies(wouldAsk(board, too.checked), services);
    const people = services
      ? tn("{n} number is asked for.", "{n} numbers are asked for.", asked.length)
      : tn("{n} person is asked.", "{n} people are asked.", asked.length);
    /** @type {Map<string, number>} */
    const groups = new Map();
    for (const one of asked) groups.set(one.role, (groups.get(one.role) ?? 0) + 1);
    const shares = [...groups]
      .map(([role, n]) => t("{role}: {n}", { role: roleWord(board, role), n }))
      .join(", ");
    return {
      named: `${t("Everyone sees who chose which number.")} ${people}`,
      role: `${t("Everyone sees from which group a number comes. Who is alone in a group is shown as “someone”.")} ${shares}`.trim(),
      spread: `${t("Everyone sees where the marks are, and nothing of who chose them. It needs three numbers.")} ${people}`,
    };
  }

  return {
    /** @param {boolean} earlier whether there are numbers to go back to */
    draw(earlier) {
      const scales = askable(board);
      const kept = which.value;
      which.replaceChildren(...scales.map((one) => new Option(one.title, one.id)));
      which.value = scales.some((one) => one.id === kept) ? kept : (scales[0]?.id ?? "");
      const one = scale();
      offer(scales);
      paint(form, {
        agencies: [...board.person.values()].some(({ role, agency }) => role === "agency" && agency),
        many: scales.length > 1,
        question: one?.title,
        ten: one?.ten,
        zero: one?.zero,
        reversed: one?.direction === "down",
        back: earlier,
        ...effects(),
      });
    },
  };
}

/** A draft's own scale is nobody's but its writers', and this may be projected. @param {import("../store.js").Board} board */
function askable(board) {
  return [...board.scale.values()].filter((one) => board.set.get(one.set ?? "")?.state !== "draft");
}
