"""Effective entries as lines for tools: canonical JSON, with what corrected them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from negotrack.domain.specification import Effective


def effective_line(effective: Effective) -> str:
    """Return an effective entry as one line of canonical JSON.

    An entry that nothing corrected is exactly its journal line. A corrected one has the id of the
    entry as it was logged, the fields as corrected, and in ``corrected_by`` the ids of the
    corrections; its id is therefore not the hash of the line. The same is true of an entry of an
    earlier version, which is shown as it is read today.
    """
    fields = msgspec.to_builtins(effective.entry)
    if effective.corrected_by:
        fields["corrected_by"] = effective.corrected_by
    body = msgspec.json.encode(fields, order="sorted").decode()
    return f'{{"id":"{effective.id}",{body[1:]}'
