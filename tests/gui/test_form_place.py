"""No form of any page is lost: who comes back after a lock finds it open, with what was typed."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from pzdesk import instruments
from pzdesk.domain.advice import AdviceKind
from pzdesk.domain.file import PatientFile
from pzdesk.domain.markering import next_states
from pzdesk.domain.pzp import FROM_FORM
from pzdesk.domain.status import Complexity
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import CheckField, ComboField
from pzdesk.gui.fields import DateField, Field, NumberField, SecretField
from pzdesk.gui.form_place import FormPlace
from pzdesk.gui.forms import Form
from pzdesk.gui.page import Page
from pzdesk.gui.pages import catalogue
from pzdesk.gui.pages.dossier import DossierPage
from pzdesk.gui.pages.file.status_forms import WORDS
from pzdesk.gui.pages.settings.page import SettingsPage
from pzdesk.gui.places import Place
from pzdesk.services.desk import Desk
from tests.gui.views import coming_meeting, rich_patient

As = Callable[[str], Desk]
Over = Callable[[Desk], Bench]


def in_file(file: PatientFile) -> Iterator[tuple[str, str]]:
    """Every form of a file, by section and act; of the marked, nobody comes back into care."""
    for act in ("gegevens", *WORDS):
        if act != "terug":
            yield "overzicht", act
    yield "overzicht", f"intrekken-{file.statuses[0].id}"
    for act in ("stap", "ingelicht", *next_states(file.markeringen)):
        yield "markering", act
    yield "pzp", "nieuw"
    yield "pzp", "verzoek"
    if file.valid_pzp is not None:
        yield "pzp", f"verbeteren-{file.valid_pzp.number}"
    yield "dimensies", "beoordelen"
    for key, made in instruments.load_all().items():
        if made.about == "mantelzorger":
            yield "mantelzorg", f"screenen-{file.naasten[0].id}-{key}"
    for follow_up in file.open_follow_ups:
        for act in ("vervolg", "afronden", "niet-nu"):
            yield "mantelzorg", f"{act}-{follow_up.id}"
    for act in ("naaste", "mantelzorger", "zorgverlener", f"naaste-{file.naasten[0].id}"):
        yield "netwerk", act
    for act in ("actie", "toestemming", "agenda"):
        yield "mdo", act
    for action in file.open_actions:
        yield "mdo", f"afronden-{action.id}"
    for advice in file.open_advices:
        yield "mdo", f"voorstel-{advice.id}"
        yield "mdo", f"afwijzen-{advice.id}"
    yield "acuut", "plan"
    yield from waiting(file)


def waiting(file: PatientFile) -> Iterator[tuple[str, str]]:
    """The forms of what waits in a file: reviews, and a form that was received."""
    yield "reviews", "plannen"
    for review in file.open_reviews:
        yield "reviews", f"afronden-{review.id}"
        yield "reviews", f"vervallen-{review.id}"
    for version in file.live_pzp:
        if version.source == FROM_FORM:
            yield "pzp", f"terugnemen-{version.number}"
            if not any(one.version_id == version.id for one in file.pzp_confirmations):
                yield "pzp", f"bevestigen-{version.number}"


def of_pages(desk: Desk) -> Iterator[Place]:
    """The forms of the pages that are no file and not Beheer."""
    coming = coming_meeting(desk)
    yield Place(page="mdo", act="new")
    yield Place(page="mdo", act=f"wijzigen-{coming}")
    yield Place(page="mdo", section="voorbereiden", meeting=coming, act="new")
    yield Place(page="acties", act="new")
    yield Place(page="acties", act=f"afronden-{desk.actions.both()[1][0].id}")
    yield Place(page="patienten", act="new")


def type_in(form: Form) -> dict[str, str]:
    """Something in every field that is asked, and in those that are asked because of it."""
    done: set[str] = set()
    while left := [key for key in asked(form) if key not in done]:
        for key in left:
            done.add(key)
            if not isinstance(form.field(key), SecretField):
                form.field(key).set_raw(_something(form.field(key)))
    return form._raws()


def _something(field: Field) -> str:
    if isinstance(field, DateField):
        return "1 novem"
    if isinstance(field, NumberField):
        return "1"
    if isinstance(field, CheckField):
        return "ja"
    if isinstance(field, ComboField):
        every = [str(field.box.itemData(n)) for n in range(1, field.box.count())]
        return next(reversed([one for one in every if one != field.raw()]), field.raw())
    if boxes := list(getattr(field, "_boxes", None) or getattr(field, "_buttons", None) or ()):
        return next((one for one in reversed(boxes) if one != field.raw()), "")
    return "een halve zin"


def asked(form: Form) -> list[str]:
    """Which fields are in sight."""
    return [key for key, field in form._fields.items() if field.isVisibleTo(form)]


def wrong_after(typed: dict[str, str], fields: list[str], form: Form | None) -> str:
    """What is wrong with the form that came back; empty when nothing is."""
    if form is None:
        return "is not open again"
    if form._raws() != typed:
        return f"lost something of {typed}: {form._raws()}"
    if asked(form) != fields:
        return f"asks {asked(form)} instead of {fields}"
    return "" if form.restored.isVisibleTo(form) or not typed else "does not say so"


def wrong_in(part: FormPlace, act: str) -> str:
    """What is wrong with a form of a part after what a lock does: it is left, and begun by its act."""
    part.begin(act)
    if part.form is None:
        return f"{part.key} {act}: opens no form"
    typed, fields = type_in(part.form), asked(part.form)
    part.leave()
    again = part.open_act
    part.close_form(rebuild=False)
    part.begin(again)
    said = wrong_after(typed, fields, part.form)
    if not said and again != act != "naaste":  # a new one is number 0 too
        said = "is called otherwise"
    if part.form is not None:
        part.form.saved()  # the draft of another form may have the same name
        part.close_form(rebuild=False)
    return f"{part.key} {act} ({again}): {said}" if said else ""


def wrong_on(bench: Bench, place: Place) -> str:
    """What is wrong with the form of a page after what a lock does: a new page begins where the old was."""
    kind = catalogue.pages_for(bench.desk)[place.page]
    page, again = kind(bench), kind(bench)
    page.show_place(place)
    form = form_of(page)
    if form is None:
        return f"{place}: opens no form"
    typed, fields = type_in(form), asked(form)
    page.leave()
    again.show_place(page.here())
    said = wrong_after(typed, fields, form_of(again))
    for made in (page, again):
        made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return f"{page.here()}: {said}" if said else ""


def form_of(page: Page) -> Form | None:
    """The form that is open on a page, or on the view that it shows."""
    found = getattr(getattr(page, "view", page), "form", None)
    assert found is None or isinstance(found, Form)
    return found


def test_who_comes_back_after_a_lock_finds_every_form_of_a_file_as_it_was_typed(
    demo_desk: As, bench_over: Over
) -> None:
    bench = bench_over(demo_desk("deboer"))
    desk, patient = bench.desk, rich_patient(bench.desk)
    desk.advices.propose(patient, AdviceKind.COMPLEXITY, value=Complexity.HIGH.value)
    others = (desk.patients.file(row.id) for row in desk.patients.rows())
    received = next(file for file in others if list(waiting(file))[-1][0] == "pzp")
    page, wrong, seen = DossierPage(bench), [], 0
    for file, forms in ((desk.patients.file(patient), in_file), (received, waiting)):
        for key, act in forms(file):
            page.sections[key].file = file
            wrong += [said] if (said := wrong_in(page.sections[key], act)) else []
            seen += 1
    assert not wrong, "\n".join(wrong)
    assert seen > 40


def test_who_comes_back_after_a_lock_finds_every_form_of_a_page_as_it_was_typed(
    demo_desk: As, bench_over: Over
) -> None:
    bench = bench_over(demo_desk("poh"))
    wrong = [said for place in of_pages(bench.desk) if (said := wrong_on(bench, place))]
    assert not wrong, "\n".join(wrong)


def test_who_comes_back_after_a_lock_finds_every_form_of_beheer_as_it_was_typed(
    demo_desk: As, bench_over: Over
) -> None:
    bench = bench_over(demo_desk("beheer"))
    professionals, organisations = bench.desk.network.region()
    users = bench.desk.practice.users()
    page, wrong = SettingsPage(bench), []
    for key, act in (
        ("praktijk", "praktijk"),
        ("regels", "regels"),
        ("vergrendelen", "vergrendelen"),
        ("telefoonnummers", "z0"),
        ("telefoonnummers", f"z{professionals[0].id}"),
        ("telefoonnummers", "o0"),
        ("telefoonnummers", f"o{organisations[0].id}"),
        ("gebruikers", "nieuw"),
        ("gebruikers", f"rollen-{users[0].id}"),
    ):
        page.parts[key].reload()
        wrong += [said] if (said := wrong_in(page.parts[key], act)) else []
    assert not wrong, "\n".join(wrong)
    page.show_place(Place(page="beheer", section="gebruikers", act="nieuw"))
    assert page.here().act == "nieuw"
