"""All services of a session together."""

from dataclasses import fields

from pzdesk.services.desk import Desk


def test_every_service_works_in_the_same_session(desk: Desk) -> None:
    services = [getattr(desk, field.name) for field in fields(Desk) if field.name != "session"]
    assert len(services) == len(fields(Desk)) - 1
    assert {id(service._session) for service in services} == {id(desk.session)}
