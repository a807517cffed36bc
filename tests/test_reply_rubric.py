"""The reply rubric reads natural replies in two languages, shows its words, and says what it cannot tell."""

import re

import pytest

from socialcare.exercises import load_tasks
from socialcare.personalisation import rubric
from socialcare.personalisation.language import fold, language
from socialcare.reply_form import ReplyForm

Y, N, U = "yes", "no", "cannot tell"


def verdict(criterion, text, **case):
    return rubric.read_reply(text, **case)[criterion].verdict


@pytest.mark.parametrize(
    ("text", "customer", "expected"),
    [
        ("Hi Ana, thanks!", "Ana", Y),
        ("Buenas, Luis: ya lo tengo.", "Luis Pérez", Y),
        ("Sra. Ibáñez, su pedido sale hoy.", "Carmen Ibáñez", Y),
        ("hola nerea!! perdon", "Nerea", Y),
        ("Estimado José Luis:", "Jose Luis", Y),
        ("Good morning, Ms Okafor. The box left.", "Ngozi Okafor", Y),
        ("Your pods are on the way, Theo 🙂", "Theo", Y),
        ("Tenés razón, Martín, fue un error.", "Martín", Y),
        ("¡Qué faena, Marta! Ahora lo miro.", "Marta", Y),
        ("Hola, soy Ana, del equipo de Café Brisa.", "Luis", N),
        ("Hello, Owen here. Let me look.", "Harriet", N),
        ("Hi Anna, sorry!", "Priya", N),
        ("Dear customer, thank you.", "Priya", N),
        ("@ana_92 mira tus privados", "Ana", N),
        ("Estimada clienta: tomamos nota.", "Ana", N),
        ("Hi Bea, on its way.", "", Y),
        ("Bea, on its way.", "", Y),
        ("Ya está en camino, Bea. Un saludo", "", Y),
        ("Hi there, on its way.", "", N),
        ("Sorry, that was slow.", "", N),
        ("Estimado cliente: tomamos nota.", "", N),
        ("Hola, soy Pau. Ya lo miro.", "", N),
    ],
)
def test_addresses_the_customer_by_name(text, customer, expected):
    assert verdict("greets_by_name", text, customer=customer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Muchas gracias por avisar.", Y),
        ("Mil gracias por contarlo.", Y),
        ("Te agradezco el aviso.", Y),
        ("Se agradece el detalle.", Y),
        ("Thx for the heads-up!", Y),
        ("Really appreciate you flagging it.", Y),
        ("Thanks to your photo we found it.", Y),
        ("Gracias a nuestra nueva app lo verás antes.", N),
        ("Thanks to our new range you will be fine.", N),
        ("Gracias de antemano.", N),
        ("Your “thank you so much” was not serious.", N),
        ("Ya lo reviso.", N),
    ],
)
def test_thanks(text, expected):
    assert verdict("thanks", text) == expected


@pytest.mark.parametrize(
    ("text", "apologises", "excuse"),
    [
        ("Lo sentimos de verdad.", Y, N),
        ("Siento mucho lo de la taza.", Y, N),
        ("Disculpá la demora.", Y, N),
        ("Una disculpa por la vuelta.", Y, N),
        ("Te pido perdón.", Y, N),
        ("La culpa es nuestra.", Y, N),
        ("perdon por el lio", Y, N),
        ("Our bad, the label was wrong.", Y, N),
        ("That was entirely our fault.", Y, N),
        ("Apologies for the wait.", Y, N),
        ("We apologize.", Y, N),
        ("Please forgive us.", Y, N),
        ("We regret the delay.", Y, N),
        ("We're sorry, but the courier was busy.", Y, Y),
        ("Lo sentimos, pero es temporada alta.", Y, Y),
        ("Perdona, aunque no depende de nosotros.", Y, Y),
        ("We are sorry you feel that way.", N, N),
        ("Sentimos que te sientas así.", N, N),
        ("Sorry if you were upset.", N, N),
        ('You wrote "sorry is not enough" and you are right.', N, N),
        ("Better safe than sorry: keep the box shut.", N, N),
        ("Nos sentimos muy orgullosos de nuestro café.", N, N),
        ("These things happen in the high season.", N, Y),
        ("Es por causas ajenas a nosotros.", N, Y),
        ("The box leaves today.", N, N),
    ],
)
def test_apology_and_excuse(text, apologises, excuse):
    assert (verdict("apologises", text), verdict("makes_excuses", text)) == (apologises, excuse)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Te escribo mañana antes de las 12.", Y),
        ("En 24 horas te confirmo el abono.", Y),
        ("Yo misma te llamo esta tarde.", Y),
        ("Marta te llama el jueves.", Y),
        ("El lunes lo reviso y te digo.", Y),
        ("Mañana te enviaremos otra.", Y),
        ("Hoy sale otra y te aviso yo a las 18:00.", Y),
        ("I'll write by Thursday 5 pm.", Y),
        ("We'll ring you within two hours.", Y),
        ("Give me 30 minutes and you have it.", Y),
        ("Our roaster will call you tomorrow.", Y),
        ("I am checking it and will be back before noon.", Y),
        ("On 3 March I send the new one.", Y),
        ("Nos comunicamos contigo antes de las 6pm.", Y),
        ("Te confirmo en 24-48 horas.", Y),
        ("You'll hear from me first thing tomorrow.", Y),
        ("Mañana a primera hora recibirás un correo mío.", Y),
        ("Te diremos algo lo antes posible.", N),
        ("Nos pondremos en contacto contigo.", N),
        ("Lo recibirás mañana.", N),
        ("It will arrive tomorrow.", N),
        ("We will get back to you as soon as possible.", N),
        ("I have sent it today.", N),
        ("Hoy hemos mandado otro.", N),
        ("It has been stuck since Tuesday and we know.", N),
        ("Good morning, we are looking into it.", N),
    ],
)
def test_a_next_step_has_an_owner_and_a_time(text, expected):
    assert verdict("next_step_with_time", text) == expected


