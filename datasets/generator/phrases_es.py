"""Spanish sentences of customers and agents, as in Spain and in Mexico, from which the messages are put together.

The labels depend on these lists: only THANKS thanks, only APOLOGIES apologise, only PROMOTIONS promote, and so on.
"""

NAMES = (
    "Ximena", "Aitana", "Joan", "Itziar", "Brais", "Berta", "Fátima", "Diego", "Citlali", "Mateo", "Yolanda",
    "Omar", "Lucía", "Rocío", "Unai", "Guadalupe", "Andrés", "Mariam", "Emiliano", "Noa", "Paola", "Sergi",
    "Valeria", "Hugo", "Amaia", "Tomás", "Daniela", "Xavi", "Renata", "Ismael", "Pilar", "Wei",
)  # fmt: skip
PRODUCTS = (
    "café de Chiapas",
    "descafeinado en cápsulas",
    "café para moka",
    "blend Brisa",
    "café de Huila",
    "cold brew en botella",
    "café de Oaxaca",
    "café de Etiopía",
    "tueste oscuro",
)
CITIES = {
    "ES": ("Girona", "Vigo", "Getafe", "Bilbao", "Málaga", "Castelló", "León"),
    "MX": ("Coyoacán", "Zapopan", "Monterrey", "Cholula", "Mérida", "Tlalpan"),
}

OPENINGS = {
    "ES": ("Buenas.", "Hola:", "Buenos días.", "Hola, buenas tardes.", "A ver si alguien me ayuda.", "", "", ""),
    "MX": ("Buen día.", "Hola, qué tal.", "Buenas tardes.", "Oigan:", "Una pregunta.", "Qué tal, equipo.", "", ""),
}

