"""People from scenario files."""

from sqlalchemy.orm import Mapped, mapped_column

from pinwheel_sandbox.storage.base import Json, Row


class ScenarioPerson(Row):
    """Someone who can log in, as the scenario describes them."""

    __tablename__ = "scenario_people"

    username: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[Json]
