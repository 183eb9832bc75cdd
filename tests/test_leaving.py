"""Leaving a session: what goes, what stays, and what the others learn of it."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.conversation.session import sessions
from bot.core.session import Phase, Status
from bot.service import Service
from tests.gathering import AGREE, finish, held, joined, link, opened, said
from tests.playing import normal
from tests.seated import change, kept, named
from tests.standin import StandIn
from tests.telegram_bot import TO_THE_SEVENTH, do, last


async def test_a_guest_withdraws_before_the_close(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM", "DAF")
    guest = await joined(standin, owner, "DAF")
    await do(guest, "[Je n'ai pas encore d'avis]", "/effacer")
    assert "Que souhaitez-vous effacer ? Rien ne l'est encore." in last(guest)
    await do(guest, "[Mes réponses à cette session]")
    assert "Vous retirer de la session efface vos 2 réponses, définitivement." in last(guest)
    assert "La direction générale verra que vous ne participez plus, rien d'autre." in last(guest)
    await do(guest, "[Me retirer et tout effacer]")
    assert "C'est fait. 2 réponses effacées le 24 novembre 2026 à 10 h 02." in last(guest)
    assert "Les copies de secours disparaissent d'ici au 24 décembre 2026." in last(guest)
    receipt = last(guest).partition("Reçu : ")[2][:7]
    found = await kept(service, guest)
    await guest.tap_ghost(f"{found.interview.id}:s:leave:answers")
    await guest.settle()
    assert normal(guest.toasts[-1]) == [f"C'est déjà fait. Reçu : {receipt}"]
    await owner.wait_for(lambda _: "ne participe plus" in last(owner))
    assert (
        "La direction financière ne participe plus ; ses réponses sont effacées. "
        "La session compte désormais 3 personnes. À trois, je n'afficherai pas" in last(owner)
    )
    assert found.interview.answers == {}
    assert found.member is None
    assert "10 h" not in str(found)
    await do(guest, "/start")
    assert "Avant de commencer" in last(guest)


async def test_everything_about_me_leaves_nothing(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await do(guest, "/effacer", "[Tout ce qui me concerne]")
    assert "Votre accord, votre langue et votre papier à en-tête" in last(guest)
    await do(guest, "[Me retirer et tout effacer]")
    assert "Je ne garde rien de vous." in last(guest)
    assert await service._repository.load(named(guest)) is None
    seat = (await held(service, owner)).seat("MKT")
    assert seat is not None
    assert (seat.status, seat.person, seat.agreed) == (Status.LEFT, "", None)
    await owner.wait_for(lambda _: "La direction marketing ne participe plus" in last(owner))


async def test_keeping_ones_answers_changes_nothing(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await do(guest, "/effacer", "[Ne rien effacer]")
    assert "Rien n'a été effacé." in last(guest)
    assert "Contexte · 2/24" in last(guest)
    await do(guest, "/effacer", "[Mes réponses à cette session]", "[Garder mes réponses]")
    assert "Contexte · 2/24" in last(guest)
    await do(owner, "/statut")
    assert "En cours : direction générale, marketing" in last(owner)


ASK_OUT = ["/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]"]
ASK_OUT += ["[Retirer l'invitation]", "[Lui demander de libérer la place]"]


async def test_whoever_sits_in_anothers_seat_may_be_asked_to_free_it(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM", "DSI")
    guest = await joined(standin, owner, "MKT")
    await do(guest, "[Je n'ai pas encore d'avis]")
    await do(owner, *ASK_OUT)
    assert "C'est à cette personne de choisir" in last(owner)
    await guest.wait_for(lambda _: "revient à quelqu'un d'autre" in last(guest))
    assert "« direction marketing »" in last(guest)
    await do(guest, "[C'est bien ma fonction]")
    assert "rien ne change" in last(guest)
    assert "3/2" in last(guest), "the next question comes with it"
    assert "rien ne change" not in said(owner), "nobody learns of a no"
    await do(owner, *ASK_OUT)
    assert "déjà parti aujourd'hui" in last(owner)
    found = await kept(service, guest)
    await guest.tap_ghost(f"{found.interview.id}:s:step_aside")
    await guest.settle()
    assert "Vos réponses restent à vous seul" in last(guest)
    await owner.wait_for(lambda _: "La direction marketing ne participe pas." in last(owner))
    after = await kept(service, guest)
    assert after.member is None
    assert after.interview.answers == found.interview.answers
    await do(guest, "/reprendre")
    assert "Contexte · 2/27" in last(guest), "one's own interview asks what an owner is asked"
    await do(owner, "/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]")
    await do(owner, "[Nouveau lien]")
    await joined(standin, owner, "MKT")
    assert (await held(service, owner)).seat("MKT").agrees  # type: ignore[union-attr]


async def test_nobody_is_asked_to_free_a_seat_once_the_round_is_closed(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await change(service, owner, replace(await held(service, owner), phase=Phase.BETWEEN))
    before = await kept(service, guest)
    for person, deed in ((owner, "ask_out:MKT"), (guest, "step_aside")):
        found = await kept(service, person)
        await person.tap_ghost(f"{found.interview.id}:s:{deed}")
        await person.settle()
    assert (await kept(service, guest)).member == before.member
    assert "revient à quelqu'un d'autre" not in said(guest)


async def test_after_the_close_results_stay_and_all_are_told(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    marc, claire = [await joined(standin, owner, role) for role in ("MKT", "COM")]
    for guest in (marc, claire):
        await finish(guest)
    await change(service, owner, replace(await held(service, owner), phase=Phase.BETWEEN))
    await do(marc, "/effacer", "[Mes réponses à cette session]")
    assert "ses résultats restent figés, car les recalculer sans vous" in last(marc)
    await do(marc, "[Effacer définitivement]")
    assert "Effacé : 24 réponses. Gardé : la date de cet effacement et ce reçu" in last(marc)
    for person in (owner, claire):
        await person.wait_for(lambda p: "Une personne a effacé ses réponses." in last(p))
        assert "marketing" not in last(person)
    assert (await held(service, owner)).erased == 1


async def test_first_round_answers_stay_once_it_is_closed(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    late = guest.last
    await change(service, owner, replace(await held(service, owner), phase=Phase.BETWEEN))
    await guest.tap(late.labels[0], message=late)
    await guest.settle()
    assert "Le premier tour est clos : les réponses de ce tour ne changent plus." in last(guest)
    for line in ("bonjour", "/modifier", "/recommencer", "/reprendre"):
        await do(guest, line)
    await do(guest, "/statut")
    assert "Vous répondez au nom de la direction marketing." in last(guest)
    found = await kept(service, guest)
    assert list(found.interview.answers) == ["role"]
    newcomer = standin.person("Claire", language_code="fr")
    await do(newcomer, link(owner, "COM"))
    assert "Le premier tour de cette session est clos" in last(newcomer)


async def test_the_owner_leaves_and_everybody_keeps_their_own(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    waiting = standin.person("Claire", language_code="fr")
    await do(waiting, link(owner, "COM"), "[Oui]")
    session = await held(service, owner)
    await do(owner, "/effacer", "[Mes réponses à cette session]")
    assert "y met fin pour tous, définitivement" in last(owner)
    await do(owner, "[Mettre fin à la session]")
    assert "C'est fait." in last(owner)
    assert await service._repository.load(sessions.key(session.id)) is None
    await guest.wait_for(lambda p: "La session de CODIR a pris fin" in last(p))
    await waiting.wait_for(lambda p: "a pris fin avant votre participation" in last(p))
    assert await service._repository.load(named(waiting)) is None
    await do(guest, "[Reprendre la question 2]")
    assert "Contexte · 2/27" in last(guest)
    fresh = standin.person("Paul", language_code="fr")
    await do(fresh, link(owner, "COM"))
    assert "Ce lien n'est plus valable" in last(fresh)


async def test_starting_over_keeps_the_seat(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await do(guest, "[Je n'ai pas encore d'avis]", "/recommencer", "[Effacer et recommencer]")
    assert "Contexte · 2/24" in last(guest)
    await do(guest, "/statut")
    assert "Vous répondez au nom de la direction marketing" in last(guest)


async def test_nobody_is_told_what_another_answered(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    for person in (owner, guest):
        await do(person, "qui a répondu que le pourquoi était très flou ?")
        assert "Je ne montre les réponses de personne, pas même à vous" in last(person)
        await do(person, "/mesdonnees commerce")
        assert "/mesdonnees ne remet que vos propres données." in last(person)


async def test_ones_own_copy_tells_the_seat_and_what_waits(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    file = await service.export(f"telegram:{guest.user.id}")
    summary = json.loads(file.content)["summary"]
    assert summary["Session de CODIR"]["Vous y répondez pour"] == "direction marketing"
    assert summary["Session de CODIR"]["Accord donné le"] == "24 novembre 2026 à 10 h 02"
    assert summary["Ce que je dois encore faire"] == [
        "Vous rappeler vos questions : mercredi 25 novembre, 10 h 02"
    ]


async def test_an_interview_begun_alone_goes_on_when_the_seat_is_left(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "COM", "DSI")
    guest = standin.person("Lucie", language_code="fr")
    await do(guest, *TO_THE_SEVENTH, link(owner, "COM"), "[Oui]", AGREE)
    await do(guest, "/effacer", "[Mes réponses à cette session]", "[Me retirer et tout effacer]")
    assert "effacées le" in last(guest)
    await do(guest, "/start", AGREE)
    assert "Quelle fonction exercez-vous" in last(guest)
    assert "Point" not in said(guest)
