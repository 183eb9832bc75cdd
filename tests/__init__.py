"""The tests, and what they share. Which helper serves when, from the rules to the real program:

- `committees`: what the members of a committee answered, and what P12's five come to; for rules.
- `talking`: one person and the conversation itself, without a channel.
- `round_table`: a committee in private chats, from the close of a round to the agenda.
- `meetings`: a committee's meeting, the group's screen and the chair's private chat.
- `playing`, `going_on`: one person on the stand-in, from a transcript or answering whatever comes.
- `telegram_bot`: the bot on the stand-in, its clock, and words to drive it.
- `gathering`: a committee opened and joined on the stand-in as people do it, link by link.
- `directors`: people on the stand-in who answer as a persona file says, to the last question.
- `seated`: the same people put in a session of the real store at once, when how they came there
  is not the subject.
- `room`: the committee's group on the stand-in, during the meeting.
- `process`, `hooked`: the real program in its own process, by polling or by webhook.
- `grounds`: each place where a store can stand.
"""