CASES = {  # what can be said, and the answer that fits it
    "late_delivery": (
        (
            "Hace {days} días que espero mi pedido de {product} y el seguimiento no se mueve.",
            "El paquete salió de aquí el jueves y está parado en el almacén de {city}; ya pedimos que lo muevan.",
        ),
        (
            "Mi pedido de {product} tenía que llegar a {city} la semana pasada y aquí no ha llegado nada.",
            "Hubo un error en el código postal de {city} y ya está corregido en la etiqueta.",
        ),
        (
            "Pagué envío exprés para mi {product} y ya van {days} días.",
            "Te devolvemos lo que pagaste por el envío exprés, y el paquete pasa hoy al reparto.",
        ),
        (
            "El mensajero dice que pasó por mi casa en {city}; estuve todo el día y nadie llamó a la puerta.",
            "El mensajero fue a otra escalera; vuelve con la dirección corregida y llama antes.",
        ),
        (
            "Llevo {days} días mirando la pantalla de «en reparto» por un pedido de {product}.",
            "El estado «en reparto» se quedó fijo por un fallo del transportista; la caja está en {city}.",
        ),
        (
            "Era un regalo: {product}. El cumpleaños fue hace {days} días y el paquete sigue en {city}.",
            "La caja de regalo está en {city} y le añadimos una tarjeta que explica el retraso.",
        ),
    ),
    "damaged": (
        (
            "La caja de mi pedido de {product} llegó abierta y con la mitad por el suelo del portal.",
            "Te enviamos el mismo producto con doble caja y no hace falta que devuelvas el roto.",
        ),
        (
            "Acabo de abrir el paquete: {product} con la bolsa rota y todo mojado.",
            "Por lo que cuentas, la bolsa se abrió en la cinta; elige entre otra igual o el dinero.",
        ),
        (
            "El tarro venía hecho pedazos y hay cristales dentro del {product}.",
            "Tira el contenido, por seguridad: repetimos el envío sin coste.",
        ),
        (
            "Me llegó el pedido de {product} aplastado, como si le hubiera pasado un camión por encima.",
            "Repetimos el pedido entero y reclamamos nosotros al transportista.",
        ),
        (
            "La válvula de la bolsa está rota y el {product} ya no huele a nada.",
            "Sin válvula el café se oxida: te corresponde una bolsa nueva del mismo lote.",
        ),
    ),
    "wrong_item": (
        (
            "Pedí {product} y en la caja había té de manzanilla.",
            "La manzanilla era de otra persona; quédatela, que tu café sale completo y sin gastos.",
        ),
        (
            "Encargué {product} en grano y ha venido molido fino.",
            "El molino estaba mal puesto en tu línea; preparamos el mismo pedido en grano.",
        ),
        (
            "Este pedido no es mío: yo compré {product} y el albarán lleva otro nombre.",
            "Se cruzaron dos etiquetas; el tuyo lo tiene otra persona y preparamos uno nuevo.",
        ),
        (
            "Es la segunda vez que pido {product} y recibo otra cosa.",
            "Dos veces es un fallo del código de tu producto; lo hemos cambiado y lo reviso a mano.",
        ),
        (
            "Faltan dos bolsas de las {n} que compré de {product}.",
            "En el albarán constan todas y en la báscula no: enviamos las dos que faltan.",
        ),
    ),
    "taste": (
        (
            "El último {product} sabe a quemado, nada que ver con el del mes pasado.",
            "Ese lote se tostó doce segundos de más y lo hemos retirado; te mandamos del siguiente.",
        ),
        (
            "He preparado tres tazas de {product} y las tres amargan muchísimo.",
            "Prueba con agua a 92 grados y molienda algo más gruesa; si aun así amarga, lo cambiamos.",
        ),
        (
            "La fecha de tueste de mi {product} es de hace cinco meses y se nota en la taza.",
            "Con cinco meses no debió salir de la tienda: te corresponde un cambio completo.",
        ),
        (
            "Compro {product} desde hace años y esta tanda sale aguada, la prepare como la prepare.",
            "Esta cosecha tiene menos cuerpo: sube dos gramos por taza o la cambiamos por la de siempre.",
        ),
        (
            "En la ficha del {product} pone «notas de panela»; en la taza solo hay ceniza.",
            "La nota de panela pide un tueste medio y a ti te llegó oscuro: fue error nuestro de etiqueta.",
        ),
    ),
    "lost_parcel": (
        (
            "Según el seguimiento mi {product} se entregó el martes; ni mis vecinos de {city} ni yo lo hemos visto.",
            "La firma no es de tu casa, así que damos el paquete por perdido y repetimos el envío.",
        ),
        (
            "El transportista reconoce que ha perdido el paquete de {product}.",
            "El transportista también nos lo confirma; eliges tú: otro paquete o el importe entero.",
        ),
        (
            "Mi pedido de {product} lleva {days} días desaparecido entre el almacén y {city}.",
            "La última lectura es del almacén de {city}; abrimos la búsqueda y, a la vez, preparamos otro.",
        ),
        (
            "Alguien firmó por mí la entrega del {product} y no sé quién es.",
            "Hemos pedido la imagen de la firma y, mientras tanto, preparamos otro paquete.",
        ),
    ),
    "charged_twice": (
        (
            "En el extracto aparecen dos cargos de {amount} euros por el mismo pedido de {product}.",
            "El segundo cargo es una retención del banco que nunca llegamos a cobrar: se anula sola.",
        ),
        (
            "Me han cobrado dos veces el {product}: {amount} y otra vez {amount} euros.",
            "Veo los dos cobros: uno es válido y el otro ya está devuelto a la misma tarjeta.",
        ),
        (
            "Cancelé la compra de {product} porque falló la página y aun así hay dos cobros de {amount} euros.",
            "La compra se creó dos veces al fallar la página; las dos están anuladas y devueltas.",
        ),
        (
            "Un pedido de {product}, dos recibos de {amount} euros. Las cuentas no salen.",
            "La página repitió la orden al recargar; hemos anulado la copia y queda un solo recibo.",
        ),
    ),
    "refund_pending": (
        (
            "Devolví el {product} hace {days} días y los {amount} euros no aparecen en mi cuenta.",
            "La devolución entró en el almacén, pero nadie pulsó el abono; ya está hecho.",
        ),
        (
            "En la tienda de {city} me dijeron que el reembolso de {amount} euros tardaba tres días; van {days}.",
            "Faltaba el visto bueno de la tienda de {city}; lo tenemos y el dinero está en camino.",
        ),
        (
            "Sigo sin ver la devolución de los {amount} euros del {product}.",
            "El abono fue a la tarjeta con la que pagaste; te mando el justificante por privado.",
        ),
        (
            "Ya mandé dos veces el comprobante de la devolución del {product} y nadie me confirma nada.",
            "Tu comprobante llegó las dos veces a un buzón equivocado; ya está unido a tu pedido.",
        ),
    ),
    "subscription_error": (
        (
            "Pausé la suscripción de {product} y este mes ha llegado igual.",
            "La pausa se guardó un día después del corte; rechaza la caja y no te costará nada.",
        ),
        (
            "Cambié mi suscripción a {product} y siguen enviando lo de antes.",
            "El cambio quedó en borrador; lo hemos activado y el próximo envío ya es el nuevo.",
        ),
        (
            "La suscripción de {product} debía llegar cada cuatro semanas y ya van {days} días de más.",
            "El calendario de tu suscripción saltó un ciclo; hemos sacado la caja que faltaba.",
        ),
        (
            "Quise dar de baja la suscripción de {product} y la página me devuelve siempre al inicio.",
            "Tu baja está hecha por nosotros, sin más pasos, y no habrá más cobros.",
        ),
    ),
    "payment_failed": (
        (
            "Al pagar el {product} la página se queda en blanco y no sé si el pedido existe.",
            "El pedido no llegó a crearse y no hay ningún cobro; el carrito está guardado en tu cuenta.",
        ),
        (
            "La tarjeta funciona en todas partes menos aquí: tres intentos para un {product} y tres errores.",
            "El fallo es del banco que valida la tarjeta; con transferencia sí se puede pagar.",
        ),
        (
            "Se cayó el pago justo al confirmar {product} y el carrito está vacío.",
            "Hemos recuperado tu carrito; lo verás al entrar, con el mismo precio.",
        ),
        (
            "Llevo media hora intentando pagar {amount} euros de {product} y siempre sale «error 502».",
            "Ese error salió entre las diez y las once por un fallo nuestro; ya se puede pagar.",
        ),
    ),
    "product_advice": (
        (
            "¿Qué molienda conviene para el {product} en una cafetera italiana de {n} tazas?",
            "Para la italiana, molienda media y el depósito lleno hasta la válvula, sin prensar.",
        ),
        (
            "Quiero regalar {product} a alguien que toma el café sin azúcar. ¿Es muy ácido?",
            "Es de acidez baja y cuerpo redondo, así que va bien sin azúcar.",
        ),
        (
            "¿El {product} va bien para preparar en frío o mejor otro origen?",
            "En frío queda muy bien: 70 gramos por litro y una noche en la nevera.",
        ),
        (
            "Tengo un molino manual y compré {product}: ¿cuántos gramos por taza?",
            "Con molino manual, 15 gramos por taza y molienda como azúcar moreno.",
        ),
        (
            "¿Cuánto aguanta abierto el {product} sin perder aroma?",
            "Abierto dura unas cuatro semanas si lo guardas cerrado y lejos de la luz.",
        ),
        (
            "¿Hay alguna diferencia entre este {product} y el de la cosecha pasada?",
            "Esta cosecha es más dulce y un poco menos ácida que la anterior.",
        ),
    ),
    "allergens": (
        (
            "Mi hija es alérgica a los frutos secos. ¿El {product} se envasa cerca de ellos?",
            "Solo lleva café, y esa línea de envasado no toca frutos secos.",
        ),
        (
            "Soy intolerante a la lactosa: ¿lleva leche el {product}?",
            "No lleva leche; la línea de envasado tampoco toca lácteos.",
        ),
        (
            "¿Pueden decirme si el {product} tiene trazas de gluten?",
            "No tiene gluten ni trazas: se envasa aparte y se analiza cada lote.",
        ),
        (
            "Por el embarazo evito la cafeína: ¿cuánta queda en el {product}?",
            "Quedan como mucho tres miligramos de cafeína por taza; el descafeinado es el más bajo.",
        ),
    ),
    "delivery_options": (
        (
            "¿Se puede recoger un pedido de {product} en la tienda de {city}?",
            "Sí, en {city} se puede recoger; eliges «recogida» al final y no pagas envío.",
        ),
        (
            "¿Cuánto cuesta enviar {n} bolsas de {product} a {city}?",
            "El envío cuesta 3,90 euros en España y 6,90 a México; desde 60 euros, nada.",
        ),
        (
            "Estaré de viaje: ¿puedo cambiar la fecha de entrega del {product}?",
            "La fecha se cambia en «mis pedidos» mientras la caja no haya salido.",
        ),
        (
            "¿Hacen envíos los sábados en {city}? Me interesa el {product}.",
            "En {city} se reparte también los sábados por la mañana, sin recargo.",
        ),
        (
            "¿Entregan {product} en un punto de recogida o solo a domicilio en {city}?",
            "Las dos cosas: a domicilio o en un punto de recogida, que eliges en el mapa.",
        ),
    ),
}

