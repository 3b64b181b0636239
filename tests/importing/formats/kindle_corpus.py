"""Clippings in the words of Kindle's languages, as its devices write them."""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """The words of one language: second lines with ``{page}``, ``{place}`` and ``{time}``, and a time."""

    highlight: tuple[str, ...]
    note: tuple[str, ...]
    bookmark: tuple[str, ...]
    time: str
    "3 March 2024, 22:05:07."


LANGUAGES = {
    "en": Language(
        (
            "- Your Highlight on page {page} | Location {place} | Added on {time}",
            "- Your Highlight at location {place} | Added on {time}",
            "- Your Highlight on page {page} | Added on {time}",
            "- Highlight Loc. {place}  | Added on {time}",
        ),
        ("- Your Note on page {page} | Location {end} | Added on {time}", "- Note Loc. {end}  | Added on {time}"),
        (
            "- Your Bookmark on page {page} | Location {end} | Added on {time}",
            "- Bookmark Loc. {end}  | Added on {time}",
        ),
        "Sunday, March 3, 2024 10:05:07 PM",
    ),
    "de": Language(
        (
            "- Ihre Markierung auf Seite {page} | bei Position {place} | Hinzugefügt am {time}",
            "- Ihre Markierung bei Position {place} | Hinzugefügt am {time}",
            "- Ihre Markierung auf Seite {page} | Hinzugefügt am {time}",
            "- Markierung Position {place}  | Hinzugefügt am {time}",
        ),
        ("- Ihre Notiz auf Seite {page} | bei Position {end} | Hinzugefügt am {time}",),
        ("- Ihr Lesezeichen bei Position {end} | Hinzugefügt am {time}",),
        "Sonntag, 3. März 2024 22:05:07",
    ),
    "fr": Language(
        (
            "- Votre surlignement sur la page {page} | emplacement {place} | Ajouté le {time}",
            "- Votre surlignement à l'emplacement {place} | Ajouté le {time}",
            "- Votre surlignement sur la page {page} | Ajouté le {time}",
        ),
        ("- Votre note sur la page {page} | emplacement {end} | Ajouté le {time}",),
        ("- Votre signet sur la page {page} | emplacement {end} | Ajouté le {time}",),
        "dimanche 3 mars 2024 22:05:07",
    ),
    "es": Language(
        (
            "- La subrayado en la página {page} | posición {place} | Añadido el {time}",
            "- Tu subrayado en la posición {place} | Añadido el {time}",
            "- Mi subrayado Posición {place} | Añadido el {time}",
            "- La subrayado en la página {page} | Añadido el {time}",
        ),
        (
            "- La nota en la página {page} | posición {end} | Añadido el {time}",
            "- Mi nota Posición {end} | Añadido el {time}",
        ),
        ("- El marcador en la página {page} | posición {end} | Añadido el {time}",),
        "domingo, 3 de marzo de 2024 22:05:07",
    ),
    "it": Language(
        (
            "- La tua evidenziazione a pagina {page} | posizione {place} | Aggiunto in data {time}",
            "- La tua evidenziazione alla posizione {place} | Aggiunto in data {time}",
            "- La tua evidenziazione a pagina {page} | Aggiunto in data {time}",
        ),
        ("- La tua nota a pagina {page} | posizione {end} | Aggiunto in data {time}",),
        ("- Il tuo segnalibro a pagina {page} | posizione {end} | Aggiunto in data {time}",),
        "domenica 3 marzo 2024 22:05:07",
    ),
    "pt": Language(
        (
            "- Seu destaque na página {page} | posição {place} | Adicionado: {time}",
            "- Seu destaque ou posição {place} | Adicionado: {time}",
            "- O seu destaque na página {page} | Adicionado: {time}",
        ),
        (
            "- Sua nota na página {page} | posição {end} | Adicionado: {time}",
            "- Sua nota ou posição {end} | Adicionado: {time}",
        ),
        ("- Seu marcador na página {page} | posição {end} | Adicionado: {time}",),
        "domingo, 3 de março de 2024 22:05:07",
    ),
    "nl": Language(
        (
            "- Je highlight op pagina {page} | locatie {place} | Toegevoegd op {time}",
            "- Je highlight op locatie {first} t/m {end} | Toegevoegd op {time}",
            "- Je markering op pagina {page} | Toegevoegd op {time}",
        ),
        ("- Je notitie op pagina {page} | locatie {end} | Toegevoegd op {time}",),
        ("- Je bladwijzer op pagina {page} | locatie {end} | Toegevoegd op {time}",),
        "zondag 3 maart 2024 22:05:07",
    ),
    "ja": Language(
        (
            "- {page}ページ|位置No. {place}のハイライト |作成日: {time}",
            "- 位置No. {place}のハイライト |作成日: {time}",
            "- {page}ページのハイライト |作成日: {time}",
        ),
        ("- {page}ページ|位置No. {end}のメモ |作成日: {time}",),
        ("- {page}ページ|位置No. {end}のブックマーク |作成日: {time}",),
        "2024年3月3日日曜日 22:05:07",
    ),
    "zh": Language(
        (
            "- 您在第 {page} 页（位置 #{place}）的标注 | 添加于 {time}",
            "- 您在位置 #{place} 的标注 | 添加于 {time}",
            "- 您在第 {page} 页的标注 | 添加于 {time}",
        ),
        ("- 您在第 {page} 页（位置 #{end}）的笔记 | 添加于 {time}",),
        ("- 您在第 {page} 页（位置 #{end}）的书签 | 添加于 {time}",),
        "2024年3月3日星期日 下午10:05:07",
    ),
    "ru": Language(
        ("- Ваш выделенный отрывок на странице {page} | Место {place} | Добавлено: {time}",),
        ("- Ваша заметка на странице {page} | Место {end} | Добавлено: {time}",),
        ("- Ваша закладка на странице {page} | Место {end} | Добавлено: {time}",),
        "воскресенье, 3 марта 2024 г. в 22:05:07",
    ),
    "es-419": Language(
        ("- La subrayado en la página {page} | Ubicación {place} | Agregado el {time}",),
        ("- La nota en la página {page} | Ubicación {end} | Agregado el {time}",),
        ("- El marcador en la página {page} | Ubicación {end} | Agregado el {time}",),
        "domingo, 3 de marzo de 2024 22:05:07",
    ),
    "zh-tw": Language(
        ("- 我的位置 {place}的螢光標示 | 新增於 {time}", "- 第 {page} 頁（位置 {place}）的螢光標示 | 新增於 {time}"),
        ("- 我的位置 {end}的備註 | 新增於 {time}",),
        ("- 我的位置 {end}的書籤 | 新增於 {time}",),
        "2024年3月3日星期日下午10:05:07",
    ),
    "ko": Language(
        ("- {page}페이지 내 하이라이트 | 위치: {place} | 추가됨: {time}",),
        ("- 내 메모 위치: {end} | 추가됨: {time}",),
        ("- 내 북마크 위치: {end} | 추가됨: {time}",),
        "2024년 3월 3일 일요일 오후 10:05:07",
    ),
    "sv": Language(
        ("- Din markering på sida {page} | plats {place} | Tillagt {time}",),
        ("- Din anteckning på sida {page} | plats {end} | Tillagt {time}",),
        ("- Ditt bokmärke på sida {page} | plats {end} | Tillagt {time}",),
        "söndag 3 mars 2024 22:05:07",
    ),
    "pl": Language(
        ("- Twoje zaznaczenie na stronie {page} | lokalizacja {place} | Dodano: {time}",),
        ("- Twoja notatka na stronie {page} | lokalizacja {end} | Dodano: {time}",),
        ("- Twoja zakładka na stronie {page} | lokalizacja {end} | Dodano: {time}",),
        "niedziela, 3 marca 2024 22:05:07",
    ),
    "tr": Language(
        ("- {page}. sayfadaki vurgunuz | {place} konumu | Eklenme tarihi: {time}",),
        ("- {page}. sayfadaki notunuz | {end} konumu | Eklenme tarihi: {time}",),
        ("- {page}. sayfadaki yer iminiz | {end} konumu | Eklenme tarihi: {time}",),
        "3 Mart 2024 Pazar 22:05:07",
    ),
}
WORDS = {
    "en": "Ropes outlast the ships that they held.",
    "de": "Seile überdauern die Schiffe, die sie hielten.",
    "fr": "Les cordes survivent aux bateaux qu'elles tenaient.",
    "es": "Las cuerdas duran más que los barcos.",
    "it": "Le funi durano più delle navi.",
    "pt": "As cordas duram mais que os navios.",
    "nl": "Touwen gaan langer mee dan schepen.",
    "ja": "縄は船よりも長くもつ。",
    "zh": "绳子比船更耐久。",
    "ru": "Канаты переживают корабли.",
    "es-419": "Las cuerdas duran más que los barcos.",
    "zh-tw": "繩子比船更耐久。",
    "ko": "밧줄은 배보다 오래간다.",
    "sv": "Rep håller längre än skepp.",
    "pl": "Liny przetrwają statki.",
    "tr": "Halatlar gemilerden uzun yaşar.",
}


