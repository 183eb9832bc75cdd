"""Chats and files: what the bot may ask about them."""

from .errors import bad
from .files import MAX_DOWNLOAD
from .model import Chat, Json
from .registry import Ask, plays


@plays("getMe")
def get_me(ask: Ask) -> Json:
    return ask.world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not ask.world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@plays("getChat")
def get_chat(ask: Ask) -> Json:
    chat = ask.world.find_chat(ask.get("chat_id"))
    pinned = chat.messages.get(chat.pinned or 0)
    return chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
        **({"pinned_message": pinned.to_json()} if pinned else {}),
    }


def member_json(ask: Ask, chat: Chat, user_id: int) -> Json:
    if user_id == ask.world.bot.id:
        return ask.world.bot_member(chat.bot_status)
    for rank, person in enumerate(chat.members):
        if person.user.id == user_id:
            status = "creator" if rank == 0 and not chat.is_private else "member"
            owner = {"is_anonymous": False} if status == "creator" else {}
            return {"user": person.user.to_json(), "status": status, **owner}
    if user_id not in ask.world.people:
        raise bad("invalid user_id specified")
    return {"user": ask.world.people[user_id].user.to_json(), "status": "left"}


@plays("getChatMember")
def get_chat_member(ask: Ask) -> Json:
    return member_json(ask, ask.world.find_chat(ask.get("chat_id")), ask.get("user_id"))


@plays("getChatMemberCount")
def get_chat_member_count(ask: Ask) -> int:
    return len(ask.world.find_chat(ask.get("chat_id")).members) + 1


@plays("getChatAdministrators")
def get_chat_administrators(ask: Ask) -> list[Json]:
    chat = ask.world.find_chat(ask.get("chat_id"))
    if chat.is_private:
        raise bad("there are no administrators in the private chat")
    admins = [member_json(ask, chat, person.user.id) for person in chat.members[:1]]
    if chat.bot_status == "administrator":
        admins.append(ask.world.bot_member("administrator"))
    return admins


@plays("leaveChat")
def leave_chat(ask: Ask) -> bool:
    chat = ask.world.find_chat(ask.get("chat_id"))
    if chat.is_private:
        raise bad("chat member status can't be changed in private chats")
    ask.world.bot_becomes(chat, "left", ask.world.bot)
    return True


@plays("getFile")
def get_file(ask: Ask) -> Json:
    file = ask.world.files.files.get(ask.get("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad("file is too big")
    return file.to_json() | {"file_path": file.path}


@plays("logOut")
def log_out(ask: Ask) -> bool:
    ask.world.logged_out = True
    return True


@plays("close")
def close(ask: Ask) -> bool:
    return True
