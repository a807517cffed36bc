"""English sentences of customers and agents, British and American, from which the messages are put together.

The labels depend on these lists: only THANKS thanks, only APOLOGIES apologise, only PROMOTIONS promote, and so on.
"""

NAMES = (
    "Aoife", "Kwame", "Priya", "Oliver", "Chloe", "Jamal", "Siobhan", "Mei", "Harry", "Amara", "Callum",
    "Zainab", "Ethan", "Rosa", "Imogen", "Tunde", "Grace", "Luca", "Hannah", "Farah", "Noah", "Bronwen",
    "Kofi", "Leila", "Sam", "Yuki",
)  # fmt: skip
PRODUCTS = (
    "Chiapas coffee",
    "capsule decaf",
    "moka coffee",
    "Brisa blend",
    "Huila coffee",
    "bottled cold brew",
    "Oaxaca coffee",
    "Ethiopian coffee",
    "dark roast",
)
CITIES = {
    "ES": ("Girona", "Vigo", "Getafe", "Bilbao", "Málaga", "Dénia", "León"),
    "MX": ("Coyoacán", "Zapopan", "Monterrey", "Cholula", "Mérida", "San Miguel"),
}

_OPENINGS = ("Hi.", "Hello.", "Hi there.", "Good morning.", "Hey folks.", "Can somebody help?", "", "", "")
OPENINGS = {"ES": _OPENINGS, "MX": _OPENINGS}

