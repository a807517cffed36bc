"""Who is addressed, and who signs? Names in the greeting, in the running text and at the end of a reply."""

import functools
import re

from socialcare.personalisation.findings import CANNOT_TELL, NO, YES, Case, Finding, hits, hits_text, word_set
from socialcare.personalisation.language import fold

__all__ = ["GREETING", "greets_by_name", "name_parts", "signature", "signed"]

LONGEST_NAME = 4  # words

_NAME = r"[A-ZÁÉÍÓÚÑÜÀÈÇÖÄÅØ][\w'’-]+"
_PERSON = rf"{_NAME}(?:\s(?:{_NAME}|[A-Z]\.?|de|del|la|da|van|O'{_NAME}))*"
_NO_NAME = word_set("""
    cafe brisa equipo team customer cliente clienta clientes care service servicio support soporte atencion the
    el la usuario user sir madam all todos there again gracias thanks thank you saludos regards best cheers hola
    hi hello hey sorry lo y and se te le su tu what que como buenas buenos dias tardes noches good morning
    afternoon evening si no en on at ha ja claro sure por para un una hasta pronto siempre ok vale yes dear
    estimado estimada don dona sr sra ms mr mrs mx department departamento shop tienda we our nosotros amigo
    amiga friend folks everyone i disculpa disculpe perdon perdona perdone lamento siento unfortunately
    lamentablemente efectivamente right yep nope fair great absolutely understood entendido totalmente correcto
    feliz felices happy merry animo suerte enhorabuena congratulations disfruta enjoy
""")
_PARTICLES = word_set("""
    de del la las los el van von da dos san sr sra srta senor senora don dona mr mrs ms mx dr dra
""")
GREETING = (
    r"(?:hola+|buenas|buenos dias|buenas tardes|buenas noches|muy buenas|que tal|que onda|hi+|hiya|hello|hey+|dear|"
    r"good (?:morning|afternoon|evening)|estimad[oa]s?|querid[oa]s?|apreciad[oa]|saludos)"
)
_TITLE = r"(?:(?:sra?|srta|don|dona|d|mr|mrs|ms|mx|miss|dr|dra)\.? )?"
_SELF = (
    r"(?:soy|me llamo|mi nombre es|te (?:habla|saluda|atiende|escribe)|le (?:habla|saluda|atiende|escribe)|os (?:habla|"
    r"saluda|atiende|escribe)|aqui|i'm|i am|my name is|my name's|this is|it's)"
)
_SELF_AFTER = (
    r"(?:,\s*|\s+)(?:here\b|al habla|de cafe brisa|from cafe brisa|at cafe brisa|del equipo|from the team|por aqui)"
)


def _is_name(words: str) -> bool:
    parts = re.findall(r"[\w'-]+", fold(words))
    return (
        bool(parts)
        and len(parts[0]) > 1
        and parts[0] not in _NO_NAME
        and not any(part in ("team", "equipo", "brisa") for part in parts)
    )


def _own_name_places(text: str) -> list[tuple[int, int]]:
    """Return where the agent gives a name in the running text: 'soy Marta', 'Owen here'."""
    plain, places = fold(text), []
    for match in re.finditer(rf"\b{_SELF}\s+([\w'-]+)", plain):
        if text[match.start(1)].isupper() and _is_name(match.group(1)):
            places.append(match.span(1))
    for match in re.finditer(rf"([\w'-]+)(?: [\w'-]+)?{_SELF_AFTER}", plain):
        if text[match.start(1)].isupper() and _is_name(match.group(1)):
            places.append(match.span(1))
    return places


def name_parts(name: str) -> list[str]:
    """Return the words of a name that can stand alone, without particles and titles."""
    return [part for part in re.findall(r"[\w'-]+", fold(name)) if len(part) > 1 and part not in _PARTICLES]


_FAREWELL = r"saludos?|abrazos?|besos?|atentamente|cordial|regards|best|cheers|yours|sincerely|warmly|love"
_ROLE = re.compile(
    r"[\s,(|·–—-]*\b(?:equipo de )?(?:atenci[oó]n al cliente|servicio al cliente|customer (?:care|service|support)"
    r"(?: team)?|community manager|social media(?: team)?)\W*$",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=1024)