DETAILS = {
    "problem": (
        "Adjunto una foto.",
        "Lo pedí desde el móvil.",
        "Compro aquí desde 2023.",
        "Ya escribí ayer por el chat.",
        "Vivo en un cuarto sin ascensor, así que no puedo bajar a cualquier hora.",
        "La app dice una cosa y el correo otra.",
        "",
        "",
        "",
    ),
    "query": (
        "Es para la oficina, somos ocho.",
        "He mirado en las preguntas frecuentes y no lo encuentro.",
        "Sería mi primera compra.",
        "En la app no lo pone.",
        "",
        "",
        "",
    ),
}

CLOSINGS = {
    ("ES", "passive"): (
        "En fin, ya me imaginaba algo así.",
        "Lo dejo por aquí, tampoco espero gran cosa.",
        "Supongo que me lo comeré con patatas.",
        "No sé ni para qué escribo.",
        "Otra vez será.",
    ),
    ("MX", "passive"): (
        "Ni modo.",
        "Ya ni para qué insistir.",
        "Nomás lo comento, no espero mucho.",
        "Total, así pasa siempre.",
        "Pues ya qué.",
    ),
    ("ES", "tells_seller"): (
        "¿Me lo podéis solucionar?",
        "¿Qué opciones me dais?",
        "Me vale cualquier solución razonable.",
        "Decidme, por favor, qué tengo que hacer.",
        "¿Podéis mirarlo hoy?",
        "Espero vuestra respuesta.",
        "Quiero saber cuándo estará arreglado.",
    ),
    ("MX", "tells_seller"): (
        "¿Me ayudan a resolverlo, por favor?",
        "¿Qué procede en este caso?",
        "¿Qué me ofrecen?",
        "Quedo al pendiente de su respuesta.",
        "Díganme qué necesitan de mi parte.",
        "¿Lo pueden checar hoy mismo?",
    ),
    ("ES", "leaves_and_tells"): (
        "Me paso a otra marca y así se lo contaré a todo mi grupo de café.",
        "No vuelvo a compraros, y mi reseña lo va a explicar con pelos y señales.",
        "Hasta aquí. Mis compañeros de trabajo ya están avisados.",
        "Habéis perdido una venta y todas las que venían detrás.",
    ),
    ("MX", "leaves_and_tells"): (
        "Ya no les compro, y en mi familia tampoco.",
        "Mejor me cambio de tienda y se lo platico a medio mundo.",
        "Con esto se acabó; ya lo subí para que nadie más caiga.",
        "Perdieron a un cliente y a toda su oficina.",
    ),
    ("ES", "legal"): (
        "Si no hay solución, pediré la hoja de reclamaciones y acudiré a consumo.",
        "Mañana presento la reclamación en la oficina del consumidor.",
        "Mi abogada ya tiene copia de todo.",
    ),
    ("MX", "legal"): (
        "Si no me responden, presento mi queja ante la autoridad del consumidor.",
        "Ya levanté la queja formal como consumidor.",
        "Mi abogado va a revisar el caso.",
    ),
}
QUERY_CLOSINGS = {
    "ES": ("Un saludo.", "Quedo a la espera.", "¿Me lo aclaráis?", "Es para decidirme hoy.", "", ""),
    "MX": ("Saludos.", "Quedo al pendiente.", "¿Me orientan?", "Es para pedirlo hoy.", "", ""),
}
IRONIES = (
    "Enhorabuena, qué rapidez.",
    "Un servicio maravilloso, de verdad.",
    "Qué detalle tan bonito.",
    "Bravo, qué genialidad.",
    "Me encanta jugar a las adivinanzas con mi dinero.",
    "Felicidades, han superado su propio récord.",
    "Gracias por tanto.",
    "Fantástico, justo lo que necesitaba un lunes.",
)
PRAISE = (
    "El {product} de esta semana está buenísimo; en {city} ya somos tres enganchados.",
    "Solo quería decir que el {product} llegó en un día y perfecto.",
    "Qué bien me atendió ayer la persona del chat con mi {product}: paciencia infinita.",
    "Tuve un problema con el {product} y en dos horas estaba resuelto. Así da gusto.",
    "La nota escrita a mano en la caja de {product} me alegró el día.",
    "Mi madre dice que el {product} le sabe al café de su pueblo. No hay mejor elogio.",
    "Se agradece que contesten personas: mi duda sobre el {product} quedó clarísima.",
)

