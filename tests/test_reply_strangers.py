"""Replies in moods that the rules had not met: sarcasm, emoji, wrong names, addresses in public, other languages.

Labelled before they were read. Rules were widened on the first list, so it is development data; the second list was
written afterwards and changed one rule only, on names that end like a preposition (Kat, Karen, Max).
"""

import pytest
from test_reply_moods import LETTERS

from socialcare.personalisation import rubric

# language, customer, message, reply, the letters of its labels
FIRST = [
    (
        "es",
        "Sonia",
        "El café llegó molido y lo pedí en grano",
        "Vaya, Sonia, qué drama, ¿no? Un café molido, el fin del mundo. Ya lo miraremos cuando podamos. Saludos, Rubén",
        "NSGL",
    ),
    (
        "es",
        "Adrián",
        "¿Está abierta la tienda de Bilbao el domingo?",
        "🙌 Sí, la de Bilbao abre el domingo de 10 a 14 h 😊 Carmen",
        "SGL",
    ),
    (
        "en",
        "Priya",
        "Does the Oaxaca contain gluten, and when does my order 4471 arrive?",
        "Hi Priya, thanks for asking. There is no gluten in the Oaxaca. Enjoy your cup! Megan",
        "NTSGL",
    ),
    (
        "en",
        "Karen",
        "The box was crushed",
        "Hi Sharon, we are sorry that your box was crushed. I am sending a new one tomorrow. Toby",
        "ASPGL",
    ),
    (
        "es",
        "Luis",
        "¿Dónde está mi pedido?",
        "Luis, tu pedido sale hoy hacia calle Mayor 14, 3º B, 28013 Madrid. Un saludo, Elsa",
        "NSGDL",
    ),
    (
        "es",
        "Begoña",
        "La bolsa venía abierta",
        "Begoña, gracias por decírnoslo, porque así podemos arreglarlo. Mañana te llega otra bolsa y el viernes te pregunto si ha venido cerrada. Disculpa. Víctor",
        "NTASPGL",
    ),
    (
        "en",
        "Ellis",
        "My grinder has stopped working",
        "Sorry to hear that, Ellis! While we look at it, why not treat yourself: 20% off all grinders with GRIND20 this week. Hannah",
        "NAGML",
    ),
    (
        "es",
        "Rosa",
        "No me llega el correo de confirmación",
        "Bonjour Rosa, nous avons bien reçu votre message et nous vous répondrons demain. Merci, Luc",
        "NTPG",
    ),
    (
        "en",
        "Sam",
        "The coffee tastes burnt",
        "You brewed it too hot. Read the label.",
        "SBL",
    ),
    (
        "en",
        "Nadine",
        "Your driver shouted at me",
        "Nadine, we're sorry if you felt the driver was unfriendly. Kind regards, the Café Brisa team",
        "NSL",
    ),
    (
        "es",
        "Don Ernesto",
        "Me cobraron dos veces",
        "Don Ernesto, qué pena con usted. Ahorita mismo reviso el cobro doble y en la tarde le marco. Lupita",
        "NASPGL",
    ),
    (
        "en",
        "Bill",
        "Still no parcel after two weeks",
        "Thanks a bunch for your patience, Bill, all two weeks of it. Your parcel is somewhere. Cheers, Dan",
        "NTSGL",
    ),
    (
        "en",
        "Maya",
        "I cannot log in",
        "Hi Maya! Please reply here with your date of birth and the email on your account so I can unlock it this afternoon. Joel",
        "NPGDL",
    ),
    (
        "es",
        "Unax",
        "No puedo entrar en mi cuenta",
        "Hola Unax, ¿nos mandas por mensaje privado el correo de tu cuenta? Con eso la desbloqueo hoy. Maite",
        "NSPGL",
    ),
    (
        "es",
        "Pilar",
        "No me devuelven el dinero",
        "Hola Pilar, su reembolso está pendiente de conciliación con el PSP; hemos escalado el ticket a N2 con SLA de 72 h.",
        "NSJL",
    ),
    (
        "en",
        "Theo",
        "The lid of the flask leaks",
        "Dear customer, thank you for reaching out. We value your feedback and have passed it on to the relevant team.",
        "TL",
    ),
    (
        "es",
        "Andrea",
        "Llevo una semana esperando el paquete",
        "Andrea, sentimos el retraso del paquete, pero es Black Friday y vamos hasta arriba. Paula",
        "NAXSGL",
    ),
    (
        "en",
        "Grace",
        "Can I collect in the shop?",
        "Yes! Pop in from 4 pm today, Ana at the counter has your bag. – Will",
        "SGL",
    ),
    (
        "es",
        "Javi",
        "El cupón no funciona",
        "Hey Javi! Sorry por lo del cupón. Te paso uno nuevo por DM en cinco minutos. Bea",
        "NASPGL",
    ),
    (
        "en",
        "Zara",
        "Where is my refund?",
        "ZARA, YOUR REFUND LEFT US ON MONDAY. IF IT IS NOT THERE BY FRIDAY I WILL CALL THE BANK MYSELF. IVOR",
        "NSPGL",
    ),
    (
        "es",
        "Tamara",
        "¿Me podéis cambiar la dirección de envío?",
        "Claro, Tamara, la cambio en cuanto me digas la nueva por privado. Gracias. Óscar",
        "NTSGL",
    ),
    (
        "en",
        "Liam",
        "Best espresso in town, well done",
        "You've made our day, Liam! I'll tell Rosa, who roasted it, this evening. Pia",
        "NPGL",
    ),
    (
        "es",
        "Fermín",
        "Sois una vergüenza de tienda",
        'Fermín, dices que somos "una vergüenza" y hoy no te falta razón. Cuéntame por privado qué pasó y te contesto antes de las 18 h. Lorena',
        "NPGL",
    ),
    (
        "en",
        "Alex",
        "My mug is chipped",
        "Hello Alex, Alex here from Café Brisa. Sorry about the chipped mug; a new one ships on Tuesday and I'll check on Thursday that it came whole. Alex",
        "NASPGL",
    ),
]
SECOND = [
    (
        "es",
        "Irati",
        "¿Dónde está la tienda de Donostia?",
        "Irati, nuestra tienda está en la calle Urbieta 24, justo al lado del mercado. Te esperamos. Jon",
        "NSGL",
    ),
    (
        "en",
        "Omar",
        "My bag arrived open",
        "Omar, you have done nothing wrong: we packed it badly. A new bag leaves today and I'll message you on Friday. Sorry! Kat",
        "NASPGL",
    ),
    (
        "es",
        "Lidia",
        "Lo pasé fatal esperando al repartidor",
        "Lidia, sentimos que lo hayas pasado tan mal esperando al repartidor. Mañana por la mañana te llama Ainara para acordar otra hora. Eneko",
        "NASPGL",
    ),
    (
        "en",
        "Wanda",
        "Where do you deliver?",
        "Anywhere in Spain and Mexico, Wanda. Two days to Madrid, five to Oaxaca. Ruben",
        "NSGL",
    ),
    (
        "en",
        "Hugh",
        "You sent my parcel to the wrong house",
        "Hugh, it went to 14 Station Road instead of your house, our mistake. The driver collects it tomorrow and brings it round. Fay",
        "NASPGDL",
    ),
    (
        "es",
        "Chema",
        "El molinillo no arranca",
        "Chema, lo enchufaste mal. Mira el manual.",
        "NBL",
    ),
    (
        "es",
        "Marisa",
        "¿Cómo conservo el café?",
        "Ahora mismo te paso la ficha por privado, Marisa. Lo importante: bote cerrado, sin luz. Goyo",
        "NSPGL",
    ),
    (
        "fr",
        "Jean",
        "Ma commande n'est pas arrivée",
        "Bonjour Jean, votre commande part aujourd'hui. Désolée pour le retard. Claire",
        "NASPGL",
    ),
    (
        "en",
        "Vera",
        "I got decaf instead of regular",
        "Vera, you ordered regular and we sent the wrong bag. Regular goes out this afternoon, and I am keeping an eye on it until it lands. Forgive us. Mo",
        "NASPGL",
    ),
    (
        "es",
        "Koldo",
        "Me cerraron la cuenta",
        "Koldo, la he reactivado. Prueba ahora y, si algo falla, lo corrijo esta tarde contigo. Nieves",
        "NSPGL",
    ),
    (
        "en",
        "Tess",
        "thanks, all good now",
        "Great to hear, Tess. Have a lovely evening! Ray",
        "NGL",
    ),
    (
        "es",
        "Paco",
        "A ver si contestáis algún día",
        "Pues aquí estamos, Paco 😅 ¿Qué necesitas? Tere",
        "NGL",
    ),
]