def signature(case: Case) -> tuple[int, str] | None:
    """Return where a person's name or initials close the reply, and that name; None if none do."""
    text = re.sub(r"[^\w)]+$", "", re.sub(r"\(?\b[Cc]af[eé] [Bb]risa\)?(?: team)?[^\w]*$", "", case.reply.rstrip()))
    text = re.sub(_ROLE, "", text)
    text = re.sub(r"(?:[\s,(·|-]+(?:de|del|from|at|for|en|x|equipo de))?[\s,(·|-]*$", "", text)
    if match := re.search(r"\^\s?([A-Za-zÁÉÍÓÚÑ]{1,3})$", text):
        return match.start(), match.group()
    if (
        match := re.search(
            rf"(?:^|[\s.!?…])(?:—|–|-|/|~|\||•|\*|·|fdo\.?:?|firmado:?|att(?:e)?\.?:?)\s*({_PERSON}|[a-zñáéíóú]{{2,12}})$",
            text,
            re.I,
        )
    ) and _is_name(match.group(1)):
        return match.start(), match.group(1)
    closing = (
        r"(?:saludos|un saludo|saludos cordiales|un cordial saludo|un abrazo|abrazos?|besos|atentamente|cordialmente|"
        r"best|best wishes|all the best|kind regards|warm regards|best regards|regards|cheers|yours|sincerely|yours "
        r"sincerely|yours truly|warmly|love|take care|hasta pronto|hasta luego|hasta manana|speak soon|talk soon|"
        r"see you there|te esperamos|gracias|thanks|many thanks|muchas gracias|thank you)"
        r"(?: again| otra vez| de nuevo)?"
    )
    plain = fold(text)
    if match := re.search(rf"\b{closing}[\s,.!:\-–—]*\s({'[a-z]'}[\w'’-]*(?: [\w'’.-]+){{0,2}})$", plain):
        name = text[match.start(1) : match.end(1)]
        if _is_name(name) and (name[0].isupper() or len(name.split()) == 1):
            return match.start(1), name
    match = re.search(rf"(?:[.!?…:)\]\n]|[^\w\s,;'\"(-])\s*({_PERSON})$", text)
    if match and _is_name(match.group(1)) and len(match.group(1).split()) <= LONGEST_NAME:
        return match.start(1), match.group(1)
    if (
        match := re.search(
            rf"(?:^|[.!?…\n]\s*|[^\w\s,;'\"(-]\s*)[¡¿]?[\w ]{{2,28}}[,\n]\s*({_NAME}(?: {_NAME})?)$", text
        )
    ) and _is_name(match.group(1)):
        return match.start(1), match.group(1)
    small = not re.search(r"[A-Z]", case.reply) and re.search(r"[.!?)]\s+([a-zñáéíóú]{3,10})$", text)
    if small and small.group(1) not in fold(" ".join(hits_text("generic", text))) and _is_name(small.group(1)):
        return small.start(1), small.group(1)
    return None


def signed(case: Case) -> Finding:
    """Yes if a person gives a name or initials; the firm's name, a team's and the customer's do not count."""
    closing = signature(case)
    own = name_parts(case.customer)
    if closing and not (own and set(name_parts(closing[1])) & set(own)):
        to_somebody = re.search(r"(?:^|[.!?…]\s*)[\w\s]*,\s*$", case.reply[: case.reply.rfind(closing[1])])
        if to_somebody and not case.customer and not re.search(_FAREWELL, fold(to_somebody.group())):
            return Finding("signed", CANNOT_TELL, closing[1], "signs, or is spoken to")
        return Finding("signed", YES, closing[1], "name at the end")
    for start, end in _own_name_places(case.reply):
        return Finding("signed", YES, case.reply[start:end], "name in the text")
    return Finding("signed", NO, "", "")


def greets_by_name(case: Case) -> Finding:
    """Yes if the customer is addressed by name; without the name known, any name in the greeting counts."""
    text, plain = case.reply, fold(case.reply)
    own = _own_name_places(text)
    if parts := name_parts(case.customer):
        for match in re.finditer(rf"(?<![\w@^])(?:{'|'.join(map(re.escape, parts))})(?!\w)", plain):
            if not any(start <= match.start() < end for start, end in own):
                closing = signature(case)
                marked = re.search(r"[—–/^-]\s*$", plain[: match.start()]) and closing and match.start() >= closing[0]
                if not marked:
                    return Finding("greets_by_name", YES, text[match.start() : match.end()], "the customer's name")
        other = re.match(rf"\W*{GREETING}[\s,]+{_TITLE}([\w'-]+)", plain)
        if other and text[other.start(1)].isupper() and _is_name(other.group(1)) and other.span(1) not in own:
            return Finding("greets_by_name", NO, text[other.start(1) : other.end(1)], "another name")
        return Finding("greets_by_name", NO, "", "")
    for pattern in (
        rf"\W*{GREETING}[\s,]+{_TITLE}([\w'-]+)",
        r"\W*([\w'-]+)\s*[,:!–—-]",
        r"[^.!?]{0,90}, ([\w'-]+)\s*[.!?:,;]",
    ):
        match = re.match(pattern, plain)
        named = match and text[match.start(1)].isupper() and _is_name(match.group(1)) and match.span(1) not in own
        if named and not hits("topic", match.group(1)):
            return Finding("greets_by_name", YES, text[match.start(1) : match.end(1)], "a name in the greeting")
    return Finding("greets_by_name", NO, "", "")
