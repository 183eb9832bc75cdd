"""The person's side of things: agreement, language, data, pause, help, sources."""

from __future__ import annotations

from bot.conversation import drafting, retention
from bot.conversation.asking import heading, minutes, position
from bot.conversation.commands import COMMANDS
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import welcome
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Type
from bot.core.flow import END


def hello_screen(turn: Turn) -> Screen:
    """Who speaks, how long it takes, what one leaves with."""
    return Screen(turn.say("hello"), fresh=True)


def language_hello_screen(turn: Turn) -> Screen:
    """The same, with the choice of a language, for whoever's Telegram is not in French."""
    return Screen(turn.say("hello"), grouped(language_buttons(turn)), fresh=True)


def consent_screen(turn: Turn) -> Screen:
    """What becomes of the answers; nothing is asked before the person agrees."""
    notice = turn.say(
        "notice",
        days=turn.house.retention_days,
        controller=turn.house.controller[turn.lang],
    )
    rows = grouped(
        [turn.button("btn.start", "x", "consent"), turn.button("btn.notice", "g", "notice")]
    )
    return Screen(notice, rows, fresh=True)


def notice_screen(turn: Turn) -> Screen:
    """The full notice."""
    text = turn.say("privacy.full", **_terms(turn))
    begin = turn.button("btn.start", "x", "consent")
    if turn.seat is not None:
        text = turn.say("privacy.full_session", **_terms(turn))
        begin = turn.button("btn.start", "s", "agree")
    waits = turn.seat is not None and not turn.seat.agrees
    button = resume_button(turn) if turn.state.begun and not waits else begin
    return Screen(text, ((button,),))


def _terms(turn: Turn) -> dict[str, object]:
    """Who keeps the data, how long, where, and whom to ask."""
    return {
        "days": turn.house.retention_days,
        "controller": turn.house.controller[turn.lang],
        "contact": turn.house.contact or turn.say("privacy.contact"),
        "hosting": turn.house.hosting or turn.say("privacy.hosting"),
    }


def privacy_screen(turn: Turn) -> Screen:
    """The notice in brief, at any time."""
    text = turn.say(
        "privacy.brief_session" if turn.seat is not None else "privacy.brief",
        days=turn.house.retention_days,
        controller=turn.house.controller[turn.lang],
    )
    buttons = [turn.button("btn.notice", "g", "notice")]
    if turn.state.begun:
        buttons += [
            turn.button("btn.my_data", "g", "mydata"),
            turn.button("btn.my_erasure", "g", "erasure"),
            resume_button(turn),
        ]
    return Screen(text, grouped(buttons), strong=text.split("\n")[0])


def language_buttons(turn: Turn) -> list[Button]:
    """Each language by its own name, the current one second."""
    french = turn.labelled("Français", "x", "lang", "fr")
    english = turn.labelled("English", "x", "lang", "en")
    return [french, english] if turn.state.begun or turn.lang == "fr" else [english, french]


def language_screen(turn: Turn) -> Screen:
    """The choice of a language; answers stay."""
    return Screen(turn.say("lang.ask"), grouped(language_buttons(turn)))


def count(turn: Turn) -> int:
    """How many questions have been answered, offers left out."""
    dialogs = (turn.library.dialogs["diagnostic"], turn.library.dialogs["documents"])
    return sum(
        any(id_ in dialog and dialog[id_].type is not Type.OFFER for dialog in dialogs)
        for id_ in turn.interview.answers
    )


def standing(turn: Turn) -> str:
    """« question 7 sur 27, section « Alignement » », or the stage reached."""
    place = position(turn)
    if place == END or turn.state.place not in ("asking", "recap", "section"):
        return turn.say(f"stage.{_stage(turn)}")
    if turn.dialog_of(place)[place].type is Type.OFFER:
        return turn.say("stage.offer")
    module, _, progress = heading(turn, place).rpartition(" · ")
    n, _, total = progress.partition("/")
    return turn.say("stage.question", n=int(n), total=int(total), module=module)


def _stage(turn: Turn) -> str:
    if turn.seat is not None and welcome.withheld(turn):
        return "answered" if turn.seat.agrees else "invited"
    if turn.state.version:
        return "delivered"
    return "documents" if drafting.wanted(turn) else "advice"


def resume_button(turn: Turn) -> Button:
    """« Reprendre la question 7 », or to the stage reached."""
    place = position(turn)
    asking = turn.state.place in ("asking", "recap", "section") and place != END
    asking = asking and not welcome.frozen(turn)
    if not turn.state.begun:
        return turn.button("btn.begin", "g", "resume")
    if not asking or turn.dialog_of(place)[place].type is Type.OFFER:
        return turn.button("btn.resume", "g", "resume")
    n = heading(turn, place).rpartition(" · ")[2].partition("/")[0]
    return turn.button("btn.resume_n", "g", "resume", n=n)