CASES = {  # what can be said, and the answer that fits it
    "late_delivery": (
        (
            "I have been waiting {days} days for my order of {product} and the tracking page has not changed once.",
            "The parcel left our warehouse on Thursday and sits at the depot in {city}; we have asked them to move it.",
        ),
        (
            "My {product} should have reached {city} last week and there is still no sign of the box.",
            "The postcode for {city} was wrong on the label and is now right.",
        ),
        (
            "I paid for express shipping on the {product}. That was {days} days ago.",
            "You get back what you paid for express, and the box goes out with the courier today.",
        ),
        (
            "Your courier says he rang my bell in {city}. I was in all day and nobody came.",
            "The courier went to another entrance; he comes back with the right address and calls first.",
        ),
        (
            "It was a birthday present, {product}, and the birthday was {days} days ago.",
            "The box is in {city} and we have added a card that explains the delay.",
        ),
        (
            "'Out for delivery' since last Tuesday, says the app about my {product}.",
            "The app froze on that status through a fault at the courier's; your box is at their depot.",
        ),
    ),
    "damaged": (
        (
            "The box with my {product} arrived open and half of it was on the doorstep.",
            "We are sending the same product in a double box and you need not return the broken one.",
        ),
        (
            "I just opened the parcel: the bag of {product} is torn and everything is damp.",
            "It sounds as if the bag opened on the belt; choose between a new one and your money.",
        ),
        (
            "The jar is smashed and there is glass in the {product}.",
            "Please throw the contents away, to be safe: we repeat the delivery at no cost.",
        ),
        (
            "My order of {product} turned up flat, as if a lorry had parked on it.",
            "We repeat the whole order and claim from the carrier ourselves.",
        ),
        (
            "The valve on the bag is broken and the {product} smells of nothing at all.",
            "Without a valve the coffee goes stale: you are due a new bag of the same batch.",
        ),
    ),
    "wrong_item": (
        (
            "I ordered {product} and got camomile tea.",
            "The camomile was somebody else's; keep it, your coffee leaves in full and free of charge.",
        ),
        (
            "I asked for whole beans. The {product} came ground to dust.",
            "The grinder on your line was set wrong; we are packing the same order as whole beans.",
        ),
        (
            "This is not my order: I bought {product} and the slip has another name on it.",
            "Two labels were swapped; yours went to somebody else and a new box is being packed.",
        ),
        (
            "Second time I order {product}, second time I get something else.",
            "Twice means that the code of your product is wrong; it is changed, and I check this box by hand.",
        ),
        (
            "Two of the {n} bags of {product} I paid for are missing.",
            "The slip lists them all, the scales do not: we are sending the two that are missing.",
        ),
    ),
    "taste": (
        (
            "This batch of {product} tastes burnt, nothing like the one from last month.",
            "That batch was roasted twelve seconds too long and is off the shelf; you get the next one.",
        ),
        (
            "I have brewed three cups of {product} and all three are painfully bitter.",
            "Try water at 92 degrees and a slightly coarser grind; if it stays bitter we replace it.",
        ),
        (
            "The roast date on my {product} is five months old and you can tell.",
            "At five months it should not have left the shop: you are due a full replacement.",
        ),
        (
            "I have bought {product} for years and this bag comes out thin however I brew it.",
            "This crop has less body: use two grams more per cup, or we swap it for your usual one.",
        ),
        (
            "The label on the {product} promises caramel. I get ash.",
            "Caramel needs a medium roast and you got a dark one: we mislabelled the bag.",
        ),
    ),
    "lost_parcel": (
        (
            "Tracking says my {product} was delivered on Tuesday. Neither I nor my neighbours in {city} have seen it.",
            "The signature is not from your home, so we count the parcel as lost and send another.",
        ),
        (
            "The courier admits that the parcel with my {product} is gone.",
            "The courier confirms it to us too; it is your choice: a new parcel or the full amount.",
        ),
        (
            "My {product} has been missing for {days} days somewhere between your warehouse and {city}.",
            "The last scan is at the depot in {city}; we search for it and pack another meanwhile.",
        ),
        (
            "Somebody signed for my {product} and it was not me.",
            "We have asked for an image of the signature and are packing another parcel meanwhile.",
        ),
    ),
    "charged_twice": (
        (
            "There are two charges of {amount} euros on my statement for one order of {product}.",
            "The second charge is a hold by the bank that we never collect: it lapses by itself.",
        ),
        (
            "You took {amount} euros for the {product}, and then {amount} euros again.",
            "I see both payments: one stands, the other is already back on the same card.",
        ),
        (
            "The page crashed, I gave up on the {product}, and I still see two payments of {amount} euros.",
            "The crash created the order twice; both are cancelled and paid back.",
        ),
        (
            "One order of {product}, two receipts for {amount} euros. The sums do not add up.",
            "The page repeated the request on reload; the copy is cancelled and one receipt is left.",
        ),
    ),
    "refund_pending": (
        (
            "I sent the {product} back {days} days ago and the {amount} euros have not shown up.",
            "Your return reached us, but nobody released the money; that is done now.",
        ),
        (
            "The shop in {city} told me three days for my refund of {amount} euros. It has been {days}.",
            "The shop in {city} had not signed it off; they have now, and the money is on its way.",
        ),
        (
            "Still no sign of the {amount} euros for the {product} I returned.",
            "The refund went to the card you paid with; I am sending you the proof in private.",
        ),
        (
            "I have sent the return slip for the {product} twice and nobody confirms a thing.",
            "Both your slips landed in the wrong mailbox; they are now attached to your order.",
        ),
    ),
    "subscription_error": (
        (
            "I paused my subscription to {product} and this month's box came anyway.",
            "The pause was saved a day after the cut-off; refuse the box and it costs you nothing.",
        ),
        (
            "I switched my subscription to {product} and you keep sending the old one.",
            "The change stayed a draft; we have made it live and the next box is the new one.",
        ),
        (
            "The {product} subscription is meant to come every four weeks and it is {days} days late.",
            "The calendar of your subscription skipped a cycle; the missing box has left.",
        ),
        (
            "I tried to cancel the {product} subscription and the page sends me back to the start every time.",
            "We have cancelled it for you, with no further steps and no further payments.",
        ),
    ),
    "payment_failed": (
        (
            "When I pay for the {product} the page goes blank and I cannot tell whether I have an order.",
            "The order was never made and nothing was charged; your basket is saved in your account.",
        ),
        (
            "My card works everywhere but here: three tries for {product}, three errors.",
            "The fault lies with the bank that checks the card; a transfer goes through without trouble.",
        ),
        (
            "The payment died just as I confirmed the {product} and now the basket is empty.",
            "We have restored your basket; it is there when you log in, at the same price.",
        ),
        (
            "I have spent half an hour trying to pay {amount} euros for {product}. 'Error 502', every time.",
            "That error came from our side between ten and eleven; you can pay again.",
        ),
    ),
    "product_advice": (
        (
            "Which grind suits the {product} in a stovetop pot for {n} cups?",
            "For a stovetop pot, a medium grind and a full basket, not pressed down.",
        ),
        (
            "I want to give the {product} to somebody who takes coffee without sugar. Is it sharp?",
            "It is low in acidity and round, so it goes well without sugar.",
        ),
        (
            "Is the {product} any good as cold brew, or should I pick another origin?",
            "It makes a fine cold brew: 70 grams per litre and a night in the fridge.",
        ),
        (
            "I have a hand grinder and a bag of {product}: how many grams per cup?",
            "With a hand grinder, 15 grams per cup, ground like brown sugar.",
        ),
        (
            "How long does the {product} keep its aroma once opened?",
            "Once open it keeps for about four weeks if you store it closed and in the dark.",
        ),
        (
            "Is there a difference between this {product} and last year's crop?",
            "This crop is sweeter and a little less sharp than the last.",
        ),
    ),
    "allergens": (
        (
            "My daughter is allergic to nuts. Is the {product} packed anywhere near them?",
            "It is coffee only, and that packing line handles no nuts.",
        ),
        (
            "I cannot have lactose: is there any milk in the {product}?",
            "There is no milk in it, and the packing line handles no dairy.",
        ),
        (
            "Could you tell me whether the {product} has traces of gluten?",
            "No gluten and no traces: it is packed apart and every batch is tested.",
        ),
        (
            "I am pregnant and avoiding caffeine: how much is left in the {product}?",
            "At most three milligrams of caffeine are left in a cup of our decaf, the lowest we have.",
        ),
    ),
    "delivery_options": (
        (
            "Can I pick up an order of {product} at the shop in {city}?",
            "Yes, you can collect it in {city}; pick 'collection' at the end and pay no shipping.",
        ),
        (
            "How much is shipping for {n} bags of {product} to {city}?",
            "Shipping is 3.90 euros in Spain and 6.90 to Mexico; from 60 euros it is free.",
        ),
        (
            "I will be away: can I move the delivery date of the {product}?",
            "You can move the date under 'my orders' as long as the box has not left.",
        ),
        (
            "Do you deliver on Saturdays in {city}? I am after the {product}.",
            "We deliver in {city} on Saturday mornings too, at no extra cost.",
        ),
        (
            "Do you send {product} to a pick-up point, or only to the door in {city}?",
            "Both: to the door or to a pick-up point that you choose on the map.",
        ),
    ),
}