@pytest.mark.parametrize(
    ("text", "customer", "expected"),
    [
        ("Sale hoy. ^JA", "Ana", Y),
        ("Sale hoy. — Marta, Café Brisa", "Ana", Y),
        ("Sale hoy. Saludos, Pau", "Ana", Y),
        ("On its way! Best, Owen", "Ana", Y),
        ("On its way. Kind regards, Blessing Adeyemi (Café Brisa)", "Ana", Y),
        ("On its way 🙂 Nadia", "Ana", Y),
        ("sale hoy, perdona. pau", "Ana", Y),
        ("Sale hoy. /Jordi", "Ana", Y),
        ("Sale hoy.\nTere Villaseñor, equipo de Café Brisa", "Ana", Y),
        ("Te atiende Lupita. Sale hoy.", "Ana", Y),
        ("Owen here. It left.", "Ana", Y),
        ("It left. Café Brisa Customer Care", "Ana", N),
        ("Sale hoy. El equipo de Café Brisa", "Ana", N),
        ("Sale hoy. Un saludo.", "Ana", N),
        ("Sale hoy. Un abrazo fuerte, Leo", "Ana", Y),
        ("It left. Marta, Customer Care, Café Brisa", "Ana", Y),
        ("Café Brisa | Leo", "Ana", Y),
        ("Sale hoy. Fdo: Leo", "Ana", Y),
        ("It left today. Thanks again, Ana", "Ana", N),
        ("It left today. Thanks again, Ana", "", U),
        ("There is more about it on our site.", "", N),
        ("The box is in Málaga.", "", N),
        ("It leaves on Thursday", "", N),
        ("Atentamente, Atención al Cliente", "", N),
    ],
)
def test_signed_by_a_person(text, customer, expected):
    assert verdict("signed", text, customer=customer) == expected


@pytest.mark.parametrize(
    ("text", "public", "expected"),
    [
        ("Please post your phone number here.", True, Y),
        ("¿Cuál es tu dirección?", True, Y),
        ("Déjanos tu correo y tu DNI en un comentario.", True, Y),
        ("Could you tell us your order number?", True, Y),
        ("Escríbenos a un privado con tu número de pedido.", True, N),
        ("Send me a DM with your phone number.", True, N),
        ("¿Me das tu número de pedido? Mejor por privado.", True, N),
        ("¿Me das tu número de pedido?", True, Y),
        ("Which e-mail did you use?", True, Y),
        ("I will send you the case number today.", True, N),
        ("The address on the label was wrong.", True, N),
        ("Te llamo al 612 345 678.", True, Y),
        ("We have ana.ruiz@example.org on file.", True, Y),
        ("Please reply with your phone number.", False, N),
    ],
)
def test_personal_data_in_public(text, public, expected):
    assert verdict("asks_personal_data_in_public", text, public=public) == expected


