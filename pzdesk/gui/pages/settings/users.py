"""Gebruikers: who opens the practice, with which roles; everybody's own passphrase; the recovery sheet."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.person import dutch_date
from pzdesk.domain.user import Right, Role, User, UserId, checked_login
from pzdesk.gui.beside import Beside
from pzdesk.gui.choices import ChecksField, ComboField
from pzdesk.gui.fields import SecretField, TextField
from pzdesk.gui.flow import flow
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.settings.keys import WHY, Renewal, quick_form, turn_quick_off
from pzdesk.gui.pages.settings.lost import lost_form
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, button, column, holder, line, row, text
from pzdesk.gui.wizard_secret import NewSecret
from pzdesk.gui.wizard_sheet import SheetStep
from pzdesk.services import opening

_LINKED = (
    "“Werkt namens” staat bij elke regel in het logboek, zoals bij een POH de huisarts. Wie als zorgverlener "
    "in de regio staat, krijgt op Vandaag wat voor die zorgverlener wacht, ook een melding van noodtoegang."
)
ROLES = [(role.value, LABELS[Role][role]) for role in Role]
ACTS_BESIDE = 530  # pixels at 100 % from which a name and what can be done stand on one line
NEEDS_ROLE = "Kies ten minste één rol."
_GONE = (
    "Daarna opent {} deze praktijk niet meer. Wat {} heeft vastgelegd, blijft staan. Een oude kopie van de "
    "map gaat met de wachtzin van toen nog wel open; daarom vraagt pzdesk hierna of de sleutel nieuw moet."
)


class UsersPart(SettingsPart):
    """Everybody changes their own passphrase here; a beheerder also sees and changes who comes in."""

    key = "gebruikers"
    title = "Gebruikers"
    given_up = ("rollen-",)  # who sees what is never chosen by ticks of another day

    def build(self) -> None:
        self.body.addWidget(self._mine())
        if self.bench.desk.session.has(Right.USERS):
            self.body.addWidget(self._everybody())
            self.body.addWidget(self._recovery())
            self.body.addWidget(self._key())
            self.body.addWidget(self._lost())
        self.body.addStretch(1)

    def _mine(self) -> Card:
        user = self.bench.desk.session.user
        card = Card("Uw eigen wachtzin")
        card.add(
            text(f"U werkt als {user.name} ({_roles(user)}). Niemand anders kent uw wachtzin.")
        )
        change = button("Wachtzin wijzigen", self._begin_passphrase)
        if self.bench.desk.quick.is_on:
            card.add(text("Op deze computer opent u snel, zonder uw wachtzin te typen."))
            return card.add(flow(change, button("Snel openen uitzetten", self._quick_off)))
        return card.add(flow(change, button("Snel openen aanzetten…", self._begin_quick)))

    def _everybody(self) -> Card:
        card = Card("Wie de praktijk opent")
        found = self.bench.desk.practice.users()
        names: dict[int | None, str] = {one.id: one.name for one in found}
        for user in (one for one in found if one.left_at is None):
            card.add(line(), self._user(user, names))
        gone = [one for one in found if one.left_at is not None]
        if gone:
            words = ", ".join(
                f"{one.name} (tot {dutch_date(one.left_at.date())})" for one in gone if one.left_at
            )
            card.add(line(), text(f"Geen toegang meer: {words}", "small"))
        return card.add(line(), row(button("Gebruiker toevoegen", self._begin_new), None))

    def _user(self, user: User, names: Mapping[int | None, str]) -> Beside:
        since = f"sinds {dutch_date(user.created_at.date())}"
        behalf = f", namens {names[user.acts_for_id]}" if user.acts_for_id in names else ""
        words = column(
            text(user.name, "strong"),
            text(f"{user.login} · {_roles(user)}{behalf} · {since}", "small"),
            gap=0,
        )
        change = button("Wijzigen", partial(self._begin_roles, user))
        change.setAccessibleName(f"Rollen wijzigen van {user.name}")
        acts = [change]
        if user.login != self.bench.desk.session.user.login:
            give = button("Nieuwe wachtzin", partial(self._begin_give, user), role="quiet")
            give.setAccessibleName(f"Nieuwe wachtzin voor {user.name}")
            acts.append(give)
        remove = button("Toegang ontnemen", partial(self._begin_remove, user), role="quiet")
        remove.setAccessibleName(f"Toegang ontnemen aan {user.name}")
        buttons = flow(*acts, remove)
        buttons.likes_one_line = True
        return Beside(holder(words), holder(buttons), least=ACTS_BESIDE, shares=(1, 0))

    def _recovery(self) -> Card:
        card = Card("Herstelblad")
        card.add(
            text(
                "Met de code op het herstelblad gaat de praktijk open als niemand zijn wachtzin meer weet. "
                "Is het blad weg, of heeft iemand het gezien die dat niet mag? Maak een nieuw: het oude "
                "opent dan niets meer."
            )
        )
        return card.add(row(button("Nieuw herstelblad maken", self._begin_sheet), None))

    def _key(self) -> Card:
        card = Card("Sleutel van de praktijk")
        card.add(text(WHY))
        return card.add(row(button("Sleutel vernieuwen…", self._begin_key), None))

    def _lost(self) -> Card:
        card = Card("Laptop of stick kwijt?")
        card.add(
            text(
                "Maak een blad met wie erop stonden, wie hem kon openen en wat u in welke volgorde doet. Het "
                "helpt bij de melding aan de Autoriteit Persoonsgegevens: die moet binnen 72 uur."
            )
        )
        return card.add(row(button("Blad maken…", self._begin_lost), None))

    def begin(self, act: str) -> None:
        kind, _, number = act.partition("-")
        if kind == "snel" and not self.bench.desk.quick.is_on:
            self._begin_quick()
        if not self.bench.desk.session.has(Right.USERS):
            return
        if kind == "nieuw":
            self._begin_new()
        elif kind == "sleutel":
            self._begin_key()
        elif kind == "kwijt":
            self._begin_lost()
        elif kind == "rollen":
            for user in self.bench.desk.practice.users():
                if str(user.id) == number and user.left_at is None:
                    self._begin_roles(user)

    def _begin_passphrase(self) -> None:
        user = self.bench.desk.session.user
        new = NewSecret(lambda: (user.login, ""))
        was = SecretField("was", "Wachtzin van nu")
        form = Form(
            "Uw wachtzin wijzigen",
            partial(self._save_passphrase, new),
            cancel=self.close_form,
            words="Wachtzin wijzigen",
        )
        form.row(was).put(new.rules).row(new.first).row(new.again)
        self.open_form(form)

    def _save_passphrase(self, new: NewSecret, values: dict[str, Any]) -> None:
        if not new.is_right():
            return
        users = self.bench.desk.users
        self._derive(
            "Wachtzin wijzigen",
            lambda: users.change_passphrase(values["wachtzin"], was=values["was"]),
            said="Uw wachtzin is gewijzigd",
        )

    def _begin_new(self) -> None:
        login = TextField(
            "login", "Gebruikersnaam", required=True, help_="kleine letters en cijfers"
        )
        new = NewSecret(lambda: (login.raw().strip(), ""))
        form = self.new_form(
            "Gebruiker toevoegen", partial(self._save_new, new), "nieuw", "Toevoegen"
        )
        form.row(TextField("naam", "Naam", required=True), login)
        form.row(ChecksField("rol", "Rollen", ROLES, needs=NEEDS_ROLE))
        form.put(
            text(
                "Laat de nieuwe gebruiker zelf de wachtzin typen, of geef een eerste wachtzin die hij of zij "
                "daarna hier zelf wijzigt.",
                "small",
            )
        )
        form.put(new.rules).row(new.first, new.again)
        self.open_form(form)

    def _save_new(self, new: NewSecret, values: dict[str, Any]) -> None:
        if self.form is None:
            return
        if not new.is_right():
            return
        users = self.bench.desk.users

        def add() -> User:
            checked_login(values["login"])
            return users.add(
                login=values["login"],
                name=values["naam"],
                roles=tuple(Role(role) for role in values["rol"]),
                secret=values["wachtzin"],
            )

        self._derive("Gebruiker toevoegen", add, said=f"Toegevoegd: {values['naam']}")

    def _begin_roles(self, user: User) -> None:
        roles = ChecksField("rol", "Rollen", ROLES, needs=NEEDS_ROLE)
        roles.set_raw("\n".join(role.value for role in user.roles))
        form = self.new_form(
            f"Rollen van {user.name}", partial(self._save_roles, user), f"rollen-{user.id}"
        )
        here = [one for one in self.bench.desk.practice.users() if one.left_at is None]
        others = [(str(one.id), one.name) for one in here if one.id != user.id]
        behalf = ComboField("namens", "Werkt namens", others, nothing="niemand")
        behalf.set_raw(str(user.acts_for_id or ""))
        region = self.bench.desk.network.region()[0]
        known = [(str(one.id), f"{one.name}, {label(one.discipline)}") for one in region]
        self_ = ComboField("zorgverlener", "Is deze zorgverlener", known, nothing="niemand")
        self_.set_raw(str(user.professional_id or ""))
        form.row(roles).row(behalf, self_).put(text(_LINKED, "small"))
        self.open_form(form.of_version(user.version))

    def _save_roles(self, user: User, values: dict[str, Any]) -> None:
        roles = tuple(Role(role) for role in values["rol"])
        users = self.bench.desk.users
        behalf, self_ = values["namens"], values["zorgverlener"]
        after = replace(
            user,
            acts_for_id=UserId(int(behalf)) if behalf else None,
            professional_id=int(self_) if self_ else None,
        )
        if user.id == self.bench.desk.session.user.id and set(roles) != set(user.roles):
            self._change_own(after, roles)
            return
        self.record(
            lambda: users.change_roles(after, roles),
            said=f"{user.name} gewijzigd; het geldt vanaf de volgende keer openen",
            undo=lambda made: users.change_roles(replace(user, version=made.version), user.roles),
        )

    def _change_own(self, after: User, roles: tuple[Role, ...]) -> None:
        """The window opens anew with what these roles may: nothing of what is open now is read again."""
        try:
            self.bench.desk.users.change_roles(after, roles)
        except PzdeskError as problem:
            if self.form is not None:
                self.form.tell_wrong(problem)
            return
        self.close_form(saved=True, rebuild=False)
        self.bench.reopen_asked.emit()

    def _begin_remove(self, user: User) -> None:
        def remove(_: dict[str, Any]) -> None:
            said = f"{user.name} opent deze praktijk niet meer"
            if self.record(lambda: self.bench.desk.users.remove(user.login), said=said):
                self._begin_key(user.name)

        form = Form(
            f"Toegang ontnemen aan {user.name}",
            remove,
            cancel=self.close_form,
            words="Toegang ontnemen",
        )
        form.put(text(_GONE.format(user.name, user.name)))
        self.open_form(form)

    def _begin_give(self, user: User) -> None:
        new = NewSecret(lambda: (user.login, ""))

        def give(values: dict[str, Any]) -> None:
            if new.is_right():
                users = self.bench.desk.users
                self._derive(
                    "Wachtzin geven",
                    lambda: users.give_passphrase(user, values["wachtzin"]),
                    said=f"{user.name} opent de praktijk voortaan met de nieuwe wachtzin",
                )

        form = Form(
            f"Nieuwe wachtzin voor {user.name}",
            give,
            cancel=self.close_form,
            words="Wachtzin geven",
        )
        form.put(
            text(
                f"Voor als {user.name} de wachtzin kwijt is: die van nu opent daarna niets meer. Laat "
                f"{user.name} hem zelf typen, of geef een eerste wachtzin die daarna hier wordt gewijzigd.",
            )
        )
        form.put(new.rules).row(new.first, new.again)
        self.open_form(form)

    def _begin_key(self, gone: str = "") -> None:
        Renewal(self).begin(gone)

    def _begin_quick(self) -> None:
        self.open_form(quick_form(self), "snel")

    def _quick_off(self) -> None:
        turn_quick_off(self)

    def _begin_lost(self) -> None:
        self.open_form(lost_form(self), "kwijt")

    def _begin_sheet(self) -> None:
        code, practice = opening.new_recovery_code(), self.bench.desk.practice.practice().name
        users = self.bench.desk.users
        step = SheetStep(
            lambda: self._derive(
                "Herstelblad maken",
                lambda: users.renew_recovery(code),
                said="Het nieuwe herstelblad geldt; het oude opent niets meer",
            ),
            self.close_form,
            words="Dit blad laten gelden",
        )
        step.show_code(code, practice, self.bench.desk.session.user.name)
        self.open_form(step.form, around=step)

    def _derive(self, words: str, work: Any, *, said: str) -> None:
        """A second of work for the key, off the thread of the window."""
        form = self.form

        def done(_: object) -> None:
            self.close_form(saved=True)
            self.bench.tell(said)

        if form is not None:
            form.setEnabled(False)
        self.bench.job(
            words,
            lambda _: work(),
            done=done,
            wrong=form,
            failed=lambda: form.setEnabled(True) if form is not None else None,
        )


def _roles(user: User) -> str:
    return ", ".join(map(label, user.roles))