def misread(replies):
    """Return customer and criterion of each verdict that is wrong; what the rubric leaves open is not wrong."""
    wrong = []
    for language, customer, message, text, labels in replies:
        reading = rubric.read_reply(text, customer=customer, message=message, language=language, public=True)
        for letter, criterion in LETTERS.items():
            verdict = reading[criterion].verdict
            if verdict != rubric.CANNOT_TELL and (verdict == rubric.YES) != (letter in labels):
                wrong.append((customer, criterion))
    return wrong


def test_two_misreadings_are_left_and_known():
    assert misread(FIRST) == [("Andrea", "answers_specifically")]  # the parcel stands in the excuse only
    assert misread(SECOND) == [("Wanda", "answers_specifically")]  # answers in other words than the question


def verdict(criterion, text, **case):
    return rubric.read_reply(text, **case)[criterion].verdict


FRENCH = "Bonjour Rosa, nous avons bien reçu votre message et nous vous répondrons demain. Merci, Luc"
OF_WORDS = sorted(set(rubric.CRITERIA) - {"greets_by_name", "signed", "same_language", "fits_one_turn"})


@pytest.mark.parametrize("criterion", OF_WORDS)
def test_in_another_language_the_word_rules_say_that_they_cannot_tell(criterion):
    finding = rubric.read_reply(FRENCH, customer="Rosa", message="No me llega el correo", language="es")[criterion]
    assert finding[1:] == (rubric.CANNOT_TELL, "", "the rules read Spanish and English")