@pytest.mark.parametrize(
    ("criterion", "text", "expected"),
    [
        ("promotes", "Have you tried our new blend?", Y),
        ("promotes", "20% off all week!", Y),
        ("promotes", "Aprovecha nuestra oferta de verano.", Y),
        ("promotes", "No te pierdas el nuevo descafeinado.", Y),
        ("promotes", "Have you tried another grind?", N),
        ("promotes", "The offer you mention ended in May.", N),
        ("promotes", "El descuento no se aplicó y ya está corregido.", N),
        ("blames_customer", "You should have checked the label.", Y),
        ("blames_customer", "Deberías haber leído las condiciones.", Y),
        ("blames_customer", "Cálmate, por favor.", Y),
        ("blames_customer", "You should have received it by now.", N),
        ("blames_customer", "No deberías haber esperado tanto.", N),
        ("blames_customer", "We should have told you.", N),
        ("jargon", "Your ticket is in the L2 queue under our SLA.", Y),
        ("jargon", "El ticket sigue en la cola de fulfillment.", Y),
        ("jargon", "The label had the wrong postcode.", N),
    ],
)
def test_promotion_blame_and_jargon(criterion, text, expected):
    assert verdict(criterion, text) == expected


@pytest.mark.parametrize(
    ("text", "message", "expected"),
    [
        ("The grinder you bought has a two-year guarantee.", "My grinder died", Y),
        ("Tu pedido 48213 está en Getafe.", "¿Dónde está el 48213?", Y),
        ("It sits at the depot in León.", "Stuck in León since Monday", Y),
        ("Lleva los frutos secos en otra línea.", "Is there any nut in it?", Y),  # a topic joins two languages
        ("We work every day to improve. Your opinion matters.", "My grinder died", N),
        ("Have you tried our new grinder?", "My grinder died", N),
        ("Sorry about that.", "My grinder died", N),
        ("The capsules are recyclable.", "My grinder died", U),
        ("Try water at 92 degrees.", "", Y),
        ("Here you go!", "", U),
    ],
)
def test_a_specific_answer_takes_up_what_the_customer_named(text, message, expected):
    assert verdict("answers_specifically", text, message=message) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "message", "expected"),
    [
        ("Gracias por avisar, ya lo tengo.", "es", "", Y),
        ("Thanks for telling us.", "es", "", N),
        ("Gràcies per avisar, ho mirem avui amb els companys.", "es", "", N),
        ("Merci pour votre message, nous sommes là.", "fr", "", Y),
        ("OK 👍", "en", "", U),
        ("Thanks for telling us.", "", "Where is my order? I have been waiting.", Y),
        ("Thanks for telling us.", "", "??", U),
    ],
)
def test_the_customers_language(text, wanted, message, expected):
    assert verdict("same_language", text, language=wanted, message=message) == expected


def test_a_long_letter_does_not_fit_one_turn():
    assert verdict("fits_one_turn", "word " * rubric.MOST_WORDS) == Y
    for unit in ("06", "12"):  # the exercises promise the same
        assert f"to {rubric.MOST_WORDS} words: one public turn" in load_tasks(unit)[f"{unit}-6"].criteria[0].advice
    assert verdict("fits_one_turn", "word " * (rubric.MOST_WORDS + 1)) == N


def test_every_verdict_by_rule_shows_the_words_that_stand_in_the_reply():
    text = "Hola, Ana: Siento MUCHO lo del molinillo. Mañana te escribo antes de las 12. ^JA"
    reading = rubric.read_reply(text, customer="Ana", message="El molinillo no va", language="es")
    for name in ("greets_by_name", "apologises", "answers_specifically", "signed"):
        assert reading[name].words
        assert reading[name].words in text
    assert reading["apologises"].rule in rubric.rules().index


def test_accents_capitals_and_typographic_quotes_do_not_matter():
    assert fold("Mañana, ÑANDÚ «Sí»") == "manana, nandu «si»"
    assert len(fold("ﬁn İstanbul ß 🙏")) == len("ﬁn İstanbul ß 🙏")
    assert verdict("apologises", "DISCULPÁ LA DEMORA") == Y
    assert verdict("apologises", "I’m sorry") == Y


