"""Which users and roles come back with a backup that is put back: they are as they were then."""

from collections.abc import Iterator, Sequence

from pzdesk.domain.labels import label
from pzdesk.domain.user import Role, User

LOOK = "Kijk na wie er nog werkt."


def came_back(then: Sequence[User], now: Sequence[User]) -> tuple[str, ...]:
    """What differs for each user between a backup and now, in words; nothing where nothing does."""
    before = {user.login: user for user in now}
    there = {user.login for user in then}
    found = [said for user in then for said in _one(user, before.get(user.login))]
    here = (user for user in now if user.login not in there and user.left_at is None)
    return (
        *found,
        *(f"{user.name} is er geen gebruiker meer" for user in here),
    )


def told(changes: Sequence[str]) -> str:
    """The sentence for who put it back; empty where no user and no role came back."""
    if not changes:
        return ""
    return (
        f"Met deze back-up komen gebruikers en rollen van toen terug: {'; '.join(changes)}. {LOOK}"
    )


def _one(user: User, now: User | None) -> Iterator[str]:
    if user.left_at is not None:
        if now is not None and now.left_at is None:
            yield f"{user.name} staat weer als vertrokken"
        return
    if now is None:
        yield f"{user.name} staat weer als gebruiker"
    elif now.left_at is not None:
        yield f"{user.name} was vertrokken en staat weer als gebruiker ({roles_words(user.roles)})"
    elif set(user.roles) != set(now.roles):
        yield f"{user.name} is weer {roles_words(user.roles)}, in plaats van {roles_words(now.roles)}"


def roles_words(roles: Sequence[Role]) -> str:
    """Roles one after another, as somebody says them."""
    return " en ".join(map(label, roles)) or "zonder rol"
