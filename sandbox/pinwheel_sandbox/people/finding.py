"""Who is behind a user name: a published user, or somebody from a scenario."""

from pinwheel_overlays.decoders import convert
from sqlalchemy.orm import Session

from pinwheel_sandbox.people.described import described
from pinwheel_sandbox.people.directory import person
from pinwheel_sandbox.people.person import Person
from pinwheel_sandbox.scenarios.form import PersonForm
from pinwheel_sandbox.storage.scenario_tables import ScenarioPerson


def find_person(session: Session, username: str) -> Person | None:
    """The person behind a user name; scenarios come first."""
    row = session.get(ScenarioPerson, username)
    if row is None:
        return person(username)
    return described(convert(row.form, PersonForm))