class Record(NamedTuple):
    """A record of the corpus with its expected result."""

    kind: str
    language: str
    line: str
    "Its second line."
    place: tuple[int, int] | None
    page: str


def records() -> list[Record]:
    """A record for each wording of each kind in each language, at two places."""
    found = []
    for language, words in LANGUAGES.items():
        for kind, lines in (("highlight", words.highlight), ("note", words.note), ("bookmark", words.bookmark)):
            for line in lines:
                for first, page in ((170, "12"), (1085, "203")):
                    end = first + 2
                    place = f"{first}-{str(end)[-2:]}" if "Loc." in line else f"{first}-{end}"
                    said = line.format(page=page, place=place, first=first, end=end, time=words.time)
                    start = first if "{place}" in line or "{first}" in line else end
                    is_placed = "{place}" in line or "{end}" in line
                    has_page = "{page}" in line
                    found.append(
                        Record(kind, language, said, (start, end) if is_placed else None, page if has_page else "")
                    )
    return found


def file_of(*record: tuple[str, str, str], end: str = "\r\n") -> bytes:
    """A clippings file of records: title, second line, words."""
    return (
        b"\xef\xbb\xbf"
        + "".join(f"{title}{end}{line}{end}{end}{words}{end}=========={end}" for title, line, words in record).encode()
    )
