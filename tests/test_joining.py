"""Joining a session: the link, the notice, the agreement, and every way in which it goes wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.session import sessions
from bot.core.session import GROUP, Status
from bot.service import Service
from tests.gathering import AGREE, FUNCTIONS, finish, held, joined, link, opened, said
from tests.standin import Person, StandIn
from tests.telegram_bot import NOW, TO_THE_SEVENTH, Clock, do, last


async def test_a_guest_is_asked_what_their_function_calls_for(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "DSI")
    guest = await joined(standin, owner, "DSI")
    assert "Accord donné le 24 novembre 2026 à 10 h 02." in said(guest)
    assert "Votre fonction est déjà connue. Contexte · 2/23 À ce stade" in last(guest)
    await finish(guest)
    assert "Merci. Vos 23 réponses sont enregistrées et visibles par vous seul." in last(guest)
    assert "à la clôture, vendredi 4 décembre, vous verrez" in last(guest)
    assert "contredi" not in said(guest)
    assert "Combien de salariés" not in said(guest)
    await do(guest, "[Terminer]")
    assert "Je vous écrirai à la clôture" in last(guest)
    await do(guest, "/statut")
    assert "Toutes vos réponses sont enregistrées" in last(guest)
    await do(owner, "/statut")
    assert "Terminé : informatique" in last(owner)


async def test_the_function_does_not_change_by_going_back(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await do(guest, "[Retour]")
    assert "Votre fonction vient de votre invitation : direction marketing." in last(guest)
    assert "Contexte · 2/24" in last(guest)
    await do(guest, "[Je n'ai pas encore d'avis]", "/relire", "[Contexte · 2/2]", "[1]")
    assert "Votre fonction vient de votre invitation" in guest.toasts[-1]


async def test_an_answer_may_change_until_the_close(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await do(guest, "[Relire mes réponses]", "[Contexte · 2/2]", "[2]")
    await do(guest, "[Je n'ai pas encore d'avis]")
    assert "Corrigé : Je n'ai pas encore d'avis" in last(guest)
    await do(guest, "[Toutes les sections]", "[Tout est juste, continuer]")
    assert "enregistrées et visibles par vous seul" in last(guest)


async def test_the_same_link_again_leads_back(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Marc", language_code="fr")
    start = link(owner, "MKT")
    await do(guest, start, start, "[Oui]", start)
    assert "Aucun autre membre ne voit vos réponses avant la clôture" in last(guest)
    await do(guest, AGREE, start)
    assert "Vous répondez au nom de la direction marketing." in last(guest)
    await do(guest, "[Reprendre la question 2]")
    assert "Contexte · 2/24" in last(guest)


async def test_a_link_serves_once(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    await joined(standin, owner, "MKT")
    other = standin.person("Paul", language_code="fr")
    await do(other, link(owner, "MKT"))
    assert "Ce lien a déjà servi. Demandez-en un nouveau" in last(other)
    await do(other, "[Commencer un entretien]")
    assert "Avant de commencer, ce que deviennent vos réponses" in last(other)


async def test_two_people_tap_the_same_link_at_once(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    first = standin.person("Marc", language_code="fr")
    second = standin.person("Paul", language_code="fr")
    await do(first, link(owner, "MKT"))
    await do(second, link(owner, "MKT"))
    await do(first, "[Oui]")
    await do(second, "[Oui]")
    assert "Ce lien a déjà servi" in last(second)
    assert "Aucun autre membre" in last(first)


async def test_a_wrong_function_keeps_nothing_and_spoils_nothing(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    wrong = standin.person("Paul", language_code="fr")
    await do(wrong, link(owner, "MKT"), "[Non]")
    assert "Cette invitation est réservée à la direction marketing" in last(wrong)
    assert await service._repository.load(f"telegram:{wrong.user.id}") is None
    await joined(standin, owner, "MKT")


async def test_declining_keeps_only_the_choice(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"), "[Oui]", "[Ne pas participer]")
    assert "Je ne garde rien de vous, sauf ce choix, pour ne plus vous solliciter." in last(guest)
    assert await service._repository.load(f"telegram:{guest.user.id}") is None
    session = await held(service, owner)
    seat = session.seat("MKT")
    assert seat is not None
    assert (seat.status, seat.person) == (Status.LEFT, "")
    await owner.wait_for(lambda _: "La direction marketing ne participe pas." in last(owner))
    await do(guest, link(owner, "MKT"))
    assert "Ce lien a déjà servi" in last(guest)
    await do(owner, "/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]")
    await do(owner, "[Nouveau lien]")
    await do(guest, link(owner, "MKT"))
    assert "Est-ce bien votre fonction ?" in last(guest)


async def test_nothing_but_the_seat_before_the_agreement(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"), "[Oui]", "bonjour", "/relire", "/statut")
    assert "Aucun autre membre ne voit vos réponses avant la clôture" in last(guest)
    turn, _ = await service._present(f"telegram:{guest.user.id}")
    assert turn.interview.answers == {}
    assert turn.state.consent is None
    await do(owner, "/statut")
    assert "Accord attendu : marketing" in last(owner)


async def test_the_full_notice_leads_to_the_agreement(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"), "[Oui]", "[Lire la notice complète]")
    assert "La personne qui a ouvert la session voit, par fonction, qui a terminé" in last(guest)
    await do(guest, AGREE)
    assert "Contexte · 2/24" in last(guest)
    await do(guest, "/privacy")
    assert "La personne qui a ouvert la session n'a aucun accès particulier" in last(guest)


async def test_invited_twice_or_by_somebody_elses_link(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await do(guest, link(owner, "COM"))
    assert "cette invitation est celle de la direction commerciale" in last(guest)
    await do(owner, link(owner, "COM"))
    assert "C'est l'invitation de la direction commerciale : transférez-la" in last(owner)
    await do(owner, "/statut")
    assert "Invitation non ouverte : commerce" in last(owner)


async def test_somebody_in_another_session_is_told_so(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    other = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await do(guest, link(other, "MKT"))
    assert "Vous participez déjà à une autre session de CODIR" in last(guest)
    await do(other, link(owner, "COM"))
    assert "Vous participez déjà à une autre session de CODIR" in last(other)


async def test_an_interview_of_ones_own_is_kept_and_counts(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "COM", "DSI")
    guest = standin.person("Lucie", language_code="fr")
    await do(guest, *TO_THE_SEVENTH)
    await do(guest, link(owner, "COM"), "[Oui]", AGREE)
    assert "3 réponses que vous aviez données sont reprises" in last(guest)
    assert "Alignement · 5/24" in last(guest)
    turn, _ = await service._present(f"telegram:{guest.user.id}")
    assert turn.interview.answers["role"] == "COM"


async def test_declining_with_an_interview_of_ones_own_keeps_it(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Lucie", language_code="fr")
    await do(guest, *TO_THE_SEVENTH)
    await do(guest, link(owner, "COM"), "[Oui]", "[Ne pas participer]")
    assert "votre propre entretien reste à vous" in last(guest)
    await do(guest, "[Reprendre la question 7]")
    assert "Alignement · 7/27" in last(guest)


@pytest.mark.parametrize(
    "payload", ["i_abc", "i_aaaaaaaaAAAAAAAAAAAAAAAAAAAAAA", "g_x", "i_" + "é" * 10]
)
async def test_a_link_that_opens_nothing(standin: StandIn, service: Service, payload: str) -> None:
    stranger = standin.person("Paul", language_code="fr")
    await do(stranger, f"/start {payload}")
    assert "Ce lien n'est plus valable" in last(stranger)


async def test_late_is_welcome_until_the_close(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    clock.now = NOW + timedelta(days=10, hours=10)
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"), "[Oui]", AGREE)
    assert "Contexte · 2/24" in last(guest)


async def test_from_two_devices_each_answer_counts_once(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    message = guest.last
    label = next(x for x in message.labels if "encore d" in x)
    await guest.tap(label)
    await guest.tap(label, message=message)
    await guest.settle()
    assert "Alignement · 3/24" in last(guest)


async def named(standin: StandIn, owner: Person, role: str, answer: str) -> Person:
    guest = standin.person(role, language_code="fr")
    await do(guest, link(owner, role), "[Oui]", AGREE)
    assert "Un seul refus suffit pour qu'elles restent masquées" in last(guest)
    await do(guest, f"[{answer}]")
    return guest


async def test_functions_are_named_only_if_everybody_accepts(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM", named=True)
    assert "que si chacun l'accepte" in last(owner)
    marc = await named(standin, owner, "MKT", "J'accepte")
    assert "Contexte · 2/24" in last(marc)
    assert not (await held(service, owner)).named
    claire = await named(standin, owner, "COM", "J'accepte")
    assert (await held(service, owner)).named
    await do(claire, "/statut", "[Retirer l'accord sur ma fonction]")
    assert not (await held(service, owner)).named
    for person in (owner, marc):
        await person.wait_for(lambda p: "sans les fonctions, pour tous" in last(p))
    assert "commerciale" not in last(marc)


async def test_one_refusal_makes_the_session_anonymous(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM", named=True)
    marc = await named(standin, owner, "MKT", "J'accepte")
    claire = await named(standin, owner, "COM", "Sans les fonctions")
    assert "la session se tiendra sans les fonctions" in last(claire)
    await marc.wait_for(lambda p: "sans les fonctions, pour tous" in last(p))
    assert not (await held(service, owner)).named


async def test_through_the_groups_link_one_chooses_a_free_function(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    session = await held(service, owner)
    start = f"/start g_{session.id}{session.secret(GROUP)}"
    assert sessions.named(start.removeprefix("/start ")) == (session.id, session.secret(GROUP))
    guest = standin.person("Marc", language_code="fr")
    await do(guest, start)
    assert "Quelle est votre fonction ?" in last(guest)
    await do(guest, "[Marketing]")
    await owner.wait_for(lambda p: "rejoint la session par le lien du groupe" in last(p))
    await do(owner, "[Ce n'est pas la bonne personne]")
    assert "cette place est de nouveau libre" in last(owner)
    await guest.wait_for(lambda p: "n'a pas reconnu cette participation" in last(p))
    await do(guest, start, "[Marketing]", AGREE)
    assert "Contexte · 2/24" in last(guest)
    await do(guest, start)
    assert "Vous répondez au nom de la direction marketing" in last(guest)
    await owner.wait_for(lambda p: "rejoint la session" in last(p))


async def test_a_guest_in_english_of_a_french_owner(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Mary", language_code="en")
    await do(guest, link(owner, "MKT"))
    assert "Hello. The chief executive invites you to answer as marketing director" in last(guest)
    await do(guest, "[Yes]")
    assert "No other member sees your answers before the close" in last(guest)
    await do(guest, "/langue", "[Français]")
    assert "Aucun autre membre ne voit vos réponses" in last(guest)
    await do(guest, "/langue", "[English]", "[I understand, let us start]")
    assert "Your position is already known." in last(guest)
    assert FUNCTIONS["MKT"] not in said(guest)
