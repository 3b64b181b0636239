"""Highlights in real repositories: merges, rebases and stashes go through `earmark merge`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.files.records import NOW, highlight, question
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Operation, Put, QuestionRecord, Remove
from tui.files.sidecar.store import apply, load

SYNCING = (Path(__file__).parents[1] / "docs" / "syncing.md").read_text(encoding="utf-8")
SIDECAR = "walks.highlights.toml"
SHARED = highlight("01A", 1, comment="why?")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


class Repository:
    """A clone of a repository of notes, set up as docs/syncing.md says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sidecar = path / SIDECAR

    def run(self, *words: str, code: int | None = 0) -> str:
        """The output of a git command; if ``code`` is None, any exit code is accepted."""
        done = subprocess.run(
            ["git", *words], cwd=self.path, env=environment(), capture_output=True, text=True, check=False, timeout=60
        )
        assert code is None or done.returncode == code, done
        return done.stdout + done.stderr

    def commit(self, message: str, *operations: Operation) -> None:
        """Change highlights and commit them."""
        self.change(*operations)
        self.run("add", "-A")
        self.run("commit", "-q", "-m", message)

    def change(self, *operations: Operation) -> None:
        apply(self.sidecar, "walks.md", operations)

    @property
    def records(self) -> set[Highlight | QuestionRecord]:
        """The content of the highlights file, which must be valid."""
        contents = load(self.sidecar)
        assert not contents.missing_end
        return set(contents.records)


def environment() -> dict[str, str]:
    """An environment without git configuration, with the installed command first on the path."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_EDITOR": "true",
        **{f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one highlight on its branch ``main``, and a branch ``far`` that starts there."""
    here = Repository(tmp_path)
    here.run("init", "-q", "-b", "main")
    (set_up,) = re.findall(r"```console\n((?:(?!```).)*merge\.earmark\.driver.*?)```", SYNCING, re.DOTALL)
    subprocess.run(["sh", "-e", "-c", set_up], cwd=tmp_path, env=environment(), check=True, timeout=60)
    (tmp_path / ".gitignore").write_text(".earmark.lock\n*.bak\n")
    (tmp_path / "walks.md").write_text("- a walk to the harbour and back\n")
    here.commit("start", Put(SHARED))
    here.run("branch", "far")
    return here


def later(minutes: int, **changes: object) -> Highlight:
    """The shared highlight after a change."""
    return replace(SHARED, updated=NOW + timedelta(minutes=minutes), **changes)  # type: ignore[arg-type]  # any field


def on_both(repository: Repository, far: list[Operation], near: list[Operation]) -> None:
    """Commit changes on ``far`` and others on ``main``, which is then checked out."""
    repository.run("checkout", "-q", "far")
    repository.commit("far away", *far)
    repository.run("checkout", "-q", "main")
    repository.commit("near by", *near)


def test_merge_has_what_both_branches_marked_at_one_place(repository: Repository) -> None:
    near, far = highlight("01B", 2), highlight("01C", 2, exact="the hill")
    on_both(repository, [Put(far), Put(question("01Q"))], [Put(near)])
    repository.run("merge", "-q", "far")
    assert repository.records == {SHARED, near, far, question("01Q")}
    assert repository.run("status", "--porcelain") == ""


def test_rebase_carries_every_change_of_one_highlight_over(repository: Repository) -> None:
    on_both(repository, [Put(later(1, colour=Colour.BLUE))], [Put(later(2, comment="because"))])
    repository.commit("and more", Put(later(3, comment="because", tags=("sea",))))
    repository.run("rebase", "-q", "far")
    assert repository.records == {later(3, colour=Colour.BLUE, comment="because", tags=("sea",))}


def test_stash_comes_back_over_what_was_pulled_meanwhile(repository: Repository) -> None:
    repository.change(Remove("01A"), Put(highlight("01B", 2)))
    repository.run("stash", "-q")
    repository.commit("pulled", Put(highlight("01C", 3)), Put(question("01Q")))
    repository.run("stash", "pop", "-q")
    assert repository.records == {highlight("01B", 2), highlight("01C", 3), question("01Q")}


def test_cherry_pick_and_revert_touch_their_own_highlight_only(repository: Repository) -> None:
    on_both(repository, [Put(highlight("01C", 2))], [Put(highlight("01B", 2))])
    repository.run("cherry-pick", "far")
    assert repository.records == {SHARED, highlight("01B", 2), highlight("01C", 2)}
    repository.commit("more", Put(highlight("01D", 2)))
    repository.run("revert", "--no-edit", "HEAD~1")
    assert repository.records == {SHARED, highlight("01B", 2), highlight("01D", 2)}


def test_removal_on_one_branch_holds_and_a_change_stands_against_it(repository: Repository) -> None:
    repository.commit("another", Put(highlight("01B", 2)))
    repository.run("branch", "-f", "far")
    on_both(repository, [Remove("01A"), Remove("01B")], [Put(later(1, comment="wait"))])
    repository.run("merge", "-q", "far")
    assert repository.records == {later(1, comment="wait")}


def test_files_that_both_branches_made_are_merged(repository: Repository) -> None:
    repository.run("rm", "-q", SIDECAR)
    repository.commit("anew")
    repository.run("branch", "-f", "far")
    on_both(repository, [Put(highlight("01C"))], [Put(highlight("01B"))])
    repository.run("merge", "-q", "far")
    assert repository.records == {highlight("01B"), highlight("01C")}


def test_two_colours_for_one_highlight_are_left_for_a_person(repository: Repository) -> None:
    on_both(repository, [Put(later(1, colour=Colour.BLUE))], [Put(later(2, colour=Colour.PINK))])
    said = repository.run("merge", "far", code=1)
    assert "both sides changed `colour`; pink stays, blue does not" in said
    assert repository.run("status", "--porcelain").startswith("UU ")
    assert repository.records == {later(2, colour=Colour.PINK)}
    repository.run("add", SIDECAR)
    repository.run("commit", "-q", "-m", "pink it is")


def test_side_that_is_not_whole_is_left_for_a_person_and_ours_as_it_was(repository: Repository) -> None:
    repository.run("checkout", "-q", "far")
    repository.sidecar.write_text("x =\n")
    repository.run("commit", "-qam", "broken")
    repository.run("checkout", "-q", "main")
    repository.commit("near by", Put(highlight("01B", 2)))
    assert "CONFLICT" in repository.run("merge", "far", code=1)
    assert repository.records == {SHARED, highlight("01B", 2)}


def test_merge_without_the_driver_leaves_a_conflict_that_is_mended_afterwards(repository: Repository) -> None:
    (repository.path / ".gitattributes").write_text("")
    repository.commit("without the driver")
    repository.run("branch", "-f", "far")
    near, far = highlight("01B", 2), highlight("01C", 2, exact="the hill")
    on_both(repository, [Put(far)], [Put(near)])
    repository.run("merge", "far", code=1)
    assert "<<<<<<<" in repository.sidecar.read_text()
    command = Path(sys.executable).with_name("earmark")
    subprocess.run([command, "merge", SIDECAR], cwd=repository.path, check=True, timeout=60)
    assert repository.records == {SHARED, near, far}
    repository.run("commit", "-qam", "mended")


def test_nothing_but_the_highlights_is_left_behind(repository: Repository) -> None:
    on_both(repository, [Put(highlight("01C", 2))], [Put(highlight("01B", 2))])
    before = {path.name for path in repository.path.iterdir()}
    repository.run("merge", "-q", "far")
    assert {path.name for path in repository.path.iterdir()} == before
