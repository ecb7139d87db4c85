"""Why an ask was refused: a closed list of codes, each with one sentence a grandmother understands. Nothing else is
ever said."""


def N_(text: str) -> str:
    """Mark a sentence for the catalogue without translating it here."""
    return text


REFUSALS: dict[str, str] = {
    "unreadable": N_("That could not be read. Nothing has changed."),
    "ref-used": N_("This page has been copied from another one. It will try again by itself."),
    "not-in": N_("You are not in this meeting."),
    "not-yours": N_("Only the person who wrote a card can change its words."),
    "not-for-you": N_("That is not something you can do in this meeting."),
    "closed": N_("This meeting has ended."),
    "break": N_("We are having a break. Your words are kept here until everyone is back."),
    "column-closed": N_("Adding is closed here for now. Your words are kept here."),
    "empty": N_("There is nothing written yet."),
    "too-long": N_("That is too long. Please make it shorter."),
    "bad-character": N_("There is a hidden sign in the text that cannot be kept. Please type it again."),
    "no-card": N_("That card is not on the board any more."),
    "not-here": N_("A child’s own words are left as they are."),
    "comments-closed": N_("Comments are closed here for now. Your words are kept here."),
    "no-comment": N_("That is not there any more."),
    "no-person": N_("That person is not on the list."),
    "not-child": N_("That is only for a child or young person on the list."),
    "not-agency": N_("That is only for somebody who works with the family."),
    "lead-only": N_("Only the lead worker says what the least is that services ask for."),
    "no-round": N_("That question is not being asked any more."),
    "no-scale": N_("There is no such scale in this meeting."),
    "no-words": N_("That has been dealt with already."),
    "no-phase": N_("There is no such part in this meeting."),
    "not-there": N_("That is not there any more."),
    "translated": N_("Somebody has put this into that language already."),
    "id-taken": N_("Something with this number is here already. Please try again."),
    "stale": N_("This card was changed while you were writing. Both texts are kept: choose what it should say."),
    "not-aside": N_("That card is not set aside."),
    "not-waiting": N_("That card is not waiting any more."),
    "family-first": N_("The family go first there. Write it as a new card, and it waits its turn."),
    "not-removed": N_("That card has not been taken back."),
    "for-whom": N_("Please choose for whom you are writing."),
    "not-for-them": N_("You cannot write for that person."),
    "whose-words": N_("Please say whose words these are, and that they are happy to share them."),
    "not-shared": N_("This child did not want these words shared, so they stay off the board."),
    "no-set": N_("That worry is not on the board."),
    "not-up": N_("That worry is not on the board."),
    "already-up": N_("That worry is on the board already."),
    "set-closed": N_("That worry is closed."),
    "not-closed": N_("That worry is not closed."),
    "set-stale": N_("Someone else wrote here meanwhile. Both texts are kept: choose what it should say."),
    "still-asked": N_("People are still being asked about this. Show their answers or stop asking first."),
    "being-asked": N_("People are being asked about these words. Yours are kept here: save them once that is over."),
    "four-open": N_("Four are open. Close one first, so that people can hold them in mind."),
    "not-writing": N_("Only those who write this worry can do that."),
    "family-words": N_("Only the family can say this, or someone who types it for them."),
    "no-child": N_("That child is not named here any more."),
    "child-written": N_("Something is written about that child. Take those words out first."),
    "no-differ": N_("That view is not on the board any more."),
    "no-phone": N_("That person has no phone here to pass on."),
    "no-step": N_("That next step is not on the list any more."),
    "no-owner": N_("Nobody is being asked about that any more."),
    "no-yes": N_("They have not said yes."),
    "no-decision": N_("That is not written there any more."),
    "answered-anew": N_("They have answered again. Please read the new answer first."),
    "already-asked": N_("They have been asked already."),
    "cannot-own": N_("That person cannot take on a next step in this meeting."),
    "not-your-step": N_("Only someone whose step it is can do that."),
    "stale-step": N_("This was changed while you were writing. Your words are kept here: please read it again first."),
    "already-open": N_("This is being asked already."),
    "not-open": N_("The answers are no longer open."),
    "too-few": N_("There are too few answers to show them without names. Three are needed."),
    "not-asked": N_("You are not asked for an answer in this meeting."),
    "key-only": N_("That is done with a link, not from the list of people."),
    "last-facilitator": N_("Someone has to run the meeting. Make a second facilitator first."),
    "full": N_("There is no more room for this in one meeting."),
    "lobby-full": N_("Too many people are waiting to come in. Please try again in a few minutes."),
    "busy": N_("The server cannot save just now. Your words are kept here and will be sent."),
}


class Refused(Exception):
    """An ask that may not happen. `code` is for programs and one of `REFUSALS`; `why` is for people, in English."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.why = REFUSALS[code]