DETAILS = {
    "problem": (
        "Photo attached.",
        "I ordered on my phone.",
        "I have been a customer since 2023.",
        "I already wrote on the chat yesterday.",
        "I live on the fourth floor with no lift, so timing matters.",
        "The app says one thing and the e-mail another.",
        "",
        "",
        "",
    ),
    "query": (
        "It is for our office, eight of us.",
        "I looked through your help pages and found nothing.",
        "It would be my first order.",
        "The app does not say.",
        "",
        "",
        "",
    ),
}

_CLOSINGS = {
    "passive": (
        "Oh well, I should have known.",
        "Not that I expect anything to happen.",
        "I am only mentioning it.",
        "Never mind, I suppose.",
        "I do not even know why I am writing.",
    ),
    "tells_seller": (
        "Can you sort this out, please?",
        "What are my options?",
        "Any sensible solution will do.",
        "Please tell me what you need from me.",
        "Could you look into it today?",
        "When will this be fixed?",
        "I look forward to your answer.",
    ),
    "leaves_and_tells": (
        "I am switching brands and my whole coffee group will hear why.",
        "I will not buy from you again, and my review will say so in detail.",
        "That's it for me. I have warned everybody at work.",
        "You have just lost a customer, and the neighbours I sent your way.",
    ),
    "legal": (
        "If this is not solved I will file a complaint with the consumer office.",
        "I am taking this to consumer protection tomorrow.",
        "My lawyer has copies of everything.",
    ),
}
CLOSINGS = {(country, kind): texts for kind, texts in _CLOSINGS.items() for country in ("ES", "MX")}
_QUERY_CLOSINGS = ("Best wishes.", "Cheers.", "I would like to order today.", "Could you let me know?", "", "")
QUERY_CLOSINGS = {"ES": _QUERY_CLOSINGS, "MX": _QUERY_CLOSINGS}
IRONIES = (
    "Congratulations on the speed.",
    "What a wonderful service, truly.",
    "Lovely touch, that.",
    "Bravo, you are geniuses.",
    "I just love playing guessing games with my money.",
    "Well done, a new record.",
    "Great job, everyone.",
    "Fantastic, exactly what my Monday needed.",
)
PRAISE = (
    "This week's {product} is superb; that makes three of us hooked in {city}.",
    "Just to say that the {product} came in a day, and in perfect shape.",
    "The person on the chat yesterday was so patient about my {product}.",
    "I had a problem with the {product} and two hours later it was solved. Impressive.",
    "The handwritten note in the box of {product} made my day.",
    "My mother says the {product} tastes like the coffee of her village. No higher praise.",
    "So good to get an answer from a person: my question about {product} is settled.",
)

