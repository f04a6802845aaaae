"""Which folders are taken to lie on other machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.sources.mounts import remote_system

MOUNTS = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:30 / /net/news rw master:2 shared:9 - nfs4 server:/news rw
31 30 0:31 / /net/news/here rw - tmpfs tmpfs rw
32 27 0:32 / /with\040space rw - fuse.sshfs me@host: rw
33 27 0:33 / /twice rw - cifs //host/share rw
35 27 0:35 / /home/me/.portal rw - fuse.portal portal rw
34 27 0:34 / /twice rw - ext4 /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ("/home/me", ""),
        ("/net/news", "nfs4"),
        ("/net/news/deep/er", "nfs4"),
        ("/net/news/here/a", ""),
        ("/net/newsreader", ""),
        ("/net", "nfs4"),
        ("/with space/a.md", "fuse.sshfs"),
        ("/twice", ""),
    ],
)
def test_the_innermost_mount_counts_and_those_inside(tmp_path: Path, root: str, kind: str) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    assert remote_system(Path(root), tmp_path / "mountinfo") == kind


def test_without_a_table_nothing_is_known(tmp_path: Path) -> None:
    assert remote_system(tmp_path, tmp_path / "none") == ""


@given(st.binary(max_size=200))
def test_any_table_is_read(tmp_path_factory: pytest.TempPathFactory, table: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "mountinfo"
    path.write_bytes(table)
    assert isinstance(remote_system(Path("/"), path), str)