def running_screen(turn: Turn) -> Screen:
    """/start in the middle: nothing is lost."""
    buttons = [resume_button(turn), turn.button("btn.restart", "g", "restart")]
    text = turn.say("repair.running_at", standing=standing(turn))
    return Screen(text, grouped(buttons, single=True), fresh=True)


def restart_screen(turn: Turn) -> Screen:
    """What starting again would erase; the safe choice first."""
    buttons = [
        turn.button("btn.keep_on", "g", "resume"),
        turn.button("btn.restart_yes", "x", "restart"),
    ]
    return Screen(turn.say("restart.ask", n=count(turn)), grouped(buttons, single=True))


def back_screen(turn: Turn) -> Screen:
    """Whoever comes back after a pause reads where they stood."""
    place = position(turn)
    text = turn.say("repair.back", standing=standing(turn))
    if place != END and turn.state.place == "asking":
        text += " " + turn.say("repair.minutes", n=minutes(turn, place))
    buttons = [
        resume_button(turn),
        turn.button("btn.review", "g", "recap"),
        turn.button("btn.erase_all", "g", "erasure"),
    ]
    return Screen(text, grouped(buttons, single=True), fresh=True)


def pause_screen(turn: Turn) -> Screen:
    """The interview rests; until when the answers are kept."""
    until = speech.day(retention.kept_until(turn), turn.lang)
    text = turn.say("pause.done_at", standing=standing(turn), n=count(turn), date=until)
    return Screen(text, ((turn.button("btn.resume_now", "g", "resume"),),))


def status_screen(turn: Turn) -> Screen:
    """Where one stands, what is kept and until when."""
    lines = [turn.say("status.line", standing=standing(turn), n=count(turn))]
    if turn.state.version:
        lines.append(turn.say("doc.version", n=turn.state.version, status=drafting.status(turn)))
    kept = "doc.kept" if turn.state.version else "status.kept"
    lines.append(turn.say(kept, date=speech.day(retention.kept_until(turn), turn.lang)))
    return Screen("\n".join(lines), ((resume_button(turn),),))


def help_screen(turn: Turn) -> Screen:
    """What the bot does, and each command with what it does."""
    lines = [f"/{name} : {turn.say(f'cmd.{name}')}" for name in COMMANDS]
    if turn.lang == "en":
        lines = [line.replace(" : ", ": ", 1) for line in lines]
    return Screen("\n\n".join([turn.say("help.head"), "\n".join(lines)]), ((resume_button(turn),),))


def settings_screen(turn: Turn) -> Screen:
    """Language and data in one place."""
    buttons = [
        turn.button("btn.language", "g", "language"),
        turn.button("btn.my_data", "g", "mydata"),
        turn.button("btn.my_erasure", "g", "erasure"),
        resume_button(turn),
    ]
    if turn.owner and turn.seat is not None:
        buttons.insert(1, turn.button("btn.session_settings", "s", "settings"))
    return Screen(turn.say("settings.head"), grouped(buttons))


def my_data_screen(turn: Turn) -> Screen:
    """What the copy holds, before it is made."""
    buttons = [turn.button("btn.get_file", "x", "export"), turn.button("btn.cancel", "g", "resume")]
    return Screen(turn.say("privacy.export"), grouped(buttons, single=True))


def exported_screen(turn: Turn) -> Screen:
    """What was just sent."""
    text = turn.say("privacy.exported", n=count(turn))
    return Screen(text, ((resume_button(turn),),), fresh=True)


def erasure_screen(turn: Turn) -> Screen:
    """What would go, for good; the safe choice first."""
    n, papers_sent = count(turn), turn.state.version
    text = turn.say("privacy.erase_lone", n=n)
    if papers_sent:
        text += " " + turn.say("privacy.erase_papers")
    buttons = [
        turn.button("btn.erase_nothing", "x", "kept"),
        turn.button("btn.erase", "x", "erase"),
    ]
    return Screen(text, grouped(buttons, single=True))


def erased_screen(turn: Turn, receipt: str) -> Screen:
    """The receipt."""
    done = turn.say("privacy.erased", date=speech.clock(turn.now, turn.lang), receipt=receipt)
    return Screen(f"{done}\n\n{turn.say('privacy.erased_what', n=count(turn))}")
