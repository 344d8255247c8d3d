"""What is done with keys in Beheer: a new key for the practice, and opening quickly on this computer."""

from typing import Any

from pzdesk.domain.errors import PzdeskError, Refused
from pzdesk.gui.bench import KeyRenewal
from pzdesk.gui.choices import CheckField
from pzdesk.gui.fields import SecretField
from pzdesk.gui.form_place import FormPlace
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import text
from pzdesk.gui.wizard_sheet import SheetStep
from pzdesk.services import opening, rekey

WHY = (
    "Met een nieuwe sleutel leest wie vertrokken is niets van wat u vanaf nu vastlegt, ook niet met een "
    "kopie van deze map die hij of zij later in handen krijgt. Hetzelfde geldt voor wie een laptop of stick "
    "vond of stal."
)
_WHAT = (
    "Uw collega’s merken er niets van: zij openen met hun eigen wachtzin. Wie snel opent, typt één keer de "
    "wachtzin. Een oude kopie en een oude back-up gaan met de wachtzin van toen nog wel open: daar verandert "
    "een nieuwe sleutel niets aan."
)
_GONE = "{} opent deze praktijk niet meer. Heeft {} een kopie van de map, of kan die er nog bij? "
_SHEET = "Maak ook een nieuw herstelblad"
_OLD_SHEET = "Het oude opent dan niets meer."
_SHEET_VOID = "Het nieuwe herstelblad geldt niet: gooi het weg."
_WITHOUT = "Ga zonder hen verder"
_GIVEN = "U geeft hen daarna een nieuwe wachtzin."
_QUICK = (
    "U opent deze praktijk dan met één toets, ook na vergrendelen. De sleutelbos van deze computer bewaart "
    "daarvoor een geheim. Dat houdt andere gebruikers van deze computer buiten. Het beschermt niet tegen wie "
    "aan deze computer zit terwijl u bent aangemeld, en niet tegen programma’s die onder uw naam draaien."
)
_ONLY = (
    "Zet het alleen aan als de computer zichzelf vergrendelt, niemand anders onder uw naam werkt en de "
    "computer niet mee naar huis gaat. Uw wachtzin blijft gelden, en blijft nodig voor alles waar pzdesk "
    "erom vraagt."
)


class Renewal:
    """The steps to a new key, in the place of a part of Beheer: who you are, perhaps a sheet, and done."""

    def __init__(self, part: FormPlace) -> None:
        self._part = part
        self._values: dict[str, Any] = {}
        self._has_sheet = False

    def begin(self, gone: str = "") -> None:
        """Ask for it; ``gone`` is who was just removed."""
        self.secret = SecretField("was", "Uw eigen wachtzin")
        self.sheet = CheckField("herstelblad", _SHEET, help_=_OLD_SHEET)
        self.sheet.set_raw("ja")
        self.without = CheckField("zonder", _WITHOUT, help_=_GIVEN)
        self.without.hide()
        form = Form(
            "Ook de sleutel vernieuwen?" if gone else "Sleutel van de praktijk vernieuwen",
            self._look,
            cancel=self._part.close_form,
            words="Verder",
            cancel_words="Nu niet" if gone else "Annuleren",
        )
        form.put(text(_GONE.format(gone, gone) + WHY if gone else WHY))
        form.put(text(_WHAT, "muted"))
        form.row(self.secret).row(self.sheet).row(self.without)
        self.form = form
        self._part.open_form(form, "sleutel")

    def tell_wrong(self, problem: PzdeskError) -> None:
        """Say what is wrong, with the way to go on where there is one."""
        if isinstance(problem, rekey.LeftOut):
            self.without.show()
        if isinstance(problem, rekey.SheetNeeded):
            self.sheet.set_raw("ja")
        if self._part.form is None:
            return
        if self._has_sheet and not rekey.is_decided(self._part.bench.desk.session):
            problem = Refused(f"{problem} {_SHEET_VOID}")
        self._part.form.tell_wrong(problem)

    def _look(self, values: dict[str, Any]) -> None:
        session, self._values = self._part.bench.desk.session, values
        new_sheet, without = bool(values["herstelblad"]), bool(values.get("zonder"))
        form = self.form
        form.setEnabled(False)
        self._part.bench.job(
            "Sleutel voorbereiden",
            lambda _: rekey.look_ahead(
                session, values["was"], new_sheet=new_sheet, leave_out=without
            ),
            done=lambda _: self._show_sheet() if new_sheet else self._renew(None),
            wrong=self,
            failed=lambda: form.setEnabled(True),
        )

    def _show_sheet(self) -> None:
        desk, code = self._part.bench.desk, opening.new_recovery_code()
        step = SheetStep(
            lambda: self._renew(code), self._part.close_form, words="Sleutel vernieuwen"
        )
        step.show_code(code, desk.practice.practice().name, desk.session.user.name)
        self._has_sheet = True
        self._part.open_form(step.form, around=step)

    def _renew(self, code: str | None) -> None:
        session, values = self._part.bench.desk.session, self._values
        asked = KeyRenewal(
            lambda: rekey.renew_key(
                session,
                values["was"],
                recovery_code=code,
                leave_out=bool(values.get("zonder")),
            ),
            self,
        )
        self._part.bench.renew_asked.emit(asked)


def quick_form(part: FormPlace) -> Form:
    """The form in which somebody turns on opening quickly; it says what that protects from, and what not."""
    bench = part.bench

    def turn_on(values: dict[str, Any]) -> None:
        def done(_: object) -> None:
            part.close_form(saved=True)
            bench.tell("Snel openen staat aan op deze computer")

        form.setEnabled(False)
        bench.job(
            "Snel openen aanzetten",
            lambda _: bench.desk.quick.turn_on(values["was"]),
            done=done,
            wrong=form,
            failed=lambda: form.setEnabled(True),
        )

    form = Form(
        "Op deze computer snel openen",
        turn_on,
        cancel=part.close_form,
        words="Aanzetten",
        enter_saves=True,
    )
    form.put(text(_QUICK)).put(text(_ONLY, "warning"))
    return form.row(SecretField("was", "Uw wachtzin"))


def turn_quick_off(part: FormPlace) -> None:
    """Open with the passphrase only again."""
    bench = part.bench

    def done(_: object) -> None:
        part.fill_again(keep_focus=True)
        bench.tell("Snel openen staat uit; u opent weer met uw wachtzin")

    bench.job("Snel openen uitzetten", lambda _: bench.desk.quick.turn_off(), done=done)