GREETINGS_BY_NAME = (
    "Hola, {name}.",
    "Hola, {name}:",
    "Buenos días, {name}.",
    "Buenas tardes, {name}.",
    "Hola {name}, aquí estamos.",
)
GREETINGS = ("Hola.", "Buenos días.", "Estimado cliente:", "Buenas tardes.", "", "")
THANKS = {
    "problem": (
        "Gracias por avisarnos.",
        "Gracias por contárnoslo con tanto detalle.",
        "Muchas gracias por escribir.",
        "Te agradecemos que nos lo digas.",
        "Gracias por tu paciencia.",
    ),
    "query": (
        "Gracias por preguntar antes de comprar.",
        "Muchas gracias por tu interés.",
        "Gracias por la pregunta.",
        "Te agradecemos la consulta.",
    ),
    "praise": (
        "Muchísimas gracias.",
        "Gracias por tomarte el tiempo de escribirlo.",
        "Te lo agradecemos de corazón.",
    ),
}
APOLOGIES = (
    "Sentimos mucho lo ocurrido.",
    "Te pedimos perdón: el fallo es nuestro.",
    "Lamentamos de verdad la molestia.",
    "Disculpa, no es lo que esperabas de nosotros ni lo que queremos darte.",
    "Perdona el mal rato.",
    "Lo sentimos: esto no tenía que haber pasado.",
)
PRAISE_ANSWERS = (
    "Se lo he leído en voz alta al equipo de tueste y a quien escribe las notas.",
    "Lo colgamos hoy en la pared del obrador, al lado de la tostadora.",
    "Se lo paso a quien te atendió, que hoy lo celebra.",
)
GENERIC_ANSWERS = (
    "Hemos recibido tu mensaje y lo tendremos en cuenta.",
    "Trabajamos cada día para mejorar.",
    "Nuestro equipo está revisando la situación.",
    "Tu opinión es muy importante para nosotros.",
    "Seguimos los procesos habituales en estos casos.",
    "Esperamos que todo se aclare.",
    "Tomamos nota de lo que comentas.",
)
NEXT_STEPS_WITH_TIME = {
    "problem": (
        "Hoy antes de las 18:00 te escribo con el número de caso.",
        "Mañana a mediodía lo tienes confirmado por mensaje privado.",
        "Te llamo yo en las próximas dos horas.",
        "Queda cerrado en 48 horas y te aviso cuando termine.",
        "El jueves vuelvo a escribirte para ver que todo está bien.",
        "En 30 minutos lo reviso otra vez y te lo confirmo por aquí.",
        "Antes del viernes estará arreglado, y yo lo sigo.",
    ),
    "query": (
        "Si te queda alguna duda, hoy estoy aquí hasta las 20:00.",
        "Mañana por la mañana te mando la ficha completa.",
        "En 30 minutos te paso el enlace con los pasos.",
        "El lunes te escribo por si necesitas algo más.",
    ),
}
NEXT_STEPS_WITHOUT_TIME = {
    "problem": (
        "Te diremos algo más adelante.",
        "Ya te contactaremos.",
        "Cuando sepamos más, te informamos.",
        "Vuelve a escribir si sigue igual.",
        "",
    ),
    "query": (
        "Si necesitas algo más, escribe.",
        "En la web hay más información.",
        "",
        "",
    ),
    "praise": (
        "Hasta la próxima taza.",
        "",
    ),
}
SIGNATURES = ("{agent}, equipo de Café Brisa", "{agent}, Café Brisa", "^{initials}")
ASKS_PERSONAL_DATA = (
    "Escríbenos aquí tu dirección completa y tu teléfono.",
    "Deja en los comentarios tu DNI y el número de tarjeta.",
    "Pon aquí mismo tu correo y tu fecha de nacimiento.",
    "Contesta a este hilo con tu teléfono y tu dirección completa.",
)
PROMOTIONS = (
    "Por cierto, esta semana hay un 15 % de descuento en cápsulas.",
    "Aprovecha nuestra oferta de otoño en molinillos.",
    "Con el código BRISA10 tu próxima compra sale más barata.",
    "¿Conoces ya nuestra oferta de suscripción anual?",
)
BLAMES = (
    "Seguramente escribiste mal la dirección.",
    "Tendrías que haber leído las condiciones.",
    "Si lo hubieras mirado antes, no habría pasado.",
    "Eso te pasa por comprar a última hora.",
)
JARGON = (
    "El caso está escalado a N2 según el SLA.",
    "Falta el RMA en el backoffice.",
    "Tu ticket sigue en la cola de fulfillment.",
    "El PSP devolvió un timeout en el callback.",
)