GREETINGS_BY_NAME = (
    "Hi {name}.",
    "Hello {name}.",
    "Good morning, {name}.",
    "Good afternoon, {name}.",
    "Hi {name}, we are here.",
)
GREETINGS = ("Hi.", "Good morning.", "Dear customer.", "Hello.", "", "")
THANKS = {
    "problem": (
        "Thank you for telling us.",
        "Thanks for describing it so clearly.",
        "Thank you for writing.",
        "We appreciate that you let us know.",
        "Thank you for your patience.",
    ),
    "query": (
        "Thanks for asking before you buy.",
        "Thank you for your interest.",
        "Thanks for the question.",
        "We appreciate that you ask.",
    ),
    "praise": (
        "Thank you so much.",
        "Thanks for taking the time to write it.",
        "We really appreciate it.",
    ),
}
APOLOGIES = (
    "We are very sorry about this.",
    "We apologise: the mistake is ours.",
    "I am sorry for the trouble.",
    "Sorry, this is neither what you expected nor what we want to give you.",
    "Our apologies for the bad start to your day.",
    "We are sorry: this should not have happened.",
)
PRAISE_ANSWERS = (
    "I have read it out loud to the roasters and to the person who writes the notes.",
    "It goes up on the wall of the roastery today, next to the drum.",
    "I am passing it on to the person who helped you, who is beaming.",
)
GENERIC_ANSWERS = (
    "We have received your message and will bear it in mind.",
    "We work every day to improve.",
    "Our team is looking into the situation.",
    "Your opinion matters a great deal to us.",
    "We follow the usual procedure in such cases.",
    "We hope that everything becomes clear.",
    "We take note of what you say.",
)
NEXT_STEPS_WITH_TIME = {
    "problem": (
        "I will send you the case number by 18:00 today.",
        "You will have my confirmation in a private message by noon tomorrow.",
        "I will call you myself within two hours.",
        "This will be closed in 48 hours and I will write when it is.",
        "On Thursday I will check with you that all is well.",
        "Give me 30 minutes to check once more and I will confirm it here.",
        "It will be settled before Friday, and I will follow it.",
    ),
    "query": (
        "If anything is unclear, I am here until 20:00 today.",
        "I will send you the full product sheet tomorrow morning.",
        "In 30 minutes you will have a link with the steps.",
        "On Monday I will check whether you need anything else.",
    ),
}
NEXT_STEPS_WITHOUT_TIME = {
    "problem": (
        "We will get back to you.",
        "Somebody will be in touch.",
        "We will let you know when we know more.",
        "Write again if nothing changes.",
        "",
    ),
    "query": (
        "If you need anything else, write to us.",
        "There is more about it on our site.",
        "",
        "",
    ),
    "praise": (
        "Enjoy the next cup.",
        "",
    ),
}
SIGNATURES = ("{agent}, Café Brisa team", "{agent}, Café Brisa", "^{initials}")
ASKS_PERSONAL_DATA = (
    "Please post your full address and phone number here.",
    "Leave your ID number and your card number in the comments.",
    "Just put your e-mail address and date of birth in this thread.",
    "Reply to this post with your phone number and full address.",
)
PROMOTIONS = (
    "By the way, capsules are 15 % off this week, a discount you will like.",
    "Do have a look at our autumn offer on grinders.",
    "With the code BRISA10 your next order is cheaper.",
    "Have you seen our offer on yearly subscriptions?",
)
BLAMES = (
    "You probably typed the address wrong.",
    "You should have read the conditions.",
    "Had you checked earlier, this would not have come up.",
    "That is what comes of ordering at the last minute.",
)
JARGON = (
    "Your case is escalated to L2 under our SLA.",
    "We still miss the RMA in the backoffice.",
    "Your ticket sits in the fulfilment queue.",
    "The PSP returned a timeout on the callback.",
)
