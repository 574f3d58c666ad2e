from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example's books, to be spoiled."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "账册"))
