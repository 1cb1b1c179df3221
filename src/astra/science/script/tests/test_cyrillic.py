"""Is Serbian Latin written in Cyrillic as a Serbian editor would?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.science.script import to_cyrillic, to_latin
from astra.science.script.protected import kept_words

LATIN_WORDS = st.text(alphabet="abvgdđežzijklmnoprstćufhcčš", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ljubica", "Љубица"),
        ("LJUBICA NJEGOŠ DŽEP", "ЉУБИЦА ЊЕГОШ ЏЕП"),
        ("LJ. Nj. dž", "Љ. Њ. џ"),
        ("Đorđević", "Ђорђевић"),
        ("Hadžić, Adžija, Nedžad", "Хаџић, Аџија, Неџад"),
        ("konj, konjanik, Konjuh, kanjon, tanjir", "коњ, коњаник, Коњух, кањон, тањир"),
        ("odžak, Odžaci, nadžak, budžet", "оџак, Оџаци, наџак, буџет"),
        ("injekcija, Injekcije, REINJEKCIJOM", "инјекција, Инјекције, РЕИНЈЕКЦИЈОМ"),
        ("konjunktura, konjugacija, nekonjugovan", "конјунктура, конјугација, неконјугован"),
        ("Tanjug, TANJUG, Tanjugov", "Танјуг, ТАНЈУГ, Танјугов"),
        ("vanjezički, panjelinski, anjonski", "ванјезички, панјелински, анјонски"),
        ("nadživeti, nadživela, nadžnjeti", "надживети, надживела, наджњети"),
        ("odžaliti, podžanr, podžupan, predželudac", "оджалити, поджанр, поджупан, преджелудац"),
        ("nadjačati, odjek, djed", "надјачати, одјек, дјед"),
        ("\u01c5ep i \u01c9ubav", "Џеп и љубав"),
        ("n\u200cj", "нј"),
        ("źenica i śutra", "з́еница и с́утра"),
        ("Već је написано", "Већ је написано"),
        ("c\u030cas", "час"),
    ],
)
def test_words(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("%(count)s poziva, %s i %d, 100%%", "%(count)s позива, %s и %d, 100%%"),
        ("50% sigurno", "50% сигурно"),
        ("{name} je {0!r:>10} i {day:%d. %B}", "{name} је {0!r:>10} и {day:%d. %B}"),
        ("Zdravo {{ user.name|default:'niko' }} {% if x %}da{% endif %}",
         "Здраво {{ user.name|default:'niko' }} {% if x %}да{% endif %}"),
        ('<a href="/pomoc" title="Pomoć">Pomoć</a>&nbsp;i&#160;<br/>',
         '<a href="/pomoc" title="Pomoć">Помоћ</a>&nbsp;и&#160;<br/>'),
        ("5 < 6 i 7 > 6", "5 < 6 и 7 > 6"),
        ('<span translate="no">Ljubav</span> je <code>kod</code>',
         '<span translate="no">Ljubav</span> је <code>kod</code>'),
        ("<!-- beleška --> tekst", "<!-- beleška --> текст"),
        ("Piši na pomoc.noc@astra.org.rs.", "Пиши на pomoc.noc@astra.org.rs."),
        ("Vidi https://astra.rs/pomoć?a=b. Kraj", "Види https://astra.rs/pomoć?a=b. Крај"),
        ("Vidi astra.rs i www.primer.com/put.", "Види astra.rs и www.primer.com/put."),
        ("Pokreni `astra doctor` sa --dry-run ili -v", "Покрени `astra doctor` са --dry-run или -в"),
        ("u var/shots/poster.pdf ili /etc/astra/tajna", "у var/shots/poster.pdf или /etc/astra/tajna"),
        ("promenljiva ASTRA_HOME", "променљива ASTRA_HOME"),
        ("PDF, PDF-a, CSV i XLSX po HTCDS, CTDC, UNODC; TOTP", "PDF, PDF-а, CSV и XLSX по HTCDS, CTDC, UNODC; TOTP"),
        ("Viberom, preko WhatsAppa i e-mail", "Viberom, преко WhatsAppa и e-mail"),
        ("NVO, MUP, JMBG, SOS i SMS", "НВО, МУП, ЈМБГ, СОС и СМС"),
        ("Astra i ASTRA", "Астра и АСТРА"),
        ("Müller ide u café, taxi", "Müller иде у café, taxi"),
        ("glava IV, II-a i XXI vek; i IX, VI deo", "глава IV, II-а и XXI век; и IX, VI део"),
        ("KAKO STE VI?", "КАКО СТЕ ВИ?"),
        ("A4, 2FA, 18h, 90ih, v2", "A4, 2FA, 18h, 90их, v2"),
        ("116 000", "116 000"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_not_serbian_stays(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


def test_the_author_keeps_a_word() -> None:
    assert to_cyrillic("program Signal, signal", keep=["Signal"]) == "програм Signal, сигнал"
    assert to_cyrillic("Signali", keep=["Signal"]) == "Сигнали"


@given(LATIN_WORDS)
def test_latin_comes_back(word: str) -> None:
    for form in (word, word.capitalize()):
        assert to_latin(to_cyrillic(form)) == form


@given(st.text(alphabet="абвгдђежзиклмопрстћуфхцчшљњџ", min_size=1, max_size=12))
def test_cyrillic_comes_back_where_no_digraph_meets(word: str) -> None:
    if "дж" not in word:
        for form in (word, word.upper(), word.capitalize()):
            latin = to_latin(form)
            if latin not in {"II", "III", "VI", "VII", "VIII", "IV"} and not kept_words().match(latin):
                assert to_cyrillic(latin) == form


@given(st.text(max_size=60))
def test_anything_goes_through(text: str) -> None:
    once = to_cyrillic(text)
    assert to_cyrillic(once) == once or "\u200c" in text