def test_faults_come_first_in_what_to_mend_and_thanks_for_praise_needs_no_apology():
    reading = rubric.read_reply("Thanks! 20% off this week.", customer="Ana", message="Lovely shop", language="en")
    assert rubric.to_mend(reading)[0] == "promotes"
    assert "apologises" in rubric.to_mend(reading)
    assert "apologises" not in rubric.to_mend(reading, needs_apology=False)
    assert rubric.headline(reading, needs_apology=False).endswith("Mend first: " + rubric.ADVICE["promotes"])


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"reply": "🙏"}, "expected at least one word"),
        ({"reply": None}, "reply is None; expected text"),
        ({"reply": "Hi", "customer": 3}, "customer is 3; expected text"),
    ],
)
def test_what_is_no_reply_is_refused(case, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        rubric.read_reply(**case)


EXAMPLES = [(row.Index, row.pattern, row.example_hit, row.example_left) for row in rubric.rules().itertuples()]


@pytest.mark.parametrize(("rule", "pattern", "hit", "left"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_each_rule_finds_its_example_and_leaves_the_near_one(rule, pattern, hit, left):
    assert re.search(pattern, fold(hit))
    assert not isinstance(left, str) or not re.search(pattern, fold(left))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("¿Dónde está?", "es"), ("Where is my box?", "en"), ("Ok", ""), ("", ""), ("Bon dia, gràcies", "ca")],
)
def test_a_language_is_told_from_its_little_words(text, expected):
    assert language(text).language == expected


# --- the form --------------------------------------------------------------------------------------------------------


def test_the_form_reads_what_is_typed_and_resets():
    form = ReplyForm("Lucía", "El molinillo hace ruido.", language="es", start="Hola.")
    start = form.headline
    form.text.value = "Hola, Lucía: siento lo del molinillo. Mañana te escribo antes de las 12. ^JA"
    assert form.headline != start
    assert form.reading["greets_by_name"].verdict == Y
    form._reset.click()
    assert form.headline == start


def test_the_forms_probe_would_show_a_field_that_is_not_connected():
    form = ReplyForm("Ana", "Where is my box?", language="en")
    probe = form.probe(["Dear customer, we take note.", "Ana, sorry! I look into it today. ^OH"])
    assert probe["headline"].nunique() == 3
    assert probe["headline"][0] == "Nothing to read yet."


def test_the_form_shows_typed_text_as_text():
    form = ReplyForm("Ana", "<b>Box?</b>", start="<script>alert(1)</script> Hi Ana")
    shown = form._repr_mimebundle_()["text/html"]
    assert "<script>" not in shown
    assert "&lt;b&gt;Box?" in shown


# --- near misses: the same words in another sense --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "text", "customer", "expected"),
    [
        ("signed", "Hi Laura, I'm Pete from Café Brisa and I'm on it.", "Laura", "yes"),
        ("greets_by_name", "Pete here! Laura, I'm on it.", "Laura", "yes"),
        ("greets_by_name", "Hola, aquí Laura de Café Brisa.", "Laura", "no"),
        ("apologises", "You say 'sorry is not enough' and we agree.", "Ana", "no"),
        ("apologises", "Dices que «lo siento» no basta, y es verdad.", "Ana", "no"),
        ("apologises", "Mil disculpas, Ana.", "Ana", "yes"),
        ("apologises", "Te pido disculpas en nombre del equipo.", "Ana", "yes"),
        ("apologises", "We owe you an apology.", "Ana", "yes"),
        ("apologises", "No disculpamos el retraso.", "Ana", "no"),
        ("apologises", "I can't apologise enough.", "Ana", "yes"),
        ("apologises", "Unfortunately we cannot help.", "Ana", "no"),
        ("apologises", "Vaya, qué mala suerte.", "Ana", "no"),
        ("thanks", "Gracias a ti por la paciencia", "Ana", "yes"),
        ("thanks", "Gracias a nuestro nuevo servicio exprés llegará antes", "Ana", "no"),
        ("thanks", "Te damos las gracias por avisar", "Ana", "yes"),
        ("thanks", "Thanks to the new system, delays are over.", "Ana", "no"),
        ("thanks", "We're so grateful you told us", "Ana", "yes"),
        ("thanks", "Cheers for the heads up", "Ana", "yes"),
        ("thanks", "Cheers, Tom", "Ana", "no"),
        ("next_step_with_time", "Te escribiré el miércoles.", "Ana", "yes"),
        ("next_step_with_time", "Mañana sin falta lo tienes resuelto por mi parte.", "Ana", "yes"),
        ("next_step_with_time", "Laura will ring you at 4pm.", "Ana", "yes"),
        ("next_step_with_time", "Our team will contact you within 24h.", "Ana", "yes"),
        ("next_step_with_time", "You'll hear back soon.", "Ana", "no"),
        ("next_step_with_time", "Le atenderemos a la mayor brevedad.", "Ana", "no"),
        ("next_step_with_time", "El repartidor pasa mañana entre las 9 y las 11.", "Ana", "yes"),
        ("next_step_with_time", "We shipped it yesterday.", "Ana", "no"),
        ("next_step_with_time", "Vamos a revisar tu caso y el jueves 14 te contamos.", "Ana", "yes"),
        ("next_step_with_time", "Nuestro compañero Iker te llamará hoy antes de las 20:00.", "Ana", "yes"),
        ("next_step_with_time", "Please call us tomorrow.", "Ana", "no"),
        ("next_step_with_time", "Escríbenos mañana, por favor.", "Ana", "no"),
        ("next_step_with_time", "I'll get it sorted asap.", "Ana", "no"),
        ("next_step_with_time", "te confirmo mañana antes de las 12", "Ana", "yes"),
        ("next_step_with_time", "En 24 horas tendrás noticias mías.", "Ana", "yes"),
        ("signed", "Sale hoy. Un saludo, el equipo", "Ana", "no"),
        ("signed", "It ships today. – The Brisa Team", "Ana", "no"),
        ("signed", "Sale hoy 😊 Laia", "Ana", "yes"),
        ("signed", "It ships today.\n\nBest wishes,\nMarta Soler\nCafé Brisa", "Ana", "yes"),
        ("signed", "Sale hoy. [Marta]", "Ana", "yes"),
        ("signed", "Sale hoy. MJ", "Ana", "yes"),
        ("signed", "Sale hoy. ^ja", "Ana", "yes"),
        ("signed", "Sale hoy. Marta S.", "Ana", "yes"),
        ("signed", "Sale hoy. Firmado: Marta (Atención al Cliente)", "Ana", "yes"),
        ("signed", "Ships today! Tom x", "Ana", "yes"),
        ("signed", "We deliver to Madrid and Bilbao", "Ana", "no"),
        ("signed", "Nos vemos en Bilbao. ¡Feliz Navidad!", "Ana", "no"),
        ("signed", "Sale hoy, Ana.", "Ana", "no"),
        ("asks_personal_data_in_public", "¿Nos dejas tu móvil por aquí y te llamamos?", "Ana", "yes"),
        ("asks_personal_data_in_public", "Can you share the email on your account below?", "Ana", "yes"),
        ("asks_personal_data_in_public", "Please don't post your address here.", "Ana", "no"),
        ("asks_personal_data_in_public", "No publiques aquí tu teléfono.", "Ana", "no"),
        ("asks_personal_data_in_public", "Te mandamos un correo con los pasos.", "Ana", "no"),
        ("asks_personal_data_in_public", "We've emailed you the label.", "Ana", "no"),
        ("asks_personal_data_in_public", "Llámanos al 900 123 123", "Ana", "no"),
        ("asks_personal_data_in_public", "Escríbenos a hola@cafebrisa.example", "Ana", "no"),
        ("asks_personal_data_in_public", "DM us your order number please", "Ana", "no"),
        ("promotes", "Te regalamos un 10 % para tu próxima compra: BRISA10", "Ana", "yes"),
        ("promotes", "Ya que estás, echa un vistazo a nuestra colección de otoño.", "Ana", "yes"),
        ("promotes", "By the way, our new cold brew is out now!", "Ana", "yes"),
        ("promotes", "Your refund includes the 10% discount you had.", "Ana", "no"),
        ("blames_customer", "No es culpa tuya.", "Ana", "no"),
        ("blames_customer", "It's not your fault at all.", "Ana", "no"),
        ("blames_customer", "Seguro que no lo conectaste bien.", "Ana", "yes"),
        ("blames_customer", "You must have dropped it.", "Ana", "yes"),
        ("blames_customer", "Haberlo pensado antes.", "Ana", "yes"),
        ("blames_customer", "If you had read the email you would know.", "Ana", "yes"),
        ("makes_excuses", "Sorry, but we have had a lot of orders.", "Ana", "yes"),
        ("makes_excuses", "I'm sorry but I'm happy to say a new one is on its way", "Ana", "yes"),
        ("makes_excuses", "Perdona la espera, estamos hasta arriba.", "Ana", "yes"),
    ],
)
def test_the_sense_of_a_word_in_its_sentence_decides(criterion, text, customer, expected):
    assert verdict(criterion, text, customer=customer) == expected