def test_names_language_and_length_are_read_in_any_language():
    reading = rubric.read_reply(FRENCH, customer="Rosa", language="es", public=False)
    read = {name: reading[name].verdict for name in ("greets_by_name", "signed", "same_language", "fits_one_turn")}
    assert read == {"greets_by_name": "yes", "signed": "yes", "same_language": "no", "fits_one_turn": "yes"}
    assert reading["asks_personal_data_in_public"].verdict == "no"  # nobody else can read it


@pytest.mark.parametrize(
    ("criterion", "text", "expected"),
    [
        ("asks_personal_data_in_public", "Tu pedido va hacia la avenida de América 7, 2º.", "yes"),
        ("asks_personal_data_in_public", "We left it at 14 Station Road.", "yes"),
        ("asks_personal_data_in_public", "Nuestra tienda está en calle Mayor 14.", "no"),
        ("asks_personal_data_in_public", "Visit us at 3 Mill Lane.", "no"),
        ("blames_customer", "Lo enchufaste mal.", "yes"),
        ("blames_customer", "Las has guardado demasiado cerca del horno.", "yes"),
        ("blames_customer", "Sentimos que lo hayas pasado tan mal.", "no"),
        ("blames_customer", "Lo recibiste demasiado tarde.", "no"),
        ("blames_customer", "You stored the beans too warm.", "yes"),
        ("blames_customer", "You ordered decaf and we packed the wrong bag.", "no"),
        ("blames_customer", "You did nothing wrong.", "no"),
        ("next_step_with_time", "While we are here: 20% off all grinders this week.", "no"),
        ("next_step_with_time", "Ahorita mismo reviso el cobro.", "yes"),
        ("next_step_with_time", "En la tarde le marco.", "yes"),
        ("signed", "Your bag is on its way. Kat", "yes"),
        ("signed", "Your bag is on its way. Karen", "yes"),
        ("signed", "Va en camino. Un saludo, Max", "yes"),
        ("signed", "Va en camino. Un saludo, el equipo de Café Brisa", "no"),
    ],
)
def test_what_the_strangers_taught(criterion, text, expected):
    assert verdict(criterion, text) == expected


@pytest.mark.parametrize(
    ("message", "reply", "expected"),
    [
        ("¿Dónde está mi pedido?", "Tu pedido sale hoy.", ("cannot tell", "the customer's message names nothing")),
        ("¿Dónde está mi pedido?", "Tomamos nota de lo que comentas.", ("no", "")),
        ("No me devuelven el dinero", "Su reembolso lo gestiona el PSP.", ("cannot tell", "only in jargon")),
        ("No me devuelven el dinero", "Su reembolso salió ayer.", ("yes", "a topic of the customer's")),
    ],
)
def test_what_cannot_be_told_about_an_answer_is_said(message, reply, expected):
    finding = rubric.read_reply(reply, message=message)["answers_specifically"]
    assert (finding.verdict, finding.rule) == expected
